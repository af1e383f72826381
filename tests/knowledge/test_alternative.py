"""Named sets of priors: each is a sound overlay with sources, and changes what it says and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cybercoercion.fit.importing.world import world
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import load_knowledge
from cybercoercion.knowledge.alternative import alternatives, with_alternative
from cybercoercion.knowledge.entry import MARKS
from cybercoercion.vocabulary import COERCION, INTENTS

SETS = Path(__file__).parents[2] / "priors" / "sets"
NAMES = tuple(alternatives())
SHIPPED = load_knowledge(draws=20)
COERCIVE = np.array([intent in COERCION for intent in INTENTS])


def entries(data: dict[str, Any], name: str = "") -> dict[str, dict[str, Any]]:
    """Return the entries of a file by dotted name."""
    if "source" in data:
        return {name: data}
    return {key: one for part, inner in data.items() for key, one in entries(inner, f"{name}.{part}").items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_set_is_an_overlay(name: str) -> None:
    """The full reader of overlays finds no fault in a set, rows sum to one, and both give the same numbers."""
    read = load_knowledge(SETS / name, draws=20)
    quick = with_alternative(SHIPPED, alternatives()[name])
    assert len(read.overlays) == len(alternatives()[name].entries) > 0
    for entry, quantity in read.quantities.items():
        other = quick.quantities[entry]
        found = (other.value, other.distribution, other.unit, other.stream)
        assert found == (quantity.value, quantity.distribution, quantity.unit, quantity.stream)
    for entry, table in read.tables.items():
        other_table = quick.tables[entry]
        assert np.array_equal(other_table.value, table.value), entry
        assert (other_table.sd, other_table.strength) == (table.sd, table.strength), entry
        assert other_table.value.sum(-1) == pytest.approx(1, abs=1e-6), entry


@pytest.mark.parametrize("path", sorted(SETS.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_entry_has_source_and_mark(path: Path) -> None:
    """Each entry of a set says where it comes from and how far that can be checked."""
    found = entries(tomllib.loads(path.read_text(encoding="utf-8")))
    assert found
    for name, one in found.items():
        assert len(one["source"]) > 10, name
        assert one["mark"] in MARKS, name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_moves(name: str) -> None:
    """Entries that a set does not name keep their draws, bit by bit, warm or cold; those that it names do not."""
    warm = load_knowledge(draws=20)
    for entry in warm.tables:
        warm.table(entry)
    other = with_alternative(warm, alternatives()[name])
    cold = with_alternative(load_knowledge(draws=20), alternatives()[name])
    named = set(alternatives()[name].entries)
    for entry in SHIPPED.quantities:
        same = np.array_equal(other.quantity(entry), SHIPPED.quantity(entry))
        assert same == (entry not in named), entry
        assert np.array_equal(other.quantity(entry), cold.quantity(entry)), entry
    for entry, table in SHIPPED.tables.items():
        same = np.array_equal(other.table(entry), SHIPPED.table(entry))
        assert same == (not named & {entry, table.exponent}), entry
        assert np.array_equal(other.table(entry), cold.table(entry)), entry
    assert other.digest != SHIPPED.digest


@pytest.mark.parametrize("table", ["intent", "campaign_purpose"])
def test_the_sceptic_thinks_coercion_a_third_as_common(table: str) -> None:
    """In each frame compellence and deterrence are a third as common, and the odds among the rest stay."""
    was, now = (one.tables[table].value for one in (SHIPPED, with_alternative(SHIPPED, alternatives()["sceptical"])))
    assert now[:, COERCIVE] == pytest.approx(was[:, COERCIVE] / 3, abs=1e-5)
    rest = was[:, ~COERCIVE] / was[:, ~COERCIVE].sum(-1, keepdims=True)
    assert now[:, ~COERCIVE] / now[:, ~COERCIVE].sum(-1, keepdims=True) == pytest.approx(rest, abs=3e-4)


def test_the_sceptic_trusts_grades_half_as_much() -> None:
    """The odds that a report of a grade is sound are halved, and whoever is unlisted keeps more."""
    sceptic = with_alternative(SHIPPED, alternatives()["sceptical"])
    for rung in ("reliability.A", "reliability.F", "credibility.1", "credibility.5"):
        was, now = SHIPPED.quantities[rung].value, sceptic.quantities[rung].value
        assert now / (1 - now) == pytest.approx(was / (1 - was) / 2, rel=1e-3)
    assert sceptic.quantities["context.unlisted"].value > 2 * SHIPPED.quantities["context.unlisted"].value


def test_diffuse_doubles_every_spread() -> None:
    """Each uncertain table has twice the spread or a quarter of the cases, each uncertain exponent three quarters."""
    diffuse = with_alternative(SHIPPED, alternatives()["diffuse"])
    for name, table in SHIPPED.tables.items():
        now = diffuse.tables[name]
        assert np.array_equal(now.value, table.value)
        if table.strength is not None:
            assert now.strength == pytest.approx(table.strength / 4)
        elif table.sd:
            assert now.sd == pytest.approx(min(2 * table.sd, 5))
    for name, quantity in SHIPPED.quantities.items():
        if name.startswith("exponent.") and quantity.distribution.family != "point":
            assert diffuse.quantities[name].value == pytest.approx(0.75 * quantity.value, rel=1e-3), name


def test_each_region_has_a_set() -> None:
    """The six regions of the world have base rates of their own, computed from named data."""
    slugs = {f"regional-{region.lower().replace(' ', '-')}" for region in world().regions}
    assert slugs == {name for name in NAMES if name.startswith("regional-")}
    for name in slugs:
        other = with_alternative(SHIPPED, alternatives()[name])
        assert other.tables["intent"].source.mark == "computed"
        assert "EuRepoC" in other.tables["intent"].source.text
        kept = np.array_equal(other.tables["intent"].value[0], SHIPPED.tables["intent"].value[0])
        assert kept, "any intrusion is not measured by region"


def test_a_fit_keeps_what_it_learnt() -> None:
    """Under a set the rows that a fit learnt stand; passed over, they are those of the prior again."""
    fitted = with_fit(SHIPPED, load_fit("default", SHIPPED), "default")
    assert fitted.fitted is not None
    learnt = next(name for name, rows in fitted.fitted.tables.items() if name in SHIPPED.tables)
    table = SHIPPED.tables[learnt]
    same = fitted.changed({}, {learnt: table})
    assert np.array_equal(same.table(learnt), fitted.table(learnt))
    over = fitted.changed({}, {learnt: table}, over_fit=True)
    assert not np.array_equal(over.table(learnt), fitted.table(learnt))
    assert np.array_equal(over.table(learnt) > 0, fitted.table(learnt) > 0)


def test_an_unknown_entry_is_an_error() -> None:
    """There is nothing to change where there is no such entry."""
    with pytest.raises(KeyError):
        SHIPPED.changed({"nonsense": SHIPPED.quantities["discount"]})
