"""Simple rules for the purpose of an episode: by hand, at their limits, and as they were measured before."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fit.episode.episode_world import knowledge, labels, shipped

from cybercoercion.fit.episode import baseline
from cybercoercion.fit.scoring.metrics import losses
from cybercoercion.vocabulary import INTENTS

EPISODES = shipped().episodes


def test_labels_are_read_as_they_stand() -> None:
    """The truth of an episode is its soft label, which sums to one."""
    np.testing.assert_allclose(baseline.truth(EPISODES), labels())
    np.testing.assert_allclose(baseline.truth(EPISODES).sum(1), 1)


def test_frames_alone_score_as_measured() -> None:
    """Frame priors alone are 1.09 nats off, and .194 in P(coercion): structure findings, section 4."""
    p = baseline.frame_prior(EPISODES, knowledge())
    assert losses(labels(), p).mean() == pytest.approx(1.089, abs=0.005)
    assert baseline.coercion_error(labels(), p) == pytest.approx(0.194, abs=0.001)


def test_without_evidence_naive_bayes_is_its_frame() -> None:
    """At a power of zero facts say nothing."""
    p = baseline.naive_bayes(EPISODES, knowledge(), 0)
    np.testing.assert_allclose(p, baseline.frame_prior(EPISODES, knowledge()), atol=1e-12)


def test_facts_by_intent_are_rows() -> None:
    """Every fact that hangs on intent has rows that sum to one, for each standing of a demand."""
    for name in {name for episode in EPISODES for name in episode.facts}:
        for standing in ("none", "open", "standing"):
            rows = baseline.by_intent(name, knowledge(), standing)
            if rows is not None:
                np.testing.assert_allclose(rows.sum(1), 1, atol=1e-9)


def test_a_denial_says_nothing_of_intent() -> None:
    """A fact that hangs on guilt alone has no row by intent."""
    assert baseline.by_intent("denial", knowledge(), "none") is None


def test_the_mean_leaves_the_own_campaign_out() -> None:
    """The mean label of others does not hold the own label, nor one of the same campaign."""
    p = baseline.mean_of_others(EPISODES)
    own = [n for n, episode in enumerate(EPISODES) if episode.campaign == "ukraine"]
    rest = [n for n in range(len(EPISODES)) if n not in own]
    assert len(own) == 4
    for n in own:
        np.testing.assert_allclose(p[n], labels()[rest].mean(0))


def test_the_chosen_power_is_one_of_the_offered() -> None:
    """Each episode is foretold with one of the powers, chosen on the others, and beats the frame on average."""
    p = baseline.chosen_on_others(EPISODES, knowledge())
    each = [baseline.naive_bayes(EPISODES, knowledge(), exponent) for exponent in baseline.EXPONENTS]
    assert all(any(np.allclose(row, one[n]) for one in each) for n, row in enumerate(p))
    assert losses(labels(), p).mean() < 0.8


def test_coercion_counts_both_kinds() -> None:
    """To take deterrence for compellence costs nothing, to take crime for it costs one."""
    sure = np.eye(len(INTENTS))
    assert baseline.coercion_error(sure[[0]], sure[[1]]) == 0
    assert baseline.coercion_error(sure[[0]], sure[[5]]) == 1
