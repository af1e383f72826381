"""The states of the world: their names and codes, their regions, and how often two of them disputed by arms."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state: ISO 3166-1 alpha-2 code, name, region, other names, Correlates of War code where it has one.

    ``former`` holds codes of states that it carries on.
    """

    iso: str
    name: str
    region: str
    cow: int | None = None
    former: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)  # without slots: the look-up is built once and kept
class World:
    """All states by ISO code, the six regions, and disputes by pair ("IN-PK", in order of the alphabet)."""

    countries: Mapping[str, Country]
    regions: tuple[str, ...]
    pairs: Mapping[str, int]

    def country(self, name_or_code: str | int) -> Country | None:
        """Return the state of a name, an ISO code or a Correlates of War code; None when no state is so called."""
        return self._lookup.get(_key(str(name_or_code)))

    def named(self, name_or_code: str | int) -> Country:
        """Return the state of a name or code.

        Raises
        ------
        KeyError
            when no state is so called.

        """
        return self._lookup[_key(str(name_or_code))]

    def region(self, iso: str) -> str:
        """Return the region of a state.

        Raises
        ------
        KeyError
            when no state has this code.

        """
        return self.countries[iso].region

    def disputes(self, iso_a: str, iso_b: str) -> int:
        """Return how many militarised disputes between two states began in 1985-2001, whoever began them."""
        return self.pairs.get(pair(iso_a, iso_b), 0)

    def rivals(self, iso: str) -> Mapping[str, int]:
        """Return the states that a state had such disputes with, and how many."""
        return self._rivals.get(iso, MappingProxyType({}))

    @cached_property
    def _lookup(self) -> Mapping[str, Country]:
        out: dict[str, Country] = {}
        for state in self.countries.values():
            for name in (state.name, *state.names, state.cow, *state.former):
                if name is not None:
                    out[_key(str(name))] = state
        for state in self.countries.values():
            out.setdefault(_key(state.iso), state)  # a name goes before a code of two letters
        return out

    @cached_property
    def _rivals(self) -> Mapping[str, Mapping[str, int]]:
        out: dict[str, dict[str, int]] = {}
        for key, count in self.pairs.items():
            a, b = key.split("-")
            out.setdefault(a, {})[b] = count
            out.setdefault(b, {})[a] = count
        return out


@cache
def world() -> World:
    """Return the shipped states, regions and disputes."""
    states = _read("countries.toml")
    return World(
        countries=MappingProxyType(
            {
                iso: Country(
                    iso=iso,
                    name=entry["name"],
                    region=entry["region"],
                    cow=entry.get("cow"),
                    former=tuple(entry.get("former", ())),
                    names=tuple(entry.get("names", ())),
                )
                for iso, entry in states["countries"].items()
            }
        ),
        regions=tuple(states["about"]["regions"]),
        pairs=MappingProxyType(_read("rivalry.toml")["disputes"]),
    )


def country(name_or_code: str | int) -> Country | None:
    """Return the state of a name, an ISO code or a Correlates of War code; None when no state is so called.

    >>> country("N Korea").iso, country(365).name, country("Iran, Islamic Republic of").iso, country("Atlantis")
    ('KP', 'Russia', 'IR', None)
    """
    return world().country(name_or_code)


def region(iso: str) -> str:
    """Return the region of a state.

    Raises
    ------
    KeyError
        when no state has this code.

    >>> region("UA")
    'Europe'
    """
    return world().region(iso)


def disputes(iso_a: str, iso_b: str) -> int:
    """Return how many militarised disputes between two states began in 1985-2001, whoever began them.

    >>> disputes("IN", "PK") == disputes("PK", "IN") > disputes("IN", "FR")
    True
    """
    return world().disputes(iso_a, iso_b)


def pair(iso_a: str, iso_b: str) -> str:
    """Return the key of two states.

    >>> pair("PK", "IN")
    'IN-PK'
    """
    return "-".join(sorted((iso_a, iso_b)))


def _key(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("cybercoercion.priors").joinpath("world", name).read_text(encoding="utf-8"))
