"""What an assessment says: one immutable Verdict renders words, tables, figures, JSON and the page."""

from cybercoercion.assessment import Assessment, assess, assess_campaign
from cybercoercion.report.verdict import Verdict, verdict

__all__ = ["Assessment", "Verdict", "assess", "assess_campaign", "verdict"]
