"""Economic sanctions of TIES: threatened or imposed, over what, at what cost, and whether the target gave in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

from cybercoercion.fit.importing.columns import Columns, Unread, columns
from cybercoercion.fit.importing.sheet import Row, read_sheet
from cybercoercion.fit.importing.world import country
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode

SOURCE = "ties"


def read_ties(path: Path) -> Training:
    """Read the cases of a TIES file in XLS, XLSX or CSV.

    Facts ``threatened``, ``imposed``, ``stage`` (where it ended: "threat" or "imposed"), ``anticipated_cost``,
    ``target_cost`` and ``issue`` (the first); labels ``outcome`` (five states) and ``target_acquiesces`` (in part or
    wholly), both left out where the outcome is not coded. A row without a case number or a start year is kept out.

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
        bad = next((name for name in ("id", "start_year") if not table.cell(row, name).isdigit()), None)
        if bad is None:
            episodes.append(_episode(row, table, unread))
            continue
        place, got = f"{row.place}: {table.plain[bad]}", repr(table.cell(row, bad))
        refused.append(Refused(file=sheet.file, place=place, got=got, allowed="a whole number"))
    return Training(
        source=SOURCE,
        file=sheet.file,
        digest=sheet.digest,
        episodes=tuple(episodes),
        refused=tuple(refused),
        notes=unread.notes,
    )


def _episode(row: Row, table: Columns, unread: Unread) -> TrainingEpisode:
    about = {}
    for role in ("sender", "target"):
        if code := table.cell(row, role):
            about[f"{role}_code"] = code
            if (state := country(code)) is not None:
                about[f"{role}_iso"] = state.iso
    labels = unread.states(row, table.labels)
    return TrainingEpisode(
        id=f"ties-{table.cell(row, 'id')}",
        source=SOURCE,
        campaign=f"ties-{about.get('sender_code', '')}-{about.get('target_code', '')}",
        start=_start(row, table),
        facts=MappingProxyType(unread.states(row, table.facts)),
        labels=MappingProxyType({node: Label.hard(state) for node, state in labels.items()}),
        fingerprint=row.fingerprint(SOURCE),
        about=MappingProxyType(about),
    )


def _start(row: Row, table: Columns) -> date | None:
    year, month, day = (table.cell(row, f"start_{part}") for part in ("year", "month", "day"))
    for parts in ((year, month, day), (year, month, "1"), (year, "1", "1")):
        try:
            return date(*map(int, parts))
        except ValueError:
            continue
    return None
