"""From a row of a table of coded episodes to the case that it describes, with every fault of the row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from cybercoercion.case import Case, CaseError, case_from
from cybercoercion.fit.importing.columns import Columns
from cybercoercion.fit.importing.world import Country, country
from cybercoercion.fit.training import Refused
from cybercoercion.vocabulary import FRAMES, OTHER

YEARS = re.compile(r"(\d{4})(?:\s*[-–/]\s*(\d{4}))?")
TRUE, FALSE = ("y", "yes", "true", "1"), ("n", "no", "false", "0")


@dataclass(slots=True)
class Door:
    """What is wrong with one row."""

    file: str
    row: str
    faults: list[Refused] = field(default_factory=list)

    def refuse(self, column: str, got: str, allowed: str) -> None:
        """Note one fault."""
        self.faults.append(Refused(file=self.file, place=f"{self.row}: {column}", got=repr(got), allowed=allowed))

    def coded(self, column: str, text: str, codes: Mapping[str, str]) -> str | None:
        """Return the state of a code, or note the fault."""
        if (state := codes.get(text.casefold())) is None:
            self.refuse(column, text, ", ".join(codes))
        return state

    def flag(self, column: str, text: str) -> bool | None:
        """Return yes or no as truth; a blank says nothing."""
        if text.casefold() in TRUE or text.casefold() in FALSE:
            return text.casefold() in TRUE
        if text:
            self.refuse(column, text, "y, n")
        return None


def case_of(cells: Mapping[str, str], table: Columns, file: str, row: str) -> Case | tuple[Refused, ...]:
    """Return the case of a row, or all its faults.

    Inputs are what could be known within seven days; the later record goes into the labels only.
    """
    door = Door(file=file, row=row)
    states = _candidates(cells, table, door)
    data: dict[str, Any] = {
        "schema": 1,
        "id": slug(cells["id"]),
        "title": cells["name"],
        "as_of": _as_of(cells["year"], door),
        "target": _target(cells, table),
        "frame": cells["frame"],
        "actors": [actor for actor, _ in states],
        "demands": _demands(cells, table, door),
        "reports": list(_reports(cells, table, door, states)),
        "labels": _labels(cells, table, door, states),
    }
    if cells["frame"] not in FRAMES:
        door.refuse(table.plain["frame"], cells["frame"], ", ".join(FRAMES))
        data["frame"] = FRAMES[0]
    if door.faults:
        return tuple(door.faults)
    try:
        return case_from(data, file)
    except CaseError as error:
        return tuple(
            Refused(file=file, place=f"{row}: {fault.place}", got=fault.got, allowed=fault.allowed)
            for fault in error.faults
        )


def slug(text: str) -> str:
    """Return a text as an id.

    >>> slug("IS CyberCaliphate"), slug("E01")
    ('is-cybercaliphate', 'e01')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:64]


def _as_of(text: str, door: Door) -> date | None:
    match = YEARS.fullmatch(text.strip())
    if match is None or "0000" in match.groups():
        door.refuse("year", text, "a year, or two years with a hyphen")
        return None
    return date(int(match[2] or match[1]), 12, 31)  # the table gives no day; every report counts on the last


def _target(cells: Mapping[str, str], table: Columns) -> dict[str, str]:
    kind = next(rule["kind"] for rule in table.rest["target"] if _says(cells["target_type"], rule["words"]))
    out = {"name": cells["target"], "kind": kind}
    if named := _countries_in(cells["target"], table):
        out["country"] = named[0].iso
    return out


def _countries_in(text: str, table: Columns) -> tuple[Country, ...]:
    """Return the states that a text names, or whose people it names; a code of two letters counts in brackets only."""
    words = re.findall(r"[A-Z][\w.]+", text)
    pairs = [f"{one} {two}" for one, two in pairwise(words) if f"{one} {two}" in text]
    codes = re.findall(r"[A-Z]{2}\b", " ".join(re.findall(r"\(.*?\)", text)))
    found: dict[str, Country] = {}
    for word in (*codes, *pairs, *words):
        state = country(table.rest["demonyms"].get(word, word))
        if state and (word in codes or word in table.rest["demonyms"] or word in (state.name, *state.names)):
            found.setdefault(state.iso, state)
    return tuple(found.values())


def _candidates(cells: Mapping[str, str], table: Columns, door: Door) -> list[tuple[dict[str, Any], str]]:
    """Return the actors with the words that named them; what is not listed stays with `other`."""
    out: list[tuple[dict[str, Any], str]] = []
    dispute = door.flag("context.dispute", cells["context.dispute"])
    war = door.flag("context.armed_conflict", cells.get("context.armed_conflict", ""))
    live = None if dispute is None and war is None else "armed-conflict" if war else "dispute" if dispute else "none"
    for words in (part.strip() for part in cells["candidates"].split(";")):
        if not words or words.casefold().split()[0] in table.rest["unlisted"]["words"]:
            continue
        rule = next((rule for rule in table.rest["kind"] if _says(words, rule["words"])), None)
        named = _countries_in(words, table) if rule is None or rule["kind"] == "state" else ()
        state = named[0] if named else None
        actor: dict[str, Any] = {"id": slug(words), "name": words}
        actor["kind"] = rule["kind"] if rule else "state" if state else "unknown"
        if state is not None:
            actor["country"] = state.iso
        if live is not None:
            actor["relationship"] = live if actor["kind"] == "state" else "none"
        out.append((actor, words))
    return out


def _demands(cells: Mapping[str, str], table: Columns, door: Door) -> list[dict[str, Any]]:
    if cells["demand.mode"].casefold() == table.rest["no_demand"]:
        return []
    out: dict[str, Any] = {"id": "demand", "text": cells.get("demand.text", "") or "not written down"}
    if (long := door.flag("demand.long_standing", cells.get("demand.long_standing", ""))) is not None:
        out["long_standing"] = long
    if (content := cells.get("demand.content", "").casefold()) in ("political", "money"):
        out["content"] = content
    return [out]


def _reports(
    cells: Mapping[str, str], table: Columns, door: Door, states: Sequence[tuple[Mapping[str, Any], str]]
) -> Iterator[dict[str, Any]]:
    only = [actor["id"] for actor, _ in states if actor["kind"] == "state"]
    about = {"about": only[0]} if len(only) == 1 else {}  # with more, the row does not say whom it means

    def report(fact: str, finding: str, **more: str) -> dict[str, Any]:
        graded = {"grade": table.rest["grade"], "origin": table.rest["origin"]}
        return {"id": fact.replace("_", "-"), "fact": fact, "finding": finding, **graded, **more}

    for fact, coded in table.facts.items():
        if (state := door.coded(coded.column, cells[coded.column], coded.codes)) is not None:
            yield report(fact, state)
    for fact, entry in table.rest["maybe"].items():
        text = cells.get(entry["from"], "")
        if text and text.casefold() not in entry.get("nothing", ()):
            state = door.coded(entry["from"], text, entry["codes"])
            if state is not None:
                yield report(fact, state, **(about if fact == "denial" else {}))
    if trigger := cells.get("context.trigger", ""):
        yield report("trigger", "none" if trigger.casefold() == "none" else "specific", **about)
    for rule in table.rest["operation"]:
        text = cells["op"].casefold()
        for struck in rule.get("not", ()):
            text = text.replace(struck, "")
        if _says(text, rule["words"]):
            yield report(rule["fact"], "yes")
    level = _number(cells["severity"])
    if level is not None and 0 <= level <= max(table.rest["severity"].values()):
        yield report("severity", next(band for band, top in table.rest["severity"].items() if level <= top))
    elif cells["severity"]:
        door.refuse("severity", cells["severity"], "0 to 10")


def _labels(
    cells: Mapping[str, str], table: Columns, door: Door, states: Sequence[tuple[Mapping[str, Any], str]]
) -> dict[str, Any]:
    out: dict[str, Any] = {"source": cells["id"]}
    intent: dict[str, float] = {}
    for short, name in table.rest["intents"].items():
        text = cells.get(f"intent_p.{short}", "")
        if not text:
            continue
        if (share := _number(text)) is None or not 0 <= share <= 1:
            door.refuse(f"intent_p.{short}", text, "a probability")
        elif share:
            intent[name] = share
    if intent:
        total = math.fsum(intent.values())
        if abs(total - 1) > table.rest["sum_within"]:
            door.refuse("intent_p", f"a sum of {total:.4g}", "probabilities that sum to one")
        out["intent"] = {name: share / total for name, share in intent.items()}
    true, sure = cells.get("true_actor", ""), cells.get("actor_conf", "")
    if true and not _says(true, table.rest["unlisted"]["unknown"]):
        confidence = _number(sure) if sure else 1.0
        if confidence is None or not 0 <= confidence <= 1:
            door.refuse("actor_conf", sure, "a probability")
            return out
        found = _same(true, table, states)
        # who is none of the list is `other`, and so is the rest of the doubt; two that did it together share the rest
        shares = {actor: confidence / len(found) for actor in found}
        out["actor"] = {**shares, OTHER: max(0.0, round(1 - sum(shares.values()), 12))}
    return out


def _same(true: str, table: Columns, states: Sequence[tuple[Mapping[str, Any], str]]) -> tuple[str, ...]:
    """Return the candidates that a record names: by state, else by the words that both hold; brackets are remarks."""
    bare = re.sub(r"\(.*?\)", "", true)
    named = {state.iso for state in _countries_in(bare, table)}
    if by_state := tuple(actor["id"] for actor, _ in states if actor.get("country") in named):
        return by_state
    words = set(re.findall(r"\w{3,}", bare.casefold()))
    held = {actor["id"]: len(words & set(re.findall(r"\w{3,}", text.casefold()))) for actor, text in states}
    most = max(held.values(), default=0)
    return tuple(actor for actor, count in held.items() if most and count == most)


def _says(text: str, words: Sequence[str]) -> bool:
    return any(word in f"{text.casefold()} " for word in words)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
