"""The global database of EuRepoC: what was done to whom, by what kind of actor, and whether somebody claimed it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cybercoercion.fit.importing.columns import Columns, Unread, columns
from cybercoercion.fit.importing.sheet import Row, plain, read_sheet
from cybercoercion.fit.importing.world import country
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode

SOURCE = "eurepoc"


def read_eurepoc(path: Path) -> Training:
    """Read the incidents of a EuRepoC file in CSV or XLSX.

    Facts bear the short names of the baselines: flags are "yes" or "no"; ``intensity``, ``conflict``, ``issue`` and
    ``receiver`` are texts. Labels: ``kind`` (five classes), ``network_kind`` (kinds of the network, a set where the
    source does not say) and ``claimed``. ``about`` holds ``receiver`` and ``initiator`` with ``_iso`` where they are
    states.

    ``misuse`` is hijacking with misuse; the baselines count any hijacking there. A row without a readable start date
    is kept out.

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
        text = table.cell(row, "start")
        if (start := table.date(text)) is None:
            place = f"{row.place}, {table.cell(row, 'name')[:60]!r}: {table.plain['start']}"
            refused.append(Refused(file=sheet.file, place=place, got=repr(text[:40]), allowed="a date, 2015-12-23"))
            continue
        facts = _facts(row, table, unread)
        kind, network = _kinds(row, table)
        identity = f"eurepoc-{table.cell(row, 'id') or row.number}"
        episodes.append(
            TrainingEpisode(
                id=identity,
                source=SOURCE,
                campaign=_campaign(table.cell(row, "name")) or identity,
                start=start,
                facts=MappingProxyType(facts),
                labels=MappingProxyType(
                    {"kind": Label.hard(kind), "network_kind": network, "claimed": Label.hard(facts["claimed"])}
                ),
                fingerprint=row.fingerprint(SOURCE, (table.plain["id"],)),
                about=MappingProxyType(_about(row, table)),
            )
        )
    return Training(
        source=SOURCE,
        file=sheet.file,
        digest=sheet.digest,
        episodes=tuple(episodes),
        refused=tuple(refused),
        notes=unread.notes,
    )


def items(text: str) -> tuple[str, ...]:
    """Return the elements of a list, however it is written: joined by semicolons or as nested Python literals.

    >>> items("Territory; Secession"), items("[['Media', 'Science'], ['Media']]"), items("[]")
    (('Territory', 'Secession'), ('Media', 'Science', 'Media'), ())
    """
    text = text.strip()
    if text.startswith("["):
        try:
            return tuple(_flat(ast.literal_eval(text)))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            text = text.translate({ord(mark): None for mark in "[]'\""})
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, str):
        yield from items(value) if value.strip() else ()
    elif value is not None:
        yield str(value)


def _facts(row: Row, table: Columns, unread: Unread) -> dict[str, str]:
    facts = {}
    for name, flag in table.rest["flags"].items():
        held = items(row.cells[flag["column"]])
        facts[name] = "yes" if any(flag["contains"] in item for item in held) else "no"
    for name, entry in table.rest["texts"].items():
        found = items(row.cells[entry["column"]])
        text = plain(found[0]) if found else entry.get("blank", "")
        if text and not (entry.get("number") and not _is_number(text)):
            facts[name] = text
        else:
            unread.count(entry["column"], text)
    return facts


def _is_number(text: str) -> bool:
    try:
        return 0 <= float(text) < 1_000
    except ValueError:
        return False


def _kinds(row: Row, table: Columns) -> tuple[str, Label]:
    categories = items(table.cell(row, "kind"))
    rules: Sequence[Mapping[str, Any]] = table.rest["kind"]
    rule = next(rule for rule in rules if _holds(rule, categories))
    network = set(rule["network"])
    if len(network) > 1:  # the source leaves it open, its subcode may decide
        found = items(table.cell(row, "subcode"))
        said = [set(sub["network"]) for sub in table.rest["subcode"] if _holds(sub, found)]
        network = set().union(*said) if said else network
    order = [kind for kind in table.rest["network_kinds"] if kind in network]
    if len(order) == 1:
        return rule["kind"], Label.hard(order[0])
    return rule["kind"], Label(certainty="set", weights=MappingProxyType(dict.fromkeys(order, 1.0)))


def _holds(rule: Mapping[str, Any], found: Sequence[str]) -> bool:
    text = rule["contains"]
    return not text or any(text == item if rule.get("exact") else text in item for item in found)


def _campaign(name: str) -> str:
    """Return the part of a name before a slash: '.../Azerbaijani Attack' and '.../Armenian Counterattack' are one."""
    return " ".join(name.split("/", maxsplit=1)[0].lower().split())


def _about(row: Row, table: Columns) -> dict[str, str]:
    out = {}
    for role in ("receiver", "initiator"):
        if found := items(table.cell(row, role)):
            out[role] = found[0]
            if (state := country(found[0])) is not None:
                out[f"{role}_iso"] = state.iso
    return out
