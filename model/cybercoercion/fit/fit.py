"""A fit: posterior draws of the parts that were learnt, how healthy they are, what they were learnt from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.fit.scoring.baseline import Baseline
from cybercoercion.fit.training import Training
from cybercoercion.knowledge import Knowledge, load_knowledge

if TYPE_CHECKING:
    from cybercoercion.fit.checking.finding import Checks
    from cybercoercion.fit.scoring.score import ScoreReport

Array = NDArray[np.float64]
PARTS = ("objective", "objective_early", "actor", "episode", "origin", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that a fit learnt from: how many rows were used, how many kept out, and its hash."""

    source: str
    file: str
    digest: str
    rows: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What reproduces a fit: hashes of model and priors, seed, draws, versions, sources.

    ``signature`` names all that gives the draws their meaning, item by item, so that a changed model can be told from
    the one that was fitted, by name.
    """

    signature: Mapping[str, str]
    priors: str
    entries: Mapping[str, str]  # hash of each table and quantity that the draws replace
    seed: int
    draws: int
    tune: int
    chains: int
    method: str  # "nuts" or "map"
    versions: Mapping[str, str]
    sources: tuple[Source, ...]
    episodes: tuple[str, ...]  # ids of the coded episodes that taught
    taken_over: Mapping[str, str] = field(default_factory=dict)  # part -> digest of the fit that it comes from

    @property
    def model(self) -> str:
        """Return the hash of the model that was fitted."""
        return hashlib.sha256(json.dumps(dict(sorted(self.signature.items()))).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The draws of each part, dims ``(chain, draw, ...)``, with diagnostics in ``health``, by parameter.

    ``health`` has one data set per part: ``rhat`` and ``ess`` per named parameter, and attributes ``divergences`` and
    ``seconds``; all of them of the full run, before draws were thinned for keeping.
    """

    record: Record
    parts: Mapping[str, xr.Dataset]
    health: Mapping[str, xr.Dataset]
    baselines: Mapping[str, Mapping[str, Baseline]]
    seen: frozenset[str]  # fingerprints of the rows that taught
    digest: str = ""

    def draws(self, part: str) -> dict[str, Array]:
        """Return the draws of a part by parameter, chains joined, dims ``(..., draw)``."""
        return stacked(self.parts[part])

    def has(self, part: str) -> bool:
        """Return whether a part was learnt."""
        return part in self.parts

    def check(self, knowledge: Knowledge | None = None, **options: Any) -> Checks:
        """Say whether the fit is to be relied on: pass, warn or fail, in words; options as of ``check``."""
        from cybercoercion.fit.checking.check import check

        return check(self, knowledge or load_knowledge(), **options)

    def score(self, tests: Sequence[Training], knowledge: Knowledge | None = None, **options: Any) -> ScoreReport:
        """Score the fit on rows, beside the simple classifiers that it keeps; options as of ``score``."""
        from cybercoercion.fit.scoring.score import score

        return score(self, knowledge or load_knowledge(), tests, **options)


def stacked(posterior: xr.Dataset) -> dict[str, Array]:
    """Return the draws of each parameter with chains joined, dims ``(..., draw)``: the draw axis comes last."""
    out = {}
    for name, values in posterior.data_vars.items():
        if "draw" not in values.dims:
            continue  # a count that goes with the draws
        rest = [dim for dim in values.dims if dim not in ("chain", "draw")]
        array = values.transpose(*rest, "chain", "draw").to_numpy()
        out[str(name)] = array.reshape(*array.shape[: len(rest)], -1).astype(float)
    return out


def content_digest(fit: Fit) -> str:
    """Return the hash of what a fit says, whatever file it stands in; seconds and dates are no content."""
    digest = hashlib.sha256()
    record = {
        "signature": dict(sorted(fit.record.signature.items())),
        "entries": dict(sorted(fit.record.entries.items())),
        "sources": [[one.source, one.digest, one.rows] for one in fit.record.sources],
        "seed": fit.record.seed,
        "method": fit.record.method,
    }
    digest.update(json.dumps(record).encode())
    for part in sorted(fit.parts):
        for name in sorted(map(str, fit.parts[part].data_vars)):
            digest.update(f"{part}.{name}".encode())
            digest.update(np.ascontiguousarray(fit.parts[part][name].to_numpy().astype(np.float32)).tobytes())
    return digest.hexdigest()
