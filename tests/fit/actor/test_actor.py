"""Who attacks whom: the graph that is learnt, its numbers in numpy, and what no draw may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fit.objective.graph_of_target import target_of
from tests.fit.scoring.scoring_world import VICTIMS, incidents, posterior

from cybercoercion.fit.actor.design import (
    CLASSES,
    CUES,
    ISO,
    NEVER,
    cue_levels,
    design,
    each_victim,
    rivalry,
    victim_names,
)
from cybercoercion.fit.actor.model import build
from cybercoercion.fit.actor.predict import known_victim, scores, softmax, unknown_victim
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.importing.world import country, disputes, world
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import load_knowledge

Array = NDArray[np.float64]
ROWS = incidents(30)
DRAWS = stacked(posterior("actor"))


def bare(victim: str) -> TrainingEpisode:
    """Return an incident of which only the victim is known."""
    return replace(
        ROWS[0], facts=MappingProxyType({}), labels=MappingProxyType({}), about=MappingProxyType({"victim": victim})
    )


def said(victim: str, **changes: Array) -> Array:
    """Return p(actor | victim), dims ``(class,)``."""
    return known_victim({**DRAWS, **changes}, design([bare(victim)], VICTIMS))[0]


@pytest.fixture(scope="module")
def target() -> Callable[..., float]:
    """Return the log-likelihood of the made-up incidents as a function of one draw."""
    return target_of(build(design(ROWS, VICTIMS), load_knowledge(draws=2)), "label")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_graph_says_what_numpy_says(target: Callable[..., float], number: int) -> None:
    """At a draw the Potential is the weighted sum of log p(actor | victim, cues) of the rows."""
    weight = np.random.default_rng(number).uniform(0, 2, len(ROWS))
    data = design(ROWS, VICTIMS)
    one = {name: values[..., number : number + 1] for name, values in DRAWS.items()}
    p = softmax(scores(one, data), 1)[..., 0]
    expected = (weight * (data.label * np.log(p)).sum(1)).sum()
    assert target({name: values[..., 0] for name, values in one.items()}, weight=weight) == pytest.approx(expected)


def test_one_row_by_hand(target: Callable[..., float]) -> None:
    """Of one row the Potential is base + region + victim + slope log(1 + disputes) + cues, minus the log of the sum."""
    at = {name: values[..., 4] for name, values in DRAWS.items()}
    row = next(row for row in ROWS if "method" in row.facts)
    victim = country(row.about["victim"])
    assert victim is not None
    region = world().regions.index(victim.region)
    eta = at["base"] + at["region_scale"] * at["region_effect"][region]
    eta = eta + at["victim_scale"] * at["victim_effect"][VICTIMS.index(row.about["victim"])]
    eta = eta + at["rivalry"] * np.array(rivalry(victim.iso))
    told = {**row.facts, "objective": row.labels["objective"].state}
    for index, (cue, state) in enumerate(cue_levels()):
        if told.get(cue) == state:
            eta = eta + at["cue_scale"][CUES.index(cue)] * at["cue_effect"][index]
    eta = eta + np.array([NEVER * (iso == victim.iso) for iso in ISO] + [0.0])
    expected = eta[CLASSES.index(row.labels["actor"].state)] - np.log(np.exp(eta).sum())
    alone = np.array([float(one is row) for one in ROWS])
    assert target(at, weight=alone) == pytest.approx(expected)


def test_no_state_attacks_itself() -> None:
    """Where a state of the list is the victim, it has a probability below 1e-9."""
    for name, iso in zip(CLASSES[:-1], ISO, strict=True):
        p = said(world().countries[iso].name)
        assert p[CLASSES.index(name)] < 1e-9, name
        assert p.sum() == pytest.approx(1)


def test_nobody_is_barred_where_the_victim_is_no_attacker() -> None:
    """Where the victim is none of the list, all classes stay possible."""
    assert not design([bare("Georgia")], VICTIMS).barred.any()


def test_more_disputes_more_probable() -> None:
    """With nothing but rivalry, odds are those of disputes to the power of the slope: India is hit by its old rival."""
    mute = {name: np.zeros_like(values) for name, values in DRAWS.items()}
    p = said("India", **(mute | {"rivalry": np.ones(30)}))
    expected = np.array([1.0 + disputes(iso, "IN") for iso in ISO])
    assert p[:-1] / p[0] == pytest.approx(expected / expected[0])
    assert CLASSES[p[:-1].argmax()] == "Pakistan"


@pytest.mark.parametrize("victim", ["India", "Ukraine", "South Korea"])
def test_a_steeper_slope_helps_the_greatest_rival(victim: str) -> None:
    """The more past disputes weigh, the more probable is who had most of them, draw by draw."""
    state = country(victim)
    assert state is not None
    counts = rivalry(state.iso)
    top = int(np.argmax(counts))
    assert counts.count(max(counts)) == 1
    data = design([bare(victim)], VICTIMS)
    steps = [softmax(scores({**DRAWS, "rivalry": np.full(30, slope)}, data), 1)[0, top] for slope in (0.0, 1.0, 2.0)]
    assert (steps[0] < steps[1]).all()
    assert (steps[1] < steps[2]).all()


def test_other_has_the_rivalry_of_the_greatest_rival_left() -> None:
    """Of South Korea that is Japan or the like: the most disputes with a state that has no class of its own."""
    for iso in ("KR", "UA", "US"):
        left = max(disputes(one, iso) for one in world().countries if one not in ISO)
        assert rivalry(iso)[-1] == pytest.approx(np.log1p(left))


def test_an_unknown_victim_is_less_certain() -> None:
    """The effects of a victim that taught nothing come from their population: over draws its scores spread wider."""
    mute = {name: np.zeros_like(values) for name, values in DRAWS.items()}
    quiet = mute | {"victim_scale": np.full(30, 3.0)}
    known = scores(quiet, design([bare("Georgia")], VICTIMS))[0]
    unknown = scores(quiet, design([bare("Estonia")], VICTIMS))[0]
    assert known.std(1).max() < unknown.std(1).min()
    gap = (unknown - known).ravel()
    assert gap.std() == pytest.approx(3, rel=0.2)
    assert abs(gap.mean()) < 0.7


def test_the_same_seed_gives_the_same_unknown_victim() -> None:
    """What is drawn for an unknown victim is a function of the seed and of the row."""
    data = design([bare("Estonia"), bare("Estonia")], VICTIMS)
    one, again, other = (scores(DRAWS, data, seed=seed) for seed in (1, 1, 2))
    assert (one == again).all()
    assert not (one == other).all()


def test_a_place_that_is_no_state_has_base_rates_and_noise() -> None:
    """A victim that no list of states has is in no region, has no rival, and bars nobody."""
    data = design([bare("Atlantis")], VICTIMS)
    assert not data.region.any()
    assert not data.disputes.any()
    assert not data.barred.any()
    assert known_victim(DRAWS, data).sum() == pytest.approx(1)


def test_cues_are_shared_by_all_victims() -> None:
    """A cue multiplies the odds by the same factor, whoever the victim is."""
    at = {name: values[..., :1] for name, values in DRAWS.items()}
    gains = []
    for victim in ("Georgia", "Ukraine"):
        with_cue = replace(bare(victim), facts=MappingProxyType({"method": "vandalism"}))
        less, more = (known_victim(at, design([one], VICTIMS))[0] for one in (bare(victim), with_cue))
        gain = np.log(more) - np.log(less)
        gains.append(gain - gain[0])
    assert gains[0] == pytest.approx(gains[1])


def test_cues_that_are_not_named_are_missing() -> None:
    """Without cues the design has none, whatever the rows hold."""
    assert design(ROWS, VICTIMS).cue.any()
    assert not design(ROWS, VICTIMS, cues=()).cue.any()


def test_where_the_victim_is_certain_to_be_one_the_mixture_is_that_one() -> None:
    """With all weight on one victim p(actor | cues) is p(actor | that victim, cues)."""
    rows = [replace(row, about=MappingProxyType({})) for row in ROWS[:6]]
    share = np.eye(5)[VICTIMS.index("Ukraine")]
    hidden = unknown_victim(DRAWS, design(rows, VICTIMS), each_victim(VICTIMS), share)
    told = [replace(row, about=MappingProxyType({"victim": "Ukraine"})) for row in rows]
    assert hidden == pytest.approx(known_victim(DRAWS, design(told, VICTIMS)))


def test_victims_are_named_once_in_order() -> None:
    """Rows without a victim name none."""
    rows = [*ROWS, replace(ROWS[0], about=MappingProxyType({}))]
    assert victim_names(rows) == VICTIMS


def test_every_label_has_a_class() -> None:
    """The label of each row is one at its actor, and a row without one has none."""
    label = design([*ROWS, bare("US")], VICTIMS).label
    assert [CLASSES[index] for index in label[:-1].argmax(1)] == [row.labels["actor"].state for row in ROWS]
    assert label.sum(1).tolist() == [1.0] * 30 + [0.0]
