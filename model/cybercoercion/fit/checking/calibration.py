"""Simulation-based calibration of every part of the fit: are posterior draws what they claim to be.

``python -m cybercoercion.fit.checking.calibration --simulations 200`` takes parameters from the prior, simulates data,
fits them, and ranks each parameter and each held-out label among the draws: ranks must be uniform.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from cybercoercion.fit.checking.calibrated import FAIL, Calibration, Quantity, code_of, stored, written
from cybercoercion.fit.checking.ranks import p_values, ranks, spread_out
from cybercoercion.fit.checking.simulated import MAKERS, subjects_of
from cybercoercion.fit.checking.subject import Draws, Subject
from cybercoercion.fit.fit import stacked
from cybercoercion.fit.sampling import sample
from cybercoercion.knowledge import Knowledge, load_knowledge

Array = NDArray[np.float64]
CHAINS = 2
__all__ = ["Calibration", "Ranked", "calibrate", "calibrate_subject", "ranked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Where the truth of each quantity lies among its posterior draws: uniform if the posterior is calibrated.

    ``uniforms`` has dims ``(quantity, simulation)`` and values in (0, 1), in the order of ``names``.
    """

    names: tuple[str, ...]
    uniforms: Array
    divergences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    ranks: NDArray[np.int64]  # (quantity,)
    divergences: int


def calibrate(part: str, *, simulations: int = 200, seed: int = 1, knowledge: Knowledge | None = None) -> Calibration:
    """Return whether the posterior draws of a part are calibrated: each ingredient of its target apart.

    Raises
    ------
    KeyError
        For a part that is none.
    """
    known = load_knowledge(draws=2) if knowledge is None else knowledge
    begin = time.perf_counter()
    found: list[Quantity] = []
    divergences = 0
    for number, subject in enumerate(subjects_of(part, known)):
        quantities, diverged = calibrate_subject(subject, simulations=simulations, seed=seed + number)
        found.extend(quantities)
        divergences += diverged
    return Calibration(
        part=part,
        simulations=simulations,
        seed=seed,
        quantities=tuple(found),
        divergences=divergences,
        seconds=time.perf_counter() - begin,
        code=code_of(part),
    )


def calibrate_subject(subject: Subject, *, simulations: int, seed: int) -> tuple[tuple[Quantity, ...], int]:
    """Return how uniform the rank of each quantity is, and how many draws diverged."""
    found = ranked(subject, simulations=simulations, seed=seed)
    p = p_values(found.uniforms)
    return tuple(Quantity(name=name, p=float(one)) for name, one in zip(found.names, p, strict=True)), found.divergences


def ranked(subject: Subject, *, simulations: int, seed: int) -> Ranked:
    """Simulate, fit and rank again and again: the ranks themselves, for a look at how they are spread."""
    prior = subject.prior(simulations, seed)
    median = {name: np.median(prior[name], axis=-1, keepdims=True) for name in subject.exceed}
    rng = np.random.default_rng([seed, 1])
    runs = [
        _run(subject, {name: values[..., [s]] for name, values in prior.items()}, median, seed + s, rng)
        for s in range(simulations)
    ]
    possible = CHAINS * len(range(0, subject.draws, subject.thin))
    uniforms = spread_out(np.array([run.ranks for run in runs]).T, possible, rng)
    names = tuple(f"{subject.ingredient}: {name}" for name in _names(subject, prior))
    return Ranked(names=names, uniforms=uniforms, divergences=sum(run.divergences for run in runs))


def _run(subject: Subject, truth: Draws, median: Draws, seed: int, rng: np.random.Generator) -> _Run:
    data, more = subject.simulate(truth, rng)
    tree = sample(
        subject.compiled,
        data={**subject.fixed, **data},
        seed=seed,
        draws=subject.draws,
        tune=subject.tune,
        chains=CHAINS,
        target_accept=subject.target_accept,
    )
    posterior = stacked(tree["posterior"].to_dataset().isel(draw=slice(None, None, subject.thin)))
    reference = _ranked(subject, {**truth, **more}, median, rng)
    return _Run(
        ranks=ranks(_ranked(subject, posterior, median, rng), reference[:, 0], rng),
        divergences=int(tree["sample_stats"]["diverging"].sum()),
    )


def _ranked(subject: Subject, draws: Draws, median: Draws, rng: np.random.Generator) -> Array:
    """Return everything that is ranked, dims ``(quantity, draw)``: parameters, exceedances, what is held out."""
    plain = [_flat(draws[name]) for name in subject.ranked]
    beyond = [_flat((draws[name] > median[name]).astype(np.float64)) for name in subject.exceed]
    return np.concatenate([*plain, *beyond, subject.predict(draws, rng)])


def _names(subject: Subject, prior: Draws) -> list[str]:
    def each(name: str) -> list[str]:
        size = _flat(prior[name]).shape[0]
        return [name] if size == 1 else [f"{name} {number + 1}" for number in range(size)]

    plain = [one for name in subject.ranked for one in each(name)]
    beyond = [f"{one} above its median" for name in subject.exceed for one in each(name)]
    return [*plain, *beyond, *subject.predicted]


def _flat(values: Array) -> Array:
    return values.reshape(-1, values.shape[-1])


def main(
    simulations: Annotated[int, typer.Option(help="Simulated data sets of each part.", min=10)] = 200,
    part: Annotated[list[str] | None, typer.Option(help="Only this part; may be given again.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of all that is random.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Keep the results in this file.")] = None,
) -> None:
    """Calibrate the posteriors of all parts of the fit by simulation; exit code 3 if one fails."""
    if out is not None and not out.parent.is_dir():  # said now, not after an hour
        raise typer.BadParameter(f"got {out}; allowed: a file in an existing folder", param_hint="--out")
    failed = False
    for name in part or MAKERS:
        if name not in MAKERS:
            raise typer.BadParameter(f"got {name}; allowed: {', '.join(MAKERS)}", param_hint="--part")
        result = calibrate(name, simulations=simulations, seed=seed)
        failed |= result.adjusted < FAIL
        typer.echo(result.words())
        if out is not None:
            old = stored(out) if out.exists() else {}
            out.write_text(written({**old, name: result}), encoding="utf-8")
    raise typer.Exit(3 if failed else 0)


if __name__ == "__main__":
    typer.run(main)
