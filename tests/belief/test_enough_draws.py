"""As many draws as it takes: doubled until a thousand are effective, while they fit."""

from __future__ import annotations

import pytest

from cybercoercion import assessment
from cybercoercion.assessment import ENOUGH, MOST, assess, with_enough_draws
from cybercoercion.case import load, load_case
from cybercoercion.knowledge import load_knowledge

TABLES = load_knowledge(draws=500)


def test_draws_are_doubled_until_enough_are_effective() -> None:
    """The number of draws is the first of 500, 1,000, 2,000 ... at which a thousand are effective."""
    found = with_enough_draws(load_case("opm-2015"), TABLES)
    size = found.knowledge.size
    assert size in {500 * 2**step for step in range(6)}
    assert found.belief.ess >= ENOUGH or size == MOST
    half = assess(load_case("opm-2015"), load_knowledge(draws=size // 2))
    assert half.belief.ess < ENOUGH


@pytest.mark.parametrize("name", ["colonial-2021", "ukraine-2014-2016"])
def test_the_answer_is_that_of_the_draws_it_ends_with(name: str) -> None:
    """Belief and costs are those of an assessment with as many draws from the start."""
    found = with_enough_draws(load(name), TABLES)
    again = assess(load(name), load_knowledge(draws=found.knowledge.size))
    assert found.belief.coercion == again.belief.coercion
    assert [one.delta for one in found.ranking.default.options] == [one.delta for one in again.ranking.default.options]


def test_draws_that_would_not_fit_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where twice as many would be too large, the answer stays with what was drawn, and its bands are rough."""
    case = load_case("opm-2015")
    few = assess(case, TABLES)
    assert few.belief.ess < ENOUGH
    monkeypatch.setattr(assessment, "LARGEST", 2 * few.belief.posterior.size)
    assert with_enough_draws(case, TABLES).knowledge.size == 2 * TABLES.size
    monkeypatch.setattr(assessment, "LARGEST", 2 * few.belief.posterior.size - 1)
    assert with_enough_draws(case, TABLES).knowledge.size == TABLES.size
