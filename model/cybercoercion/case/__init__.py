"""What the user brings: an episode as known on a date, read from TOML or refused with every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cybercoercion.case.campaign import Campaign, CampaignFile
from cybercoercion.case.candidate import Actor, Demand, Target
from cybercoercion.case.checks import labels_of
from cybercoercion.case.faults import CaseError, Fault
from cybercoercion.case.library import read_shipped, shipped
from cybercoercion.case.loading import load, load_campaign, load_case
from cybercoercion.case.model import Case, Checklist, Labels
from cybercoercion.case.quantity import Range
from cybercoercion.case.reading import case_from, parse_case
from cybercoercion.case.report import Pending, Report
from cybercoercion.case.schema import campaign_schema, case_schema
from cybercoercion.case.setting import with_settings
from cybercoercion.case.stakes import Stakes
from cybercoercion.case.template import new_case

if TYPE_CHECKING:
    from cybercoercion.case.writing import case_to_toml, update_toml

__all__ = [
    "Actor",
    "Campaign",
    "CampaignFile",
    "Case",
    "CaseError",
    "Checklist",
    "Demand",
    "Fault",
    "Labels",
    "Pending",
    "Range",
    "Report",
    "Stakes",
    "Target",
    "campaign_schema",
    "case_from",
    "case_schema",
    "case_to_toml",
    "labels_of",
    "load",
    "load_campaign",
    "load_case",
    "new_case",
    "parse_case",
    "read_shipped",
    "shipped",
    "update_toml",
    "with_settings",
]


def __getattr__(name: str) -> Any:
    """Load what writes files, and the library that it needs, only for those who write."""
    if name in ("case_to_toml", "update_toml"):
        from cybercoercion.case import writing

        return getattr(writing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
