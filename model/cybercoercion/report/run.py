"""What reproduces a result: hashes of model, priors and case, seed, draws, versions."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge

LAYERS = ("vocabulary.py", "case", "knowledge", "belief", "response")  # what can change a number


@cache
def model_digest() -> str:
    """Return the hash of the source of every layer that can change a number."""
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


def case_digest(case: Case | Campaign, members: tuple[Case, ...] = ()) -> str:
    """Return the hash of what a case says, whatever comments or order of keys its file has."""
    said = [entry.model_dump(mode="json", by_alias=True) for entry in (case, *members)]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
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


def knowledge_record(knowledge: Knowledge) -> dict[str, object]:
    """Return what identifies the knowledge in a result."""
    return {"priors": knowledge.digest, "fit": None, "seed": knowledge.seed, "draws": knowledge.size}
