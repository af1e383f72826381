"""Deception and copying: where attribution, first response and what goes on top turn is where the engine turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, believing, case_of
from tests.belief.random_cases import random_case
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables, toy

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief.break_even import break_even_copying, break_even_deception
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.case import Case
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.assumed.false_flag import BreakEven, break_evens, copying, false_flag, naming
from cybercoercion.sensitivity.assumed.turning import Menu, path, turn
from cybercoercion.sensitivity.changing import Answer, asked_again
from cybercoercion.vocabulary import KINDS

RIVALS = [{"id": name, "kind": "state", "relationship": "crisis"} for name in ("amber", "birch")]
TOOLS = [{"fact": fact, "finding": "amber", "grade": "A2"} for fact in ("malware_lineage", "language", "persona_link")]
THREAT = {"fact": "threat", "finding": "clear"}
NAMED = [
    {"fact": fact, "finding": "amber", "grade": "B2"}
    for fact in ("vendor_attribution", "media_attribution", "allied_attribution")
]
SMALL = load_knowledge(draws=7)
STAKES = {"harm_now": 2e8, "recurrence_nation": 3.0}


@cache
def planted() -> Assessment:
    """Return a case in which only tools speak for the leading actor, and punishment is first in the long view."""
    case = case_of(*TOOLS, THREAT, actors=RIVALS, stakes=STAKES, frame="threat-received")
    return assess(case, tables(1, FEW))


@cache
def repeated() -> Assessment:
    """Return a case in which three sources name one actor, and a better one another."""
    against = {"fact": "victim_attribution", "finding": "birch", "grade": "A2"}
    return assess(case_of(*NAMED, against, THREAT, actors=RIVALS, stakes=STAKES), tables(1, FEW))


def framing(assessment: Assessment, view: str, f: float) -> Answer:
    """Return the answer of the full engine where everybody frames somebody with probability f."""
    source = assessment.case.model_copy(update={"deception": FrozenMapping()})
    held = assessment.knowledge.held({f"deception.{kind}": f for kind in KINDS})
    return asked_again(assessment, view, source=source, knowledge=held)


def bisected(same: Callable[[float], bool], low: float, high: float) -> float:
    """Return where a yes turns into a no."""
    assert same(low)
    assert not same(high)
    while high - low > 1e-11:
        middle = (low + high) / 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return high


def test_a_line_by_hand() -> None:
    """With masses .6, .4 at 0 and .2, .8 at 1 the lead is lost where .6 - .4 f = .4 + .4 f, at f = .25.

    To act costs -10 against the first and 5 against the second: -6 + 4 f + 2 + 2 f = 0 at f = 2/3.
    """
    along = path(lambda f: np.array([[[0.6 - 0.4 * f], [0.4 + 0.4 * f]]]), 1)
    assert along.exact
    leader = turn("attribution", "0", 0.0, along, lambda states: [str(p.sum((0, 2)).argmax()) for p in states])
    assert (leader.above, leader.then) == (pytest.approx(0.25, abs=1e-12), "1")
    assert leader.below is None
    acts = Menu(choice=toy([[0, 0], [-10, 5]], [0.6, 0.4]), share=0.0, targets=(frozenset(), frozenset()))
    response = turn("response", "plan 1", 0.0, along, acts.firsts)
    assert (response.above, response.then) == (pytest.approx(2 / 3, abs=1e-12), "plan 0")
    back = turn("response", "plan 0", 0.9, along, acts.firsts)
    assert (back.below, back.before) == (pytest.approx(2 / 3, abs=1e-12), "plan 1")
    never = turn("response", "plan 1", 0.0, path(lambda _: np.array([[[0.9], [0.1]]]), 1), acts.firsts)
    assert not never.found


def test_who_may_not_be_accused_is_not_on_offer() -> None:
    """A plan against whom the belief holds too unlikely costs infinitely much, and returns when the belief does."""
    menu = Menu(choice=toy([[0, 0, 0], [-10, 5, 5]], [0.2, 0.6, 0.2]), share=0.5, targets=(frozenset(), frozenset({0})))
    beliefs = np.array([[0.2, 0.6, 0.2], [0.6, 0.2, 0.2]])[:, None, :, None]
    assert menu.costs(beliefs)[:, 1].tolist() == [np.inf, pytest.approx(-10 * 0.6 + 5 * 0.4)]
    assert menu.firsts(beliefs) == ["plan 0", "plan 1"]


def test_deception_turns_where_the_full_engine_turns() -> None:
    """Attribution, response and what goes on top turn where bisection on the full engine finds it, to 1e-8."""
    assessment = planted()
    found = false_flag(assessment, view="long")
    assert found.exact
    questions: list[Callable[[Answer], str]] = [
        lambda one: one.belief.actors[int(one.belief.posterior.sum((0, 2, 3)).argmax())],
        lambda one: one.first,
        lambda one: "".join(
            f"{lever.name} {lever.target}" for lever in one.menu("two-step").plans[one.menu("two-step").pick].aimed
        ),
    ]
    for one, question in zip(found.turns, questions, strict=True):
        assert one.above is not None, one.question
        now = question(framing(assessment, "long", found.now))
        low, high = one.above - 1e-3, one.above + 1e-3
        at = bisected(lambda f, ask=question, now=now: ask(framing(assessment, "long", f)) == now, low, high)
        assert one.above == pytest.approx(at, abs=1e-8), one.question


def test_the_response_turns_at_the_closed_form() -> None:
    """The first two plans meet at ``g / (g - h)``, their differences at 0 and at 1 weighted by the masses there."""
    assessment = planted()
    found = false_flag(assessment, view="long")
    at = found.response.above
    assert at is not None
    ends = [framing(assessment, "long", f) for f in (1e-9, 1 - 1e-9)]
    masses = [one.belief.posterior.sum(-1) * one.belief.evidence for one in ends]  # type: ignore[attr-defined]
    before, after = (framing(assessment, "long", at + side).choice for side in (-1e-6, 1e-6))
    pair = [before.names[before.pick], after.names[after.pick]]
    plans = [before.cost[before.names.index(name)] for name in pair]
    g, h = (float(((plans[0] - plans[1]) * mass).sum()) for mass in masses)
    assert at == pytest.approx(g / (g - h), abs=1e-7)


@given(SEEDS)
@settings(max_examples=25)
def test_attribution_turns_where_the_explanation_says(seed: int) -> None:
    """For random cases without beliefs the attribution turns where the explanation of the belief has it."""
    case = random_case(seed, reports=8)
    assessment = assess(case, SMALL)
    coalitions = coalitions_of(case, SMALL)
    for found, said in (
        (false_flag(assessment), break_even_deception(coalitions)),
        (naming(assessment), break_even_copying(coalitions)),
    ):
        one = found.attribution
        assert set(found.concerns) == set(said.concerns)
        assert found.now == pytest.approx(said.now) or not said.concerns
        turns = [at for at in (one.above, one.below) if at is not None]
        if said.probability is None:
            assert not turns
        elif one.at_now == one.pick and said.probability > found.now and coalitions.plain:
            assert one.above == pytest.approx(said.probability, abs=1e-8)


@given(SEEDS)
@settings(max_examples=15)
def test_the_polynomial_is_the_engine(seed: int) -> None:
    """Along deception and copying the belief of the polynomial is that of the engine, wherever one looks."""
    assessment = assess(random_case(seed, reports=8), SMALL)
    rng = np.random.default_rng(seed)
    deceived, copied, named = break_evens(assessment)
    for share in rng.uniform(0.01, 0.99, 2).tolist():
        p = framing(assessment, "nation", share).belief.posterior.sum(-1)
        if deceived.concerns:
            assert deceived.along.believed(np.array([share]))[0] == pytest.approx(p, abs=1e-9)
        reports = tuple(
            one.model_copy(update={"copy_probability": share}) if one.kind == "likelihood" else one
            for one in assessment.case.reports
        )
        other = asked_again(assessment, "nation", source=assessment.case.model_copy(update={"reports": reports}))
        if copied.concerns:
            assert copied.along.believed(np.array([share]))[0] == pytest.approx(
                other.belief.posterior.sum(-1), abs=1e-9
            )
    assert named.exact or any(report.kind != "likelihood" for report in assessment.belief.reports)


def test_copies_of_a_name_turn_where_the_explanation_says() -> None:
    """Three who name one actor lose to a better source against it at the copy probability of the explanation."""
    found = naming(repeated(), view="long")
    said = break_even_copying(coalitions_of(repeated().case, tables(1, FEW)))
    assert found.exact
    assert found.attribution.above == pytest.approx(said.probability, abs=1e-6)
    assert found.attribution.then == said.rival
    assert len(found.concerns) == 2


def test_of_one_origin_a_second_report_is_a_copy_or_news() -> None:
    """With two reports of one origin the belief at c = 1 is that of the first alone, at 0 that of two origins."""
    one, other = ({**report, "origin": "lab"} for report in (NAMED[0], NAMED[1]))
    told = [{**one, "known_date": date(2020, 1, 1)}, {**other, "known_date": date(2020, 2, 1)}, THREAT]
    assessment = assess(case_of(*told, actors=RIVALS), SMALL)
    found = copying(assessment)
    alone = assess(case_of(told[0], THREAT, actors=RIVALS), SMALL).belief.averaged
    apart = assess(case_of(told[0], told[1] | {"origin": "press"}, THREAT, actors=RIVALS), SMALL).belief.averaged
    assert found.concerns == ("r1",)
    assert found.along.believed(np.array([0.0, 1.0])) == pytest.approx(np.array([apart, alone]), abs=1e-9)
    assert found.low < found.now < found.high


def test_a_pin_is_compared_anew() -> None:
    """With a belief among the reports the engine is asked, the note says so, and a pinned actor keeps its lead."""
    pin = believing("actor", "pinned", amber=0.6, birch=0.3, other=0.1)
    found = false_flag(assess(case_of(*TOOLS, pin, actors=RIVALS), SMALL))
    assert not found.exact
    assert not found.attribution.found
    assert "bisection" in found.notes[0]


def test_a_new_belief_turns_where_the_engine_turns() -> None:
    """With a new belief about the purpose the attribution turns where bisection on the engine finds it."""
    belief = believing("intent", "new-belief", compellence=0.7, espionage=0.2, crime=0.1)
    assessment = assess(case_of(*TOOLS, belief, actors=RIVALS), SMALL)
    found = false_flag(assessment).attribution
    assert found.above is not None

    def leads(f: float) -> bool:
        """Say whether the first actor leads."""
        return int(framing(assessment, "nation", f).belief.posterior.sum((0, 2, 3)).argmax()) == 0

    assert found.above == pytest.approx(bisected(leads, found.above - 1e-3, found.above + 1e-3), abs=1e-8)


@pytest.mark.parametrize("reports", [[], [THREAT]])
def test_without_such_reports_nothing_turns(reports: list[dict[str, Any]]) -> None:
    """Without a report that hangs on it, nothing turns, and that is said."""
    for found in break_evens(assess(case_of(*reports, actors=RIVALS), SMALL)):
        assert not any(one.found for one in found.turns)
        assert found.notes == ("No report hangs on it: nothing can turn.",)


def test_a_lone_candidate_frames_nobody() -> None:
    """Where one actor is listed the unlisted alone can have planted its traces, and the belief is still a line."""
    case = case_of(*TOOLS, actors=[{"id": "amber", "kind": "criminal"}], demands=[])
    found = false_flag(assess(case, SMALL))
    assert found.exact
    assert found.attribution.pick in ("amber", "other")


@pytest.mark.parametrize("name", IDS)
def test_every_case_says_where_it_turns(name: str) -> None:
    """In every shipped case a turn lies between 0 and 1 on its side of now, and names another answer."""
    assessment = assessed_quickly(name)
    for found in break_evens(assessment):
        assert isinstance(found, BreakEven)
        assert 0 <= found.low <= found.now <= max(found.high, found.now) <= 1
        for one in found.turns:
            assert one.above is None or (found.now <= one.above <= 1 and one.then != one.pick)
            assert one.below is None or (0 <= one.below <= found.now and one.before != one.pick)
        assert found.exact
        assert found.response.pick == assessment.ranking.default.first


def test_a_campaign_is_a_polynomial_too() -> None:
    """Of the shipped campaign the belief at .2 along deception is that of the whole engine at .2."""
    assessment = assessed_quickly("ukraine-2014-2016")
    found = false_flag(assessment)
    assert found.exact
    assert found.concerns
    held = assessment.knowledge.held({f"deception.{kind}": 0.2 for kind in KINDS})
    other = asked_again(assessment, "nation", knowledge=held)
    assert found.along.believed(np.array([0.2]))[0] == pytest.approx(other.belief.posterior.sum(-1), abs=1e-9)


def test_outputs_along_the_share() -> None:
    """The gap along deception is 0 where the response turns, and costs and beliefs bear their labels."""
    found = false_flag(planted(), view="long")
    at = found.response.above
    assert at is not None
    gaps = found.measured("gap", np.array([at - 1e-6, at, at + 1e-6]))[:, 0]
    assert gaps[0] > 0 > gaps[2]
    assert abs(gaps[1]) < 1e-3 * abs(found.measured("gap", np.array([0.0]))[0, 0])
    table = found.labelled("belief", points=3)
    assert table.sel(label=["actor: amber", "actor: birch", "actor: other"]).sum("label").values == pytest.approx(1)
    assert found.labelled("cost").attrs["unit"] == "USD"
    assert list(found.labelled().coords["label"].values) == ["gap"]


def test_a_case_is_no_other_case() -> None:
    """Asking leaves the assessment as it was."""
    assessment = planted()
    before = assessment.belief.averaged.copy()
    break_evens(assessment)
    assert isinstance(assessment.case, Case)
    assert np.array_equal(assessment.belief.averaged, before)
