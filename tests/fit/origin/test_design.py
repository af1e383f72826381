"""Episodes become matrices: hand-worked rows, gaps, and states that nobody has met."""

from __future__ import annotations

import numpy as np
from tests.fit.origin.origin_world import incident

from cybercoercion.fit.origin.design import CONTRAST, FLAGS, KINDS, OPERATIONS, encode, levels_of, seen


def test_contrasts() -> None:
    """Contrasts of kinds are orthogonal, of length one, and move no probability when all kinds rise together."""
    np.testing.assert_allclose(CONTRAST.T @ CONTRAST, np.eye(4), atol=1e-12)
    np.testing.assert_allclose(CONTRAST.sum(0), 0, atol=1e-12)


def test_levels() -> None:
    """A state that is rarer than allowed is no level; flags always are."""
    episodes = [incident(issue="Territory"), incident(issue="Territory"), incident(issue="Autonomy")]
    assert levels_of(episodes, 2) == (*FLAGS, "issue=Territory")
    assert levels_of(episodes, 1) == (*FLAGS, "issue=Autonomy", "issue=Territory")


def test_row_by_hand() -> None:
    """Yes is a half, no is minus a half, a state is one, and what is missing is nothing."""
    levels = ("doxing", "theft", "ransomware", "issue=Territory", "issue=Autonomy")
    rows = encode([incident("state", 2012, doxing="yes", theft="no", issue="Territory", claimed="yes")], levels)
    assert rows.design.tolist() == [[0.5, -0.5, 0, 1, 0]]
    assert dict(zip(OPERATIONS, rows.operation[0], strict=True)) == {
        "disruption": 0,
        "theft": -0.5,
        "misuse": 0,
        "access": 0,
        "doxing": 0.5,
    }
    assert (rows.claim[0], KINDS[rows.kind[0]], rows.year[0]) == (1, "state", 2012)


def test_unknown_is_minus_one() -> None:
    """A row without claim, kind and date says so."""
    rows = encode([incident(None, None)], FLAGS)
    assert (rows.claim[0], rows.kind[0], rows.year[0]) == (-1, -1, -1)


def test_no_rows() -> None:
    """No episodes are no rows, of the same width."""
    rows = encode([], FLAGS)
    assert rows.design.shape == (0, len(FLAGS))
    assert rows.operation.shape == (0, len(OPERATIONS))


def test_seen() -> None:
    """A level is met only where a row has weight."""
    rows = encode([incident(issue="a"), incident(issue="b")], ("issue=a", "issue=b", "doxing"))
    assert seen(rows, np.array([1.0, 0.0])).tolist() == [True, False, False]
