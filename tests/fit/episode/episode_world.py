"""Coded episodes for tests: shipped, random and made up; and the exact engine asked with words held fixed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pytensor
import pytensor.tensor as pt
from numpy.typing import NDArray
from pytensor.compile.mode import Mode
from tests.belief.random_cases import random_case

from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import Evidence, dispute_factors, in_force, read_evidence
from cybercoercion.belief.network import build_network
from cybercoercion.case import Case
from cybercoercion.fit.episode.design import Design, design
from cybercoercion.fit.episode.model import log_joint, log_rows
from cybercoercion.fit.episode.tables import quantities, tables
from cybercoercion.fit.importing.episodes import read_episodes
from cybercoercion.fit.training import Label, Training, TrainingEpisode
from cybercoercion.knowledge import Fitted, Knowledge, load_knowledge
from cybercoercion.vocabulary import INTENTS, KINDS

Array = NDArray[np.float64]
PLAIN = Mode(linker="py", optimizer="fast_compile")  # nothing to compile: an oracle is asked only a few times


@cache
def knowledge() -> Knowledge:
    """Return the priors."""
    return load_knowledge(draws=400)


@cache
def shipped() -> Training:
    """Return the shipped episodes, campaign files read for what they keep together."""
    with as_file(files("cybercoercion.priors") / "episodes") as folder:
        return read_episodes(folder)


@cache
def shipped_design() -> Design:
    """Return the arrays of the shipped episodes."""
    return design(shipped().episodes, knowledge())


def row(case: Case, intent: Label | None = None, name: str = "made-up") -> TrainingEpisode:
    """Return a case as a training episode."""
    return TrainingEpisode(
        id=name,
        source="episodes",
        campaign=name,
        start=case.as_of,
        facts={},
        labels={} if intent is None else {"intent": intent},
        fingerprint=name,
        about={"frame": case.frame},
        case=case,
    )


def random_rows(count: int) -> list[TrainingEpisode]:
    """Return random cases of every shape."""
    return [row(random_case(seed), name=f"random-{seed}") for seed in range(count)]


def point(data: Design, seed: int) -> tuple[Array, Array]:
    """Return a random point: offsets in nats of the learnt entries, and exponents."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=int(data.learnt.sum())), rng.uniform(0.4, 1.1, 3)


def graph(data: Design, offset: Array, exponent: Array) -> tuple[Array, Array]:
    """Return log p(e, intent) and p(e, kind) from the graph that PyMC differentiates."""
    o, w = pt.dvector(), pt.dvector()
    outputs = log_joint(data, log_rows(data, data.layout.spread[data.learnt] * o, w))
    found: Any = pytensor.function([o, w], list(outputs), mode=PLAIN)(offset, exponent)
    return found[0], found[1]


def at_point(data: Design, offset: Array, exponent: Array) -> Knowledge:
    """Return the knowledge with one draw, at these offsets and exponents, all else at headline values."""
    rows = tables(data.layout, data.learnt, offset[:, None])
    numbers = quantities(exponent[:, None])
    fitted = Fitted(digest="", tables=rows, quantities=numbers, part_of=dict.fromkeys((*rows, *numbers), "episode"))
    return replace(knowledge().at_values(), fitted=fitted, _memory={})


def exact(case: Case, learnt: Knowledge) -> tuple[Array, Array]:
    """Return log p(e, intent) and p(e, kind) from the exact engine; what reports say as such is held fixed.

    How often words come up at all, and which names are plausible, are those of the headline values.
    """
    flat = knowledge().at_values()
    plain = [report for report in in_force(case, flat) if report.kind == "likelihood"]
    said = read_evidence(case, build_network(case, flat), flat, plain)
    network = build_network(case, learnt)
    factors = [factor for factor in said.factors if factor.scope != ("kind",)]
    evidence = Evidence(told=said.told, factors=(*factors, *dispute_factors(case, network, learnt)))
    total = joint(network, evidence.compiled(case, network, learnt))
    kinds = np.array([total[:, network.kind_of == kind].sum() for kind in range(len(KINDS))])
    return np.log(total.sum((1, 2, 3))), kinds


def labels() -> Array:
    """Return the soft labels of the shipped episodes, dims ``(episode, intent)``."""
    weights = [episode.labels["intent"].weights for episode in shipped().episodes]
    return np.array([[one.get(intent, 0.0) for intent in INTENTS] for one in weights])
