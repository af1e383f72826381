"""Draws are a function of seed and name, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.knowledge.entry import Quantity
from cybercoercion.knowledge.knowledge import stream_key

MORE = """
[quantity.context.unlisted]
value = 0.2
unit = "share"
source = "a test"
mark = "judgement"
[table.leak.rows]
crime = [0.5, 0.5]
"""


@pytest.fixture
def overlaid(tmp_path: Path) -> Knowledge:
    """Return the tables with two entries changed."""
    (tmp_path / "more.toml").write_text(MORE, encoding="utf-8")
    return load_knowledge(tmp_path, seed=3, draws=50)


def same_draws(one: Knowledge, two: Knowledge, *but: str) -> None:
    """Hold all draws of two knowledges against each other, bit by bit."""
    for name in one.quantities:
        assert name in but or (one.quantity(name) == two.quantity(name)).all(), name
    for name in one.tables:
        assert name in but or (one.table(name) == two.table(name)).all(), name


def test_the_same_seed_gives_the_same_draws() -> None:
    """Two readings with one seed agree in every draw, in whatever order they are asked."""
    one, two = (load_knowledge(seed=3, draws=50) for _ in range(2))
    for name in reversed(list(two.quantities)):
        two.quantity(name)
    same_draws(one, two)


def test_another_seed_gives_other_draws() -> None:
    """Every uncertain entry changes with the seed."""
    one, two = load_knowledge(seed=3, draws=50), load_knowledge(seed=4, draws=50)
    for name, quantity in one.quantities.items():
        sure = quantity.distribution.family == "point"
        assert sure or not np.array_equal(one.quantity(name), two.quantity(name)), name
    for name in one.tables:
        assert not np.array_equal(one.table(name), two.table(name)), name


def test_a_changed_entry_changes_no_other_draw(overlaid: Knowledge) -> None:
    """An overlay moves the entries that it names, and leaves all other draws where they were."""
    shipped = load_knowledge(seed=3, draws=50)
    same_draws(shipped, overlaid, "context.unlisted", "leak")
    assert (overlaid.quantity("context.unlisted") == 0.2).all()
    crime = 5
    rest = [row for row in range(9) if row != crime]
    assert (overlaid.table("leak")[rest] == shipped.table("leak")[rest]).all()
    assert (overlaid.table("leak")[crime] != shipped.table("leak")[crime]).all()


def test_an_added_entry_changes_no_other_draw() -> None:
    """A new quantity takes a stream of its own."""
    from dataclasses import replace

    one = load_knowledge(seed=3, draws=50)
    first = next(iter(one.quantities.values()))
    new = Quantity(
        name="a new one",
        value=1.0,
        unit="1",
        distribution=Distribution(family="normal", a=0.0, b=1.0),
        source=first.source,
        stream="a new one",
    )
    more = replace(one, quantities={"a new one": new, **one.quantities}, _memory={})
    more.quantity("a new one")
    same_draws(one, more)


def test_entries_of_one_stream_rise_and_fall_together() -> None:
    """Grades share an analyst: where one letter is judged high, so are the others."""
    k = load_knowledge(draws=500)
    ranks = [np.argsort(k.quantity(f"reliability.{letter}")) for letter in "ABCDE"]
    assert all((rank == ranks[0]).all() for rank in ranks)
    assert not (np.argsort(k.quantity("copy.named")) == ranks[0]).all()


def test_streams_do_not_meet() -> None:
    """No two streams of the shipped entries have the same key."""
    k = load_knowledge(draws=1)
    streams = {quantity.stream for quantity in k.quantities.values()} | {f"table:{name}" for name in k.tables}
    assert len({stream_key(stream) for stream in streams}) == len(streams)


def test_more_draws_begin_like_fewer() -> None:
    """The first draws of a quantity stay when more are taken."""
    few, many = load_knowledge(draws=20), load_knowledge(draws=50)
    for name in few.quantities:
        assert (few.quantity(name) == many.quantity(name)[:20]).all(), name


def test_fixed_values_are_the_printed_ones() -> None:
    """At fixed parameters there is one draw, every quantity at its printed value."""
    k = load_knowledge(draws=5).at_values()
    for name, quantity in k.quantities.items():
        assert k.quantity(name).tolist() == [quantity.value], name
        assert k.mean(name) == quantity.value


def test_draws_of_a_quantity_follow_its_distribution() -> None:
    """The 5 and 95 % points of many draws are those of the distribution."""
    k = load_knowledge(draws=20_000)
    for name in ("context.unlisted", "demand.declared", "context.relationship.crisis"):
        d = k.quantities[name].distribution
        low, high = np.quantile(k.quantity(name), [0.05, 0.95])
        width = d.quantile(0.95) - d.quantile(0.05)
        assert low == pytest.approx(d.quantile(0.05), abs=0.02 * width)
        assert high == pytest.approx(d.quantile(0.95), abs=0.03 * width)
