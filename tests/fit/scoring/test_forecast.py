"""What a fit says of rows is a probability, whatever its draws, and hangs on nothing but the row."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from tests.fit.scoring.scoring_world import VICTIMS, incidents, posterior, rows_of

from cybercoercion.fit.actor.design import CLASSES
from cybercoercion.fit.objective.design import EARLY, OBSERVED
from cybercoercion.fit.scoring.forecast import classes_of, forecast
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.training import TrainingEpisode


def without(row: TrainingEpisode, *names: str) -> TrainingEpisode:
    """Return the row with these facts unknown."""
    return replace(row, facts=MappingProxyType({name: one for name, one in row.facts.items() if name not in names}))


@pytest.mark.parametrize("task", TASKS)
def test_probabilities_sum_to_one(task: str) -> None:
    """Whatever the draws, the classes of each question share one."""
    rows = rows_of(task)
    p = forecast(task, posterior(TASKS[task].part), rows)
    assert p.shape == (len(rows), len(classes_of(task)))
    assert (p >= 0).all()
    assert p.sum(1) == pytest.approx(1)


@pytest.mark.parametrize("task", TASKS)
def test_order_of_rows_is_order_of_forecasts(task: str) -> None:
    """Rows in another order have the same forecasts in that order."""
    rows, draws = rows_of(task), posterior(TASKS[task].part)
    order = np.random.default_rng(5).permutation(len(rows))
    assert forecast(task, draws, [rows[index] for index in order]) == pytest.approx(forecast(task, draws, rows)[order])


@pytest.mark.parametrize("task", TASKS)
def test_the_truth_is_not_looked_at(task: str) -> None:
    """A row without the label that is asked for has the forecast of a row with it."""
    rows, draws = rows_of(task), posterior(TASKS[task].part)
    hidden = TASKS[task].truth
    blind = [
        replace(row, labels=MappingProxyType({name: one for name, one in row.labels.items() if name != hidden}))
        for row in rows
    ]
    assert forecast(task, draws, blind) == pytest.approx(forecast(task, draws, rows))


@pytest.mark.parametrize("task", TASKS)
def test_draws_of_several_chains_are_one_pool(task: str) -> None:
    """The same draws as one chain or as two say the same."""
    one = posterior(TASKS[task].part)
    moving = [name for name, values in one.data_vars.items() if "draw" in values.dims]
    halves = [one[moving].isel(draw=slice(start, start + 15)) for start in (0, 15)]
    import xarray as xr

    two = xr.concat(halves, dim="chain").assign({name: one[name] for name in one.data_vars if name not in moving})
    rows = rows_of(task)
    if task == "actor_victim":  # a victim that no fit knows has noise of its own; all victims here are known
        assert {row.about["victim"] for row in rows} <= set(VICTIMS)
    assert forecast(task, two, rows) == pytest.approx(forecast(task, one, rows))


def test_a_row_of_which_nothing_is_known_has_the_base_rates() -> None:
    """Without any fact the objective has softmax(base), averaged over draws."""
    draws = posterior("objective")
    bare = replace(incidents(1)[0], facts=MappingProxyType({}))
    base = draws["base"].to_numpy()[0]
    expected = (np.exp(base) / np.exp(base).sum(1, keepdims=True)).mean(0)
    assert forecast("objective", draws, [bare])[0] == pytest.approx(expected)


def test_missing_facts_drop_out() -> None:
    """The odds that a fact adds are those of its table: with and without it they differ by log p(state | objective).

    With one draw there is nothing to average, so the difference is exact.
    """
    draws = posterior("objective").isel(draw=slice(0, 1))
    row = replace(incidents(1)[0], facts=MappingProxyType({"method": "vandalism", "damage": "direct-delayed"}))
    both, less = (forecast("objective", draws, [one])[0] for one in (row, without(row, "damage")))
    alone = forecast("objective", draws, [without(row, "method")])[0]
    none = forecast("objective", draws, [without(row, "method", "damage")])[0]
    gain = np.log(both) - np.log(less)
    other = np.log(alone) - np.log(none)
    assert gain - gain[0] == pytest.approx(other - other[0])


def test_what_is_seen_late_says_nothing_early() -> None:
    """The early question looks at what can be seen at once only."""
    row, draws = incidents(1)[0], posterior("objective_early")
    late = tuple(name for name in row.facts if name not in EARLY)
    assert late
    assert forecast("objective_early", draws, [without(row, *late)]) == pytest.approx(
        forecast("objective_early", draws, [row])
    )


def test_an_unknown_victim_is_a_mixture_of_victims() -> None:
    """Of a row of which nothing is known, p(actor) is the mean over victims, each with its count and a half."""
    draws = posterior("actor")
    bare = [
        replace(incidents(1)[0], facts=MappingProxyType({}), labels=MappingProxyType({}), about={"victim": name})
        for name in VICTIMS
    ]
    weight = np.arange(1.0, 6.0) + 0.5
    expected = weight / weight.sum() @ forecast("actor_victim", draws, bare)
    assert forecast("actor", draws, bare[:1])[0] == pytest.approx(expected)


def test_the_hidden_victim_is_not_looked_at() -> None:
    """Where the victim counts as unknown, rows that differ in it alone have one forecast."""
    draws, row = posterior("actor"), incidents(1)[0]
    rows = [replace(row, about=MappingProxyType({"victim": name})) for name in ("US", "Georgia", "Atlantis")]
    p = forecast("actor", draws, rows)
    assert p[0] == pytest.approx(p[1])
    assert p[0] == pytest.approx(p[2])


def test_classes_are_those_of_the_labels() -> None:
    """Every question has the classes of its coding."""
    assert classes_of("objective") == classes_of("objective_early") == OBSERVED
    assert classes_of("actor") == classes_of("actor_victim") == CLASSES
    assert classes_of("claimed") == ("no", "yes")
    assert len(classes_of("kind")) == len(classes_of("kind_claim")) == 5
