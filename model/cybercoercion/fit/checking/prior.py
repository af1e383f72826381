"""What do the priors imply before any data or report? Shares of purposes, kinds, objectives; how sure they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.actor.design import CLASSES, cue_levels, each_victim
from cybercoercion.fit.actor.predict import scores, softmax
from cybercoercion.fit.checking.finding import Finding, judged
from cybercoercion.fit.checking.learnt import prior_draws
from cybercoercion.fit.importing.world import world
from cybercoercion.fit.objective.design import EARLY, FACTS, OBSERVED, freedom, segments
from cybercoercion.fit.objective.predict import flattened
from cybercoercion.fit.outcome.counts import shipped_counts
from cybercoercion.fit.outcome.quantities import cyber_rate
from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import COERCION, FRAMES, INTENTS, KINDS, OBJECTIVES

Array = NDArray[np.float64]
SIZE, SEED = 1_000, 7
TAILS = (0.05, 0.5, 0.95)
SURE = 0.95
OUTCOME_SHAPES = {
    **dict.fromkeys(("average", "private", "step", "imposed", "issue", "reciprocated", "log_shape", "log_rate"), ()),
    **dict.fromkeys(("between_classes", "between_steps", "between_objectives", "demand"), ()),
    "b": (2,),
    "o": (4,),
    "revision": (3,),
    "by_chance": (2,),
    "reply": (2,),
    "between_reports": (),
    "r": (len(shipped_counts().ransom.tried),),
}


def prior_predictive(knowledge: Knowledge, parts: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Yield what the priors imply: of the network always, of each part that is asked for.

    Means must lie in the ranges of ``priors/checking.toml``, which say what would be absurd.
    """
    bare = Knowledge(**{name: getattr(knowledge, name) for name in _KEPT}, size=max(knowledge.size, SIZE))
    yield from _network(bare)
    for part in parts:
        if part in ("objective", "objective_early"):
            yield _objective(part, bare)
        elif part == "actor":
            yield _actor(bare)
        elif part == "outcome":
            yield _outcome(bare)


_KEPT = ("quantities", "tables", "settings", "digest", "overlays", "seed")


def _network(knowledge: Knowledge) -> Iterator[Finding]:
    intent = knowledge.table("intent")  # (frame, intent, draw)
    kind = np.einsum("fis,iks->fks", intent, knowledge.table("kind"))
    coercive = [INTENTS.index(one) for one in COERCION]
    for index, frame in enumerate(FRAMES):
        yield _within(
            f"P(coercion) in the frame {frame}", intent[index, coercive].sum(0), f"coercion.{frame}", knowledge
        )
    aims = np.einsum("fis,iks,ikos->fos", intent, knowledge.table("kind"), knowledge.table("objective"))
    for number, name in enumerate(KINDS):
        yield _over_frames(f"kind.{name}", f"the share of {name} actors", kind[:, number], knowledge)
    for number, name in enumerate(OBJECTIVES):
        yield _over_frames(f"objective.{name}", f"the share of the objective {name}", aims[:, number], knowledge)


def _over_frames(name: str, what: str, draws: Array, knowledge: Knowledge) -> Finding:
    """Judge the frame whose mean lies lowest and highest, dims ``(frame, draw)``: the odder of the two."""
    allowed = name.split(".", 1)[0]
    low, high = _range(allowed, knowledge)
    means = draws.mean(-1)
    odd = int(np.argmax(np.maximum(low / np.maximum(means, 1e-12), means / high)))
    return _within(f"{what} in the frame {FRAMES[odd]}", draws[odd], allowed, knowledge, name)


def _within(what: str, draws: Array, allowed: str, knowledge: Knowledge, name: str = "") -> Finding:
    low, high = _range(allowed, knowledge)
    bottom, _, top = np.quantile(draws, TAILS)
    mean = float(draws.mean())
    fine = low <= mean <= high
    words = (
        f"Before any report {what} is {mean:.3g} on average (5-95 %: {bottom:.3g} to {top:.3g}), "
        f"{'inside' if fine else 'outside'} the {low:g} to {high:g} that is not absurd."
    )
    return judged(
        f"prior.{name or allowed}", "pass" if fine else "warn", words, value=mean, allowed=f"{low:g} to {high:g}"
    )


def _range(name: str, knowledge: Knowledge) -> tuple[float, float]:
    allowed = knowledge.quantities[f"checking.{name}"].distribution
    return allowed.a, allowed.b


def _objective(part: str, knowledge: Knowledge) -> Finding:
    names = FACTS if part == "objective" else EARLY
    width = len(freedom(names))
    shapes = {
        "base": (len(OBSERVED),),
        "level": (width,),
        "effect": (width, len(OBSERVED)),
        "scale": (len(names),),
        "exponent": (len(names),),
    }
    draws = prior_draws(part, shapes, knowledge, size=SIZE, seed=SEED)
    rows, rng = flattened(draws, names), np.random.default_rng(SEED)
    score = draws["base"].copy()
    fact = segments(names)
    for number in range(len(names)):
        score += rows[rng.choice(np.flatnonzero(fact == number))]
    return _sure(part, "the objective of an incident of which every fact is seen", softmax(score, 0), knowledge)


def _actor(knowledge: Knowledge) -> Finding:
    victims = knowledge.setting("checking.victims")
    data = each_victim(victims)
    shapes = {
        "base": (len(CLASSES),),
        "region_effect": (len(world().regions), len(CLASSES)),
        "victim_effect": (len(victims), len(CLASSES)),
        "cue_effect": (len(cue_levels()), len(CLASSES)),
        "cue_scale": (3,),
        **dict.fromkeys(("region_scale", "victim_scale", "rivalry"), ()),
    }
    draws = prior_draws("actor", shapes, knowledge, size=SIZE, seed=SEED)
    p = softmax(scores(draws, data), 1)
    return _sure("actor", "who attacks a victim", p.max(1).reshape(1, -1), knowledge)


def _sure(part: str, what: str, p: Array, knowledge: Knowledge) -> Finding:
    """Judge how often a single draw of the prior is all but certain, ``p`` with dims ``(state, draw)``."""
    low, high = _range("overconfident", knowledge)
    share = float((p.max(0) > SURE).mean())
    fine = low <= share <= high
    words = (
        f"Before any data, {share:.0%} of prior draws of {part} decide {what} beyond {SURE:g}; "
        f"{'that is' if fine else 'that is not'} within the {high:.0%} that leave room to learn."
    )
    return judged(f"prior.{part}", "pass" if fine else "warn", words, value=share, allowed=f"at most {high:g}")


def _outcome(knowledge: Knowledge) -> Finding:
    draws = prior_draws("outcome", OUTCOME_SHAPES, knowledge, size=SIZE, seed=SEED)
    rate = cyber_rate(draws, shipped_counts())
    return _within("the share of cyber incidents that see a concession", rate, "concession", knowledge)
