"""The verb ``fit``: training rows in, a fit out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from platform import python_version

import numpy as np
import xarray as xr

from cybercoercion.fit.fit import Fit, Record, Source, content_digest
from cybercoercion.fit.outcome.counting import count_outcomes
from cybercoercion.fit.refit import REFITS, Refit, refit_outcome
from cybercoercion.fit.replaced import entries_of
from cybercoercion.fit.sampling import CHAINS, DRAWS, TUNE, map_point
from cybercoercion.fit.scoring.baseline import Baseline
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.signature import entry_digests, signature
from cybercoercion.fit.training import Training, TrainingEpisode
from cybercoercion.knowledge import Knowledge

KEPT = 2_000  # draws that a file keeps of each part
BITS_DROPPED = 11
SOURCE_OF = {
    "objective": "dcid",
    "objective_early": "dcid",
    "actor": "dcid",
    "episode": "episodes",
    "origin": "eurepoc",
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a fit learns from; what is left out stays with the priors, or with the fit that is built upon."""

    episodes: Training | None = None
    dcid: Training | None = None
    dcid_campaigns: Training | None = None
    eurepoc: Training | None = None
    mid: Training | None = None
    ties: Training | None = None

    def given(self) -> tuple[Training, ...]:
        """Return the sources that were given."""
        each = (self.episodes, self.dcid, self.dcid_campaigns, self.eurepoc, self.mid, self.ties)
        return tuple(one for one in each if one is not None)

    def rows(self, source: str) -> tuple[TrainingEpisode, ...]:
        """Return the rows of a source by its name, none if it was not given."""
        training: Training | None = getattr(self, source)
        return training.episodes if training is not None else ()


def fit(
    inputs: Inputs,
    knowledge: Knowledge,
    *,
    base: Fit | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    tune: int = TUNE,
    method: str = "nuts",
    say: Say = lambda _: None,
) -> Fit:
    """Learn every part that has rows, each apart for they share no parameter, and keep the simple classifiers too.

    Parts without rows are taken over from ``base`` if one is given. Outcomes are learnt from the counts that ship,
    replaced by counts of the files that are given. ``method`` "map" finds the mode of each part: for a quick look, it
    knows no uncertainty.
    """
    parts: dict[str, xr.Dataset] = {}
    health: dict[str, xr.Dataset] = {}
    for part, make in REFITS.items():
        rows = [row for row in inputs.rows(SOURCE_OF[part]) if _teaches(row, part)]
        if rows:
            say(f"{part}: {len(rows)} rows, compiling")
            parts[part], health[part] = _learnt(make(rows, knowledge), seed, draws, tune, method)
            say(f"{part}: {_healthy(health[part])}")
    say("outcome: counts, compiling")
    counts = count_outcomes(sanctions=inputs.ties, disputes=inputs.mid, cyber=inputs.dcid, seed=seed)
    parts["outcome"], health["outcome"] = _learnt(refit_outcome(counts), seed, draws, tune, method)
    say(f"outcome: {_healthy(health['outcome'])}")
    baselines = _simple(inputs)
    taken: dict[str, str] = {}
    if base is not None:
        for part in base.parts.keys() - parts.keys():
            parts[part], health[part], taken[part] = base.parts[part], base.health[part], base.digest
        baselines = {**base.baselines, **baselines}
    return _recorded(parts, health, baselines, inputs, knowledge, base, taken, (seed, draws, tune, method))


def _simple(inputs: Inputs) -> dict[str, Mapping[str, Baseline]]:
    """Return the simple classifiers of every question that the rows answer in more than one way."""
    out: dict[str, Mapping[str, Baseline]] = {}
    for task in TASKS.values():
        features, truth = task.training([row for row in inputs.rows(task.source) if task.known(row)])
        if len(set(truth)) > 1:
            out[task.id] = {name: learn(features, truth) for name, learn in task.baselines.items()}
    return out


def _teaches(row: TrainingEpisode, part: str) -> bool:
    if part == "episode":
        return row.case is not None and "intent" in row.labels
    return part != "actor" or "victim" in row.about


def _learnt(refit: Refit, seed: int, draws: int, tune: int, method: str) -> tuple[xr.Dataset, xr.Dataset]:
    from cybercoercion.fit.checking.sampler import health_of

    if method == "map":
        tree = map_point(refit.model, seed=seed)
        return refit.keep(tree, np.ones(refit.rows)), xr.Dataset(attrs={"method": "map"})
    tree = refit.tree(seed=seed, draws=draws, tune=tune)
    kept = refit.keep(tree, np.ones(refit.rows))
    step = max(1, draws * CHAINS // KEPT)
    health = health_of(tree, compile_seconds=refit.compiled.seconds)
    return rounded(kept.isel(draw=slice(None, None, step))), health


def rounded(draws: xr.Dataset) -> xr.Dataset:
    """Return draws in single precision with the last bits cleared, so that a file of them packs to half.

    Twelve of 23 bits stay: an error of one in eight thousand, far below what two thousand draws can tell.
    """
    half, mask = np.uint32(1 << (BITS_DROPPED - 1)), np.uint32(0xFFFFFFFF << BITS_DROPPED & 0xFFFFFFFF)

    def cleared(values: xr.DataArray) -> xr.DataArray:
        bits = np.ascontiguousarray(values.to_numpy().astype(np.float32)).view(np.uint32)
        return values.copy(data=((bits + half) & mask).view(np.float32))

    return draws.map(lambda values: cleared(values) if "draw" in values.dims else values.astype(np.float32))


def _healthy(health: xr.Dataset) -> str:
    if health.attrs.get("method") == "map":
        return "mode found"
    attrs = health.attrs
    return (
        f"compiled in {attrs['compile_seconds']:.0f} s, drawn in {attrs['seconds']:.1f} s, {attrs['divergences']} "
        f"divergences, R-hat at most {attrs['rhat']:.4f}, at least {attrs['ess']:.0f} effective draws"
    )


def _recorded(
    parts: Mapping[str, xr.Dataset],
    health: Mapping[str, xr.Dataset],
    baselines: Mapping[str, Mapping[str, Baseline]],
    inputs: Inputs,
    knowledge: Knowledge,
    base: Fit | None,
    taken: Mapping[str, str],
    settings: tuple[int, int, int, str],
) -> Fit:
    seed, draws, tune, method = settings
    sources = [
        Source(
            source=t.source,
            file=t.file.rpartition("/")[2],
            digest=t.digest,
            rows=len(t.episodes),
            refused=len(t.refused),
        )
        for t in inputs.given()
    ]
    seen = {row.fingerprint for one in inputs.given() for row in one.episodes}
    episodes = tuple(row.id for row in inputs.rows("episodes"))
    if base is not None:
        told = {one.source for one in sources}
        sources += [one for one in base.record.sources if one.source not in told]
        seen |= base.seen
        episodes = episodes or base.record.episodes
    record = Record(
        signature=signature(tuple(parts), knowledge),
        priors=knowledge.digest,
        entries=entry_digests(entries_of(parts, knowledge), knowledge),
        seed=seed,
        draws=draws,
        tune=tune,
        chains=CHAINS,
        method=method,
        versions={
            "python": python_version(),
            **{name: version(name) for name in ("numpy", "pymc", "pytensor", "nutpie")},
        },
        sources=tuple(sources),
        episodes=episodes,
        taken_over=dict(taken),
    )
    made = Fit(record=record, parts=parts, health=health, baselines=baselines, seen=frozenset(seen))
    return replace(made, digest=content_digest(made))
