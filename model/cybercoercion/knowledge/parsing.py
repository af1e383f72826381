"""From one TOML entry to one Quantity, Table or setting, or to the list of its faults."""

from __future__ import annotations

import math
from itertools import product
from typing import Any, cast

import numpy as np

from cybercoercion import vocabulary as words
from cybercoercion.knowledge.distribution import FAMILIES, Distribution, Family
from cybercoercion.knowledge.entry import MARKS, Mark, Quantity, Source, Table
from cybercoercion.knowledge.faults import KnowledgeFault

Faults = list[KnowledgeFault]
PARENTS: dict[str, tuple[str, ...]] = {
    "intent": words.INTENTS,
    "kind": words.KINDS,
    "signalling": words.SIGNALLING,
    "objective": words.OBJECTIVES,
    "standing": words.STANDING,
    "frame": words.FRAMES,
    "guilty": ("yes", "no"),
    "listed": ("yes", "no"),
    "content": ("political", "money"),
}
UNITS = (
    "probability", "share", "nats", "USD", "USD/yr", "1/yr", "yr", "factor", "exponent", "1",
    "share of GDP", "share of GDP/yr", "share of trade", "1/resilience", "share/yr", "per day", "decibans", "points",
    "reports", "months",
)  # fmt: skip
ROW_KEYS = {"value", "source", "mark", "note", "file"}
LARGEST = 1e30  # no number of the field comes near it, and sums and exponentials stay finite
STEEPEST = 5.0  # an exponent beyond it makes rows of zeros and ones
WIDEST = 10.0  # the sigma of a log-normal whose mean can still be computed
PROBABILITIES = ("probability", "share")
_QUANTITY_KEYS = {
    "value", "unit", "quantiles", "strength", "distribution", "cap", "source", "mark", "note", "stream", "file",
}  # fmt: skip
_TABLE_KEYS = {
    "given", "states", "rows", "unit", "sd", "strength", "exponent", "source", "mark", "note", "file", "home",
}  # fmt: skip


def shown(value: object) -> str:
    """Return a value as a message shows it: short, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # an integer with more digits than Python agrees to print
        return "a huge number"
    return text if len(text) <= 80 else text[:77] + "..."


class _Door:
    """Collects the faults of one entry."""

    def __init__(self, file: str, place: str, faults: Faults) -> None:
        self.file, self.place, self.faults, self.clean = file, place, faults, True

    def refuse(self, where: str, got: object, allowed: str) -> None:
        self.clean = False
        place = f"{self.place}{'.' if where else ''}{where}"
        self.faults.append(
            KnowledgeFault(
                file=self.file, place=place, got=shown(got) if not isinstance(got, str) else got, allowed=allowed
            )
        )

    def number(self, data: dict[str, Any], key: str) -> float:
        value = data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST < value < LARGEST:
            self.refuse(key, shown(value) if key in data else "nothing", "a number of sensible size")
            return math.nan
        return float(value)

    def source(self, data: dict[str, Any], default: Source | None = None) -> Source:
        text = data.get("source", default.text if default else "")
        mark = data.get("mark", default.mark if default else None)
        if not isinstance(text, str) or not text.strip():
            self.refuse("source", "nothing", "where the number comes from")
        if mark not in MARKS:
            self.refuse("mark", shown(mark), ", ".join(MARKS))
            mark = "judgement"
        note = data.get("note", default.note if default else "")
        return Source(text=str(text), mark=cast(Mark, mark), file=str(data.get("file", self.file)), note=str(note))

    def keys(self, data: dict[str, Any], allowed: set[str]) -> None:
        for key in sorted(data.keys() - allowed):
            self.refuse(key, "an unknown key", ", ".join(sorted(allowed - {"file"})))

    def unit(self, data: dict[str, Any]) -> str:
        unit = data.get("unit")
        if unit not in UNITS:
            self.refuse("unit", shown(unit), ", ".join(UNITS))
        return str(unit)


def parse_quantity(name: str, data: dict[str, Any], file: str, faults: Faults) -> Quantity | None:
    """Return the quantity, or None after listing what is wrong with it."""
    door = _Door(file, f"quantity.{name}", faults)
    door.keys(data, _QUANTITY_KEYS)
    value = door.number(data, "value")
    unit, source = door.unit(data), door.source(data)
    if unit in PROBABILITIES and not 0 <= value <= 1:
        door.refuse("value", shown(value), f"between 0 and 1, as a {unit}")
    cap = door.number(data, "cap") if "cap" in data else math.inf
    if "cap" in data and cap <= max(value, 0.0):
        door.refuse("cap", shown(cap), f"above 0 and above the value, {value:g}")
    if unit == "exponent" and not 0 <= value <= STEEPEST:
        door.refuse("value", shown(value), f"between 0 and {STEEPEST:g}, as an exponent")
    forms = [key for key in ("quantiles", "strength", "distribution") if key in data]
    if len(forms) > 1:
        door.refuse("", " and ".join(forms), "one form of uncertainty")
    distribution: Distribution | None = None
    if "quantiles" in data:
        distribution = _from_quantiles(door, data["quantiles"], value, cap)
    elif "strength" in data:
        strength = door.number(data, "strength")
        if door.clean and 0 < value < 1 and strength > 0:
            distribution = Distribution.from_strength(value, strength, cap)
        else:
            door.refuse("strength", f"mean {value}, strength {strength}", "a mean inside 0-1 and a positive strength")
    elif "distribution" in data:
        distribution = _named(door, data["distribution"], value, cap)
    elif door.clean:
        distribution = Distribution(family="point", a=value, cap=cap)
    if not door.clean or distribution is None:
        return None
    return Quantity(
        name=name, value=value, unit=unit, distribution=distribution, source=source,
        stream=str(data.get("stream", name)),
    )  # fmt: skip


def _from_quantiles(door: _Door, data: Any, value: float, cap: float) -> Distribution | None:
    if not isinstance(data, dict):
        door.refuse("quantiles", shown(data), "{ low, high, mass, family }")
        return None
    low, high, mass = (door.number(data, key) for key in ("low", "high", "mass"))
    family = data.get("family")
    if family not in FAMILIES[1:5]:
        door.refuse("quantiles.family", shown(family), ", ".join(FAMILIES[1:5]))
    if not low < high:
        door.refuse("quantiles", f"low {low}, high {high}", "low below high")
    if not 0.05 <= mass <= 0.999:
        door.refuse("quantiles.mass", mass, "between 0.05 and 0.999")
    if family == "log-normal" and low <= 0:
        door.refuse("quantiles.low", low, "above 0 for a log-normal")
    if family == "logit-normal" and not (low >= 0 and high <= 1):
        door.refuse("quantiles", f"low {low}, high {high}", "inside 0-1 for a logit-normal")
    if not low <= value <= high:
        door.refuse("value", value, f"between low {low} and high {high}")
    return Distribution.from_quantiles(cast(Family, family), low, high, mass, cap) if door.clean else None


def _named(door: _Door, data: Any, value: float, cap: float) -> Distribution | None:
    if not isinstance(data, dict):
        door.refuse("distribution", shown(data), "{ family, a, b }, or { family = 'log-normal', median, sigma }")
        return None
    if data.get("family") == "log-normal":
        median, sigma = door.number(data, "median"), door.number(data, "sigma")
        if door.clean and not (median > 0 and 0 < sigma <= WIDEST):
            door.refuse("distribution", f"median {median:g}, sigma {sigma:g}", f"both positive, sigma up to {WIDEST:g}")
        return Distribution(family="log-normal", a=math.log(median), b=sigma, cap=cap) if door.clean else None
    family = data.get("family")
    if family not in ("beta", "uniform", "normal"):
        door.refuse("distribution.family", shown(family), "beta, uniform, normal, log-normal")
    a, b = door.number(data, "a"), door.number(data, "b")
    if door.clean:
        if family == "beta" and not (a > 0 and b > 0):
            door.refuse("distribution", f"a {a:g}, b {b:g}", "two positive shapes")
        if family == "beta" and not 0 <= value <= 1:
            door.refuse("value", f"{value:g}", "between 0 and 1, as the beta is")
        if family == "uniform" and not a < b:
            door.refuse("distribution", f"a {a:g}, b {b:g}", "a below b")
        if family == "uniform" and not a <= value <= b:
            door.refuse("value", f"{value:g}", f"between {a:g} and {b:g}, as the uniform is")
        if family == "normal" and not b > 0:
            door.refuse("distribution", f"b {b:g}", "a positive standard deviation")
    return Distribution(family=cast(Family, family), a=a, b=b, cap=cap) if door.clean else None


def parse_table(name: str, data: dict[str, Any], file: str, faults: Faults) -> Table | None:
    """Return the table, or None after listing what is wrong with it, row by row."""
    door = _Door(file, f"table.{name}", faults)
    door.keys(data, _TABLE_KEYS)
    source, unit = door.source({**data, "file": data.get("home", file)}), door.unit(data)
    given = data.get("given", [])
    if not isinstance(given, list) or not all(isinstance(parent, str) and parent in PARENTS for parent in given):
        door.refuse("given", shown(given), ", ".join(PARENTS))
        return None
    if not isinstance(data.get("exponent", ""), str):
        door.refuse("exponent", shown(data["exponent"]), "the name of a quantity")
    states = _states(name, data, door)
    if not door.clean:
        return None
    parents = tuple(PARENTS[parent] for parent in given)
    labels = list(product(*parents))
    rows: list[list[float]] = []
    sources: list[tuple[tuple[str, ...], Source]] = []
    _check_labels(data.get("rows", {}), parents, "rows", door)
    for label in labels:
        row = data.get("rows", {})
        for part in label or ("all",):
            row = row.get(part) if isinstance(row, dict) else None
        if isinstance(row, dict) and "value" in row:
            for key in sorted(row.keys() - ROW_KEYS):
                door.refuse(".".join(("rows", *label, key)), "an unknown key", ", ".join(sorted(ROW_KEYS - {"file"})))
            sources.append((label, door.source(row, source)))
            row = row["value"]
        rows.append(_row(row, states, ".".join(("rows", *label)), door))
    sd = door.number(data, "sd") if "sd" in data else None
    strength = door.number(data, "strength") if "strength" in data else None
    if (sd is None) == (strength is None):
        door.refuse("", f"sd {sd}, strength {strength}", "one of sd (softmax offsets) and strength (Dirichlet cases)")
    if sd is not None and not 0 <= sd <= 5:
        door.refuse("sd", shown(sd), "between 0 and 5")
    if strength is not None and not 0 < strength <= 1e6:
        door.refuse("strength", shown(strength), "a positive number of cases")
    if not door.clean:
        return None
    value = np.array(rows).reshape(*(len(parent) for parent in parents), len(states))
    return Table(
        name=name, given=tuple(given), parents=parents, states=states, value=value, unit=unit, sd=sd,
        strength=strength, exponent=data.get("exponent"), source=source, row_sources=tuple(sources),
    )  # fmt: skip


def _states(name: str, data: dict[str, Any], door: _Door) -> tuple[str, ...]:
    declared = data.get("states")
    fact = words.facts().get(name)
    if declared is None and fact is not None and fact.states:
        return fact.states
    if isinstance(declared, str) and declared in PARENTS:
        return PARENTS[declared]
    if isinstance(declared, list) and declared and all(isinstance(state, str) for state in declared):
        if fact is not None and fact.states and tuple(declared) != fact.states:
            door.refuse("states", declared, f"the states of the fact: {', '.join(fact.states)}")
        return tuple(declared)
    door.refuse("states", shown(declared), f"a list of states, or one of {', '.join(PARENTS)}")
    return ()


def _check_labels(rows: Any, parents: tuple[tuple[str, ...], ...], place: str, door: _Door) -> None:
    """Refuse rows that no parent state asks for."""
    if not isinstance(rows, dict):
        door.refuse(place, shown(rows), "rows by state of the parents")
        return
    allowed = parents[0] if parents else ("all",)
    for label, row in rows.items():
        if label not in allowed:
            door.refuse(f"{place}.{label}", "an unknown label", ", ".join(allowed))
        elif len(parents) > 1:
            _check_labels(row, parents[1:], f"{place}.{label}", door)


def _row(row: Any, states: tuple[str, ...], place: str, door: _Door) -> list[float]:
    if not isinstance(row, list) or len(row) != len(states):
        door.refuse(place, "nothing" if row is None else shown(row), f"{len(states)} numbers: {', '.join(states)}")
        return [math.nan] * len(states)
    if any(isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1 for p in row):
        door.refuse(place, shown(row), "probabilities between 0 and 1")
        return [math.nan] * len(states)
    total = math.fsum(row)
    if abs(total - 1) > 1e-6:
        door.refuse(place, f"a sum of {total:.6g}", "rows that sum to 1")
    return [float(p) for p in row]


def parse_setting(name: str, data: dict[str, Any], file: str, faults: Faults) -> tuple[str, ...] | None:
    """Return a list of words that steers the model."""
    door = _Door(file, f"setting.{name}", faults)
    door.keys(data, {"names", "source", "mark", "note", "file"})
    door.source(data)
    names = data.get("names")
    if not isinstance(names, list) or not all(isinstance(word, str) for word in names):
        door.refuse("names", shown(names), "a list of words")
        return None
    if name.startswith(("frame.", "campaign.")):
        for word in names:
            if word not in words.facts() and word != "dispute":
                door.refuse("names", shown(word), "facts of the data dictionary, or dispute")
    return tuple(names)
