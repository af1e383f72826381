"""The exact sum agrees with an independent engine, to the last digits, on every shipped and on random cases."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.belief.oracle import Oracle, copied
from tests.belief.random_cases import random_case

from cybercoercion.belief import believe
from cybercoercion.case import Campaign, Case, load, shipped
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import FRAMES, KINDS, facts

RANDOM = range(200)
SOFT = ("new-belief", "pinned")  # no likelihoods: test_soft.py holds them against Jeffrey's rule


@cache
def knowledge(*, drawn: bool) -> Knowledge:
    """Return one draw of everything, or the printed values."""
    return load_knowledge(seed=7, draws=1) if drawn else load_knowledge().at_values()


def shipped_cases() -> list[Case]:
    """Return the shipped cases, each once, their beliefs left out."""
    found: list[Case] = []
    for name in shipped():
        one = load(name)
        found.extend(one.episodes if isinstance(one, Campaign) else [one])
    return [
        case.model_copy(update={"reports": tuple(report for report in case.reports if report.kind not in SOFT)})
        for case in found
    ]


def agree(case: Case, numbers: Knowledge) -> None:
    """Hold posterior and evidence against the oracle."""
    ours = believe(case, numbers)
    log_evidence, posterior = Oracle(case, numbers).solve()
    np.testing.assert_allclose(ours.averaged, posterior, rtol=0, atol=1e-10)
    assert np.log(ours.evidence) == pytest.approx(log_evidence, rel=0, abs=1e-10)


@pytest.mark.parametrize("drawn", [False, True], ids=["values", "draw"])
@pytest.mark.parametrize("case", shipped_cases(), ids=lambda case: case.id)
def test_shipped_cases_agree_with_the_oracle(case: Case, drawn: bool) -> None:  # noqa: FBT001
    """The joint of intent, actor and demand and the evidence of a shipped case are those of pyAgrum."""
    agree(case, knowledge(drawn=drawn))


@pytest.mark.parametrize("seed", RANDOM)
def test_random_cases_agree_with_the_oracle(seed: int) -> None:
    """The joint of intent, actor and demand and the evidence of a random case are those of pyAgrum."""
    agree(random_case(seed), knowledge(drawn=bool(seed % 2)))


def test_the_random_cases_leave_nothing_out() -> None:
    """The two hundred cases hold every fact, form, frame, kind of actor, copy and grade."""
    cases = [random_case(seed) for seed in RANDOM]
    reports = [report for case in cases for report in case.reports]
    assert {report.fact for report in reports} == set(facts())
    assert {case.frame for case in cases} == set(FRAMES)
    assert {actor.kind for case in cases for actor in case.actors} == set(KINDS)
    assert {report.grade for report in reports} >= {None, *(f"{a}{b}" for a in "ABCDEF" for b in "123456")}
    for field in ("findings", "likelihood", "detection", "about", "copies", "copy_probability", "off"):
        assert sum(bool(getattr(report, field)) for report in reports) > 20, field
    assert sum(len(case.hidden()) for case in cases) > 20
    copies = [copied(Oracle(case, knowledge(drawn=False)).reports) for case in cases]
    assert sum(map(len, copies)) > 100
    assert {len(case.actors) for case in cases} == {1, 2, 3, 4, 5}
    assert {len(case.demands) for case in cases} == {0, 1, 2, 3, 4}
    assert sum(bool(case.deception) for case in cases) > 50
