"""Levers meet only where they can, measures last as long as they are said to, and only the likely are accused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cybercoercion.belief import believe
from cybercoercion.case import load_case, parse_case, read_shipped
from cybercoercion.knowledge import load_knowledge
from cybercoercion.response import costs, rank
from cybercoercion.response.terms import interacting

LIFE = """
[quantity.life.urgent]
value = {years}
unit = "yr"
source = "a test"
mark = "judgement"
"""
PENDING = """
[[pending]]
id = "claim-to-come"
fact = "claim_of"
grade = "A2"
"""


def test_levers_against_different_actors_do_not_interact() -> None:
    """A deal with one actor leaves the effect of punishing another as it is, a deal with the same one does not."""
    model = costs(load_case("sony-2014"), load_knowledge(draws=50))
    statement = model.lever("statement", "north-korea")
    alike = next(one for one in model.levers if one.name == "naming" and one.target == "north-korea")
    beside = interacting(model, (statement, alike))[statement.key]
    assert (np.abs(beside) >= np.abs(statement.effect) - 1e-15).all()
    assert not np.array_equal(beside, statement.effect)
    colonial = costs(load_case("colonial-2021"), load_knowledge(draws=50))
    police = colonial.lever("law-enforcement", "darkside")
    deal = next(one for one in colonial.levers if one.name == "bilateral" and one.target == "russia")
    assert np.array_equal(interacting(colonial, (police, deal))[police.key], police.effect)


@pytest.mark.parametrize("name", ["colonial-2021", "costa-rica-2022", "sony-2014"])
def test_a_portfolio_accuses_only_the_likely(name: str) -> None:
    """No lever of the best combination is aimed at a candidate far less likely than the leader."""
    case, knowledge = load_case(name), load_knowledge(draws=200)
    belief = believe(case, knowledge)
    p = {actor: one.p for actor, one in belief.estimates("actor").items()}
    for view in rank(belief, costs(case, knowledge)).views.values():
        aimed = [against for _, against in view.portfolio.levers if against is not None]
        leader = max(p[actor] for actor in case.actor_ids)
        assert all(p[against] >= knowledge.mean("accused_share") * leader - 1e-12 for against in aimed)


def test_the_best_portfolio_is_no_dearer_than_the_best_option() -> None:
    """A combination of one is an option, in two steps and as rivals."""
    case, knowledge = load_case("opm-2015"), load_knowledge(draws=200)
    belief = believe(case, knowledge)
    for two_step in (True, False):
        for view in rank(belief, costs(case, knowledge), two_step=two_step).views.values():
            assert view.portfolio.delta <= min(0.0, view.options[0].delta) + 1e-6


def test_urgent_measures_that_never_wear_off_save_more(tmp_path: Path) -> None:
    """The longer urgent measures last, the less recurs, also where they outlast the horizon."""
    saved = []
    case = load_case("opm-2015")
    for years in (1.0, 4.0, 6.0, 12.0):
        folder = tmp_path / str(years)
        folder.mkdir()
        (folder / "life.toml").write_text(LIFE.format(years=years), encoding="utf-8")
        knowledge = load_knowledge(folder, draws=50)
        view = rank(believe(case, knowledge), costs(case, knowledge)).views["long"]
        row = next(row for row in view.rows if row.levers[0].name == "urgent")
        saved.append(-row.terms["recurrence"])
    assert saved == sorted(saved)
    assert saved[0] > 0


def test_a_claim_to_come_counts_by_the_kind_of_who_would_make_it() -> None:
    """A criminal group claims in its own name, so the next claim names it when it did it, and hardly when not."""
    case = parse_case(read_shipped("colonial-2021") + PENDING)
    knowledge = load_knowledge(draws=200)
    waiting = rank(believe(case, knowledge), costs(case, knowledge)).default.waiting
    assert waiting is not None
    assert waiting.report == "claim-to-come"
    assert waiting.about == "darkside"
    assert waiting.hit > 2 * waiting.false
