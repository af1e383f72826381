"""The smallest set that flips: minimal by brute force, honest about what was not tried, said in plain words."""

from __future__ import annotations

from itertools import chain, combinations
from math import comb

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief import believe
from cybercoercion.case import Case, load
from cybercoercion.report.flip_words import sentence
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.told.smallest import ALL, Smallest, _Search, smallest
from cybercoercion.sensitivity.told.smallest import FEW as SLOW
from cybercoercion.sensitivity.told.steps import Ground, Patch, Step, _patch, _priced


class Lead:
    """A lead of 10 that each step takes its number of: a stand-in for an assessment."""

    coalitions = None

    def __init__(self, weights: dict[str, float]) -> None:
        """Remember what each step takes."""
        self.weights, self.asked = weights, 0

    def margin(self, _question: str, steps: tuple[Step, ...]) -> tuple[float, str]:
        """Return what is left of the lead, and who leads."""
        self.asked += 1
        left = 10 - sum(self.weights[step.name] for step in steps)
        return left, "us" if left > 0 else "them"


def steps_of(weights: dict[str, float], **strength: float) -> tuple[Step, ...]:
    """Return a withdrawal of each report, strong unless told otherwise."""
    return tuple(
        Step(kind="withdrawn", name=name, to="", label=name, strength=strength.get(name, 1.0), place=(0, place))
        for place, name in enumerate(weights)
    )


def searched(weights: dict[str, float], **strength: float):
    """Return the smallest set of a lead of 10."""
    return _Search("choice", Lead(weights)).by("withdrawn", steps_of(weights, **strength))


def test_two_that_are_enough_by_hand():
    """Of 6, 5, 4 and 1 against a lead of 10, 6 + 5 = 11 and 6 + 4 = 10 end it; no one does. The weaker pair counts."""
    weights = {"six": 6.0, "five": 5.0, "four": 4.0, "one": 1.0}
    one = searched(weights, four=0.5)
    assert [step.name for step in one.steps] == ["six", "four"]
    assert (one.exact, one.smallest, one.margin, one.after) == (2, True, 0, "them")
    assert {step.name for step in searched(weights).steps} == {"six", "five"}  # equally strong: what flips by more


def test_more_than_three_are_added_one_by_one_and_spared():
    """Of 3, 3, 3, 2.6, .1, 4 are needed: 3 + 3 + 3 + 2.6; it is said that this was greedy."""
    one = searched({"a": 3.0, "b": 3.0, "c": 3.0, "d": 2.6, "e": 0.1})
    assert {step.name for step in one.steps} == {"a", "b", "c", "d"}
    assert one.greedy
    assert not one.smallest
    assert one.exact == 3


def test_nothing_that_is_enough_says_so():
    """Of 2, 1 and -5 all helpful together take 3 of 10: nothing flips, the closest is told."""
    one = searched({"two": 2.0, "one": 1.0, "against": -5.0})
    assert not one.found
    assert {step.name for step in one.closest} == {"two", "one"}
    assert one.margin == 7
    assert searched({}).choices == 0


@pytest.mark.parametrize(("most", "pairs", "triples"), [(ALL, 28, 16), (SLOW, 16, 8)])
def test_all_sets_of_few_steps_are_tried(most, pairs, triples):
    """All pairs of so many steps and all triples of so many are tried, and no more: as the function says of itself."""
    assert comb(pairs, 2) <= most[2] < comb(pairs + 1, 2)
    assert comb(triples, 3) <= most[3] < comb(triples + 1, 3)
    assert f"all pairs of up to {pairs} and all triples of up to {triples}" in " ".join(str(smallest.__doc__).split())


def subset(name: str, keep: int) -> Assessment:
    """Return a shipped case with its first reports only."""
    case = load(name)
    assert isinstance(case, Case)
    return assess(case.model_copy(update={"reports": case.reports[:keep], "labels": None}), tables(1, FEW))


@pytest.mark.parametrize(("name", "keep"), [("dnc-2016", 14), ("github-2015", 9), ("estonia-2007", 8)])
def test_no_smaller_set_of_reports_exists(name, keep):
    """Every choice of up to three reports, left out of the full engine, agrees with the size that was found."""
    one = subset(name, keep)
    found = smallest(one, questions=["actor", "coercion"], means=["withdrawn"])
    counting = [report.id for report in one.belief.reports]

    def flips(out: tuple[str, ...], question: str) -> bool:
        told = tuple(report for report in one.case.reports if report.id not in out)
        belief = believe(one.case.model_copy(update={"reports": told}), one.knowledge)
        if question == "coercion":
            return (belief.coercion.p > 0.5) != (one.belief.coercion.p > 0.5)
        p, now = belief.marginal("actor").sum(-1), one.belief.marginal("actor").sum(-1)
        return int(p.argmax()) != int(now.argmax())

    for question in ("actor", "coercion"):
        flip = found.of(question, "withdrawn")
        few = [out for size in (1, 2, 3) for out in combinations(counting, size) if len(counting) <= 14 or size < 3]
        sizes = [len(out) for out in few if flips(out, question)]
        if flip.found and not flip.greedy:
            assert len(flip.steps) == min(sizes)
        else:
            assert not sizes
        if flip.found:
            assert flips(tuple(step.name for step in flip.steps), question)


@pytest.mark.parametrize("name", ["dnc-2016", "ukraine-2014-2016"])
def test_a_set_of_reports_is_what_the_engine_says(name):
    """Withdrawals and regrades together: the margin of P(coercion) is that of the full engine."""
    one = assess(load(name), tables(1, 60))
    ground = Ground(assessment=one, view="nation", decision="response")
    rng = np.random.default_rng(5)
    away, graded = ground.withdrawals(), ground.regrades()
    for _ in range(3):
        first = away[rng.integers(len(away))]
        second = graded[rng.integers(len(graded))]
        if first.whose == second.whose:
            continue
        margin, _ = ground.margin("coercion", (first, second))
        assert first.place is not None
        assert second.place is not None
        cases = ground.told.changed(
            {
                first.place: ground.told.report(first.place).model_copy(update={"off": True}),
                second.place: ground.told.report(second.place).model_copy(update={"grade": second.to}),
            }
        )
        from dataclasses import replace

        source = replace(one.campaign, episodes=cases) if one.campaign is not None else cases[0]
        p = assess(source, one.knowledge).belief.coercion.p
        sign = 1 if one.belief.coercion.p > 0.5 else -1
        assert margin == pytest.approx(sign * (p - 0.5), abs=1e-12)


def test_one_input_is_what_asking_it_says_and_two_are_both():
    """A moved input costs what its own answer says; two stakes together are the case that states both."""
    one = assessed_quickly("sony-2014")
    ground = Ground(assessment=one, view="nation", decision="response")
    moves = {(step.name, step.to): step for step in ground.moves()}
    urgent, harm = moves["cost.urgent", "95 %"], moves["stakes.harm_now", "5 %"]
    asked = input_named(one, "cost.urgent").ask(urgent.value)
    assert ground.margin("choice", (urgent,))[0] == pytest.approx(asked.gap("denial"), rel=1e-9)
    both = _priced(one, [urgent.patch, harm.patch])
    assert both.case.stakes.harm_now == harm.value
    assert both.knowledge.mean("cost.urgent") == urgent.value
    nothing = _patch(one, one.costs)
    assert nothing == Patch()


def test_tables_of_trade_are_merged():
    """Trade with two candidates moved together moves both."""
    one = assessed_quickly("sony-2014")
    ground = Ground(assessment=one, view="nation", decision="response")
    trades = [step for step in ground.moves() if step.name.startswith("stakes.bilateral_trade.")]
    first = trades[0]
    second = next(step for step in trades if step.name != first.name)
    table = _priced(one, [first.patch, second.patch]).case.stakes.bilateral_trade
    assert table[first.name.rpartition(".")[2]] == first.value
    assert table[second.name.rpartition(".")[2]] == second.value


@pytest.mark.parametrize("name", ["dnc-2016", "opm-2015", "colonial-2021"])
def test_what_flips_flips(name):
    """Each set found ends the lead in the full engine's numbers, without any two steps of one report or input."""
    one = assessed_quickly(name)
    found = smallest(one)
    ground = Ground(assessment=one, view="nation", decision="response")
    assert found.leads["choice"] == one.ranking.default.first
    for flip in found.sets:
        if flip.found:
            margin, then = ground.margin(flip.question, flip.steps)
            assert margin <= 0
            assert then == flip.after != found.leads[flip.question]
            assert len({step.whose for step in flip.steps}) == len(flip.steps)
        assert sentence(flip, found, one.case)
    assert found.labelled()["size"].dims == ("question", "means")


def words(one: Assessment, found: Smallest) -> list[str]:
    """Return what is said of every set."""
    return [sentence(flip, found, one.case) for flip in found.sets]


def test_words_name_the_set_and_the_proof():
    """The words say that one report is not enough, how many are, which, who leads then and by how much."""
    one = assessed_quickly("dnc-2016")
    found = smallest(one, questions=["actor", "coercion"], means=["withdrawn", "graded"])
    said = words(one, found)
    flip = found.of("actor", "withdrawn")
    assert len(flip.steps) == 2
    assert said[0].startswith("Withdrawing any one report leaves the leading actor. The smallest set that")
    assert all(step.name in said[0] for step in flip.steps)
    assert "Russia leads" in said[0]
    coercion = next(text for flip, text in zip(found.sets, said, strict=True) if flip.question == "coercion")
    assert "does not change the verdict" in coercion
    assert "percentage points" in coercion
    graded, told = found.of("actor", "graded"), said[1]
    assert ("smallest set found" in told) == (graded.found and not graded.smallest and not graded.greedy)


def test_a_case_without_reports_has_nothing_to_withdraw():
    """No reports: only inputs can flip, and the words say that there is nothing to try."""
    case = load("opm-2015")
    assert isinstance(case, Case)
    bare = assess(case.model_copy(update={"reports": ()}), tables(1, FEW))
    found = smallest(bare, questions=["choice"], means=["withdrawn", "mixed"])
    assert found.of("choice", "withdrawn").choices == 0
    assert "nothing to try" in sentence(found.of("choice", "withdrawn"), found, bare.case)
    assert list(chain.from_iterable(flip.steps for flip in found.sets)) == list(found.of("choice", "mixed").steps)
    with pytest.raises(KeyError):
        found.of("actor", "withdrawn")
