"""What every shipped number owes its reader, and that tables are what the engine takes them for."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cybercoercion.knowledge import Knowledge, Source, load_knowledge
from cybercoercion.knowledge.entry import FLOOR, MARKS, flatten
from cybercoercion.knowledge.ledger import ledger, marks
from cybercoercion.knowledge.parsing import UNITS
from cybercoercion.vocabulary import FRAMES, facts


@cache
def knowledge() -> Knowledge:
    """Return the shipped tables with a few draws."""
    return load_knowledge(draws=64)


def sourced(source: Source) -> bool:
    """Say whether somebody can look it up."""
    return bool(source.text.strip()) and source.mark in MARKS and source.file.startswith("priors/")


def test_every_quantity_has_unit_source_and_mark() -> None:
    """No shipped number stands without unit, source and mark."""
    bad = [
        name
        for name, quantity in knowledge().quantities.items()
        if quantity.unit not in UNITS or not sourced(quantity.source)
    ]
    assert bad == []


def test_every_row_has_unit_source_and_mark() -> None:
    """No shipped row stands without unit, source and mark."""
    bad = [
        (name, labels)
        for name, table in knowledge().tables.items()
        for labels, _, source in table.rows()
        if table.unit not in UNITS or not sourced(source)
    ]
    assert bad == []


def test_the_ledger_holds_every_number_once() -> None:
    """There is one line for each quantity and one for each row of a table, and each bears a mark."""
    lines = list(ledger(knowledge()))
    names = [line.name for line in lines]
    rows = [".".join((name, *labels)) for name, table in knowledge().tables.items() for labels, _, _ in table.rows()]
    assert sorted(names) == sorted([*knowledge().quantities, *rows])
    assert sum(marks(knowledge()).values()) == len(lines)
    assert not any(line.overlaid for line in lines)


def test_headline_values_lie_within_their_ranges() -> None:
    """A printed value lies between the 1 and 99 % quantiles of its own distribution."""
    for name, quantity in knowledge().quantities.items():
        d = quantity.distribution
        if d.family == "point":
            assert quantity.value == d.a, name
        else:
            assert d.quantile(0.01) <= quantity.value <= d.quantile(0.99), name


@pytest.mark.parametrize("name", sorted(knowledge().tables))
def test_rows_sum_to_one(name: str) -> None:
    """A table's rows are probabilities that sum to one: as printed, as floored, in every draw, and at fixed values."""
    table = knowledge().tables[name]
    shape = (*(len(labels) for labels in table.parents), len(table.states))
    assert table.value.shape == shape
    assert (table.value >= 0).all()
    np.testing.assert_allclose(table.value.sum(-1), 1, atol=1e-6)
    np.testing.assert_allclose(table.floored().sum(-1), 1, atol=1e-12)
    for k in (knowledge(), knowledge().at_values()):
        drawn = k.table(name)
        assert drawn.shape == (*shape, k.size)
        assert (drawn >= 0).all()
        np.testing.assert_allclose(drawn.sum(-2), 1, atol=1e-12)


def test_no_printed_zero_decides_alone() -> None:
    """The rows of facts are floored; base rates, worth a number of cases, may be as small as they are."""
    for name, table in knowledge().tables.items():
        if table.strength is None:
            assert table.floored().min() >= FLOOR / (1 + FLOOR * len(table.states)), name
        else:
            np.testing.assert_allclose(table.floored(), table.value, rtol=1e-5)


def test_a_flattened_row_is_the_row_to_the_power() -> None:
    """At fixed values a row is its printed row, floored, to the exponent, scaled to sum to one."""
    k = knowledge().at_values()
    for name, table in k.tables.items():
        w = k.quantity(table.exponent)[0] if table.exponent else 1.0
        powered = table.floored() ** w
        np.testing.assert_allclose(k.table(name)[..., 0], powered / powered.sum(-1, keepdims=True), atol=1e-14)


def test_a_flat_exponent_keeps_rows_and_none_flattens() -> None:
    """Exponent one leaves rows as they are, zero makes them even."""
    rows = np.array([[0.7, 0.2, 0.1]])[..., None]
    np.testing.assert_allclose(flatten(rows, np.ones(1)), rows)
    np.testing.assert_allclose(flatten(rows, np.zeros(1)), np.full_like(rows, 1 / 3))


def test_every_fact_has_a_table_of_its_states() -> None:
    """A fact of the episode has a table over its states, and a fact that points one of right, silent, wrong."""
    tables = knowledge().tables
    for name, fact in facts().items():
        pointing = fact.group in ("actor", "demand")
        assert tables[name].states == (("right", "silent", "wrong") if pointing else fact.states), name
        if fact.about and tables[name].given != ("guilty",):
            assert tables[f"{name}_elsewhere"].states == fact.states, name


def test_every_frame_names_facts() -> None:
    """What a frame conditions on is in the data dictionary, or the live dispute."""
    for frame in FRAMES:
        assert set(knowledge().setting(f"frame.{frame}")) <= {*facts(), "dispute"}


def test_dirichlet_rows_have_their_mean_and_spread() -> None:
    """Rows worth a number of cases average to the printed row, with variance ``p (1 - p) / (cases + 1)``."""
    k = load_knowledge(draws=20_000)
    table, drawn = k.tables["kind"], k.table("kind")
    np.testing.assert_allclose(drawn.mean(-1), table.value, atol=0.005)
    assert table.strength is not None
    spread = table.value * (1 - table.value) / (table.strength + 1)
    np.testing.assert_allclose(drawn.var(-1), spread, atol=0.0006)


def test_softmax_rows_have_their_spread() -> None:
    """Offsets of a softmax row have the printed standard deviation in log-odds, times the exponent, times root two."""
    k = load_knowledge(draws=20_000)
    table = k.tables["signalling"]
    logit = np.log(k.table("signalling")[0, 0, 0]) - np.log(k.table("signalling")[0, 0, 1])
    assert table.sd is not None
    assert logit.std() == pytest.approx(table.sd * np.sqrt(2), rel=0.02)
    assert logit.mean() == pytest.approx(np.log(table.value[0, 0, 0] / table.value[0, 0, 1]), abs=0.03)


def test_a_better_grade_is_better_in_every_draw() -> None:
    """Letters and digits of the Admiralty scale never cross, and F and 6 stay unknown."""
    from cybercoercion.belief.channel import quality

    for digit in "123456":
        ladder = np.array([quality(f"{letter}{digit}", knowledge()) for letter in "ABCDE"])
        assert (np.diff(ladder, axis=0) <= 0).all()
    for letter in "ABCDEF":
        ladder = np.array([quality(f"{letter}{digit}", knowledge()) for digit in "12345"])
        assert (np.diff(ladder, axis=0) <= 0).all()
    assert (quality(None, knowledge()) == quality("F6", knowledge())).all()
