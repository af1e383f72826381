"""Facts as columns, and effects that say nothing idle."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from tests.fit.scoring.scoring_world import incidents

from cybercoercion.fit.objective.design import (
    EARLY,
    FACTS,
    OBSERVED,
    ORDERED,
    basis,
    columns,
    design,
    freedom,
    seen,
    segments,
    smoother,
)
from cybercoercion.fit.training import Label
from cybercoercion.vocabulary import OBJECTIVES, facts


def block(matrix: np.ndarray, name: str) -> np.ndarray:
    """Return the rows and columns of one fact."""
    rows = [index for index, (fact, _) in enumerate(columns(FACTS)) if fact == name]
    free = [index for index, one in enumerate(freedom(FACTS)) if one.startswith(f"{name}.")]
    return matrix[np.ix_(rows, free)]


def test_every_known_fact_has_one_one() -> None:
    """A row has as many ones as facts that are known, each in a column of its state."""
    rows = incidents(20)
    matrix = seen(rows, FACTS)
    assert matrix.sum(1).tolist() == [len(row.facts) for row in rows]
    at = columns(FACTS)
    for row, ones in zip(rows, matrix, strict=True):
        assert {at[index] for index in np.flatnonzero(ones)} == set(row.facts.items())


def test_a_missing_fact_has_no_one() -> None:
    """A row of which nothing is known is zero, and so is a state that no dictionary has."""
    bare = replace(incidents(1)[0], facts=MappingProxyType({"method": "sorcery"}))
    assert not seen([bare], FACTS).any()


def test_early_facts_are_some_of_all() -> None:
    """What can be seen early is a part of what is seen in the end, and leaves out how it ended."""
    assert set(EARLY) < set(FACTS)
    assert {"duration", "objective_achieved", "damage"} <= set(FACTS) - set(EARLY)
    assert all(facts()[name].group == "technical" for name in FACTS)


def test_gain_is_not_coded() -> None:
    """DCID knows four of the five objectives."""
    assert set(OBJECTIVES) - set(OBSERVED) == {"gain"}


def test_labels_are_known_soft_or_nothing() -> None:
    """A known objective has a one, a doubt its shares, a missing one a row of zeros."""
    one, two, three = incidents(3)
    doubt = Label(certainty="soft", weights=MappingProxyType({"disruption": 0.3, "degradation": 0.7}))
    rows = [
        one,
        replace(two, labels=MappingProxyType({"objective": doubt})),
        replace(three, labels=MappingProxyType({})),
    ]
    label = design(rows).label
    assert label[0].tolist() == [1, 0, 0, 0]
    assert label[1, OBSERVED.index("degradation")] == 0.7
    assert label[1].sum() == 1
    assert not label[2].any()


def test_a_fact_has_one_free_number_less_than_states() -> None:
    """Over all facts, columns minus facts is what is free."""
    assert len(freedom(FACTS)) == len(columns(FACTS)) - len(FACTS)
    assert basis(FACTS).shape == smoother(FACTS).shape == (len(columns(FACTS)), len(freedom(FACTS)))


def test_contrasts_are_orthonormal() -> None:
    """B'B is the identity: equal priors on free numbers are equal on states, whichever of them comes first."""
    matrix = basis(FACTS)
    assert matrix.T @ matrix == pytest.approx(np.eye(matrix.shape[1]))


@pytest.mark.parametrize("make", [basis, smoother])
def test_effects_of_a_fact_are_centred(make) -> None:
    """Within a fact all effects sum to zero, and facts have none in common: no shift of all states is left."""
    matrix = make(FACTS)
    for number in range(len(FACTS)):
        assert matrix[segments(FACTS) == number].sum(0) == pytest.approx(0)
    owner = np.array([FACTS.index(name.split(".")[0]) for name in freedom(FACTS)])
    assert not matrix[segments(FACTS)[:, None] != owner[None, :]].any()


@pytest.mark.parametrize("name", FACTS)
def test_no_direction_is_idle(name: str) -> None:
    """Each fact's effects span all that sums to zero: as many directions as states, less one."""
    states = len(facts()[name].states)
    assert np.linalg.matrix_rank(block(smoother(FACTS), name)) == states - 1


@pytest.mark.parametrize("name", ORDERED)
def test_ordered_states_share_with_their_neighbours(name: str) -> None:
    """The effects of neighbours differ by one increment each; those of the two ends by all of them."""
    steps = np.diff(block(smoother(FACTS), name), axis=0)
    assert steps == pytest.approx(np.eye(len(steps)))
    covariance = block(smoother(FACTS), name) @ block(smoother(FACTS), name).T
    gaps = np.diag(covariance)[:, None] + np.diag(covariance)[None] - 2 * covariance
    apart = np.abs(np.subtract.outer(range(len(gaps)), range(len(gaps))))
    assert gaps == pytest.approx(apart)  # the variance of a difference is how far two states are apart


def test_unordered_states_are_all_alike() -> None:
    """Of other facts any two states differ by the same variance, two."""
    one = block(smoother(FACTS), "sector")
    covariance = one @ one.T
    gaps = np.diag(covariance)[:, None] + np.diag(covariance)[None] - 2 * covariance
    assert gaps[~np.eye(len(gaps), dtype=bool)] == pytest.approx(2)
