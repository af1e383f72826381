"""The graph that is learnt, its numbers in numpy and the tables that the engine uses are one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from numpy.typing import NDArray
from tests.fit.objective.graph_of_target import target_of
from tests.fit.scoring.scoring_world import incidents, made_up_fit, posterior

from cybercoercion.belief.evidence import fact_factors
from cybercoercion.belief.network import build_network
from cybercoercion.case import load_case
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.objective.design import EARLY, FACTS, OBSERVED, columns, design, segments
from cybercoercion.fit.objective.model import build
from cybercoercion.fit.objective.predict import exponents, flattened, log_rows, probabilities, tables
from cybercoercion.fit.replaced import fitted_of
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import OBJECTIVES, facts

Array = NDArray[np.float64]
ROWS = incidents(30)
OF = {"objective": FACTS, "objective_early": EARLY}
SEEN_CODES = [OBJECTIVES.index(name) for name in OBSERVED]


def one_draw(part: str, number: int) -> xr.Dataset:
    """Return one of the random draws."""
    return posterior(part).isel(draw=slice(number, number + 1))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return one draw of the priors."""
    return load_knowledge(draws=1)


@pytest.fixture(scope="module", params=list(OF))
def part(request: pytest.FixtureRequest) -> str:
    """Return each of the two parts that share this model."""
    return str(request.param)


@pytest.fixture(scope="module")
def target(part: str, knowledge: Knowledge) -> Callable[..., float]:
    """Return the composite target of the made-up incidents as a function of a draw."""
    return target_of(build(design(ROWS, OF[part]), knowledge), "target")


def point(part: str, number: int) -> dict[str, Array]:
    """Return one draw as the graph takes it."""
    return {name: values[..., 0] for name, values in stacked(one_draw(part, number)).items()}


def learnt(part: str, number: int, knowledge: Knowledge) -> Knowledge:
    """Return the knowledge with one draw of a part in the place of its own."""
    fit = replace(made_up_fit((part,)), parts={part: one_draw(part, number)})
    return replace(knowledge, fitted=fitted_of(fit, knowledge), _memory={})


@pytest.mark.parametrize("number", [0, 1, 2])
def test_tables_of_the_engine_are_the_rows_used(part: str, number: int, knowledge: Knowledge) -> None:
    """Of every fact p*(state | objective) in the knowledge is what the fit uses, flattened and all."""
    rows = np.exp(flattened(stacked(one_draw(part, number)), OF[part]))[..., 0]
    fitted = learnt(part, number, knowledge)
    place = {column: index for index, column in enumerate(columns(OF[part]))}
    for name in OF[part]:
        table = fitted.table(name, early=part == "objective_early")[SEEN_CODES, :, 0]
        ours = rows[[place[name, state] for state in facts()[name].states]].T
        np.testing.assert_allclose(table, ours, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("number", [0, 1])
def test_evidence_has_one_probability(
    part: str, number: int, knowledge: Knowledge, target: Callable[..., float]
) -> None:
    """Row by row log p*(objective | hard findings) of the exact engine is that of the graph that is learnt."""
    case = load_case("sony-2014")
    fitted = learnt(part, number, knowledge)
    network = build_network(case, fitted)
    data, at = design(ROWS, OF[part]), point(part, number)
    log_base = at["base"] - np.log(np.exp(at["base"]).sum())
    for index, row in enumerate(ROWS[:8]):
        joint = log_base.copy()
        for name in OF[part]:
            if name in row.facts:
                hard = np.array([[float(state == row.facts[name])] for state in facts()[name].states])
                early = part == "objective_early"
                (factor,) = fact_factors(name, None, hard, case, network, fitted, early=early)
                assert factor.scope == ("objective",)
                joint += np.log(factor.value[SEEN_CODES, 0])
        theirs = joint - np.log(np.exp(joint).sum())
        alone = np.eye(len(ROWS))[index]
        ours = target(at, weight=alone, given_weight=1.0, joint_weight=0.0)
        assert ours == pytest.approx(theirs @ data.label[index], abs=1e-9)


@pytest.mark.parametrize("number", [3, 4])
def test_the_target_by_plain_sums(part: str, number: int, target: Callable[..., float], knowledge: Knowledge) -> None:
    """At a random point the Potential is sum_n w_n [log p*(z | x) + lambda (log p(x | z) + log p(z))], by loops."""
    at, names, data = point(part, number), OF[part], design(ROWS, OF[part])
    weight = np.random.default_rng(number).uniform(0, 2, len(ROWS))
    share = knowledge.quantities["learning.objective.joint_weight"].value
    plain = log_rows({name: values[..., None] for name, values in at.items()}, names)[..., 0]
    base = np.exp(at["base"]) / np.exp(at["base"]).sum()
    total = 0.0
    for n, w in enumerate(weight):
        told, used = np.log(base), np.log(base)
        for number_ in range(len(names)):
            block = np.exp(plain[segments(names) == number_])  # (state, objective)
            flat = block ** at["exponent"][number_]
            flat = flat / flat.sum(0)
            ones = data.seen[n][segments(names) == number_]
            if ones.any():
                told = told + np.log(block[ones.argmax()])
                used = used + np.log(flat[ones.argmax()])
        z = data.label[n].argmax()
        total += w * (used[z] - np.log(np.exp(used).sum()) + share * told[z])
    assert target(at, weight=weight) == pytest.approx(total, rel=1e-10)


def test_a_weight_of_zero_leaves_a_row_out(part: str, target: Callable[..., float]) -> None:
    """The target is linear in the weights: whole equals part plus rest, and nothing equals zero."""
    at, half = point(part, 5), np.arange(len(ROWS)) < 12
    whole, first, rest = (target(at, weight=one.astype(float)) for one in (np.ones(len(ROWS)), half, ~half))
    assert whole == pytest.approx(first + rest)
    assert target(at, weight=np.zeros(len(ROWS))) == 0


def test_a_row_without_an_objective_teaches_nothing(knowledge: Knowledge) -> None:
    """Its label is zero, so the target does not know it."""
    blind = incidents(10, seed=4, known=False)
    with_them = target_of(build(design([*ROWS[:5], *blind]), knowledge), "target")
    without = target_of(build(design(ROWS[:5]), knowledge), "target")
    at = point("objective", 6)
    assert with_them(at) == pytest.approx(without(at))


def test_rows_are_distributions(part: str) -> None:
    """Given an objective the states of each fact sum to one, before flattening and after."""
    draws = stacked(posterior(part))
    for made in (log_rows(draws, OF[part]), flattened(draws, OF[part])):
        for number in range(len(OF[part])):
            assert np.exp(made[segments(OF[part]) == number]).sum(0) == pytest.approx(1)


def test_without_flattening_rows_stay(part: str) -> None:
    """At an exponent of one the rows used are the rows learnt; at zero every state is as likely as any other."""
    draws = stacked(posterior(part))
    ones = {**draws, "exponent": np.ones_like(draws["exponent"])}
    assert flattened(ones, OF[part]) == pytest.approx(log_rows(draws, OF[part]))
    none = {**draws, "exponent": np.zeros_like(draws["exponent"])}
    sizes = np.array([len(facts()[name].states) for name in OF[part]])[segments(OF[part])]
    assert flattened(none, OF[part])[..., 0] == pytest.approx(np.repeat(-np.log(sizes)[:, None], len(OBSERVED), 1))


def test_without_effects_facts_say_nothing(part: str) -> None:
    """At a scale of zero p(objective | facts) is the base rate, whatever the facts."""
    draws = stacked(posterior(part))
    mute = {**draws, "scale": np.zeros_like(draws["scale"])}
    p = probabilities(mute, design(ROWS, OF[part]).seen, OF[part])
    base = np.exp(draws["base"])
    assert p == pytest.approx(np.tile((base / base.sum(0)).mean(-1), (len(ROWS), 1)))


def test_tables_leave_gain_to_the_priors(part: str) -> None:
    """The row of the objective that nobody codes is missing, all others sum to one; each fact has its exponent."""
    draws = stacked(posterior(part))
    for name, table in tables(draws, OF[part]).items():
        assert np.isnan(table[OBJECTIVES.index("gain")]).all(), name
        assert table[SEEN_CODES].sum(1) == pytest.approx(1), name
    assert set(exponents(draws, OF[part])) == set(OF[part])


def test_bands_of_severity_are_sums_of_degrees(knowledge: Knowledge) -> None:
    """What a case file calls low, moderate, high and extreme is degrees 0-2, 3-4, 5-6 and 7-10 of DCID."""
    fit = made_up_fit(("objective",))
    rows = fitted_of(fit, knowledge).tables
    fine = rows["dcid_severity"][SEEN_CODES]
    bands = np.stack([fine[:, a:b].sum(1) for a, b in ((0, 3), (3, 5), (5, 7), (7, 11))], 1)
    assert rows["severity"][SEEN_CODES] == pytest.approx(bands)
