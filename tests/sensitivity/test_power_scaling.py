"""Power-scaling of priors and of reports on what a decision rests on."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, assessed_quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.belief import Belief, believe
from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.case import Case, load
from cybercoercion.fit.checking.component import components
from cybercoercion.fit.checking.density import together
from cybercoercion.fit.checking.scaling import EVIDENCE, QUANTITIES, raised, scene_of
from cybercoercion.sensitivity.output import OUTPUTS, labels_of
from cybercoercion.sensitivity.robust.power import power_scaling
from cybercoercion.vocabulary import INTENTS


def believed(joint: list[list[float]]) -> Belief:
    """Return a belief over the first and third purpose, ``joint`` by purpose and draw: p(purpose, evidence | draw)."""
    table = np.zeros((len(INTENTS), 1, 1, 2))
    table[[0, 2], 0, 0] = joint
    return Belief(
        case_id="toy",
        actors=("other",),
        demands=("none",),
        posterior=table / table.sum(),
        second_aim=np.zeros((len(INTENTS), 2)),
        evidence=table.sum() / 2,
        reports=(),
        warnings=(),
    )


def test_reports_that_count_twice_are_raised_state_by_state():
    """Base rates .175 and .825 of coercion, 5.8 times as likely under it: counted twice, 33.64 / 34.64 = .971.

    Squared weights of draws alone would say .915: (.175 5.8 1.84 + .825 5.8 4.96) / (1.84^2 + 4.96^2) = 25.60 / 27.99.
    """
    without = believed([[0.175, 0.825], [0.825, 0.175]])
    told = believed([[0.175 * 5.8, 0.825 * 5.8], [0.825, 0.175]])
    twice = raised(without, told, 2.0)
    assert twice.coercion.p == pytest.approx(33.64 / 34.64)
    assert twice.posterior.sum() == pytest.approx(1)
    assert raised(without, told, 1.0).posterior == pytest.approx(told.posterior)
    assert raised(without, told, 0.0).posterior == pytest.approx(without.posterior)


def test_a_change_is_a_covariance():
    """What reports and priors move equals ln 2 times the covariance with their log-likelihood, to first order."""
    sony = assessed_quickly("sony-2014")
    scene = scene_of(sony.case, sony.knowledge, draws=FEW)
    found = power_scaling(sony, draws=FEW)
    at = {name: row for row, name in enumerate(found.components)}
    joint, bare = scene.belief.posterior, scene.without().posterior
    likelihood = np.log(np.divide(joint, bare, out=np.ones_like(joint), where=(bare > 0) & (joint > 0)))
    value = np.broadcast_to(IS_COERCION[:, None, None, None], joint.shape)
    together_ = (joint * value * likelihood).sum() - (joint * value).sum() * (joint * likelihood).sum()
    assert found.change[at[EVIDENCE], 0] == pytest.approx(log(2) * together_, rel=2e-3)

    weight = scene.belief.weights
    inside = joint[IS_COERCION].sum((0, 1, 2)) / weight
    found_base = components(scene.knowledge.asked, scene.knowledge)["base rates of purposes"]
    density = together(found_base, scene.knowledge)
    both = weight @ (inside * density) - (weight @ inside) * (weight @ density)
    row = at["base rates of purposes"]
    # the tail of few draws is smoothed: equal within the error that is said
    assert found.change[row, 0] == pytest.approx(log(2) * both, abs=2 * found.error[row, 0])


def test_the_reports_of_the_only_origin_are_the_evidence():
    """Where all reports come from one origin, raising it and raising the evidence are the same."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    told = tuple(report.model_copy(update={"origin": "press"}) for report in case.reports)
    found = power_scaling(assess(case.model_copy(update={"reports": told}), tables(1, FEW)), draws=FEW)
    one, two = found.components[found.priors :]
    assert (one, two) == (EVIDENCE, "reports of press")
    assert found.change[found.priors] == pytest.approx(found.change[found.priors + 1])


def test_without_reports_there_is_no_evidence_to_raise():
    """A case without reports has prior components only."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    found = power_scaling(assess(case.model_copy(update={"reports": ()}), tables(1, FEW)), draws=FEW)
    assert found.priors == len(found.components)


def test_left_out_is_what_the_engine_says_without():
    """The belief without an origin is the engine's belief about the case without its reports."""
    sony = assessed_quickly("sony-2014")
    scene = scene_of(sony.case, sony.knowledge, draws=FEW)
    origin = sony.case.reports[0].origin
    left = tuple(report for report in sony.case.reports if report.origin != origin)
    assert 0 < len(left) < len(sony.case.reports)
    other = believe(sony.case.model_copy(update={"reports": left}), sony.knowledge)
    assert scene.without((origin,)).posterior == pytest.approx(other.posterior)


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016", "colonial-2021"])
@pytest.mark.parametrize("view", ["target", "long"])
def test_every_output_is_scaled_in_every_view(name, view):
    """Cases and campaigns: each component stands against each quantity of an output, all numbers finite."""
    one = assessed_quickly(name)
    found = power_scaling(one, draws=FEW, view=view)
    assert found.quantities == QUANTITIES
    for output in OUTPUTS:
        other = power_scaling(one, draws=FEW, view=view, output=output)
        assert other.quantities == labels_of(output, one.belief)
        assert np.isfinite(other.change).all()
        assert np.isfinite(other.error).all()
        table = other.labelled()
        assert table.change.dims == ("component", "quantity")
        assert set(table.unit.values.tolist()) == {"probability" if output in ("belief", "p_best") else "USD"}
    belief = power_scaling(one, draws=FEW, view=view, output="belief")
    assert belief.change[:, 0] == pytest.approx(found.change[:, 0])
    shares = power_scaling(one, draws=FEW, view=view, output="p_best")
    assert shares.change.sum(1) == pytest.approx(0, abs=1e-9)  # the shares of five always sum to one


def test_the_origins_of_a_campaign_leave_each_episode():
    """Every origin of a campaign moves something when it is raised."""
    found = power_scaling(assessed_quickly("ukraine-2014-2016"), draws=FEW, output="belief")
    moved = np.abs(found.change[found.priors :]).max(1)
    assert (moved > 1e-4).all()


def test_words_name_what_matters():
    """A component beyond threshold and error stands in the words, one below does not; untrusted weights are said."""
    found = power_scaling(assessed_quickly("sony-2014"), draws=FEW)
    calm = replace(found, change=np.zeros_like(found.change), pareto_k=np.zeros(len(found.components)))
    assert calm.words() == ("No prior component and no origin moves the decision beyond the threshold.",)
    change, error = np.zeros_like(found.change), np.zeros_like(found.error)
    change[0, 3], error[0, 3] = 0.3 * found.scale[3], 0.1 * found.scale[3]
    change[1, 0], error[1, 0] = 0.3, 0.2
    told = replace(calm, change=change, error=error).words()
    moved = "if this prior were twice as sure, it would move cost gap by +0.300 standard deviations, to first order."
    assert told == (f"{found.components[0]}: {moved}",)
    bad = calm.pareto_k.copy()
    bad[2] = np.nan
    assert found.components[2] in replace(calm, pareto_k=bad).words()[-1]


def test_too_few_draws_are_refused():
    """An error over twenty batches takes a hundred draws."""
    with pytest.raises(ValueError, match="at least 100"):
        power_scaling(assessed_quickly("sony-2014"), draws=50)
