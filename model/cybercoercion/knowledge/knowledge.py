"""The knowledge: every number of the model, checked, hashed, and drawn once with a seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge.bytes_held import bytes_held
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.knowledge.entry import Quantity, Table, flatten
from cybercoercion.knowledge.fitted import EARLY, Fitted, paired
from cybercoercion.knowledge.reading import Contents, read_priors

Array = NDArray[np.float64]
DRAWS = 2_000
SEED = 1
_TIDYING = Lock()
RECENT = 4  # cases whose derived arrays are kept, some ten megabytes each ...
ROOM = (
    500_000_000  # ... but with many candidates and draws a gigabyte: bytes for one kind, when made, beside the latest
)


def stream_key(name: str) -> int:
    """Return the key of a random stream: a function of its name only.

    So an entry keeps its draws when others are added, dropped or changed.
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Tables and quantities by name, their hash, and their draws.

    Draws are taken per entry, at first use, from a stream that depends on seed and name only; all
    results of one knowledge therefore use common random numbers.
    """

    quantities: Mapping[str, Quantity]
    tables: Mapping[str, Table]
    settings: Mapping[str, tuple[str, ...]]
    digest: str
    overlays: tuple[str, ...]
    seed: int
    size: int
    fixed: bool = False
    fitted: Fitted | None = None
    _memory: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def at_values(self) -> Knowledge:
        """Return the same knowledge at fixed parameters: one draw, every number at its headline value.

        What a fit learnt stands at the mean of its draws.
        """
        fitted = self.fitted.at_means() if self.fitted is not None else None
        return replace(self, size=1, fixed=True, fitted=fitted, _memory={})

    def held(self, values: Mapping[str, float]) -> Knowledge:
        """Return the same knowledge with some quantities at a point; all others keep their draws.

        Raises
        ------
        KeyError
            When there is no quantity of that name.

        >>> known = load_knowledge(draws=10)
        >>> other = known.held({"discount": 0.9})
        >>> other.mean("discount"), bool((other.quantity("avoidable") == known.quantity("avoidable")).all())
        (0.9, True)
        """
        point = {
            name: replace(self.quantities[name], value=value, distribution=Distribution(family="point", a=value))
            for name, value in values.items()
        }
        return self.changed(point, over_fit=True)

    def changed(
        self,
        quantities: Mapping[str, Quantity] = MappingProxyType({}),
        tables: Mapping[str, Table] = MappingProxyType({}),
        *,
        over_fit: bool = False,
    ) -> Knowledge:
        """Return the same knowledge with other entries of these names; all others keep their draws.

        What a fit learnt of them stays, unless it is to be passed ``over`` too.

        Raises
        ------
        KeyError
            When there is no entry of such a name.
        """
        if unknown := [*(quantities.keys() - self.quantities.keys()), *(tables.keys() - self.tables.keys())]:
            raise KeyError(*unknown)
        told = "".join(f"{name}={entry.value!r},{entry.distribution!r};" for name, entry in sorted(quantities.items()))
        told += "".join(
            f"{name}={entry.value.tolist()!r},{entry.sd!r},{entry.strength!r};"
            for name, entry in sorted(tables.items())
        )
        kept: dict[object, object] = {
            key: value
            for key, value in self._memory.items()
            if isinstance(key, tuple)
            and (
                (key[0] in ("quantity", "amount") and key[1] not in quantities)
                or (key[0] == "table" and self._stands(key[1].removeprefix(EARLY), quantities, tables))
                or key[0] in ("normal", "uniform", "pairing")
            )
        }
        return replace(
            self,
            quantities=MappingProxyType({**self.quantities, **quantities}),
            tables=MappingProxyType({**self.tables, **tables}),
            fitted=self.fitted.without((*quantities, *tables)) if self.fitted is not None and over_fit else self.fitted,
            digest=hashlib.sha256((self.digest + told).encode()).hexdigest(),
            _memory=kept,
        )

    def _stands(self, table: str, quantities: Mapping[str, Quantity], tables: Mapping[str, Table]) -> bool:
        """Say whether a drawn table is untouched by other entries: neither itself nor its exponent is among them."""
        return table not in tables and self.tables[table].exponent not in quantities

    def afresh(self) -> Knowledge:
        """Return the same knowledge with its draws of quantities, and no table asked for yet."""
        kinds = ("quantity", "amount", "normal", "uniform", "pairing")
        return replace(self, _memory=self._remembered(kinds))

    @property
    def asked_tables(self) -> tuple[str, ...]:
        """The tables asked for so far, in that order; those of early cases bear a name of their own."""
        return tuple(key[1] for key in self._memory if isinstance(key, tuple) and key[0] == "table")

    def at_rows(self, tables: Mapping[str, Array]) -> Knowledge:
        """Return the same knowledge with some tables at given draws, dims ``(*given, state, draw)``.

        All else that was asked for so far stays as it was, also what was derived from these tables, such as how often
        words come up at all.

        >>> known = load_knowledge(draws=10)
        >>> other = known.at_rows({"leak": known.table("leak")[:, ::-1]})
        >>> bool((other.table("leak")[:, 0] == known.table("leak")[:, 1]).all())
        True
        """
        kinds = ("quantity", "amount", "normal", "uniform", "pairing", "table", "background", "quality")
        moved: dict[object, object] = {("table", name): rows for name, rows in tables.items()}
        return replace(self, _memory=self._remembered(kinds) | moved)

    def _remembered(self, kinds: tuple[str, ...]) -> dict[object, object]:
        return {key: value for key, value in self._memory.copy().items() if isinstance(key, tuple) and key[0] in kinds}

    def version(self, name: str, *, early: bool = False) -> str:
        """Return which version of a table is used: with a fit, early cases have one of their own."""
        learnt = self.fitted is not None and EARLY + name in self.fitted.tables
        return EARLY + name if early and learnt and self.tables[name].exponent is not None else name

    def normal(self, stream: str) -> Array:
        """Return the standard normal stream of this name, dims ``(draw,)``."""
        key = ("normal", stream)
        return self.remember(key, lambda: self._generator(stream).standard_normal(self.size))

    def quantity(self, name: str) -> Array:
        """Return the draws of a quantity, dims ``(draw,)``, in its own unit."""
        if self.fitted is not None and name in self.fitted.quantities:
            return self.remember(("quantity", name), lambda: self._learnt(name))
        entry = self.quantities[name]
        return self.remember(("quantity", name), lambda: self.draws_of(entry.distribution, entry.stream, entry.value))

    def draws_of(self, distribution: Distribution, stream: str, value: float) -> Array:
        """Return draws of any distribution on a named stream, dims ``(draw,)``; at fixed parameters its value."""
        if self.fixed:
            return np.array([value])
        if distribution.family in ("uniform", "beta"):
            return distribution.draw(self._generator(stream), self.size)
        return distribution.transform(self.normal(stream))

    def mean(self, name: str) -> float:
        """Return the exact mean of a quantity, in its own unit; of a fitted one, the mean of all draws of the fit."""
        if self.fitted is not None and name in self.fitted.quantities:
            return float(self.fitted.quantities[name].mean())
        entry = self.quantities[name]
        return entry.value if self.fixed else entry.distribution.mean

    def table(self, name: str, *, early: bool = False) -> Array:
        """Return the draws of a table, flattened by its exponent, dims ``(*given, state, draw)``.

        ``early`` asks for what a fit says of cases of which no more is known than can be seen at once; facts hang
        together, so fewer of them weigh more each. Without such a fit the table is the same.
        """
        entry = self.tables[name]
        rows = self.version(name, early=early)
        if rows != name:
            return self.remember(("table", rows), lambda: self._replaced(entry, rows, self._power(entry)))
        return self.remember(("table", name), lambda: self._drawn(entry))

    def _power(self, entry: Table) -> Array:
        """Return the exponent of a table of early cases: the fit's, unless another value was put in its place."""
        assert self.fitted is not None
        assert entry.exponent is not None
        learnt = EARLY + entry.exponent
        return self._learnt(learnt) if learnt in self.fitted.quantities else self.quantity(entry.exponent)

    def _learnt(self, name: str) -> Array:
        """Return the draws of a fitted entry; at fixed parameters their mean."""
        assert self.fitted is not None
        values = self.fitted.tables[name] if name in self.fitted.tables else self.fitted.quantities[name]
        if self.fixed:
            return np.asarray(values.mean(-1, keepdims=True))
        return np.asarray(values[..., self.pairing(self.fitted.part_of[name])])

    def pairing(self, part: str) -> NDArray[np.intp]:
        """Return which draws of a part of the fit stand in this knowledge's draws, dims ``(draw,)``."""
        fitted = self.fitted
        assert fitted is not None
        return self.remember(
            ("pairing", part), lambda: paired(self.size, fitted.size(part), self._generator(f"fit:{part}"))
        )

    def _drawn(self, entry: Table) -> Array:
        power = self.quantity(entry.exponent) if entry.exponent is not None else None
        if self.fitted is not None and entry.name in self.fitted.tables:
            return self._replaced(entry, entry.name, power)
        rows = self._prior_rows(entry)
        return np.ascontiguousarray(rows if power is None else flatten(rows, power))

    def _prior_rows(self, entry: Table) -> Array:
        if self.fixed:
            return entry.floored()[..., None]
        return entry.draw(self._generator(f"table:{entry.name}"), self.size)

    def _replaced(self, entry: Table, name: str, power: Array | None) -> Array:
        """Return the fitted rows, and those of the prior where no data taught."""
        learnt = self._learnt(name)
        rows = np.where(np.isnan(learnt), self._prior_rows(entry), learnt)
        return np.ascontiguousarray(rows if power is None else flatten(rows, power))

    def setting(self, name: str) -> tuple[str, ...]:
        """Return a list of words that steers the model, such as the facts a frame conditions on."""
        return self.settings[name]

    def remember[T](self, key: object, make: Callable[[], T]) -> T:
        """Return a derived value of the draws, computed once per knowledge."""
        if key not in self._memory:
            self._memory.setdefault(key, make())
        return cast(T, self._memory[key])

    def remember_recent[T](self, kind: str, key: object, make: Callable[[], T], *, most: int = RECENT) -> T:
        """Return what is derived from a case, kept for the cases looked at last: sweeps must not fill the memory."""
        kept: dict[object, tuple[object, int]] = self.remember(("recent", kind), dict)
        with _TIDYING:  # several people may ask at once; what is made is made outside, at worst twice
            if key in kept:
                kept[key] = kept.pop(key)  # now the latest
                return cast("T", kept[key][0])
        value = make()
        with _TIDYING:
            kept[key] = (value, bytes_held(value, but=Knowledge))
            while len(kept) > most or (len(kept) > 1 and sum(held for _, held in kept.values()) > ROOM):
                del kept[next(iter(kept))]
        return value

    def _generator(self, stream: str) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=(stream_key(stream),))))


def load_knowledge(priors: Path | str | None = None, *, seed: int = SEED, draws: int = DRAWS) -> Knowledge:
    """Read, check and hash the shipped tables, with an overlay folder on top if one is given.

    Raises
    ------
    KnowledgeError
        With every fault of every file: file, place, got, allowed.

    >>> load_knowledge(draws=10).quantity("discount").shape
    (10,)
    """
    contents: Contents = read_priors(Path(priors) if priors is not None else None)
    return Knowledge(
        quantities=MappingProxyType(contents.quantities),
        tables=MappingProxyType(contents.tables),
        settings=MappingProxyType(contents.settings),
        digest=contents.digest,
        overlays=contents.overlays,
        seed=seed,
        size=draws,
    )
