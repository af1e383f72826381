"""Calibration by simulation of the models themselves: right ones pass, deliberately wrong ones fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytensor.tensor as pt
import pytest
from typer import Typer
from typer.testing import CliRunner

from cybercoercion.fit.checking import calibration
from cybercoercion.fit.checking.calibrated import FAIL, code_of, stored, written
from cybercoercion.fit.checking.calibration import Calibration, calibrate_subject
from cybercoercion.fit.checking.learnt import log_prior, prior_draws
from cybercoercion.fit.checking.simulated import MAKERS, subjects_of
from cybercoercion.fit.fit import PARTS
from cybercoercion.fit.objective.predict import flattened, log_rows
from cybercoercion.knowledge import load_knowledge

SIMULATIONS = 25


@pytest.fixture(scope="module")
def knowledge():
    """Return the priors, with hardly a draw."""
    return load_knowledge(draws=2)


@pytest.fixture(scope="module")
def outcome(knowledge):
    """Return the outcome model with simulated counts, compiled once."""
    (subject,) = subjects_of("outcome", knowledge)
    return subject


@pytest.fixture(scope="module")
def objective(knowledge):
    """Return both ingredients of the objective seen early, compiled once."""
    return subjects_of("objective_early", knowledge)


def result(subject, simulations=SIMULATIONS):
    """Return the calibration of one subject."""
    quantities, divergences = calibrate_subject(subject, simulations=simulations, seed=1)
    return Calibration(
        part=subject.part,
        simulations=simulations,
        seed=1,
        quantities=quantities,
        divergences=divergences,
        seconds=0.0,
        code="",
    )


def test_every_part_can_be_calibrated():
    """There is something to simulate for every part that a fit may hold."""
    assert set(MAKERS) == set(PARTS)


def test_the_outcome_model_is_calibrated(outcome):
    """Ranks of every parameter, exceedance and new count are uniform over a few simulations."""
    found = result(outcome)
    assert found.adjusted > FAIL
    assert {"counts: step", "counts: log_shape above its median"} <= {one.name for one in found.quantities}
    assert any("new count" in one.name for one in found.quantities)


def test_counts_of_another_process_fail(outcome):
    """Counts drawn with odds four times those of the parameters are found out."""

    def wrong(draws, rng):
        moved = {**draws, "level": draws["level"] + np.log(4), "by_chance": draws["by_chance"] + np.log(4)}
        return outcome.simulate(moved, rng)

    assert result(replace(outcome, simulate=wrong)).adjusted < FAIL


@pytest.mark.parametrize("ingredient", [0, 1])
def test_each_ingredient_of_the_objective_has_its_own_likelihood(objective, ingredient):
    """At weights (1, 0) the target is log p(z | x), at (0, 1) log p(x, z); both are those of the textbook."""
    subject = objective[ingredient]
    rng = np.random.default_rng(2)
    draws = {name: values[..., :1] for name, values in subject.prior(2, 3).items()}
    data, _ = subject.simulate(draws, rng)
    told = {**subject.fixed, **data}
    names = ("method", "target_type", "sector", "supply_chain", "dcid_ransomware")
    base = draws["base"] - np.log(np.exp(draws["base"]).sum(0))
    if ingredient == 0:
        joint = np.tensordot(told["seen"], flattened(draws, names), 1)[..., 0] + base[:, 0]
        expected = (told["label"] * (joint - np.log(np.exp(joint).sum(1, keepdims=True)))).sum()
    else:
        joint = np.tensordot(told["seen"], log_rows(draws, names), 1)[..., 0] + base[:, 0]
        expected = (told["label"] * joint).sum()
    model = subject.compiled.model
    point = {}
    for one, variable in zip(model.free_RVs, model.value_vars, strict=True):
        value, transform = draws[one.name][..., 0], model.rvs_to_transforms[one]
        point[variable.name] = (
            value if transform is None else transform.forward(pt.as_tensor(value), *one.owner.inputs).eval()
        )
    with model:
        for name, value in told.items():
            model[name].set_value(np.asarray(value))
    found = model.compile_logp(vars=model.potentials, jacobian=False, sum=True)(point)
    assert float(found) == pytest.approx(float(expected), rel=1e-8)


def test_facts_are_simulated_as_the_tables_say(objective):
    """Over many simulated incidents a fact takes each state as often as its row says."""
    subject = objective[1]
    rng = np.random.default_rng(4)
    draws = {name: values[..., :1] for name, values in subject.prior(2, 5).items()}
    both = [subject.simulate(draws, rng)[0] for _ in range(200)]
    seen, label = (np.concatenate([one[name] for one in both]) for name in ("seen", "label"))
    of_first = seen[label[:, 0] == 1]
    method = np.exp(log_rows(draws, ("method", "target_type", "sector", "supply_chain", "dcid_ransomware")))[:, 0, 0]
    width = next(i for i in range(1, len(method) + 1) if method[:i].sum() > 1 - 1e-9)
    share = of_first[:, :width].sum(0) / of_first[:, :width].sum()
    assert share == pytest.approx(method[:width], abs=0.05)


def test_priors_in_numpy_are_those_of_the_model(outcome, objective, knowledge):
    """Differences of log-densities between two draws agree with the PyMC models, up to the Jacobian of logs."""
    for subject in (outcome, objective[0]):
        model = subject.compiled.model
        drawn = subject.prior(2, 6)
        ours = log_prior(subject.part, drawn, knowledge)
        theirs = []
        for s in range(2):
            point = {}
            for one, variable in zip(model.free_RVs, model.value_vars, strict=True):
                transform = model.rvs_to_transforms[one]
                value = drawn[one.name][..., s]
                point[variable.name] = (
                    value if transform is None else transform.forward(pt.as_tensor(value), *one.owner.inputs).eval()
                )
            theirs.append(float(model.compile_logp(vars=model.free_RVs, jacobian=False, sum=True)(point)))
        # a log-normal holds 1 / x beside the normal of its logarithm
        logs = sum(
            np.log(drawn[name]).reshape(-1, 2).sum(0) for name in ("between_classes", "exponent") if name in drawn
        )
        assert ours[0] - ours[1] == pytest.approx(theirs[0] - theirs[1] + (logs[0] - logs[1]), rel=1e-6)


def test_draws_of_the_prior_have_the_moments_of_the_model(outcome, knowledge):
    """Draws in numpy and draws of PyMC agree in mean and spread for every parameter."""
    theirs = outcome.prior(3000, 7)
    ours = prior_draws("outcome", {n: v.shape[:-1] for n, v in theirs.items()}, knowledge, size=3000, seed=8)
    for name, values in theirs.items():
        spread = values.std(-1)
        assert ours[name].mean(-1) == pytest.approx(values.mean(-1), abs=0.15 * spread.max()), name
        assert ours[name].std(-1) == pytest.approx(spread, rel=0.15), name


def test_results_survive_being_written(tmp_path):
    """A calibration is the same after it was written and read, as far as it is kept."""
    from cybercoercion.fit.checking.calibrated import Quantity

    one = Calibration(
        part="actor",
        simulations=200,
        seed=1,
        quantities=tuple(Quantity(name=f"q {i}", p=(i + 1) / 10) for i in range(8)),
        divergences=3,
        seconds=12.0,
        code=code_of("actor"),
    )
    file = tmp_path / "calibration.toml"
    file.write_text(written({"actor": one}), encoding="utf-8")
    again = stored(file)["actor"]
    assert (again.count, again.smallest, again.adjusted, again.worst) == (8, 0.1, one.adjusted, one.worst)
    assert again.words() == one.words()


def test_the_command_refuses_an_unknown_part():
    """The documented command names the parts that there are."""
    app = Typer()
    app.command()(calibration.main)
    said = CliRunner().invoke(app, ["--part", "nothing"])
    assert said.exit_code == 2
    assert "objective_early" in said.output
