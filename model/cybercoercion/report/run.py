"""What reproduces a result: hashes of model, priors and case, seed, draws, versions."""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from cybercoercion.belief import Belief
from cybercoercion.knowledge import Knowledge

# what can change a result; the rest of a fit is known by its own hash
LAYERS = (
    "vocabulary.py",
    "case",
    "knowledge",
    "belief",
    "response",
    "fit/replaced.py",
    "assessment.py",
    "sensitivity",
    "report",
)


@cache
def model_digest() -> str:
    """Return the hash of the source of every layer that can change a result."""
    digest = hashlib.sha256()
    root = files("cybercoercion")
    for layer in LAYERS:
        for item in _sources(root.joinpath(layer)):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


def _sources(item: Traversable) -> list[Traversable]:
    if item.is_file():
        return [item]
    found = sorted(item.iterdir(), key=lambda child: child.name)
    return [source for child in found if child.name.endswith(".py") for source in _sources(child)]


def input_digest(inputs: object) -> str:
    """Return the hash of what a case says, whatever comments or order of keys its file has."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions that numbers can depend on."""
    return {
        "cybercoercion": version("cybercoercion"),
        "python": platform.python_version(),
        "numpy": version("numpy"),
    }


def short(digest: str) -> str:
    """Return the first eight digits of a hash, enough to tell two results apart by eye."""
    return digest[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The identity of a result."""

    model: str
    priors: str
    fit: str | None
    case: str
    seed: int
    draws: int
    versions: tuple[tuple[str, str], ...]
    ess: float
    pareto_k: float | None

    def identity(self) -> str:
        """Return the identity in one line."""
        return (
            f"Run: model {short(self.model)}, priors {short(self.priors)}, "
            f"{f'fit {short(self.fit)}, ' if self.fit else ''}case {short(self.case)}, seed {self.seed}, "
            f"{self.draws:,} draws, {self.ess:,.0f} of them effective."
        )

    def line(self) -> str:
        """Return the identity of an assessment in one line, with how to compute it again."""
        return f"{self.identity()} Recompute with: cybercoercion verify RESULT.json"

    def record(self) -> dict[str, object]:
        """Return the identity for JSON."""
        return {**asdict(self), "versions": dict(self.versions)}


def run_of(belief: Belief, knowledge: Knowledge, inputs: Mapping[str, object]) -> Run:
    """Return the identity of what was computed from these inputs; a fit is known by its hash, wherever it lies."""
    k = belief.pareto_k
    return Run(
        model=model_digest(),
        priors=knowledge.digest,
        fit=knowledge.fitted.digest if knowledge.fitted is not None else None,
        case=input_digest({name: value for name, value in inputs.items() if name != "fit"}),
        seed=knowledge.seed,
        draws=knowledge.size,
        versions=tuple(versions().items()),
        ess=belief.ess,
        pareto_k=k if math.isfinite(k) else None,
    )
