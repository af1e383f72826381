"""The incident sheet of DCID 2.0: who did what to whom, by technical facts and objective."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cybercoercion.fit.importing.columns import Columns, Unread, columns
from cybercoercion.fit.importing.sheet import Row, read_sheet
from cybercoercion.fit.importing.world import Country, country
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode

SOURCE = "dcid"
NUMBERING = re.compile(r"[_\-\s]*(?:[a-z]|\d+)$")
NO_LETTERS = re.compile(r"[^a-z]+")


def read_dcid(path: Path) -> Training:
    """Read the incidents of a DCID file in CSV, XLSX or XLS.

    Facts are the technical facts of the network, labels ``objective``, ``actor`` (seven classes) and ``concession``.
    ``about`` holds ``initiator`` and ``victim`` (name as in the file, stripped), each with ``_iso`` and ``_code``
    (Correlates of War) where known, and ``concession`` ("1", "0").

    A cell that no codebook knows is a missing fact, counted in the notes. A row without a readable objective or
    initiator is kept out.

    Raises
    ------
    TrainingError
        when the file cannot be read or lacks columns.

    """
    table = columns(SOURCE)
    sheet = read_sheet(Path(path), table.needed)
    unread = Unread()
    episodes: list[TrainingEpisode] = []
    refused = list(sheet.refused)
    for row in sheet.rows:
        read = _episode(row, table, unread, sheet.file)
        if isinstance(read, Refused):
            refused.append(read)
        else:
            episodes.append(read)
    return Training(
        source=SOURCE,
        file=sheet.file,
        digest=sheet.digest,
        episodes=tuple(episodes),
        refused=tuple(refused),
        notes=unread.notes,
    )


def _episode(row: Row, table: Columns, unread: Unread, file: str) -> TrainingEpisode | Refused:
    code = table.cell(row, "initiator")
    initiator = country(code) if code.isdigit() else None
    place = f"{row.place}, {table.cell(row, 'name')[:60]!r}"
    if initiator is None:
        allowed = "a Correlates of War country code"
        return Refused(file=file, place=f"{place}: {table.plain['initiator']}", got=repr(code), allowed=allowed)
    objective = table.labels["objective"]
    if (text := row.cells[objective.column]) not in objective.codes:
        allowed = ", ".join(objective.codes)
        return Refused(file=file, place=f"{place}: {objective.column}", got=repr(text), allowed=allowed)
    facts = unread.states(row, table.facts)
    start, end = _day(row, table, "start", unread), _day(row, table, "end", unread)
    if start and end:
        facts["duration"] = _span(start, end, table.rest["spans"]["duration"])
    labels = unread.states(row, table.labels)
    labels["actor"] = actor_class(initiator.iso, table)
    about = {"initiator": initiator.name, "initiator_iso": initiator.iso, "initiator_code": code}
    about |= _victim(row, table, initiator)
    if text := table.cell(row, "concession"):
        about["concession"] = text
    identity = f"dcid-{table.cell(row, 'id') or row.number}"
    return TrainingEpisode(
        id=identity,
        source=SOURCE,
        campaign=campaign_of(row.raw[table.plain["name"]]) or identity,
        start=start,
        facts=MappingProxyType(facts),
        labels=MappingProxyType({node: Label.hard(state) for node, state in labels.items()}),
        fingerprint=row.fingerprint(SOURCE, (table.plain["id"],)),
        about=MappingProxyType(about),
    )


def actor_classes() -> tuple[str, ...]:
    """Return the classes of initiators: those with twenty incidents or so, in order of their number, and the rest.

    >>> actor_classes()[-1]
    'other'
    """
    rest = columns(SOURCE).rest
    return (*rest["actors"].values(), rest["other_actor"])


def actor_class(iso: str, table: Columns | None = None) -> str:
    """Return the class of an initiator: one of six states, or "other".

    >>> actor_class("KP"), actor_class("IL")
    ('N Korea', 'other')
    """
    rest = (table or columns(SOURCE)).rest
    return str(rest["actors"].get(iso, rest["other_actor"]))


def campaign_of(name: str) -> str:
    """Return the campaign of an incident: the first two words of its name, without a last letter or number that counts.

    The rule is that of the baselines, blanks at the end of a name included, so that folds are the same.

    >>> campaign_of("Regin malware campaign 1"), campaign_of("Operation Troy_2"), campaign_of("Operation Troy b")
    ('regin malware', 'operation troy', 'operation troy')
    """
    stem = NO_LETTERS.sub(" ", NUMBERING.sub("", name.lower())).strip()
    return " ".join(stem.split()[:2])


def _victim(row: Row, table: Columns, initiator: Country) -> dict[str, str]:
    """Return the state that is not the initiator; the first when the initiator is neither (four incidents)."""
    a, b = table.cell(row, "state_a"), table.cell(row, "state_b")
    name = b if country(a) == initiator else a
    if not name:
        return {}
    out = {"victim": name}
    if (state := country(name)) is not None:
        out["victim_iso"] = state.iso
        if state.cow is not None:
            out["victim_code"] = str(state.cow)
    return out


def _day(row: Row, table: Columns, name: str, unread: Unread) -> date | None:
    text = table.cell(row, name)
    day = table.date(text)
    if day is None:
        unread.count(table.plain[name], text)
    return day


def _span(start: date, end: date, span: Mapping[str, object]) -> str:
    days = max((end - start).days, 0)
    limits = span["days"]
    assert isinstance(limits, dict)
    return next((state for state, last in limits.items() if days <= last), str(span["beyond"]))
