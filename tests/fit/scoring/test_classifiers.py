"""A simple classifier that a fit keeps says what the library says that it was learnt with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from cybercoercion.fit.scoring import classifiers
from cybercoercion.fit.scoring.baseline import MISSING, Row, aligned

Array = NDArray[np.float64]
FEATURES = ("method", "sector", "ransomware")


def made_up(count: int, classes: int, seed: int = 1) -> tuple[list[dict[str, str]], list[str]]:
    """Return rows with gaps, with rare levels and with levels that only later rows have, and what they are."""
    rng = np.random.default_rng(seed)
    rows, labels = [], []
    for number in range(count):
        kind = int(rng.integers(classes))
        row = {
            "method": f"m{(kind + int(rng.random() < 0.4)) % 4}",
            "sector": f"s{rng.geometric(0.2)}",  # many levels, some of them once
            "ransomware": "yes" if rng.random() < 0.2 + 0.5 * (kind == 0) else "no",
        }
        if rng.random() < 0.1:
            del row["sector"]
        rows.append(row)
        labels.append("abc"[kind] if number >= classes else "abc"[number])
    return rows, labels


def library(model: Any, rows: list[dict[str, str]], labels: list[str], test: list[dict[str, str]]) -> Array:
    """Return what scikit-learn says, as the comparison beside the data has it."""
    encoder = OneHotEncoder(handle_unknown="ignore", min_frequency=2)
    fitted = make_pipeline(encoder, model).fit(as_table(rows), labels)
    return np.asarray(fitted.predict_proba(as_table(test)))


def as_table(rows: list[dict[str, str]]) -> NDArray[np.object_]:
    """Return rows as the library takes them, a gap as a level of its own."""
    return np.array([[row.get(name, MISSING) for name in FEATURES] for row in rows], dtype=object)


def unknown(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with levels that nobody has seen."""
    return [{**rows[0], "sector": "never"}, {"method": "never"}, {}, rows[1]]


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (classifiers.naive_bayes, BernoulliNB),
        (classifiers.logistic(0.3), lambda: LogisticRegression(C=0.3, max_iter=4_000)),
        (classifiers.logistic(1.0), lambda: LogisticRegression(C=1.0, max_iter=4_000)),
        (classifiers.forest, lambda: RandomForestClassifier(500, min_samples_leaf=3, random_state=0)),
    ],
    ids=["naive Bayes", "logistic .3", "logistic 1", "forest"],
)
def test_what_is_kept_says_what_the_library_says(
    ours: classifiers.Fitter, theirs: Callable[[], Any], classes: int
) -> None:
    """On the rows that taught, on later ones and on levels never seen, probabilities are those of the library."""
    rows, labels = made_up(90, classes)
    later, _ = made_up(40, classes, seed=2)
    test = [*rows, *later, *unknown(rows)]
    said = ours(rows, labels, FEATURES)
    assert said.classes == tuple("abc"[:classes])
    assert np.abs(said.predict(test) - library(theirs(), rows, labels, test)).max() < 2e-6


def test_rare_levels_share_one_column() -> None:
    """Of three levels of which two were seen once there are two columns; a level never seen has none."""
    rows = [{"x": "a"}, {"x": "a"}, {"x": "b"}, {"x": "c"}, {"x": "a"}]
    code = classifiers.coder(rows, ("x",))
    assert code.width == 2
    assert code.encode([{"x": "a"}, {"x": "b"}, {"x": "c"}, {"x": "d"}]).tolist() == [[1, 0], [0, 1], [0, 1], [0, 0]]


def test_a_gap_is_a_level() -> None:
    """Rows without the feature share a column of their own."""
    code = classifiers.coder([{}, {}, {"x": "a"}, {"x": "a"}], ("x",))
    assert code.encode([{}, {"x": "a"}]).tolist() == [[1, 0], [0, 1]]


def test_frequencies_by_hand() -> None:
    """Of three rows with a, a and b the shares are 2/3 and 1/3, whatever the row says."""
    said = classifiers.frequencies([{"x": "1"}] * 3, ["a", "b", "a"], ("x",))
    assert said.predict([{"x": "2"}, {}]) == pytest.approx(np.array([[2 / 3, 1 / 3]] * 2))


def test_the_victim_table_by_hand() -> None:
    """Of a victim hit twice by a, with half of all rows a's: (2 + 2 x .5) / (2 + 2) = .75; one never hit has .5."""
    rows: list[Row] = [{"victim": "v"}, {"victim": "v"}, {"victim": "w"}, {"victim": "w"}]
    said = classifiers.victim_table((), 1.0)(rows, ["a", "a", "b", "b"], ("victim",))
    assert said.predict([{"victim": "v"}, {"victim": "w"}, {"victim": "x"}]) == pytest.approx(
        np.array([[0.75, 0.25], [0.25, 0.75], [0.5, 0.5]])
    )


def test_the_tempered_likelihood_by_hand() -> None:
    """With half of four rows x=1, both of them a's, p(1 | a) = (2 + 4 x .5) / (2 + 4) = 2/3 and p(1 | b) = 1/3.

    At the power one half the odds of a are the square root of two.
    """
    rows: list[Row] = [{"x": "1"}, {"x": "1"}, {"x": "2"}, {"x": "2"}]
    said = classifiers.tempered_bayes(0.5)(rows, ["a", "a", "b", "b"], ("x",))
    p = said.predict([{"x": "1"}, {"x": "2"}, {"x": "3"}])
    assert p[0, 0] / p[0, 1] == pytest.approx(np.sqrt(2))
    assert p[1, 1] / p[1, 0] == pytest.approx(np.sqrt(2))
    assert p[2].tolist() == pytest.approx([0.5, 0.5])


def test_a_class_that_was_never_seen_has_nothing() -> None:
    """Asked over other classes, each class keeps its own probability, and an unknown one has none."""
    said = classifiers.frequencies([{}] * 4, ["b", "b", "b", "c"], ())
    assert aligned(said, [{}], ("c", "a", "b")).tolist() == [pytest.approx([0.25, 0, 0.75])]


def test_probabilities_of_every_simple_classifier_sum_to_one() -> None:
    """Each of them, with gaps and levels never seen."""
    rows, labels = made_up(60, 3)
    for name, fitter in classifiers.COMMON.items():
        p = fitter(rows, labels, FEATURES).predict([*rows, *unknown(rows)])
        assert p.sum(1) == pytest.approx(1), name
        assert (p >= 0).all(), name
