"""What is simulated to calibrate kind and claim: every row once per claim and kind, of which one has weight.

Kinds enter twice, given facts and without; the two share no parameter and are calibrated on data of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.actor.predict import softmax
from cybercoercion.fit.checking.subject import Draws, Simulated, Subject, one_of
from cybercoercion.fit.origin.design import CONTRAST, KINDS, OPERATIONS, Rows
from cybercoercion.fit.origin.model import origin_model
from cybercoercion.fit.sampling import compile_model
from cybercoercion.knowledge import Knowledge

Array = NDArray[np.float64]
Index = NDArray[np.intp]
ROWS, HELD_OUT, YEARS, FIRST = 30, 4, 4, 2010
COVARIATES = 5
LEVELS = (*OPERATIONS, "issue=a", "issue=b")
CLAIM = ("claim_scale", "claim_raw", "claim_level", "claim_persistence", "claim_innovation", "claim_step")
KIND = (
    "kind_scale", "kind_raw", "kind_claim", "meaning_scale", "meaning_raw", "kind_level", "kind_persistence",
    "kind_innovation", "kind_step",
)  # fmt: skip
SHARE = ("share_level", "share_persistence", "share_innovation", "share_step", "share_claimed")


def origin_subjects(knowledge: Knowledge) -> tuple[Subject, ...]:
    """Return claim and kind given facts, and the shares without facts: one compilation."""
    rng = np.random.default_rng(COVARIATES)
    operation = rng.choice([-0.5, 0.0, 0.5], p=[0.5, 0.1, 0.4], size=(ROWS + HELD_OUT, len(OPERATIONS)))
    issue = np.eye(2)[rng.integers(2, size=len(operation))]
    design = np.concatenate([operation, issue], 1)
    year = rng.integers(YEARS, size=len(operation))
    when = np.eye(YEARS)[year]
    copies = 2 * len(KINDS)
    claim, kind = np.divmod(np.arange(copies), len(KINDS))
    rows = Rows(
        levels=LEVELS,
        design=np.repeat(design[:ROWS], copies, 0),
        operation=np.repeat(operation[:ROWS], copies, 0),
        claim=np.tile(claim, ROWS).astype(np.intp),
        kind=np.tile(kind, ROWS).astype(np.intp),
        year=np.repeat(FIRST + year[:ROWS], copies).astype(np.intp),
    )
    compiled = compile_model(origin_model(rows, knowledge))
    held = slice(ROWS, None)

    def chosen(claims: Index, kinds: Index) -> Array:
        weight = np.zeros((ROWS, copies))
        weight[np.arange(ROWS), claims * len(KINDS) + kinds] = 1
        return weight.ravel()

    def claimed(draws: Draws, at: slice, base: Array, rng: np.random.Generator) -> Index:
        odds = design[at] @ draws["claim_effect"] + when[at] @ draws["claim_path"] + base
        return np.asarray(rng.random(odds.shape) < 1 / (1 + np.exp(-odds)), dtype=np.intp)

    def moved(draws: Draws, at: slice, claims: Index) -> Array:
        c = (claims - 0.5)[:, None]  # (row, 1, draw)
        meaning = np.tensordot(operation[at], draws["kind_claimed_operation"], 1)
        facts = np.tensordot(design[at], draws["kind_effect"], 1) + np.tensordot(when[at], draws["kind_path"], 1)
        return np.asarray(facts + 2 * c * meaning + c * draws["kind_claim"])

    def kinds_of(score: Array, rng: np.random.Generator) -> Index:
        return one_of(softmax(np.einsum("kc,ncs->nks", CONTRAST, score), 1), rng)

    def simulate(draws: Draws, rng: np.random.Generator) -> Simulated:
        train = slice(ROWS)
        average = (design[train] @ draws["claim_effect"] + when[train] @ draws["claim_path"]).mean(0)
        claims = claimed(draws, train, draws["claim_level"] - average, rng)
        score = moved(draws, train, claims)
        base = draws["kind_level"] - score.mean(0)
        kinds = kinds_of(score + base, rng)
        more = {"claim_base": draws["claim_level"] - average, "kind_base": base}
        return {"weight": chosen(claims[:, 0], kinds[:, 0])}, more

    def predict(draws: Draws, rng: np.random.Generator) -> Array:
        claims = claimed(draws, held, draws["claim_base"], rng)
        kinds = kinds_of(moved(draws, held, claims) + draws["kind_base"], rng)
        return np.concatenate([claims, kinds]).astype(np.float64)

    def share_base(draws: Draws) -> Array:
        # the model averages over the rows of each year, whatever their kind
        average = np.tensordot(when[:ROWS].mean(0), draws["share_path"], 1)
        return np.asarray(draws["share_level"] - average)

    def simulate_shares(draws: Draws, rng: np.random.Generator) -> Simulated:
        base = share_base(draws)
        kinds = kinds_of(np.tensordot(when[:ROWS], draws["share_path"], 1) + base, rng)[:, 0]
        claims = (rng.random(ROWS) < draws["share_claimed"][kinds, 0]).astype(np.intp)
        return {"weight": chosen(claims, kinds)}, {"share_base": base}

    def predict_shares(draws: Draws, rng: np.random.Generator) -> Array:
        kinds = kinds_of(draws["share_path"] + draws["share_base"], rng)
        claims = rng.random(draws["share_claimed"].shape) < draws["share_claimed"]
        return np.concatenate([kinds, claims]).astype(np.float64)

    def subject(
        ingredient: str,
        ranked: tuple[str, ...],
        simulate: Callable[[Draws, np.random.Generator], Simulated],
        predict: Callable[[Draws, np.random.Generator], Array],
        predicted: tuple[str, ...],
    ) -> Subject:
        exceed = tuple(name for name in ranked if name.endswith(("_persistence", "_innovation", "_scale")))
        shared: dict[str, Any] = {"part": "origin", "compiled": compiled, "exceed": exceed}
        return Subject(
            ingredient=ingredient, ranked=ranked, simulate=simulate, predict=predict, predicted=predicted, **shared
        )

    told = [f"{what} of held-out row {row + 1}" for what in ("claim", "kind") for row in range(HELD_OUT)]
    of_year = [f"kind of a new incident in {FIRST + index}" for index in range(YEARS)]
    return (
        subject("claim and kind given facts", (*CLAIM, *KIND), simulate, predict, tuple(told)),
        subject(
            "shares without facts", SHARE, simulate_shares, predict_shares,
            (*of_year, *(f"claim of a new {kind}" for kind in KINDS)),
        ),
    )  # fmt: skip
