"""Ways to follow a drift, month by month."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fit.origin.origin_world import incident, world

from cybercoercion.fit.origin import drift
from cybercoercion.fit.origin.design import CONTRAST, FLAGS, encode
from cybercoercion.fit.origin.laplace import fit_kinds, softmax
from cybercoercion.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return the shipped tables."""
    return load_knowledge(draws=10)


def test_mode(knowledge: Knowledge) -> None:
    """At the mode the foretold counts of each contrast miss the seen ones by what the prior holds back: mean / sd^2."""
    rows = encode(world(300), FLAGS)
    fit = fit_kinds(rows, knowledge, moving=False)
    foretold = softmax(fit.score(rows) @ CONTRAST.T).sum(0)
    missed = (np.bincount(rows.kind, minlength=5) - foretold) @ CONTRAST
    sd = knowledge.quantities["learning.origin.base"].value
    np.testing.assert_allclose(missed, fit.mode[0] / sd**2, atol=1e-3)
    np.testing.assert_allclose(fit.probabilities(rows).sum(-1), 1)


def test_moving_follows(knowledge: Knowledge) -> None:
    """Where states become common, a moving intercept foretells more of them in the next year than a static one."""
    rows = encode(world(600), FLAGS)
    past, future = rows.take(rows.year < 2012), rows.take(rows.year == 2012)
    states = [fit_kinds(past, knowledge, moving=m).probabilities(future)[:, 2:4].sum(-1).mean() for m in (False, True)]
    assert states[0] < states[1] - 0.05


def test_scores(knowledge: Knowledge) -> None:
    """Each way that follows the drift beats the static fit in a world that drifts; the static fit is the reference."""
    rows = encode(world(600), FLAGS)
    month = 12 * rows.year + 1 + np.arange(len(rows)) // 8 % 12
    scores = {s.way: s for s in drift.drift_scores(rows, month, knowledge, scored=(2010, 2011), tuned=(2009, 2009))}
    assert tuple(scores) == drift.WAYS
    assert scores[drift.STATIC].difference == scores[drift.STATIC].error == 0
    assert {s.rows for s in scores.values()} == {150}
    for way in (drift.WALK, drift.COUNTS, drift.EXCESS):
        assert scores[way].difference < 0
        assert scores[way].log_loss == pytest.approx(scores[drift.STATIC].log_loss + scores[way].difference)


def test_months() -> None:
    """June 2010 is month 24,126; an incident without a date has none."""
    assert drift.months([incident(year=2010), incident(year=None)]).tolist() == [24_126, -1]


def test_labels_wait(knowledge: Knowledge) -> None:
    """A label that is not yet known teaches nothing: later rows do not move the forecast of a month."""
    rows = encode(world(400), FLAGS)
    month = 12 * rows.year + 6
    early = rows.year <= 2009
    both = [
        drift.drift_scores(r, m, knowledge, lag=12, scored=(2009, 2009), tuned=(2008, 2008))
        for r, m in ((rows, month), (rows.take(early), month[early]))
    ]
    assert both[0] == both[1]
