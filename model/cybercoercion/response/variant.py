"""The ways to carry out each of the four responses, and the three views of who pays and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STATES = ("state", "state-linked")

Aim = Literal["nobody", "states", "non-states", "anybody"]
Window = Literal["", "punishment", "leverage", "building", "norms", "deal", "multilateral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to carry out a response.

    ``aim`` says against whom it can be turned; what is aimed at anybody has little effect beyond states. ``window``
    names when its effect begins and how it wears off, ``factor`` the row of the intent factors that scales it. With
    ``follows_guilt`` it cuts only the acts of the actor that it is aimed at; without, it works on that actor's future
    acts whoever did this one, and half as well if another did.
    """

    name: str
    response: str
    entry: str  # its name in the tables
    aim: Aim = "nobody"
    window: Window = ""
    factor: str = ""
    follows_guilt: bool = True


def _variant(name: str, response: str, aim: Aim, window: Window, factor: str, *, follows_guilt: bool = True) -> Variant:
    entry = name.replace("-", "_")
    return Variant(
        name=name, response=response, entry=entry, aim=aim, window=window, factor=factor, follows_guilt=follows_guilt
    )


VARIANTS = (
    _variant("statement", "punishment", "states", "punishment", "punishment"),
    _variant("law-enforcement", "punishment", "non-states", "punishment", "law_enforcement"),
    _variant("sanctions", "punishment", "states", "punishment", "punishment"),
    _variant("counter-operation", "punishment", "states", "punishment", "punishment"),
    _variant("broad-sanctions", "punishment", "states", "punishment", "punishment"),
    Variant(name="urgent", response="denial", entry="urgent"),
    Variant(name="operator", response="denial", entry="operator"),
    Variant(name="national", response="denial", entry="national"),
    _variant("leverage", "entanglement", "anybody", "leverage", "entanglement"),
    _variant("building", "entanglement", "anybody", "building", "entanglement", follows_guilt=False),
    _variant("naming", "norms", "anybody", "norms", "norms"),
    _variant("bilateral", "norms", "anybody", "deal", "norms", follows_guilt=False),
    _variant("multilateral", "norms", "anybody", "multilateral", "norms", follows_guilt=False),
)
BY_NAME = {variant.name: variant for variant in VARIANTS}
RESILIENCE = tuple(variant.name for variant in VARIANTS if variant.response == "denial")


def against(variant: Variant, kinds: dict[str, str]) -> tuple[str, ...]:
    """Return the candidates a variant can be aimed at, given the kind of each; never the unlisted one.

    >>> against(BY_NAME["sanctions"], {"north-korea": "state", "gang": "criminal"})
    ('north-korea',)
    >>> against(BY_NAME["naming"], {"north-korea": "state", "gang": "criminal"})
    ('north-korea', 'gang')
    """
    states = tuple(name for name, kind in kinds.items() if kind in STATES)
    if variant.aim == "nobody":
        return ()
    if variant.aim == "states":
        return states
    if variant.aim == "non-states":
        return tuple(name for name in kinds if name not in states)
    return tuple(kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Who pays and suffers, whose attacks count, for how long.

    ``nation``: all residents and the treasury, and the actor's other targets in the country; otherwise only what
    falls on the target. ``others``: attacks by other states as well, for the precedent set.
    """

    name: str
    months: int
    nation: bool
    others: bool

    @property
    def long(self) -> bool:
        """Whether the horizon is the longer one."""
        return self.months > 24


def views(target_kind: str) -> dict[str, View]:
    """Return the three views; on a state target everything national falls as well."""
    return {
        "target": View(name="target", months=24, nation=target_kind == "state", others=False),
        "nation": View(name="nation", months=24, nation=True, others=False),
        "long": View(name="long", months=60, nation=True, others=True),
    }
