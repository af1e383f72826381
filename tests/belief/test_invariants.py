"""What must never matter, and what must always hold, on random cases."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.belief.random_cases import AS_OF, Data, cases, changed, random_data

from cybercoercion.belief import Belief, ImpossibleEvidence, believe
from cybercoercion.case import Campaign, Case, load, shipped
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import BELIEFS, FRAMES, facts

EXAMPLES = settings(max_examples=40)
SEEDS = st.integers(0, 2**20)
FACTS = st.sampled_from(sorted(facts()))
GRADES = st.sampled_from([None, "A2", "C3", "F6"])


@cache
def drawn() -> Knowledge:
    """Return a few draws."""
    return load_knowledge(seed=5, draws=16)


@cache
def fixed() -> Knowledge:
    """Return the printed values."""
    return load_knowledge().at_values()


def added(case: Case, *reports: Data) -> Case:
    """Return the case with more reports."""
    old = [report.model_dump(by_alias=True, exclude_unset=True) for report in case.reports]
    return changed(case, reports=[*old, *reports])


def kept(case: Case, ids: list[str]) -> list[Data]:
    """Return these reports of a case, none of them a copy of one that is gone."""
    out = [report.model_dump(by_alias=True, exclude_unset=True) for report in case.reports if report.id in ids]
    for report in out:
        if report.get("copies") not in ids:
            report.pop("copies", None)
    return out


def same(one: Belief, two: Belief, atol: float = 1e-12) -> None:
    """Hold two beliefs against each other, label by label, draw by draw."""
    assert set(one.actors) == set(two.actors)
    assert set(one.demands) == set(two.demands)
    actors = [two.actors.index(actor) for actor in one.actors]
    demands = [two.demands.index(demand) for demand in one.demands]
    np.testing.assert_allclose(one.posterior, two.posterior[:, actors][:, :, demands], rtol=0, atol=atol)


def marginal(belief: Belief, name: str) -> dict[str, float]:
    """Return the probabilities of one node."""
    return {label: estimate.p for label, estimate in belief.estimates(name).items()}


@EXAMPLES
@given(cases())
def test_belief_sums_to_one(case: Case) -> None:
    """A belief holds probabilities that sum to one, and so do its marginals and weights."""
    belief = believe(case, drawn())
    assert (belief.posterior >= 0).all()
    assert belief.posterior.sum() == pytest.approx(1, abs=1e-12)
    assert belief.weights.sum() == pytest.approx(1, abs=1e-12)
    for name in BELIEFS:
        assert sum(marginal(belief, name).values()) == pytest.approx(1, abs=1e-12)
        for estimate in belief.estimates(name).values():
            assert -1e-12 <= estimate.low <= estimate.high <= 1 + 1e-12


@EXAMPLES
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_reports_is_irrelevant(case: Case, chance: Any) -> None:
    """Reports in another order give the same belief, and the same evidence."""
    shuffled = list(case.reports)
    chance.shuffle(shuffled)
    one, two = believe(case, drawn()), believe(changed(case, reports=shuffled), drawn())
    same(one, two)
    assert two.evidence == pytest.approx(one.evidence, rel=1e-10)


@pytest.mark.parametrize("dated", [True, False])
def test_which_of_two_equal_copies_stands_first_is_irrelevant(dated: bool) -> None:  # noqa: FBT001
    """Two reports that differ in nothing but their copy probability give the same belief in either order."""
    words = {"fact": "threat", "finding": "clear", "grade": "B2", "origin": "ministry"}
    words |= {"known_date": AS_OF} if dated else {}
    pair = [{**words, "id": "first", "copy": 0.2}, {**words, "id": "second"}]
    base = Case.model_validate(random_data(1, reports=0) | {"frame": "any-intrusion"})
    same(believe(added(base, *pair), drawn()), believe(added(base, *pair[::-1]), drawn()))


@EXAMPLES
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_is_irrelevant(case: Case, chance: Any) -> None:
    """Actors and demands in another order give the same belief."""
    actors, demands = list(case.actors), list(case.demands)
    chance.shuffle(actors)
    chance.shuffle(demands)
    same(believe(case, drawn()), believe(changed(case, actors=actors, demands=demands), drawn()))


def renamed(data: Any, names: dict[str, str]) -> Any:
    """Return the data with these words replaced wherever they stand, as key or as value."""
    if isinstance(data, dict):
        return {names.get(key, key): renamed(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [renamed(value, names) for value in data]
    return names.get(data, data) if isinstance(data, str) else data


@EXAMPLES
@given(SEEDS)
def test_names_are_irrelevant(seed: int) -> None:
    """Other ids of actors, demands and reports, other names and other origins give the same belief."""
    data = random_data(seed)
    old = [one["id"] for block in ("actors", "demands", "reports") for one in data[block]]
    origins = ["vendor", "ministry", "press"]
    names = {name: f"x{len(old) - k}-{name[::-1]}" for k, name in enumerate([*old, *origins])}
    other = renamed(data, names)
    for actor in other["actors"]:
        actor["name"] = f"The {actor['id']}"
    one, two = believe(Case.model_validate(data), drawn()), believe(Case.model_validate(other), drawn())
    np.testing.assert_allclose(one.posterior, two.posterior, rtol=0, atol=1e-12)


@EXAMPLES
@given(cases(), FACTS, st.floats(0.01, 1), st.sampled_from([None, "A2", "C3", "F6"]), st.data())
def test_a_flat_likelihood_moves_nothing(case: Case, name: str, height: float, grade: str | None, data: Any) -> None:
    """A report that is as probable under every state leaves the belief of every draw where it was."""
    fact = facts()[name]
    flat = dict.fromkeys(fact.labels(case.actor_ids, case.demand_ids), height)
    report: Data = {"id": "flat", "fact": name, "likelihood": flat}
    report |= {"grade": grade} if grade else {}
    report |= {"about": data.draw(st.sampled_from(case.actor_ids))} if fact.about else {}
    same(believe(added(case, report), drawn()), believe(case, drawn()))


@EXAMPLES
@given(cases(reports=6), FACTS, st.data())
def test_an_ungraded_report_moves_less_than_a_good_one(case: Case, name: str, data: Any) -> None:
    """A report of grade F6, unknown, moves in the direction of one of grade A2, and less far."""
    fact = facts()[name]
    finding = data.draw(st.sampled_from(fact.labels(case.actor_ids, case.demand_ids)))
    report: Data = {"id": "new", "fact": name, "finding": finding, "origin": "nobody-else"}
    before = marginal(believe(case, fixed()), "intent")
    unknown = marginal(believe(added(case, report | {"grade": "F6"}), fixed()), "intent")
    good = marginal(believe(added(case, report | {"grade": "A2"}), fixed()), "intent")
    label = max(good, key=lambda one: good[one] / before[one])
    assert before[label] - 1e-12 <= unknown[label] <= good[label] + 1e-12


LADDERS = [[f"{letter}{digit}" for letter in "ABCDE"] for digit in "12345"]
LADDERS += [[f"{letter}{digit}" for digit in "12345"] for letter in "ABCDE"]


@EXAMPLES
@given(cases(reports=4), FACTS, st.sampled_from(BELIEFS), st.data())
def test_a_better_grade_never_weakens_a_report(case: Case, name: str, node: str, data: Any) -> None:
    """The odds of what a report supports most rise with its letter and with its digit, in every draw."""
    fact = facts()[name]
    finding = data.draw(st.sampled_from(fact.labels(case.actor_ids, case.demand_ids)))
    report: Data = {"id": "new", "fact": name, "finding": finding, "origin": "nobody-else"}
    report |= {"about": data.draw(st.sampled_from(case.actor_ids))} if fact.about else {}
    before = believe(case, drawn())
    grades = {
        grade: believe(added(case, report | {"grade": grade}), drawn()) for grade in data.draw(st.sampled_from(LADDERS))
    }
    start, best = (within(belief, node) for belief in (before, next(iter(grades.values()))))
    leader = (best / start).argmax(0)  # of each draw
    odds = [np.take_along_axis(within(belief, node), leader[None], 0)[0] for belief in grades.values()]
    for better, worse in pairwise(odds):
        assert (better >= worse - 1e-12).all()


def within(belief: Belief, node: str) -> np.ndarray:
    """Return p(state | evidence, draw)."""
    return belief.marginal(node) / belief.weights


@EXAMPLES
@given(cases(reports=6), FACTS, GRADES, st.data())
def test_a_copy_is_worth_nothing_or_a_report_of_its_own(case: Case, name: str, grade: str | None, data: Any) -> None:
    """Two reports of one origin count as one at copy probability one, and as two origins at zero."""
    fact = facts()[name]
    finding = data.draw(st.sampled_from(fact.labels(case.actor_ids, case.demand_ids)))
    first: Data = {"id": "one", "fact": name, "finding": finding, "origin": "source-a", "known_date": AS_OF}
    first |= {"grade": grade} if grade else {}
    first |= {"about": data.draw(st.sampled_from(case.actor_ids))} if fact.about else {}
    second = first | {"id": "two"}
    del second["known_date"]  # so that the first is the first
    whole = believe(added(case, first, second | {"copy": 1.0}), drawn())
    none = believe(added(case, first, second | {"copy": 0.0}), drawn())
    same(whole, believe(added(case, first), drawn()))
    same(none, believe(added(case, first, second | {"origin": "source-b"}), drawn()))


@EXAMPLES
@given(SEEDS, st.floats(0, 1))
def test_the_weight_of_a_copy_falls_with_its_probability(seed: int, copy: float) -> None:
    """A second report of one origin is worth at least as much as one report, and at most as much as two."""
    base = Case.model_validate(random_data(seed, reports=0) | {"frame": "politically-relevant"})
    first: Data = {"id": "one", "fact": "threat", "finding": "clear", "origin": "source-a", "grade": "B2"}
    second = first | {"id": "two"}
    one = believe(added(base, first), fixed()).coercion.p
    some = believe(added(base, first, second | {"copy": copy}), fixed()).coercion.p
    two = believe(added(base, first, second | {"copy": 0.0}), fixed()).coercion.p
    low, high = min(one, two), max(one, two)
    assert low - 1e-12 <= some <= high + 1e-12


def episodes() -> list[Case]:
    """Return the shipped cases, each once."""
    found = [load(name) for name in shipped()]
    return [case for one in found for case in (one.episodes if isinstance(one, Campaign) else [one])]


@cache
def many() -> Knowledge:
    """Return the usual number of draws: a bound on an average is none on a handful of draws."""
    return load_knowledge()


def moved_by_denial(case: Case, actor: str) -> None:
    """Hold the odds of every actor with and without a denial against each other."""
    words: Data = {"id": "words", "fact": "denial", "finding": "denial", "about": actor, "grade": "A2"}
    silent = [r for r in case.reports if r.fact != "denial"]
    without = changed(case, reports=silent)
    before, after = (marginal(believe(one, many()), "actor") for one in (without, added(without, words)))
    for name in before:
        assert 1 / 1.1 < after[name] / before[name] < 1.1


@pytest.mark.parametrize("case", episodes(), ids=lambda case: case.id)
def test_a_denial_alone_moves_no_shipped_case(case: Case) -> None:
    """That the accused deny it moves the probability of any actor by less than a tenth."""
    for actor in case.actor_ids:
        moved_by_denial(case, actor)


@EXAMPLES
@given(cases(), st.data())
def test_a_denial_alone_moves_no_random_case(case: Case, data: Any) -> None:
    """That somebody denies it moves the probability of any actor by less than a tenth."""
    moved_by_denial(case, data.draw(st.sampled_from(case.actor_ids)))


@EXAMPLES
@given(SEEDS, st.sampled_from(FRAMES))
def test_facts_in_the_frame_do_not_count_again(seed: int, frame: str) -> None:
    """Reports on facts that the frame conditions on change nothing."""
    case = Case.model_validate(random_data(seed) | {"frame": frame})
    dropped = drawn().setting(f"frame.{frame}")
    rest = kept(case, [report.id for report in case.reports if report.fact not in dropped])
    more = [
        {"id": f"again-{name.replace('_', '-')}", "fact": name, "finding": facts()[name].states[0], "grade": "A2"}
        for name in dropped
        if name in facts()
    ]
    one, two = believe(added(case, *more), drawn()), believe(changed(case, reports=rest), drawn())
    same(one, two, atol=0)
    assert [report.id for report in one.reports] == [report.id for report in two.reports]


def test_each_frame_drops_what_it_says() -> None:
    """A threat counts in a frame of intrusions, and not in one where a threat was received."""
    base = random_data(4, reports=0)
    threat: Data = {"id": "words", "fact": "threat", "finding": "clear", "grade": "A2"}
    moved = {}
    for frame in ("any-intrusion", "threat-received"):
        case = Case.model_validate(base | {"frame": frame})
        moved[frame] = believe(added(case, threat), fixed()).coercion.p / believe(case, fixed()).coercion.p
    assert abs(moved["any-intrusion"] - 1) > 0.05
    assert moved["threat-received"] == 1


@EXAMPLES
@given(cases())
def test_what_was_not_known_or_is_switched_off_does_not_count(case: Case) -> None:
    """A case without its later and its switched-off reports gives the same belief."""
    counted = kept(case, [report.id for report in case.known() if not report.off])
    assume(len(counted) < len(case.reports))
    same(believe(case, drawn()), believe(changed(case, reports=counted), drawn()), atol=0)


@EXAMPLES
@given(cases(reports=6), st.sampled_from(["threat", "severity", "vendor_attribution"]), st.floats(1e-6, 1e6), SEEDS)
def test_findings_have_no_scale(case: Case, name: str, scale: float, seed: int) -> None:
    """Weights over the states of a fact times a constant give the same belief."""
    labels = facts()[name].labels(case.actor_ids, case.demand_ids)
    weights = np.random.default_rng(seed).uniform(0.1, 1, len(labels))
    one, two = (
        {"id": "new", "fact": name, "grade": "B2", "findings": dict(zip(labels, map(float, row), strict=True))}
        for row in (weights, weights * scale)
    )
    same(believe(added(case, one), drawn()), believe(added(case, two), drawn()))


@EXAMPLES
@given(cases(reports=6), st.floats(1e-3, 1), SEEDS)
def test_a_likelihood_has_no_scale(case: Case, scale: float, seed: int) -> None:
    """A likelihood times a constant gives the same belief, and that much less evidence."""
    labels = facts()["malware_lineage"].labels(case.actor_ids, case.demand_ids)
    weights = np.random.default_rng(seed).uniform(0.1, 1, len(labels))
    one, two = (
        believe(
            added(
                case,
                {
                    "id": "new",
                    "fact": "malware_lineage",
                    "origin": "nobody-else",
                    "likelihood": dict(zip(labels, map(float, row), strict=True)),
                },
            ),
            drawn(),
        )
        for row in (weights, weights * scale)
    )
    same(one, two)
    assert two.evidence == pytest.approx(one.evidence * scale, rel=1e-9)


def test_evidence_that_excludes_everything_is_refused() -> None:
    """Two certain reports that contradict each other leave no state of the world."""
    base = Case.model_validate(random_data(2, reports=0) | {"frame": "any-intrusion"})
    states = facts()["threat"].states
    sure = [
        {"id": f"sure-{one}", "fact": "threat", "likelihood": {state: float(state == one) for state in states}}
        for one in ("clear", "none")
    ]
    with pytest.raises(ImpossibleEvidence, match="no state of the world"):
        believe(added(base, *sure), drawn())


def test_the_same_seed_gives_the_same_belief() -> None:
    """Belief is a function of case and knowledge, bit by bit, whatever was asked before."""
    case = Case.model_validate(random_data(3))
    one, two = (load_knowledge(seed=5, draws=16) for _ in range(2))
    believe(Case.model_validate(random_data(8)), two)
    assert (believe(case, one).posterior == believe(case, two).posterior).all()
