"""What the target counts, and what is learnt from it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pymc as pm
import pytest
from numpy.typing import NDArray
from tests.fit.episode.episode_world import (
    PLAIN,
    at_point,
    graph,
    knowledge,
    labels,
    point,
    row,
    shipped,
    shipped_design,
)

from cybercoercion.case import load_case
from cybercoercion.fit.episode import leave_out
from cybercoercion.fit.episode.baseline import coercion_error
from cybercoercion.fit.episode.design import Design, design, kinds, members, soft
from cybercoercion.fit.episode.model import build
from cybercoercion.fit.episode.tables import tables
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.sampling import Compiled, compile_model, sample
from cybercoercion.fit.scoring.metrics import losses
from cybercoercion.fit.training import Label, Training
from cybercoercion.vocabulary import FRAMES, INTENTS, KINDS

Array = NDArray[np.float64]


def target(data: Design, offset: Array, exponent: Array, **given: object) -> float:
    """Return the target of the model at a point, without the prior."""
    model = build(data, knowledge())
    with model:
        pm.set_data(given)
    potential = model.potentials[0]
    names = {"offset": offset, "exponent": exponent}
    found = potential.eval({model[name]: value for name, value in names.items()}, mode=PLAIN)
    return float(found)


def test_target_is_the_weighted_log_score() -> None:
    """Without lambda and kappa the target is sum_n w_n sum_i y_ni log p(i | e_n)."""
    data = shipped_design()
    offset, exponent = point(data, 4)
    joint, _ = graph(data, offset, exponent)
    given = joint - np.log(np.exp(joint).sum(1, keepdims=True))
    weight = np.linspace(0, 2, data.episodes)
    by_hand = (weight * (labels() * given).sum(1)).sum()
    found = target(data, offset, exponent, weight=weight, episode_weight=1.0, joint_weight=0.0, kind_weight=0.0)
    assert found == pytest.approx(by_hand, abs=1e-9)


def test_alpha_scales_the_target() -> None:
    """An episode that counts a quarter adds a quarter of its score."""
    data = shipped_design()
    at = point(data, 4)
    one, quarter = (target(data, *at, episode_weight=alpha) for alpha in (1.0, 0.25))
    assert quarter == pytest.approx(one / 4, abs=1e-9)


def test_lambda_and_kappa_add_their_terms() -> None:
    """Lambda adds log p(e | intent), kappa the log-probability of the kind of the labelled actor."""
    data = shipped_design()
    offset, exponent = point(data, 5)
    joint, by_kind = graph(data, offset, exponent)
    bare = target(data, offset, exponent, episode_weight=1.0, joint_weight=0.0, kind_weight=0.0)
    intent = at_point(data, offset, exponent).table("intent")[..., 0]
    frames = [episode.about["frame"] for episode in shipped().episodes]
    told = joint - np.log(intent[[FRAMES.index(frame) for frame in frames]])
    of_kind = np.log(by_kind / by_kind.sum(1, keepdims=True))
    both = target(data, offset, exponent, episode_weight=1.0, joint_weight=0.3, kind_weight=0.5)
    by_hand = bare + 0.3 * (labels() * told).sum() + 0.5 * (data.kind_label * of_kind).sum()
    assert both == pytest.approx(by_hand, abs=1e-9)


def test_a_set_counts_the_sum_of_its_members() -> None:
    """A label that is a set asks only that one of its members be right."""
    data = shipped_design()
    offset, exponent = point(data, 6)
    either = Label(certainty="set", weights=MappingProxyType({"compellence": 1.0, "crime": 1.0}))
    changed = replace(
        data,
        label=np.zeros_like(data.label),
        members=np.vstack([members(either), np.ones((data.episodes - 1, len(INTENTS)))]),
    )
    joint, _ = graph(data, offset, exponent)
    p = np.exp(joint[0]) / np.exp(joint[0]).sum()
    found = target(changed, offset, exponent, episode_weight=1.0, joint_weight=0.0, kind_weight=0.0)
    assert found == pytest.approx(np.log(p[0] + p[INTENTS.index("crime")]), abs=1e-9)


def test_labels_as_rows() -> None:
    """A soft label is its weights, a set none of them, a missing one nothing; all intents are open without a set."""
    either = Label(certainty="set", weights=MappingProxyType({"compellence": 1.0, "crime": 1.0}))
    assert soft(Label.hard("crime")).tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert soft(either).sum() == soft(None).sum() == 0
    assert members(either).sum() == 2
    assert members(None).sum() == members(Label.hard("crime")).sum() == len(INTENTS)


def test_kind_of_the_labelled_actor() -> None:
    """Labels of actors become labels of kinds; what falls on nobody listed is left out."""
    episode = next(one for one in shipped().episodes if one.id == "sony-2014")
    assert kinds(episode)[KINDS.index("state")] == pytest.approx(0.97)
    assert kinds(episode).sum() == pytest.approx(0.97)


def test_gradient_is_finite() -> None:
    """The gradient is finite at the prior mean and far from it."""
    slope = build(shipped_design(), knowledge()).compile_dlogp(mode=PLAIN)
    for scale in (0.0, 1.0, 4.0):
        offset, _ = point(shipped_design(), 7)
        found = slope({"offset": scale * offset, "exponent_log__": np.log([0.6, 0.5, 0.8])})
        assert np.isfinite(found).all()


def made_up(count: int) -> Training:
    """Return episodes with two facts: every leak is compellence, the rest are testing."""
    case = load_case("sony-2014")
    leak = next(report for report in case.reports if report.fact == "leak")
    rows = []
    for n in range(count):
        yes = n % 2 == 0
        said = leak.model_copy(update={"finding": "yes" if yes else "no"})
        one = case.model_copy(update={"reports": (said,), "frame": "disruptive-in-dispute"})
        rows.append(row(one, Label.hard("compellence" if yes else "testing"), f"made-up-{n}"))
    return Training(source="episodes", file="", digest="", episodes=tuple(rows), refused=())


def test_what_the_episodes_show_is_learnt_and_weights_leave_out() -> None:
    """Sixty episodes in which leaks go with compellence teach that; with weights of zero the prior stays."""
    data = design(made_up(60).episodes, knowledge())
    compiled = compile_model(build(data, knowledge()))

    def leaks(weight: float) -> tuple[float, float]:
        tree = sample(
            compiled, data={"weight": np.ones(60), "episode_weight": weight}, seed=1, draws=250, tune=250, chains=2
        )
        draws = stacked(tree["posterior"].to_dataset())
        rows = tables(data.layout, data.learnt, draws["offset"])["leak"][:, 0].mean(-1)
        return float(rows[INTENTS.index("compellence")]), float(rows[INTENTS.index("testing")])

    learnt, unmoved = leaks(1.0), leaks(0.0)
    assert learnt[0] > 0.25 + 0.1
    assert learnt[1] < 0.02
    assert unmoved[0] == pytest.approx(0.25, abs=0.04)  # the mean of a softmax with offsets lies near its row
    assert unmoved[1] == pytest.approx(0.025, abs=0.012)


def test_left_out_episodes_are_foretold(compiled_layer: Compiled) -> None:
    """Learnt from other campaigns, the mean divergence from the labels stays under .62, and P(coercion) within .18."""
    p = leave_out.foretold(shipped(), knowledge(), shipped_design(), compiled_layer, draws=100, tune=100)
    np.testing.assert_allclose(p.sum(1), 1, atol=1e-9)
    assert losses(labels(), p).mean() < 0.62
    assert coercion_error(labels(), p) < 0.18
