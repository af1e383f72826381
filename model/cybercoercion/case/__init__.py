"""What the user brings: an episode as known on a date, read from TOML or refused with every fault at once."""

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
from cybercoercion.case.stakes import Stakes

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
    "case_from",
    "labels_of",
    "load",
    "load_campaign",
    "load_case",
    "parse_case",
    "read_shipped",
    "shipped",
]
