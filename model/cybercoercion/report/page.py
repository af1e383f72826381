"""The one-page report: HTML to print, Markdown to paste, JSON to compute with, all from one Verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cybercoercion.report.sheet import Sheet, html_sheet, markdown_sheet
from cybercoercion.report.verdict import Verdict

QUESTION = "Is it coercion, by whom, for what, and which response costs least? "


def write_report(verdict: Verdict, target: Path) -> Path:
    """Write the report in the form that the suffix asks for, and return its path."""
    made = {".html": html_page, ".md": markdown_page, ".json": Verdict.to_json}[target.suffix](verdict)
    target.write_text(made, encoding="utf-8")
    return target


def html_page(verdict: Verdict) -> str:
    """Return the report as one HTML page without scripts; user text is escaped."""
    sheet = sheet_of(verdict)
    return html_sheet(replace(sheet, lead=f"{QUESTION}{sheet.lead}"))


def markdown_page(verdict: Verdict) -> str:
    """Return the report as Markdown, with the same sentences and numbers."""
    return markdown_sheet(sheet_of(verdict))


def sheet_of(verdict: Verdict) -> Sheet:
    """Return what the report says, in reading order."""
    return Sheet(
        title=verdict.title,
        marking=verdict.marking,
        lead=f"As known on {verdict.as_of_words}. {verdict.reports_words}",
        answer=verdict.sentence,
        confidence=verdict.confidence_sentence,
        sections=verdict.sections,
        footer=(verdict.bands_line, verdict.run_line),
    )
