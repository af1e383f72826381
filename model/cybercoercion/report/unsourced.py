"""A case without its sources: origins and reports are numbered, notes and citations are left out, numbers stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cybercoercion.assessment import assess
from cybercoercion.belief import explain
from cybercoercion.case import Campaign, Case, Pending, Report, case_from
from cybercoercion.case.data import data_of
from cybercoercion.report.verdict import Verdict, verdict

DROPPED = ("note", "cite", "coder")
FILE = "without sources"


def unsourced_verdict(said: Verdict, overlay: Path | None = None) -> Verdict:
    """Return the same answer about the case without its sources; it can be verified like any other."""
    one = said.assessment
    bare = unsourced(one.campaign or one.case)
    why = explain(bare, one.knowledge) if said.explanation is not None and isinstance(bare, Case) else None
    return verdict(assess(bare, one.knowledge), overlay=overlay, explanation=why)


def unsourced(source: Case | Campaign) -> Case | Campaign:
    """Return a case or campaign without its sources.

    >>> from cybercoercion.case import load_case
    >>> bare = unsourced(load_case("sony-2014"))
    >>> bare.reports[0].id, bare.reports[0].origin, bare.reports[0].cite
    ('report-1', 'origin 1', None)
    """
    episodes = source.episodes if isinstance(source, Campaign) else (source,)
    origins = _numbered("origin ", [row.origin for one in episodes for row in _told(one)])
    reports = _numbered("report-", [(one.id, row.id) for one in episodes for row in one.reports])
    coming = _numbered("awaited-", [(one.id, row.id) for one in episodes for row in one.pending])
    bare = [_case(one, origins, reports, coming) for one in episodes]
    if isinstance(source, Case):
        return bare[0]
    file = source.file.model_copy(update={"note": None})
    return replace(source, file=file, episodes=tuple(bare))


def _case(case: Case, origins: Mapping[Any, str], reports: Mapping[Any, str], coming: Mapping[Any, str]) -> Case:
    data = {key: value for key, value in data_of(case).items() if key != "note"}
    if "labels" in data:
        data["labels"] = {key: value for key, value in data["labels"].items() if key not in (*DROPPED, "source")}
    for block, names in (("reports", reports), ("pending", coming)):
        rows = []
        for row, told in zip(data.get(block, ()), getattr(case, block), strict=True):
            bare = {key: value for key, value in row.items() if key not in DROPPED}
            bare |= {"id": names[case.id, told.id], "origin": origins[told.origin]}
            if bare.get("copies") is not None:
                bare["copies"] = reports.get((case.id, bare["copies"]), bare["copies"])
            rows.append(bare)
        if rows:
            data[block] = rows
    return case_from(data, FILE)


def _told(case: Case) -> tuple[Report | Pending, ...]:
    return (*case.reports, *case.pending)


def _numbered(word: str, names: list[Any]) -> dict[Any, str]:
    """Return a number in place of each name, in the order in which they first come."""
    return {name: f"{word}{place + 1}" for place, name in enumerate(dict.fromkeys(names))}
