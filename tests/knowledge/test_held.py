"""A knowledge with some quantities held at a point: those stand still, all others keep their draws."""

from __future__ import annotations

import numpy as np
import pytest

from cybercoercion.case import load_case
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import load_knowledge
from cybercoercion.response import assumed_belief, costs, rank

KNOWN = load_knowledge(draws=50)


def test_a_held_quantity_stands_at_its_value() -> None:
    """Draws and mean of a held quantity are the value, and the hash tells the two apart."""
    held = KNOWN.held({"harm_removable": 0.4})
    assert set(held.quantity("harm_removable").tolist()) == {0.4}
    assert held.mean("harm_removable") == 0.4
    assert held.digest != KNOWN.digest


@pytest.mark.parametrize("name", ["harm_removable", "exponent.fact", "copy.same_origin", "discount"])
def test_all_others_keep_their_draws(name: str) -> None:
    """Every other quantity, and every table that is not flattened by the held one, has the draws that it had."""
    for entry in KNOWN.tables:
        KNOWN.table(entry)
    held = KNOWN.held({name: 0.5})
    for other in KNOWN.quantities:
        if other != name:
            assert np.array_equal(held.quantity(other), KNOWN.quantity(other)), other
    for entry, table in KNOWN.tables.items():
        same = np.array_equal(held.table(entry), KNOWN.table(entry))
        assert same == (table.exponent != name), entry


def test_warm_and_cold_agree() -> None:
    """What was derived before holding leaves no trace: a ranking is the one of a knowledge that was never used."""
    case = load_case("sony-2014")
    belief = assumed_belief(case, {"north-korea": 0.7}, {"compellence": 1.0})
    warm = load_knowledge(draws=50)
    rank(belief, costs(case, warm))
    for name, value in (
        ("half_life.punishment", 1.0),
        ("operator_pace", 0.1),
        ("discount", 0.9),
        ("resilience.firm", 0.5),
    ):
        one = rank(belief, costs(case, warm.held({name: value})))
        other = rank(belief, costs(case, load_knowledge(draws=50).held({name: value})))
        assert [option.row() for option in one.options] == [option.row() for option in other.options], name


def test_what_a_fit_learnt_can_be_held() -> None:
    """A quantity that a fit replaced stands at its value once held; the fit's other draws stay."""
    fitted = with_fit(KNOWN, load_fit("default", KNOWN), "default")
    name = next(iter(fitted.fitted.quantities)) if fitted.fitted is not None else ""
    held = fitted.held({name: 0.1})
    assert set(held.quantity(name).tolist()) == {0.1}
    assert held.mean(name) == 0.1
    assert held.fitted is not None
    for other in held.fitted.quantities:
        assert np.array_equal(held.quantity(other), fitted.quantity(other)), other


def test_an_unknown_name_is_an_error() -> None:
    """There is nothing to hold where there is no such quantity."""
    with pytest.raises(KeyError):
        KNOWN.held({"nonsense": 1.0})


def test_a_held_exponent_holds_early_tables_too() -> None:
    """Where a fit has tables of early cases, an exponent that is held at 0 makes their rows flat as well."""
    fitted = with_fit(KNOWN, load_fit("default", KNOWN), "default")
    assert fitted.fitted is not None
    name = next(name.removeprefix("early:") for name in fitted.fitted.tables if name.startswith("early:"))
    exponent = KNOWN.tables[name].exponent
    assert exponent is not None
    flat = fitted.held({exponent: 0.0}).table(name, early=True)
    assert flat == pytest.approx(1 / flat.shape[-2])
    assert not np.allclose(fitted.table(name, early=True), flat)
