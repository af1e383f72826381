"""Small data files, written by hand: a sound row of each source, and how to write it down in each form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

Table = Sequence[dict[str, Any]]

DCID: dict[str, Any] = {
    "Cyberincidentnum": 1,
    "Dyadpair": 365369,
    "StateA": "Russia ",
    "StateB": "Ukraine",
    "Name": "Paper Tiger 1",
    "interactionstartdate": "2014-03-01",
    "interactionenddate": "2014-03-05",
    "method": "2.0",
    "targettype": 2,
    "initiator": 365,
    "cyber_objective": 1,
    "information_operation": 1,
    "objective_achievement": 1,
    "Concession ": 0,
    "3rdpartyinitiator": 0,
    "severity": 2,
    "damage type": 1,
    "Crit Inf": 11,
    "Supply Ch": 0,
    "Ransomware": 0,
    "Political Objective": "made up",
}

EUREPOC: dict[str, Any] = {
    "ID": 7,
    "name": "Paper Tiger/First Attack",
    "start_date": "2015-12-23",
    "incident_type": "Data theft & Doxing; Hijacking without Misuse",
    "receiver_country": "['Ukraine', 'Poland']",
    "receiver_category": "[['State institutions / political system', 'Media']]",
    "initiator_country": "['Russia']",
    "initiator_category": "['Non-state-group']",
    "initiator_category_subcode": "['Hacktivist(s)']",
    "attribution_basis": "Media-based attribution; Attacker confirms",
    "weighted_cyber_intensity": "3.0",
    "offline_conflict_intensity": "Yes / HIIK intensity",
    "cyber_conflict_issue": "Territory; Secession",
}

EPISODE: dict[str, Any] = {
    "id": "P1",
    "name": "Paper Tiger",
    "frame": "threat-received",
    "year": 2014,
    "target": "Paper Mill (US)",
    "target_type": "firm",
    "candidates": "DPRK; insider; hacktivists; other state",
    "true_actor": "DPRK (a bureau)",
    "actor_conf": 0.9,
    "demand.mode": "explicit",
    "demand.text": "burn the paper",
    "demand.long_standing": "n",
    "demand.content": "political",
    "demand.target_fit": "high",
    "demand.conditional_wording": "y",
    "threat": "clear",
    "claim": "persona",
    "denial": "y",
    "op": "wiper + hack-and-leak",
    "severity": 4,
    "context.dispute": "y",
    "context.armed_conflict": "n",
    "context.trigger": "a paper",
    "intent_p.cmp": 0.6,
    "intent_p.ret": 0.4,
    "attrib_now": "strong",
    "outcome": "full",
}


def changed(row: dict[str, Any], **cells: Any) -> dict[str, Any]:
    """Return the row with other cells; ``__`` in a keyword stands for a dot."""
    return {**row, **{name.replace("__", "."): value for name, value in cells.items()}}


def with_cells(row: dict[str, Any], cells: dict[str, Any]) -> dict[str, Any]:
    """Return the row with other cells."""
    return {**row, **cells}


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the row without some columns."""
    return {name: value for name, value in row.items() if name not in names}


def write_csv(path: Path, table: Table, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write a table as CSV."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=delimiter)
    rows.writerow(list(table[0]))
    rows.writerows([list(row.values()) for row in table])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, table: Table, *, before: Sequence[Table] = (), title: str = "") -> Path:
    """Write a table as a workbook, after other sheets, and below a title."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in (*before, table):
        sheet = book.create_sheet()
        if title:
            sheet.append([title])
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)
    return path
