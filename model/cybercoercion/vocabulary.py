"""The words that case files, tables and answers share: states of the hidden nodes, and the facts.

The lowest layer: it knows no case and no number. The facts come from the data dictionary ``facts.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

INTENTS = (
    "compellence",
    "deterrence",
    "destabilisation",
    "retaliation",
    "espionage",
    "crime",
    "testing",
    "activism",
    "sabotage",
)
COERCION = ("compellence", "deterrence")
KINDS = ("state", "state-linked", "criminal", "activist", "individual", "unknown")
SIGNALLING = ("overt", "deniable", "covert")
OBJECTIVES = ("disruption", "short-term collection", "long-term collection", "degradation", "gain")
STANDING = ("none", "open", "standing")  # no demand of the list; one; one that is long-standing or declared
FRAMES = ("any-intrusion", "politically-relevant", "disruptive-in-dispute", "threat-received")
RESPONSES = ("punishment", "denial", "entanglement", "norms")
VIEWS = ("target", "nation", "long")
TARGET_KINDS = ("state", "firm", "institution", "organisation", "person", "operator", "agency")
CAPABILITIES = ("none", "emerging", "demonstrated", "advanced")
RELATIONSHIPS = ("none", "rivalry", "dispute", "crisis", "armed-conflict")
ALTERNATIVES = ("open", "costly", "closed")
POLARITIES = ("do", "stop", "refrain")
HOLDINGS = ("declared", "held", "plausible")
EVIDENCE_KINDS = ("likelihood", "new-belief", "pinned")
CHECKLIST = ("motive", "opportunity", "means", "past_practice", "source_control")
OTHER = "other"  # the actor that is not on the list
NONE = "none"  # no demand of the list; nobody framed
BELIEFS = ("intent", "actor", "demand")  # what a new or pinned belief may speak of, beside facts

Group = Literal["episode", "technical", "actor", "demand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that can be reported: its states, or, when it points, the candidates of the case."""

    name: str
    group: Group
    question: str
    states: tuple[str, ...] = ()
    about: bool = False
    deceivable: bool = False
    early: bool = False  # technical facts that can be seen at once

    def labels(self, actors: tuple[str, ...], demands: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a finding of this fact may say in a case with these candidates.

        >>> facts()["claim"].labels((), ())
        ('own-name', 'persona', 'none')
        >>> facts()["language"].labels(("north-korea",), ())
        ('north-korea', 'other', 'none')
        >>> facts()["timing"].labels((), ("withhold-film",))
        ('withhold-film', 'none')
        """
        if self.group == "actor":
            return (*actors, OTHER, NONE)
        if self.group == "demand":
            return (*demands, NONE)
        return self.states


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a case file as a person would say it, and what it says."""

    name: str
    meaning: str


@cache
def facts() -> Mapping[str, Fact]:
    """Return the facts by name, in the order of the data dictionary."""
    return MappingProxyType(
        {
            name: Fact(
                name=name,
                group=entry["group"],
                question=entry["question"],
                states=tuple(entry.get("states", ())),
                about=entry.get("about", False),
                deceivable=entry.get("deceivable", False),
                early=entry.get("early", False),
            )
            for name, entry in _dictionary()["facts"].items()
        }
    )


@cache
def words(field: str) -> Mapping[str, Word]:
    """Return what the words of a field mean, such as ``frame`` or ``relationship``, in the order of the dictionary.

    >>> words("polarity")["stop"].name
    'Stop something'
    """
    entries = _dictionary()["words"][field]
    return MappingProxyType({word: Word(name=name, meaning=meaning) for word, (name, meaning) in entries.items()})


@cache
def _dictionary() -> dict[str, Any]:
    text = files("cybercoercion.priors").joinpath("facts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
