"""The inputs of a result, so that it can be computed again from the result alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cybercoercion.case import Campaign, CampaignFile, Case, case_from
from cybercoercion.case.data import data_of

DATES = ("as_of", "event_date", "known_date", "expected_date")


def inputs_record(source: Case | Campaign, overlay: Path | None) -> dict[str, Any]:
    """Return the case or the campaign as plain data, with the texts of the overlay's tables."""
    tables = None
    if overlay is not None:
        tables = {path.name: path.read_text(encoding="utf-8") for path in sorted(overlay.glob("*.toml"))}
    if isinstance(source, Campaign):
        episodes = [_plain(data_of(episode)) for episode in source.episodes]
        return {"campaign": _plain(data_of(source.file)), "episodes": episodes, "overlay": tables}
    return {"case": _plain(data_of(source)), "overlay": tables}


def inputs_case(record: Mapping[str, Any]) -> Case | Campaign:
    """Return the case or campaign of a record.

    Raises
    ------
    CaseError
        With every fault, if the record was changed by hand.
    """
    if "campaign" in record:
        episodes = tuple(case_from(_dated(episode), "inputs.episodes") for episode in record["episodes"])
        return Campaign(file=CampaignFile.model_validate(_dated(record["campaign"])), episodes=episodes)
    return case_from(_dated(record.get("case", {})), "inputs.case")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _day(one) if key in DATES and isinstance(one, str) else _dated(one) for key, one in value.items()}
    return [_dated(one) for one in value] if isinstance(value, list) else value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text  # the door of the case names the fault
