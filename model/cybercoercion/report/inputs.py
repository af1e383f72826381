"""The inputs of a result, so that it can be computed again from the result alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cybercoercion.case import Campaign, CampaignFile, Case, CaseError, Fault, case_from
from cybercoercion.case.data import data_of
from cybercoercion.case.faults import shown

DATES = ("as_of", "event_date", "known_date", "expected_date")


def inputs_record(source: Case | Campaign, overlay: Path | None, fit: str | None = None) -> dict[str, Any]:
    """Return the case or the campaign as plain data, with the texts of the overlay's tables and the name of a fit."""
    tables = None
    if overlay is not None:
        tables = {path.name: path.read_text(encoding="utf-8") for path in sorted(overlay.glob("*.toml"))}
    given: dict[str, Any] = {"overlay": tables, "overlay_name": overlay.resolve().name if overlay is not None else None}
    if fit is not None:
        given["fit"] = fit
    if isinstance(source, Campaign):
        episodes = [_plain(data_of(episode)) for episode in source.episodes]
        return {"campaign": _plain(data_of(source.file)), "episodes": episodes, **given}
    return {"case": _plain(data_of(source)), **given}


def inputs_case(record: Mapping[str, Any]) -> Case | Campaign:
    """Return the case or campaign of a record.

    Raises
    ------
    CaseError
        With every fault, if the record was changed by hand.
    """
    if "campaign" in record:
        told = record.get("episodes")
        if not isinstance(told, list) or not told:
            raise CaseError((Fault(file="inputs", place="episodes", got=shown(told), allowed="at least one episode"),))
        episodes = tuple(_case(episode, "inputs.episodes") for episode in told)
        try:
            file = CampaignFile.model_validate(_dated(record["campaign"]))
        except ValidationError as error:
            raise CaseError((Fault(file="inputs", place="campaign", got=str(error), allowed="a campaign"),)) from None
        return Campaign(file=file, episodes=episodes)
    return _case(record.get("case"), "inputs.case")


def _case(data: object, place: str) -> Case:
    if not isinstance(data, dict):
        raise CaseError((Fault(file="inputs", place=place, got=shown(data), allowed="a case as a table"),))
    return case_from(_dated(data), place)


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
