"""What is simulated to calibrate each part: covariates made up once, labels and counts drawn from the parameters.

The composite target of the objective and the soft labels of episodes are no generative models, so their ingredients
are calibrated one by one: labels given facts, facts and labels together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pytensor
from numpy.typing import NDArray

from cybercoercion.fit.actor import design as actor_design
from cybercoercion.fit.actor.model import build as actor_model
from cybercoercion.fit.actor.predict import scores, softmax
from cybercoercion.fit.checking.subject import Draws, Simulated, Subject, one_of
from cybercoercion.fit.episode import design as episode_design
from cybercoercion.fit.episode.model import build as episode_model
from cybercoercion.fit.episode.model import log_joint, log_rows
from cybercoercion.fit.importing.episodes import read_episodes
from cybercoercion.fit.objective import design as objective_design
from cybercoercion.fit.objective import predict as objective_predict
from cybercoercion.fit.objective.model import build as objective_model
from cybercoercion.fit.outcome.counts import shipped_counts
from cybercoercion.fit.outcome.design import MOST, probabilities
from cybercoercion.fit.outcome.design import data as outcome_data
from cybercoercion.fit.outcome.model import outcome_model
from cybercoercion.fit.sampling import compile_model
from cybercoercion.fit.training import Label, TrainingEpisode
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS, OBJECTIVES, facts

Array = NDArray[np.float64]
ROWS, HELD_OUT = 60, 5
EPISODES_OUT = 3
COVARIATES = 3  # seed of what is made up once
MISSING = 0.2


def subjects_of(part: str, knowledge: Knowledge) -> tuple[Subject, ...]:
    """Return what there is to calibrate in a part, compiled."""
    return MAKERS[part](knowledge)


def _objective(knowledge: Knowledge, part: str = "objective") -> tuple[Subject, ...]:
    names = objective_design.FACTS if part == "objective" else objective_design.EARLY
    rng = np.random.default_rng(COVARIATES)
    seen = _facts(np.ones((len(objective_design.columns(names)), ROWS + HELD_OUT)), names, rng)
    train, held = seen[:ROWS], seen[ROWS:]
    label = np.zeros((ROWS, len(objective_design.OBSERVED)))
    compiled = compile_model(objective_model(objective_design.Design(names=names, seen=train, label=label), knowledge))

    def given(draws: Draws, shown: Array) -> Array:
        rows = objective_predict.flattened(draws, names)
        joint = np.tensordot(shown, rows, 1) + draws["base"]
        return softmax(joint, 1)

    def simulate(draws: Draws, rng: np.random.Generator) -> Simulated:
        return {"label": np.eye(label.shape[1])[one_of(given(draws, train), rng)[:, 0]]}, {}

    def simulate_both(draws: Draws, rng: np.random.Generator) -> Simulated:
        base = np.broadcast_to(softmax(draws["base"], 0), (ROWS, *draws["base"].shape))
        z = one_of(base, rng)[:, 0]
        theta = np.exp(objective_predict.log_rows(draws, names))[..., 0]  # (column, objective)
        return {"label": np.eye(label.shape[1])[z], "seen": _facts(theta[:, z], names, rng)}, {}

    ranked = ("base", "level", "effect", "scale", "exponent")
    common: dict[str, Any] = {
        "part": part,
        "compiled": compiled,
        "ranked": ranked,
        "predict": lambda draws, rng: one_of(given(draws, held), rng),
        "predicted": tuple(f"objective of held-out row {row + 1}" for row in range(HELD_OUT)),
        "exceed": ("scale", "exponent"),
    }
    return (
        Subject(
            ingredient="objective given facts",
            simulate=simulate,
            fixed={"seen": train, "given_weight": 1.0, "joint_weight": 0.0},
            **common,
        ),
        Subject(
            ingredient="facts and objective",
            simulate=simulate_both,
            fixed={"given_weight": 0.0, "joint_weight": 1.0},
            **common,
        ),
    )


def _facts(theta: Array, names: tuple[str, ...], rng: np.random.Generator) -> Array:
    """Return one state of each fact per row, some missing; ``theta`` has dims ``(column, row)``, unnormalised."""
    fact = objective_design.segments(names)
    out = np.zeros(theta.T.shape)
    for number in range(len(names)):
        at = np.flatnonzero(fact == number)
        state = one_of(theta[at].T[..., None], rng)[:, 0]
        told = np.flatnonzero(rng.random(len(out)) > MISSING)
        out[told, at[state[told]]] = 1
    return out


def _actor(knowledge: Knowledge) -> tuple[Subject, ...]:
    rng = np.random.default_rng(COVARIATES)
    victims = knowledge.setting("checking.victims")
    incidents = [_incident(rng, victims) for _ in range(ROWS + HELD_OUT)]
    train = actor_design.design(incidents[:ROWS], victims)
    held = actor_design.design(incidents[ROWS:], victims)
    shared: Any = pytensor.shared(train.label, name="label")  # so that one compilation serves all simulated labels
    compiled = compile_model(actor_model(replace(train, label=shared), knowledge))

    def simulate(draws: Draws, rng: np.random.Generator) -> Simulated:
        return {"label": np.eye(len(actor_design.CLASSES))[one_of(softmax(scores(draws, train), 1), rng)[:, 0]]}, {}

    names = ("base", "region_scale", "region_effect", "victim_scale", "victim_effect", "rivalry", "cue_scale")
    subject = Subject(
        part="actor",
        ingredient="actor given victim and cues",
        compiled=compiled,
        ranked=(*names, "cue_effect"),
        simulate=simulate,
        predict=lambda draws, rng: one_of(softmax(scores(draws, held), 1), rng),
        predicted=tuple(f"actor of held-out row {row + 1}" for row in range(HELD_OUT)),
        exceed=("region_scale", "victim_scale", "rivalry", "cue_scale"),
    )
    return (subject,)


def _incident(rng: np.random.Generator, victims: tuple[str, ...]) -> TrainingEpisode:
    told = {cue: str(rng.choice(facts()[cue].states)) for cue in ("method", "information_operation")}
    return TrainingEpisode(
        id="made up",
        source="made up",
        campaign="made up",
        start=None,
        facts=told,
        labels={"objective": Label.hard(str(rng.choice(OBJECTIVES)))},
        fingerprint="",
        about={"victim": str(rng.choice(victims))},
    )


def _episode(knowledge: Knowledge) -> tuple[Subject, ...]:
    with as_file(files("cybercoercion.priors.episodes")) as folder:
        coded = [row for row in read_episodes(folder).episodes if row.case is not None][::2]  # half of them: time
    data = episode_design.design(coded, knowledge)
    shared: Any = pytensor.shared(data.label, name="label")
    plain = replace(data, label=shared, members=np.ones_like(data.members), kind_label=0 * data.kind_label)
    compiled = compile_model(episode_model(plain, knowledge))
    weight = np.ones(data.episodes)
    weight[-EPISODES_OUT:] = 0
    spread = data.layout.spread[data.learnt]
    offset, exponent = pytensor.tensor.vector("offset"), pytensor.tensor.vector("exponent")
    joint = pytensor.function([offset, exponent], log_joint(data, log_rows(data, spread * offset, exponent))[0])

    def given(draws: Draws, rows: slice) -> Array:
        count = draws["offset"].shape[-1]
        each = [joint(draws["offset"][:, s], draws["exponent"][:, s])[rows] for s in range(count)]
        return softmax(np.stack(each, -1), 1)

    def simulate(draws: Draws, rng: np.random.Generator) -> Simulated:
        return {"label": np.eye(len(INTENTS))[one_of(given(draws, slice(None)), rng)[:, 0]]}, {}

    subject = Subject(
        part="episode",
        ingredient="intent given reports",
        compiled=compiled,
        ranked=("offset", "exponent"),
        simulate=simulate,
        predict=lambda draws, rng: one_of(given(draws, slice(-EPISODES_OUT, None)), rng),
        predicted=tuple(f"intent of {name}" for name in data.ids[-EPISODES_OUT:]),
        exceed=("exponent",),
        target_accept=0.8,  # hardly narrower than the prior, which is normal
        tune=200,
        draws=300,
        thin=2,
        fixed={"weight": weight, "episode_weight": 1.0, "joint_weight": 0.0},
    )
    return (subject,)


def _outcome(_: Knowledge) -> tuple[Subject, ...]:
    counts = shipped_counts()
    given = outcome_data(counts)
    model = outcome_model(counts)
    compiled = compile_model(model)
    tried = np.asarray(given["tried"], dtype=np.int64)
    some = np.flatnonzero(tried > 0)[:: max(1, (tried > 0).sum() // HELD_OUT)]

    def cells(draws: Draws) -> Array:
        from cybercoercion.fit.outcome.design import BINOMIALS

        p = probabilities(draws, counts)
        return np.concatenate([p[name] for name in BINOMIALS])

    def incidents(draws: Draws, size: int, rng: np.random.Generator) -> Array:
        shape, mean = np.exp(draws["log_shape"]), np.exp(draws["log_rate"]) * counts.dyads.years
        rate = rng.standard_gamma(np.broadcast_to(shape, (size, len(shape)))) * (mean / shape)
        return np.asarray(np.minimum(rng.poisson(rate), MOST), dtype=np.float64)

    def simulate(draws: Draws, rng: np.random.Generator) -> Simulated:
        seen = incidents(draws, int(np.asarray(given["periods"]).sum()), rng)[:, 0].astype(np.intp)
        happened = rng.binomial(tried, cells(draws)[:, 0])
        return {"happened": happened, "periods": np.bincount(seen, minlength=MOST + 1).astype(np.float64)}, {}

    def predict(draws: Draws, rng: np.random.Generator) -> Array:
        again = rng.binomial(np.minimum(tried[some], 20)[:, None], cells(draws)[some])
        return np.concatenate([again, incidents(draws, 1, rng)])

    subject = Subject(
        part="outcome",
        ingredient="counts",
        compiled=compiled,
        ranked=tuple(one.name for one in model.free_RVs),
        simulate=simulate,
        predict=predict,
        predicted=(*(f"new count in cell {cell + 1}" for cell in some), "incidents of a new dyad"),
        exceed=("between_classes", "between_steps", "between_objectives", "between_reports", "log_shape"),
        target_accept=0.95,
    )
    return (subject,)


def _origin(knowledge: Knowledge) -> tuple[Subject, ...]:
    from cybercoercion.fit.checking.simulated_origin import origin_subjects

    return origin_subjects(knowledge)


MAKERS: Mapping[str, Callable[[Knowledge], tuple[Subject, ...]]] = {
    "objective": _objective,
    "objective_early": lambda knowledge: _objective(knowledge, "objective_early"),
    "actor": _actor,
    "episode": _episode,
    "origin": _origin,
    "outcome": _outcome,
}
