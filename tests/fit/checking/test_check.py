"""The verb check: what it says of a healthy fit, and of fits that are broken in one way each."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from tests.fit.checking.made_up_fit import healthy, made_up_fit

from cybercoercion.fit.checking import check as check_module
from cybercoercion.fit.checking.calibrated import Calibration, Quantity, code_of
from cybercoercion.fit.checking.check import calibration, check
from cybercoercion.fit.checking.coherence import coherence
from cybercoercion.fit.checking.convergence import convergence
from cybercoercion.fit.checking.finding import Checks, gathered, judged
from cybercoercion.fit.checking.movement import movement, movements
from cybercoercion.fit.checking.posterior import frequencies, posterior_predictive
from cybercoercion.fit.checking.prior import prior_predictive
from cybercoercion.fit.replaced import fitted_of
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.training import Label, TrainingEpisode
from cybercoercion.knowledge import Fitted, load_knowledge
from cybercoercion.vocabulary import facts


@pytest.fixture(scope="module")
def knowledge():
    """Return the priors with few draws."""
    return load_knowledge(draws=500)


@pytest.fixture(scope="module")
def fit(knowledge):
    """Return a fit that equals the priors."""
    return made_up_fit(knowledge)


@pytest.fixture(scope="module")
def checks(fit, knowledge):
    """Return what the whole check says of it."""
    return check(fit, knowledge)


def levels(findings):
    """Return the level of each finding by name."""
    return {one.name: one.level for one in findings}


def test_check_collects_every_kind_of_finding(checks):
    """Sampler, coherence, prior, posterior, calibration, sensitivity and movement all speak, in whole sentences."""
    kinds = {one.name.split(".", 1)[0] for one in checks.findings}
    assert kinds == {"sampler", "coherence", "prior", "posterior", "calibration", "power", "movement"}
    assert all(one.words.endswith(".") or "Run: " in one.words for one in checks.findings)


def test_json_of_the_checks_says_what_the_words_say(checks):
    """Findings in JSON are as many as in words, and the overall level is the worst."""
    told = json.loads(checks.to_json())
    assert told["level"] == checks.level
    assert len(told["findings"]) == len(checks.findings) == len(str(checks).splitlines()) - 1
    assert told["passed"] == checks.passed


def test_the_worst_finding_decides():
    """One failure among passes and warnings makes the whole a failure; information decides nothing."""
    fine, odd, bad = (judged(level, level, "So it is.") for level in ("pass", "warn", "fail"))
    told = judged("note", "information", "So it is.")
    assert gathered([fine, told]).level == "pass"
    assert (gathered([fine, odd]).level, gathered([fine, odd]).passed) == ("warn", True)
    assert (gathered([bad], [fine]).level, gathered([bad], [fine]).passed) == ("fail", False)
    assert told.passed is None
    assert Checks(findings=()).level == "pass"


def test_a_healthy_sampler_passes(fit):
    """R-hat 1.002, 900 effective draws and no divergence pass."""
    assert set(levels(convergence(fit)).values()) == {"pass"}


@pytest.mark.parametrize("change", [{"rhat": 1.02}, {"ess": 350.0}, {"divergences": 1}])
def test_a_sampler_that_did_not_finish_fails(fit, change):
    """R-hat of 1.02, 350 effective draws or one divergence fail, and the parameter is named."""
    sick = replace(fit, health={"outcome": healthy(**change)})
    (found,) = convergence(sick)
    assert found.passed is False
    assert "step" in found.words


def test_a_mode_warns_that_it_knows_no_uncertainty(fit):
    """A part that was fitted by its mode warns."""
    (found,) = convergence(replace(fit, health={"outcome": xr.Dataset(attrs={"method": "map"})}))
    assert found.level == "warn"
    assert "no uncertainty" in found.words


def test_a_fit_of_the_priors_is_coherent(fit, knowledge):
    """Rows sum to one, numbers are in range, the rest is the prior."""
    assert set(levels(coherence(fitted_of(fit, knowledge), knowledge)).values()) == {"pass"}


def test_rows_that_do_not_sum_to_one_fail(knowledge):
    """A table of which one row sums to .9 is named."""
    rows = np.repeat(knowledge.tables["leak"].value[..., None], 10, -1)
    rows[0] *= 0.9
    fitted = Fitted(digest="", tables={"leak": rows}, part_of={"leak": "episode"})
    found = next(iter(coherence(fitted, knowledge)))
    assert (found.name, found.level) == ("coherence.rows", "fail")
    assert "leak" in found.words


def test_a_probability_above_one_fails(knowledge):
    """A fitted probability of 1.2 is named."""
    name = "concession.probability.state"
    fitted = Fitted(digest="", quantities={name: np.array([0.1, 1.2])}, part_of={name: "outcome"})
    found = {one.name: one for one in coherence(fitted, knowledge)}["coherence.numbers"]
    assert found.level == "fail"
    assert name in found.words


def test_rows_that_equal_the_prior_did_not_move(knowledge):
    """Draws of the prior itself move by next to nothing, and keep their spread."""
    table = knowledge.tables["leak"]
    rows = table.draw(np.random.default_rng(1), 4_000)
    found = movements(Fitted(digest="", tables={"leak": rows}, part_of={"leak": "episode"}), knowledge)
    assert max(one.variation for one in found) < 0.03
    assert all(0.9 < one.narrowed < 1.1 for one in found)


def test_movement_is_that_of_the_textbook(knowledge):
    """A row that becomes certain of one state moves by one minus its prior share; rows without data say so."""
    table = knowledge.tables["leak"]
    rows = np.full((*table.value.shape, 50), np.nan)
    rows[0] = np.eye(len(table.states))[0][:, None]
    fitted = Fitted(digest="", tables={"leak": rows}, part_of={"leak": "episode"})
    found = movements(fitted, knowledge)
    share = table.draw(np.random.default_rng(1), 20_000)[0, 0].mean()
    assert found[0].variation == pytest.approx(1 - share, abs=0.02)
    assert found[0].divergence == pytest.approx(-np.log(share), rel=0.05)
    assert found[0].narrowed == 0
    assert [one.touched for one in found] == [True] + [False] * (len(found) - 1)
    words = next(iter(movement(fitted, knowledge))).words
    assert f"{len(found) - 1} rows were touched by no data" in words


def test_a_number_far_from_its_prior_warns(knowledge):
    """A rate ten prior standard deviations off is pointed out."""
    name = "rate.nation.state"
    prior = knowledge.quantity(name)
    fitted = Fitted(digest="", quantities={name: prior + 10 * prior.std()}, part_of={name: "outcome"})
    found = {one.name: one for one in movement(fitted, knowledge)}[f"movement.{name}"]
    assert found.level == "warn"
    assert "did not expect" in found.words


def test_shipped_priors_imply_nothing_absurd(knowledge):
    """What the priors of the network and of all parts imply lies in the ranges that are not absurd."""
    found = list(prior_predictive(knowledge, ("objective", "objective_early", "actor", "outcome")))
    assert {one.level for one in found} == {"pass"}
    assert {"prior.coercion.threat-received", "prior.kind.state", "prior.actor", "prior.concession"} <= set(
        levels(found)
    )


def test_absurd_priors_are_pointed_out(tmp_path):
    """Priors by which every threat is crime warn, with the frame and what it implies."""
    row = "[0.01, 0.01, 0.005, 0.005, 0.005, 0.95, 0.005, 0.005, 0.005]"
    text = f'[table.intent.rows.threat-received]\nvalue = {row}\nsource = "made up"\nmark = "judgement"\n'
    (tmp_path / "absurd.toml").write_text(text, encoding="utf-8")
    found = {one.name: one for one in prior_predictive(load_knowledge(tmp_path, draws=100))}
    assert found["prior.coercion.threat-received"].level == "warn"


def incident(rng, objective=None):
    """Return an incident with random facts."""
    told = {name: str(rng.choice(facts()[name].states)) for name in ("method", "sector")}
    return TrainingEpisode(
        id="made up",
        source="dcid",
        campaign="made up",
        start=None,
        facts=told,
        labels={"objective": Label.hard(objective or str(rng.choice(["disruption", "degradation"])))},
        fingerprint="",
    )


def test_labels_that_the_fit_cannot_make_are_found_out(fit):
    """Where the fit predicts every objective and one alone was seen, frequencies lie outside, and the fact is named."""
    posterior = fit.parts["objective_early"].assign(base=0 * fit.parts["objective_early"]["base"])
    posterior = posterior.assign(scale=0 * posterior["scale"])  # facts say nothing: a quarter each
    rng = np.random.default_rng(1)
    rows = [incident(rng, "degradation") for _ in range(60)]
    everything = [one for one in frequencies(TASKS["objective_early"], posterior, rows) if one.group == "all rows"]
    assert [one.predicted for one in everything] == pytest.approx([15] * 4, abs=2)
    assert [one.inside for one in everything] == [False] * 4
    sick = replace(fit, parts={"objective_early": posterior})
    (found,) = posterior_predictive(sick, load_knowledge(draws=2), rows)
    assert found.level == "fail"
    assert "degradation" in found.words


def test_labels_as_the_fit_makes_them_pass(fit):
    """Labels drawn at random from four that are equally likely pass a fit that says so."""
    part = fit.parts["objective_early"]
    posterior = part.assign(base=0 * part["base"], scale=0 * part["scale"])
    rng = np.random.default_rng(2)
    four = ("disruption", "short-term collection", "long-term collection", "degradation")
    rows = [incident(rng, str(rng.choice(four))) for _ in range(80)]
    (found,) = posterior_predictive(replace(fit, parts={"objective_early": posterior}), load_knowledge(draws=2), rows)
    assert found.level == "pass"


def test_without_rows_nothing_is_claimed(fit, knowledge):
    """A fit holds no rows: without them the predictions of labels are for information."""
    found = levels(posterior_predictive(fit, knowledge))
    assert found["posterior.objective_early"] == "information"
    assert found["posterior.outcome"] in ("pass", "warn", "fail")


def test_a_calibration_of_another_model_does_not_count(monkeypatch, knowledge):
    """Stored results hold for the code they were made with: else the check asks for new ones."""
    one = Calibration(
        part="outcome",
        simulations=200,
        seed=1,
        quantities=(Quantity(name="step", p=0.4),),
        divergences=0,
        seconds=1.0,
        code=code_of("outcome"),
    )
    for stored, level in (({"outcome": one}, "pass"), ({"outcome": replace(one, code="old")}, "warn"), ({}, "warn")):
        monkeypatch.setattr(check_module, "shipped_calibration", lambda stored=stored: stored)
        (found,) = calibration(("outcome",), knowledge, simulations=0, seed=1)
        assert found.level == level


def test_check_needs_no_sampler():
    """What holds a fit against its priors imports no PyMC."""
    code = (
        "import sys, cybercoercion.fit.checking.check; sys.exit(bool({'pymc', 'nutpie', 'arviz'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
