"""Fitting the simple classifiers that a model has to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.scoring.baseline import MISSING, Baseline, Coder, Forest, Linear, Row

Array = NDArray[np.float64]
Fitter = Callable[[Sequence[Row], Sequence[str], tuple[str, ...]], Baseline]
RARE = 2  # levels seen less often share a column
SMOOTHING = 4.0  # cases spread as the pooled share, of the tempered likelihoods
VICTIM_CASES = 2.0  # cases spread as the frequencies, of the victim table


def coder(rows: Sequence[Row], features: tuple[str, ...]) -> Coder:
    """Return the columns of training rows: levels in order of name, rare ones of a feature together in its last."""
    column: dict[tuple[str, str], int] = {}
    width = 0
    for feature in features:
        values = [row.get(feature, MISSING) for row in rows]
        levels = sorted(set(values))
        often = [level for level in levels if values.count(level) >= RARE]
        for index, level in enumerate(often):
            column[feature, level] = width + index
        width += len(often)
        rare = [level for level in levels if level not in often]
        for level in rare:
            column[feature, level] = width
        width += bool(rare)
    return Coder(features=features, column=MappingProxyType(column), width=width)


def frequencies(rows: Sequence[Row], labels: Sequence[str], _features: tuple[str, ...]) -> Linear:
    """Return the shares of the classes, whatever the row."""
    classes, counts = np.unique(np.asarray(labels), return_counts=True)
    code = coder(rows, ())
    return Linear(
        classes=tuple(map(str, classes)),
        coder=code,
        weight=np.zeros((0, len(classes))),
        bias=np.log(counts / counts.sum()),
    )


def naive_bayes(rows: Sequence[Row], labels: Sequence[str], features: tuple[str, ...]) -> Linear:
    """Return Bernoulli naive Bayes with one case added: untempered, so over-confident."""
    from sklearn.naive_bayes import BernoulliNB

    code = coder(rows, features)
    model = BernoulliNB().fit(code.encode(rows), labels)
    off = np.log1p(-np.exp(model.feature_log_prob_))
    return Linear(
        classes=tuple(map(str, model.classes_)),
        coder=code,
        weight=(model.feature_log_prob_ - off).T,
        bias=model.class_log_prior_ + off.sum(1),
    )


def logistic(strength: float) -> Fitter:
    """Return the fitter of a logistic regression with this inverse penalty."""

    def fit(rows: Sequence[Row], labels: Sequence[str], features: tuple[str, ...]) -> Linear:
        from sklearn.linear_model import LogisticRegression

        code = coder(rows, features)
        model = LogisticRegression(C=strength, max_iter=4_000).fit(code.encode(rows), labels)
        weight, bias = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:
            weight, bias = np.hstack([0 * weight, weight]), np.array([0.0, bias[0]])
        return Linear(classes=tuple(map(str, model.classes_)), coder=code, weight=weight, bias=bias)

    return fit


def forest(rows: Sequence[Row], labels: Sequence[str], features: tuple[str, ...]) -> Forest:
    """Return five hundred trees with at least three rows in each leaf."""
    from sklearn.ensemble import RandomForestClassifier

    code = coder(rows, features)
    model = RandomForestClassifier(500, min_samples_leaf=3, random_state=0).fit(code.encode(rows), labels)
    root, split, right, leaf, start = [], [], [], [], 0
    for tree in (one.tree_ for one in model.estimators_):
        root.append(start)
        inside = tree.children_left >= 0
        # nodes stand in the order of a walk that goes left first: the left child is the next node
        assert (tree.children_left[inside] == np.flatnonzero(inside) + 1).all()
        split.append(np.where(inside, tree.feature, -1))
        right.append(np.where(inside, tree.children_right + start, 0))
        shares = tree.value[:, 0, :]
        leaf.append(np.where(inside[:, None], 0.0, shares / shares.sum(1, keepdims=True)))
        start += tree.node_count
    return Forest(
        classes=tuple(map(str, model.classes_)),
        coder=code,
        root=np.array(root, dtype=np.int32),
        split=np.concatenate(split).astype(np.int32),
        right=np.concatenate(right).astype(np.int32),
        leaf=np.concatenate(leaf).astype(np.float32).astype(np.float64),
    )


def victim_table(tempered: tuple[str, ...], exponent: float) -> Fitter:
    """Return the fitter of p(actor | victim), smoothed, times likelihoods of other facts to a power."""

    def fit(rows: Sequence[Row], labels: Sequence[str], _features: tuple[str, ...]) -> Linear:
        return tempered_table(rows, labels, "victim", tempered, exponent)

    return fit


def tempered_bayes(exponent: float) -> Fitter:
    """Return the fitter of naive Bayes whose likelihoods are raised to a power, after shared causes."""

    def fit(rows: Sequence[Row], labels: Sequence[str], features: tuple[str, ...]) -> Linear:
        return tempered_table(rows, labels, None, features, exponent)

    return fit


def tempered_table(
    rows: Sequence[Row], labels: Sequence[str], key: str | None, tempered: tuple[str, ...], exponent: float
) -> Linear:
    """Return a smoothed table by one feature (or the frequencies) times tempered likelihoods of others."""
    said = np.asarray(labels)
    classes = np.unique(said)
    truth = (said[:, None] == classes).astype(float)  # (row, class)
    base = truth.mean(0)
    column: dict[tuple[str, str], int] = {}
    weight: list[Array] = []
    for feature in ((key,) if key else ()) + tempered:
        values = np.array([row.get(feature, MISSING) for row in rows])
        for level in np.unique(values):
            at = values == level
            if feature == key:
                row = np.log((truth[at].sum(0) + VICTIM_CASES * base) / (at.sum() + VICTIM_CASES)) - np.log(base)
            else:
                pooled = SMOOTHING * at.mean()
                row = exponent * np.log((truth[at].sum(0) + pooled) / (truth.sum(0) + SMOOTHING))
            column[feature, str(level)] = len(weight)
            weight.append(row)
    features = ((key,) if key else ()) + tempered
    code = Coder(features=features, column=MappingProxyType(column), width=len(weight))
    return Linear(classes=tuple(map(str, classes)), coder=code, weight=np.array(weight), bias=np.log(base))


COMMON: Mapping[str, Fitter] = MappingProxyType(
    {
        "frequencies only": frequencies,
        "naive Bayes": naive_bayes,
        "tempered naive Bayes": tempered_bayes(0.4),
        "logistic, C=0.3": logistic(0.3),
        "logistic, C=1": logistic(1.0),
        "random forest": forest,
    }
)
