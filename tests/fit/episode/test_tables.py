"""From draws back to tables: prior rows at zero, rows that sum to one, gaps where nobody asked."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fit.episode.episode_world import knowledge, point, shipped_design

from cybercoercion.fit.episode.layout import EXPONENTS, lay_out, spread_of
from cybercoercion.fit.episode.tables import tables, with_draws
from cybercoercion.vocabulary import FRAMES


def test_no_offset_is_the_prior_row() -> None:
    """At offsets of zero every learnt row is the floored prior row."""
    data = shipped_design()
    for name, rows in tables(data.layout, data.learnt, np.zeros((int(data.learnt.sum()), 1))).items():
        asked = ~np.isnan(rows[..., 0])
        np.testing.assert_allclose(rows[..., 0][asked], knowledge().tables[name].floored()[asked], atol=1e-12)


def test_learnt_rows_sum_to_one() -> None:
    """A learnt row sums to one in every draw; a row that no episode asks for is NaN throughout."""
    data = shipped_design()
    offset = np.random.default_rng(1).normal(size=(int(data.learnt.sum()), 5))
    for rows in tables(data.layout, data.learnt, offset).values():
        total = rows.sum(-2)
        asked = ~np.isnan(total)
        assert (np.isnan(rows).all(-2) == ~asked).all()
        np.testing.assert_allclose(total[asked], 1, atol=1e-12)


def test_a_frame_that_no_episode_has_stays_with_the_prior() -> None:
    """No shipped episode has the frame of any intrusion: its row of intents is not learnt."""
    data = shipped_design()
    rows = tables(data.layout, data.learnt, point(data, 1)[0][:, None])["intent"]
    assert np.isnan(rows[FRAMES.index("any-intrusion")]).all()
    assert not np.isnan(rows[FRAMES.index("threat-received")]).any()


def test_one_entry_by_hand() -> None:
    """An offset of one on the first entry of a row multiplies it by exp(sd) before the row is normalised."""
    layout = lay_out(knowledge(), ("threat",))
    learnt = np.ones(layout.size, dtype=bool)
    offset = np.zeros((layout.size, 1))
    offset[0] = 1
    overt = np.array([0.7 * np.exp(0.6), 0.25, 0.05])
    rows = tables(layout, learnt, offset)["threat"]
    np.testing.assert_allclose(rows[0, :, 0], overt / overt.sum(), atol=1e-12)
    np.testing.assert_allclose(rows[1, :, 0], [0.12, 0.68, 0.2], atol=1e-12)


def test_a_dirichlet_row_is_as_wide_as_its_log_gamma() -> None:
    """An entry worth 6.6 cases has standard deviation sqrt(trigamma(6.6)) = .405; a rare one is capped."""
    spread = spread_of(knowledge().tables["intent"], cap=1.0)
    assert spread[3, 0] == pytest.approx(0.405, abs=0.001)  # .33 of 20 cases
    assert spread[0, 0] == 1.0  # .002 of 20 cases
    assert (spread_of(knowledge().tables["threat"], cap=1.0) == 0.6).all()


def test_knowledge_answers_with_the_draws() -> None:
    """With draws the tables are flattened by the drawn exponents, draw by draw."""
    data = shipped_design()
    rng = np.random.default_rng(2)
    draws = {
        "offset": rng.normal(size=(int(data.learnt.sum()), 4)),
        "exponent": np.array([[0.6], [0.5], [0.8]]) + np.zeros((3, 4)),
    }
    learnt = with_draws(knowledge(), data.layout, data.learnt, draws)
    assert learnt.size == 4
    raw = tables(data.layout, data.learnt, draws["offset"])["threat"]
    powers = raw**0.6
    order = learnt.pairing("episode")
    np.testing.assert_allclose(learnt.table("threat"), (powers / powers.sum(-2, keepdims=True))[..., order], atol=1e-12)
    assert learnt.quantity(EXPONENTS[1]).tolist() == [0.5] * 4
