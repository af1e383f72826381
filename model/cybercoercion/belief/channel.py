"""How much a report is worth: its grade as channel quality, and what it says as likelihood.

A report of quality q about a fact x says v with probability ``q v(x) + (1 - q) sum_x m(x) v(x)``, where m is how
often such a finding comes up at all. So a bad report tends to no information, never to disconfirmation:
its likelihood ratios go to one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Report
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
UNGRADED = "F6"  # cannot be judged: unknown, not bad
LETTERS, DIGITS = "ABCDE", "12345"


def quality(grade: str | None, knowledge: Knowledge) -> Array:
    """Return the channel quality of an Admiralty grade, dims ``(draw,)``.

    ``q = reliability^w credibility^(1 - w)``: one judgement with two faces, not two filters in a row.
    In every draw a better letter or digit is at least as good; F and 6 are unknown, not bad.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> k = load_knowledge(draws=500)
    >>> bool((quality("A2", k) >= quality("C3", k)).all())
    True
    """
    letter, digit = tuple(grade or UNGRADED)
    weight = knowledge.quantity("grade.reliability_weight")

    def make() -> Array:
        return np.asarray(
            _rung("reliability", letter, LETTERS, knowledge) ** weight
            * _rung("credibility", digit, DIGITS, knowledge) ** (1 - weight)
        )

    return knowledge.remember(("quality", letter, digit), make)


def _rung(scale: str, rung: str, ladder: str, knowledge: Knowledge) -> Array:
    if rung not in ladder:
        return knowledge.quantity(f"{scale}.{rung}")
    better = ladder[: ladder.index(rung) + 1]
    return np.asarray(np.minimum.reduce([knowledge.quantity(f"{scale}.{step}") for step in better]))


def saying(report: Report, labels: tuple[str, ...]) -> Array:
    """Return v: how probable the report's words are for each true label, were the channel perfect, dims ``(label,)``.

    A finding: 1 at its label. "Looked and did not see" with detection d: 1 where there was nothing,
    1 - d where there was something. A distribution: as given, scaled to sum to one. A likelihood: as given.
    """
    if report.likelihood:
        return np.array([report.likelihood[label] for label in labels])
    if report.findings:
        given = np.array([report.findings.get(label, 0.0) for label in labels])
        return np.asarray(given / given.sum())
    at = np.array([float(label == report.finding) for label in labels])
    return at if report.detection is None else at + (1 - at) * (1 - report.detection)


def heard(said: Array, noise: Array, q: Array) -> Array:
    """Return P(report | label), dims ``(label, draw)``: ``q v + (1 - q) sum m v``.

    ``said`` dims ``(label,)`` or ``(label, draw)``, ``noise`` the marginal of what is said, dims ``(draw,)``.
    """
    vector = said[:, None] if said.ndim == 1 else said
    return np.asarray(q * vector + (1 - q) * noise)
