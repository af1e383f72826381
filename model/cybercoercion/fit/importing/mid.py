"""Dyadic militarised disputes: whether the side that began reached its goal, and which states dispute how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cybercoercion.fit.importing.columns import Columns, Unread, columns
from cybercoercion.fit.importing.sheet import Row, read_sheet
from cybercoercion.fit.importing.world import country, pair
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode

SOURCE = "mid"
FIRST, LAST = 1985, 2001  # the years of the shipped counts: later disputes would leak into what they are to foretell


def read_mid(path: Path) -> Training:
    """Read dyadic MID: one row per dispute and pair of states, seen from the side that began.

    Facts ``goal``, ``revisionist``, ``reciprocated``, ``hostility``, ``outcome``; label ``goal_reached`` ("yes", "no")
    where the side that began wanted territory, another policy or another regime. ``about`` holds both Correlates of
    War codes (``state_a_code``, ``state_b_code``), and ``state_a_iso``, ``state_b_iso`` where the states still exist.

    Raises
    ------
    TrainingError
        when the file cannot be read or lacks columns.

    """
    table = columns(SOURCE)
    sheet = read_sheet(Path(path), table.needed)
    refused = list(sheet.refused)
    kept: dict[tuple[str, str], Row] = {}
    for row in sheet.rows:
        if (fault := _unreadable(row, table, sheet.file)) is not None:
            refused.append(fault)
            continue
        key = (table.cell(row, "dispute"), _codes(row, table))
        if key not in kept or _rank(row, table) > _rank(kept[key], table):
            kept[key] = row
    unread = Unread()
    return Training(
        source=SOURCE,
        file=sheet.file,
        digest=sheet.digest,
        episodes=tuple(_episode(row, table, unread) for row in kept.values()),
        refused=tuple(refused),
        notes=unread.notes,
    )


def disputes(path: Path, first: int = FIRST, last: int = LAST) -> Mapping[str, int]:
    """Return how many disputes of a MID file began in these years, by pair of ISO codes.

    Raises
    ------
    TrainingError
        when the file cannot be read or lacks columns.

    """
    return count_disputes(read_mid(path), first, last)


def count_disputes(training: Training, first: int = FIRST, last: int = LAST) -> Mapping[str, int]:
    """Return how many distinct disputes began in these years, by pair of ISO codes, in order of the alphabet.

    A dispute counts once per pair, however many years it lasted and whoever began it.
    """
    seen: Counter[str] = Counter()
    for episode in training.episodes:
        a, b = episode.about.get("state_a_iso"), episode.about.get("state_b_iso")
        if a and b and episode.start is not None and first <= episode.start.year <= last:
            seen[pair(a, b)] += 1
    return MappingProxyType(dict(sorted(seen.items())))


def _unreadable(row: Row, table: Columns, file: str) -> Refused | None:
    for name in ("dispute", "state_a", "state_b", "year", "start_year"):
        if not (text := table.cell(row, name)).isdigit():
            return Refused(
                file=file, place=f"{row.place}: {table.plain[name]}", got=repr(text), allowed="a whole number"
            )
    return None


def _codes(row: Row, table: Columns) -> str:
    return "-".join(sorted((table.cell(row, "state_a"), table.cell(row, "state_b"))))


def _rank(row: Row, table: Columns) -> tuple[int, bool, bool]:
    """Order the rows of one dispute and dyad: the last year, then the side that began, then the lower code."""
    a, b = (int(table.cell(row, name)) for name in ("state_a", "state_b"))
    return int(table.cell(row, "year")), table.cell(row, "began") == "1", a < b


def _episode(row: Row, table: Columns, unread: Unread) -> TrainingEpisode:
    nothing = table.rest["nothing"]
    told = {
        name: coded
        for name, coded in table.facts.items()
        if row.cells[coded.column] not in nothing.get(coded.column, ())
    }
    facts = unread.states(row, told)
    labels = {}
    if facts.get("revisionist") == "yes" and "goal" in facts and "outcome" in facts:
        labels["goal_reached"] = Label.hard("yes" if facts["outcome"] in table.rest["reached"]["outcomes"] else "no")
    about = {}
    for side in ("state_a", "state_b"):
        about[f"{side}_code"] = table.cell(row, side)
        if (state := country(table.cell(row, side))) is not None:
            about[f"{side}_iso"] = state.iso
    return TrainingEpisode(
        id=f"mid-{table.cell(row, 'dispute')}-{about['state_a_code']}-{about['state_b_code']}",
        source=SOURCE,
        campaign=f"mid-{table.cell(row, 'dispute')}",
        start=_start(row, table),
        facts=MappingProxyType(facts),
        labels=MappingProxyType(labels),
        fingerprint=row.fingerprint(SOURCE),
        about=MappingProxyType(about),
    )


def _start(row: Row, table: Columns) -> date:
    year, month, day = (table.cell(row, f"start_{part}") for part in ("year", "month", "day"))
    for parts in ((year, month, day), (year, month, "1")):
        try:
            return date(*map(int, parts))
        except ValueError:  # -9: not known
            continue
    return date(int(year), 1, 1)
