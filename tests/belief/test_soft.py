"""Beliefs as evidence: a new belief that later reports move again, and a pinned one that holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.belief.oracle import Oracle
from tests.belief.random_cases import AS_OF, Data, Dice, cases, changed, random_case, random_data
from tests.belief.test_invariants import added, drawn, fixed, marginal, same

from cybercoercion.belief import ImpossibleEvidence, believe
from cybercoercion.case import Case
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import BELIEFS, INTENTS, facts

EXAMPLES = settings(max_examples=25)
FACTS = ("threat", "leak", "method", "claim", "demand_statement", "target_fit", "demand_content", "access")


def labels_of(case: Case, name: str) -> tuple[str, ...]:
    """Return the states of a belief or a fact."""
    beliefs = {"intent": INTENTS, "actor": (*case.actor_ids, "other"), "demand": (*case.demand_ids, "none")}
    return beliefs.get(name) or facts()[name].labels(case.actor_ids, case.demand_ids)


def opinion(case: Case, name: str, kind: str, seed: int, **more: Any) -> Data:
    """Return a report of a random belief about one thing."""
    labels = labels_of(case, name)
    mixture = dict(zip(labels, Dice(seed).mixture(len(labels)), strict=True))
    return {"id": f"view-on-{name.replace('_', '-')}", "fact": name, "findings": mixture, "kind": kind} | more


@EXAMPLES
@given(cases(reports=8), st.sampled_from(BELIEFS), st.sampled_from(["new-belief", "pinned"]), st.integers(0, 999))
def test_the_last_belief_is_ours(case: Case, name: str, kind: str, seed: int) -> None:
    """A belief that is stated last becomes the marginal of its node, averaged over draws."""
    view = opinion(case, name, kind, seed)
    got = marginal(believe(added(case, view), drawn()), name)
    assert got == pytest.approx(view["findings"], abs=1e-9)


@EXAMPLES
@given(cases(reports=8), st.sampled_from(BELIEFS), st.integers(0, 999))
def test_jeffrey_keeps_what_is_conditional(case: Case, name: str, seed: int) -> None:
    """Within a state of the node, a new belief leaves the rest of the posterior as it was."""
    view = opinion(case, name, "new-belief", seed)
    axis = BELIEFS.index(name)
    before = np.moveaxis(believe(case, drawn()).posterior, axis, 0)
    after = np.moveaxis(believe(added(case, view), drawn()).posterior, axis, 0)
    for label, (old, new) in enumerate(zip(before, after, strict=True)):
        q = list(view["findings"].values())[label]
        np.testing.assert_allclose(new, old * (q / old.sum()), rtol=1e-9, atol=1e-300)


@EXAMPLES
@given(cases(reports=8), st.sampled_from(BELIEFS), st.integers(0, 999))
def test_later_reports_move_a_new_belief_and_not_a_pinned_one(case: Case, name: str, seed: int) -> None:
    """A new belief is evidence like any other once it is stated; a pinned one holds whatever comes."""
    early: dict[str, Any] = {"known_date": AS_OF - timedelta(days=900)}
    later: Data = {"id": "later", "fact": "with_military", "finding": "yes", "grade": "A2", "origin": "nobody-else"}
    got = {}
    for kind in ("new-belief", "pinned"):
        view = opinion(case, name, kind, seed, **early)
        without = marginal(believe(added(case, view), drawn()), name)
        got[kind] = (view["findings"], without, marginal(believe(added(case, view, later), drawn()), name))
    q, _, after = got["pinned"]
    assert after == pytest.approx(q, abs=1e-9)
    if name == "intent":
        _, before, after = got["new-belief"]
        assert max(abs(after[label] - before[label]) for label in before) > 1e-6


@EXAMPLES
@given(cases(reports=6), st.integers(0, 999), st.randoms(use_true_random=False))
def test_several_pins_hold_together(case: Case, seed: int, chance: Any) -> None:
    """Beliefs pinned on intent, actor and demand are all kept, in whatever order they stand."""
    views = [opinion(case, name, "pinned", seed + k) for k, name in enumerate(BELIEFS)]
    belief = believe(added(case, *views), drawn())
    for name, view in zip(BELIEFS, views, strict=True):
        assert marginal(belief, name) == pytest.approx(view["findings"], abs=1e-9)
    chance.shuffle(views)
    same(belief, believe(added(case, *views), drawn()), atol=1e-8)


@EXAMPLES
@given(cases(reports=6), st.integers(0, 999))
def test_the_order_in_the_file_is_irrelevant_to_beliefs(case: Case, seed: int) -> None:
    """Beliefs count in the order in which they became known, not in that of the file."""
    days = {"intent": 300, "actor": 150, "demand": 30}
    views = [
        opinion(case, name, "new-belief", seed, known_date=AS_OF - timedelta(days=day)) for name, day in days.items()
    ]
    same(believe(added(case, *views), drawn()), believe(added(case, *views[::-1]), drawn()))


@EXAMPLES
@given(cases(reports=8), st.sampled_from(BELIEFS))
def test_to_believe_what_is_believed_moves_nothing(case: Case, name: str) -> None:
    """A new belief that equals ours leaves everything as it is."""
    before = believe(case, drawn())
    view = opinion(case, name, "new-belief", 0) | {"findings": marginal(before, name)}
    same(before, believe(added(case, view), drawn()), atol=1e-9)


@pytest.mark.parametrize("kind", ["new-belief", "pinned"])
@pytest.mark.parametrize("name", FACTS)
def test_a_belief_about_a_fact_follows_jeffrey(name: str, kind: str) -> None:
    """The posterior is the mixture of the posteriors given each state of the fact: ``sum_x q(x) p(z | x, e)``."""
    case = random_case(40 + FACTS.index(name), actors=2, demands=2, reports=5, hard=True)
    case = changed(case, frame="any-intrusion", reports=[r for r in case.reports if not r.copies])
    view = opinion(case, name, kind, 3)
    expected: Any = 0.0
    for state, q in view["findings"].items():
        sure = {one: float(one == state) for one in view["findings"]}
        hard = {"id": "sure", "fact": name, "likelihood": sure, "origin": "nobody-else"}
        expected = expected + q * Oracle(added(case, hard), fixed()).solve()[1]
    got = believe(added(case, view), fixed()).averaged
    np.testing.assert_allclose(got, expected, atol=1e-10)


def test_pins_on_two_facts_are_fitted_together() -> None:
    """Two pinned facts and a pinned intent are kept: the fit of the oracle's own table gives the same posterior."""
    case = changed(random_case(7, actors=2, demands=1, reports=0), frame="any-intrusion")
    pins = {name: opinion(case, name, "pinned", 5) for name in ("threat", "leak", "intent")}
    told = [
        {"id": name, "fact": name, "finding": facts()[name].states[0], "grade": "C3", "origin": name}
        for name in ("threat", "leak")
    ]
    oracle = Oracle(added(case, *told), fixed())
    _, table = oracle.solve(("intent", "actor", "demand", "fact:threat", "fact:leak"))
    for _ in range(300):  # iterative proportional fitting on the whole table
        for name, axis in (("threat", 3), ("leak", 4), ("intent", 0)):
            rest = tuple(k for k in range(5) if k != axis)
            ratio = np.array(list(pins[name]["findings"].values())) / table.sum(rest)
            table = table * np.expand_dims(ratio, rest)
    got = believe(added(case, *told, *pins.values()), fixed()).averaged
    np.testing.assert_allclose(got, table.sum((3, 4)), atol=1e-9)


def test_a_belief_against_all_evidence_is_refused() -> None:
    """Who is sure of what the reports exclude is told so."""
    case = changed(random_case(7, reports=0), frame="any-intrusion")
    sure = {"id": "sure", "fact": "threat", "likelihood": {"clear": 1.0, "ambiguous": 0.0, "none": 0.0}}
    view = {"id": "view", "fact": "threat", "findings": {"none": 1.0}, "kind": "pinned"}
    with pytest.raises(ImpossibleEvidence, match="view"):
        believe(added(case, sure, view), drawn())


def test_pins_that_exclude_each_other_are_refused() -> None:
    """Two certain beliefs about one node cannot both hold."""
    case = random_case(7, reports=0)
    pins = [
        {"id": f"pin-{name}", "fact": "intent", "findings": {name: 1.0}, "kind": "pinned"}
        for name in ("crime", "sabotage")
    ]
    with pytest.raises(ImpossibleEvidence):
        believe(added(case, *pins), drawn())


def test_a_belief_may_bear_any_grade() -> None:
    """A grade says nothing about a belief, and does no harm beside reports of others."""
    case = changed(random_case(7, reports=6), frame="any-intrusion")
    for name in BELIEFS:
        view = opinion(case, name, "new-belief", 1)
        same(believe(added(case, view), drawn()), believe(added(case, view | {"grade": "A1"}), drawn()))


def toy(folder: Path) -> Knowledge:
    """Return tables with two purposes, .3 and .7, and one test that fires with .8 and .2; nothing else speaks."""
    rows = {"compellence": [0.8, 0.2], "crime": [0.2, 0.8]}
    lines = [
        "[table.intent.rows]",
        "any-intrusion = [0.3, 0, 0, 0, 0, 0.7, 0, 0, 0]",
        "[table.leak.rows]",
        *(f"{intent} = {row}" for intent, row in rows.items()),
    ]
    for name in ("reliability.A", "credibility.1", "credibility.2", "exponent.fact"):
        unit = "exponent" if name.startswith("exponent") else "probability"
        lines += [f"[quantity.{name}]", "value = 1", f'unit = "{unit}"', 'source = "a toy"', 'mark = "judgement"']
    (folder / "toy.toml").write_text("\n".join(lines), encoding="utf-8")
    return load_knowledge(folder).at_values()


@pytest.mark.parametrize(("kind", "p"), [("likelihood", 0.411504), ("new-belief", 0.471138), ("pinned", 0.471138)])
def test_seventy_percent_that_it_fired(tmp_path_factory: pytest.TempPathFactory, kind: str, p: float) -> None:
    """Prior .3, a test with .8 and .2, "70 % that it fired": .411 as a likelihood, .471 as a belief (Jeffrey).

    ``.3 (.7 .8 + .3 .2) / (.3 .62 + .7 .38) = .186 / .452``; ``.7 (.24 / .38) + .3 (.06 / .62)``.
    """
    base = random_data(1, actors=1, demands=0, reports=0) | {"frame": "any-intrusion", "deception": {}}
    base["actors"] = [{"id": "amber", "kind": "state"}]
    case = Case.model_validate(base)
    fired: Data = {"id": "test", "fact": "leak", "findings": {"yes": 0.7, "no": 0.3}, "kind": kind, "grade": "A2"}
    belief = believe(added(case, fired), toy(tmp_path_factory.mktemp("toy")))
    assert belief.coercion.p == pytest.approx(p, abs=1e-6)
