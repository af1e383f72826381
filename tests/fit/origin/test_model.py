"""The PyMC model: its log-probability by hand, weights, and what it finds in a made-up world and in the real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.fit.origin.origin_world import STATES, world

from cybercoercion.fit.importing.eurepoc import read_eurepoc
from cybercoercion.fit.origin import predict
from cybercoercion.fit.origin.design import CONTRAST, Rows, encode, levels_of
from cybercoercion.fit.origin.model import kept, origin_model
from cybercoercion.fit.sampling import Compiled, compile_model, sample
from cybercoercion.knowledge import Knowledge, load_knowledge

Point = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return the shipped tables."""
    return load_knowledge(draws=10)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Return made-up incidents as matrices."""
    episodes = world()
    return encode(episodes, levels_of(episodes, 2))


@pytest.fixture(scope="module")
def compiled(rows: Rows, knowledge: Knowledge) -> Compiled:
    """Return the model of these rows, compiled once."""
    return compile_model(origin_model(rows, knowledge))


def by_hand(rows: Rows, weight: np.ndarray, at: dict[str, float], point: Point) -> float:
    """Return the log-probability of a point, written row by row, without Jacobians; names as in PyMC."""
    log = lambda name: np.exp(point[f"{name}_log__"])  # noqa: E731
    years = rows.year.max() - rows.year.min() + 1

    def normal(x: np.ndarray, sd: float) -> float:
        return float((-0.5 * (x / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)).sum())

    def half(name: str, sd: float) -> float:
        return normal(log(name), sd) + np.size(log(name)) * np.log(2)

    total = 0.0
    path = {}
    for part, of in (("claim", "claim"), ("kind", "kind"), ("share", "kind")):
        rho = 1 / (1 + np.exp(-point[f"{part}_persistence_logodds__"]))
        mean, sure = at[f"{of}.persistence"], at["persistence_strength"]
        a, b = mean * sure, (1 - mean) * sure
        from scipy.special import betaln

        total += (a - 1) * np.log(rho) + (b - 1) * np.log(1 - rho) - betaln(a, b)
        sigma, step = log(f"{part}_innovation"), point[f"{part}_step"]
        total += half(f"{part}_innovation", at[f"{of}.innovation"]) + normal(step, 1)
        walk = [sigma * step[0] / np.sqrt(1 - rho**2)]
        for t in range(1, years):
            walk.append(rho * walk[-1] + sigma * step[t])
        path[part] = np.array(walk)
        total += normal(point[f"{part}_level"], at["base"])
    total += half("claim_scale", at["claim.effect"]) + normal(point["claim_raw"], 1)
    total += half("kind_scale", at["kind.effect"]) + normal(point["kind_raw"], 1)
    total += half("meaning_scale", at["kind.claimed_operation"]) + normal(point["meaning_raw"], 1)
    total += normal(point["kind_claim"], at["kind.claim"])

    t = rows.year - rows.year.min()
    claim = rows.claim - 0.5
    f = rows.design @ (log("claim_scale") * point["claim_raw"]) + path["claim"][t]
    f = f - np.average(f, weights=weight) + point["claim_level"]
    g = rows.design @ (point["kind_raw"] * log("kind_scale")) + path["kind"][t] + claim[:, None] * point["kind_claim"]
    g = g + 2 * claim[:, None] * (rows.operation @ (point["meaning_raw"] * log("meaning_scale")))
    g = (g - np.average(g, axis=0, weights=weight) + point["kind_level"]) @ CONTRAST.T
    s = path["share"][t]
    s = (s - np.average(s, axis=0, weights=weight) + point["share_level"]) @ CONTRAST.T
    share = 1 / (1 + np.exp(-point["share_claimed_logodds__"]))
    for n, w in enumerate(weight):
        p = 1 / (1 + np.exp(-f[n]))
        k = rows.kind[n]
        total += w * np.log(p if rows.claim[n] else 1 - p)
        total += w * (g[n, k] - np.log(np.exp(g[n]).sum()) + s[n, k] - np.log(np.exp(s[n]).sum()))
        total += w * np.log(share[k] if rows.claim[n] else 1 - share[k])
    return float(total)


def test_log_probability(rows: Rows, knowledge: Knowledge, compiled: Compiled) -> None:
    """The log-probability of PyMC is that of the formulas, row by row, at a random point and with any weights."""
    rng = np.random.default_rng(4)
    model = compiled.model
    weight = rng.integers(0, 2, len(rows)).astype(float)
    point = {name: rng.normal(size=np.shape(value)) * 0.5 for name, value in model.initial_point().items()}
    at = {name.removeprefix("learning.origin."): q.value for name, q in knowledge.quantities.items()}
    model.set_data("weight", weight)
    found = float(model.compile_logp(jacobian=False)(point))
    model.set_data("weight", np.ones(len(rows)))
    assert found == pytest.approx(by_hand(rows, weight, at, point), rel=1e-9)


def test_recovery(rows: Rows, compiled: Compiled) -> None:
    """The drift of a made-up world is found, doxing speaks against states, and rows of weight 0 are not learnt from."""
    weight = (rows.year < 2011).astype(float)
    tree = sample(compiled, data={"weight": weight}, draws=200, tune=300, chains=2)
    draws = kept(tree, rows, weight)
    assert int(tree["sample_stats"]["diverging"].sum()) == 0
    states = np.array([predict.kind_share(draws, year)[2:4].sum(0) for year in range(2005, 2011)])
    low, high = np.quantile(states, [0.01, 0.99], axis=1)
    truth = 0.9 * np.array(STATES[:6])  # a tenth of them is unknown
    assert ((low < truth) & (truth < high)).all()
    doxing = draws.kind_effect.sel(level="doxing", contrast="state against private")
    assert float((doxing < 0).mean()) > 0.99
    claims = predict.claimed_share(draws).mean(-1)
    assert (claims[:2] > 0.7).all()
    assert (claims[2:4] < 0.2).all()
    spread = [predict.kind_share(draws, year)[2:4].sum(0).std() for year in (2010, 2011, 2012)]
    assert spread[0] < spread[1]  # years of weight 0 stand in the fit, but were forecast
    assert predict.kind_share(draws, 2012)[2:4].sum(0).mean() < truth[5] + 0.1  # 2012 has .8: nothing leaked


def test_small(rows: Rows, compiled: Compiled) -> None:
    """A posterior that is kept has at most four hundred numbers a draw with the levels and years of EuRepoC."""
    tree = sample(compiled, draws=2, tune=20, chains=1)
    draws = kept(tree, rows, np.ones(len(rows)))
    wide = {**draws.sizes, "level": 32, "year": 21, "chain": 1, "draw": 1}
    assert sum(int(np.prod([wide[dim] for dim in values.dims])) for values in draws.data_vars.values()) <= 400


def test_beats_the_simple(data_folder: Path, knowledge: Knowledge) -> None:
    """Trained up to 2018 and tested on 2019-20, log loss is below that of the best simple classifiers."""
    episodes = read_eurepoc(data_folder / "eurepoc_1_1_2000_2020.csv").episodes
    rows = encode(episodes, levels_of(episodes, 2))
    weight = (rows.year <= 2018).astype(float)
    tree = sample(compile_model(origin_model(rows, knowledge)), data={"weight": weight}, draws=200, tune=300, chains=2)
    draws, test = kept(tree, rows, weight), rows.take(rows.year > 2018)
    at = np.arange(len(test))
    losses = {
        "kind": -np.log(predict.kind_probabilities(draws, test, claim=False)[at, test.kind]).mean(),
        "kind_claim": -np.log(predict.kind_probabilities(draws, test, claim=True)[at, test.kind]).mean(),
        "claimed": -np.log(predict.claimed_probabilities(draws, test)[at, test.claim]).mean(),
    }
    assert losses["kind"] < 1.112
    assert losses["kind_claim"] < 1.102
    assert losses["claimed"] < 0.181
