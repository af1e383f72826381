"""The outcome model: its log-probability, what pins it, what it gives to the costs."""

from __future__ import annotations

from dataclasses import replace

import arviz as az
import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import binom, nbinom

from cybercoercion.fit.fit import stacked
from cybercoercion.fit.outcome.counts import Tally, shipped_counts
from cybercoercion.fit.outcome.design import BINOMIALS, MOST, data, logit, probabilities
from cybercoercion.fit.outcome.model import outcome_model
from cybercoercion.fit.outcome.predictive import checks
from cybercoercion.fit.outcome.quantities import cyber_rate, excess_replies, quantities, rate_after_an_episode
from cybercoercion.fit.sampling import compile_model, sample
from cybercoercion.knowledge import load_knowledge

COUNTS = shipped_counts()
STATE = ("state", "operator", "agency")


@pytest.fixture(scope="module")
def model():
    """Return the model, built once."""
    return outcome_model(COUNTS)


@pytest.fixture(scope="module")
def fitted(model):
    """Return a function that fits counts of the same form: one compilation serves all."""
    compiled = compile_model(model)
    kept = {}

    def fit(counts=COUNTS, name="shipped"):
        if name not in kept:
            kept[name] = sample(compiled, data=data(counts), draws=500, tune=500, seed=4)["posterior"].to_dataset()
        return kept[name]

    return fit


@pytest.fixture(scope="module")
def draws(fitted):
    """Return draws of the posterior under the shipped counts, the draw axis last."""
    return stacked(fitted())


def at_random(model, seed=1):
    """Return a random point as the sampler sees it, and the parameters there with one draw."""
    rng = np.random.default_rng(seed)
    point = {name: value + 0.3 * rng.standard_normal(value.shape) for name, value in model.initial_point().items()}
    names = [variable.name for variable in model.unobserved_value_vars]
    values = model.compile_fn(model.unobserved_value_vars, mode="FAST_COMPILE", on_unused_input="ignore")(point)
    return point, {name: np.asarray(value)[..., None] for name, value in zip(names, values, strict=True)}


def log_likelihood(parameters, counts):
    """Return the log-probability of counts by the formulas of the textbook."""
    p = probabilities(parameters, counts)
    total = 0.0
    for name in BINOMIALS:
        tally = getattr(counts, name)
        total += binom.logpmf(tally.happened, tally.tried, p[name][:, 0]).sum()
    shape, mean = (float(np.exp(parameters[name])[0]) for name in ("log_shape", "log_rate"))
    mean *= counts.dyads.years
    periods = counts.dyads.periods
    return total + periods @ nbinom.logpmf(np.arange(len(periods)), shape, shape / (shape + mean))


def test_log_probability_is_that_of_the_textbook(model):
    """Binomials of all cells and the negative binomial of all dyads add up to the likelihood of the model."""
    point, parameters = at_random(model)
    terms = [model["seen"], *model.potentials]
    total = model.compile_logp(vars=terms, jacobian=False, sum=True)(point)
    assert float(total) == pytest.approx(log_likelihood(parameters, COUNTS), rel=1e-10)


def test_without_counts_the_posterior_is_the_prior(model):
    """Where nobody tried anything the likelihood is one, wherever the parameters are."""
    import pymc as pm

    nothing = COUNTS.none()
    with model:
        pm.set_data(data(nothing))
    try:
        logp = model.compile_logp(vars=[model["seen"], *model.potentials], jacobian=False, sum=True)
        for seed in range(3):
            assert float(logp(at_random(model, seed)[0])) == pytest.approx(0.0, abs=1e-9)
    finally:
        with model:
            pm.set_data(data(COUNTS))


def test_one_cell_by_hand():
    """1 of 4 at p = .3: log(4 x .3 x .7^3) = log .4116."""
    hand = gammaln(5) - gammaln(2) - gammaln(4) + np.log(0.3) + 3 * np.log(0.7)
    assert hand == pytest.approx(np.log(0.4116))
    assert binom.logpmf(1, 4, 0.3) == pytest.approx(hand)


def test_the_model_is_small(model):
    """Fewer than 120 scalar parameters."""
    assert sum(value.size for value in model.initial_point().values()) < 60


def test_chains_agree(fitted):
    """R-hat stays below 1.05 and the effective size above 200 for every parameter, at 2,000 draws."""
    posterior = fitted()
    assert max(float(value.max()) for value in az.rhat(posterior).data_vars.values()) < 1.05
    assert min(float(value.min()) for value in az.ess(posterior).data_vars.values()) > 200


def test_twelve_of_429_pin_the_cyber_rate(draws):
    """The 5-95 % of the share with a concession cover 12/429 = 2.8 % and are less than 3.5 points wide."""
    rate = cyber_rate(draws, COUNTS)
    low, high = np.quantile(rate, (0.05, 0.95))
    assert low < 12 / 429 < high
    assert high - low < 0.035
    assert rate.mean() == pytest.approx(12 / 429, abs=0.006)


def test_degradation_wins_more_than_disruption(draws):
    """7 of 46 against 0 of 120: the model keeps objectives apart."""
    by_objective = probabilities(draws, COUNTS)["later"]
    assert (by_objective[3] > by_objective[0]).mean() > 0.99


def test_costly_threats_work_more_often(draws):
    """The step of cost is positive for sanctions; the prior left the sign open."""
    steps = draws["step"] + draws["between_steps"] * draws["b"]
    assert (steps[0] > 0).mean() > 0.99
    assert (draws["imposed"] < 0).mean() > 0.9


def test_replies_are_not_beyond_chance(draws):
    """24 of 284 incidents are answered within 90 days, 8.1 % by chance: the 5-95 % of the excess cover nothing."""
    for low, high in np.quantile(excess_replies(draws), (0.05, 0.95), axis=1).T:
        assert low < 0 < high


def test_replies_beyond_chance_are_found(fitted):
    """Were 100 of 284 answered within 90 days, the excess would be near .27 and not cover nothing."""
    made_up = replace(COUNTS, reply=Tally.of([284, 284], [100, 69]))
    low, high = np.quantile(excess_replies(stacked(fitted(made_up, "replies")))[0], (0.05, 0.95))
    assert 0.1 < low < high < 0.35


def test_a_class_without_trials_is_left_out(fitted):
    """Without any cyber incident its rate is unknown: the interval is wide, the other classes stay put."""
    empty = replace(COUNTS, cyber=COUNTS.cyber.none(), later=COUNTS.later.none())
    posterior = stacked(fitted(empty, "no cyber"))
    low, high = np.quantile(cyber_rate(posterior, empty), (0.05, 0.95))
    assert high - low > 0.2
    assert probabilities(posterior, empty)["sanctions"][1].mean() == pytest.approx(50 / 137, abs=0.06)


def test_predictions_cover_what_was_counted(draws):
    """Of all counts, at most one in ten lies outside of its predicted 5-95 %; the published total is inside."""
    found = {check.name: check for check in checks(draws, COUNTS)}
    assert sum(not check.inside for check in found.values()) <= len(found) / 10
    assert found["cyber, all"].observed == 12
    assert found["cyber, all"].inside
    assert found["repeats"].inside


def test_a_dyad_is_met_in_proportion_to_its_incidents():
    """With shape 1 and rate .25 the dyad of an episode sees .25 (1 + 1/1) = .5 incidents a year."""
    size = 200_000
    after = rate_after_an_episode({"log_shape": np.zeros(size), "log_rate": np.full(size, np.log(0.25))})
    assert after.mean() == pytest.approx(0.5, rel=0.01)


def test_quantities_keep_name_unit_and_range(draws):
    """Every replaced quantity is an entry of the priors, in its unit and range, one value per draw."""
    entries = load_knowledge(draws=10).quantities
    found = quantities(draws, COUNTS)
    for name, values in found.items():
        assert values.shape == draws["step"].shape
        assert np.isfinite(values).all()
        assert entries[name].unit == ("1/yr" if name.startswith("rate.") else "probability")
        assert (values >= 0).all()
        assert name.startswith("rate.") or (values < 1).all()
    assert {f"concession.probability.{kind}" for kind in STATE} < found.keys()
    assert {name for name in entries if name.startswith("concession.probability.")} < found.keys()


def test_private_targets_concede_more_often_than_states(draws):
    """A selective demand on a firm is met more often than a political one on a state; an institution lies lower."""
    start = "concession.probability."
    found = {name.removeprefix(start): values for name, values in quantities(draws, COUNTS).items()}
    assert found["firm"].mean() > 3 * found["state"].mean()
    np.testing.assert_array_less(found["institution"], found["firm"])
    np.testing.assert_array_equal(found["operator"], found["state"])


def test_the_demand_moves_no_median(draws):
    """From incidents to demands the log odds widen and stay centred."""
    seen = logit(cyber_rate(draws, COUNTS))
    asked = logit(quantities(draws, COUNTS)["concession.probability.state"])
    assert np.median(asked) == pytest.approx(np.median(seen), abs=0.1)
    assert asked.std() > 1.3 * seen.std()


def test_many_incidents_share_the_last_count():
    """A dyad busier than the longest row counts as the busiest that the row holds."""
    busy = replace(COUNTS.dyads, periods=np.eye(1, MOST + 9, MOST + 8, dtype=np.int64)[0])
    assert data(replace(COUNTS, dyads=busy))["periods"][MOST] == 1
