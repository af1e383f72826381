"""The report: the one page to print, the full one with every section, both as HTML and Markdown from one Verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cybercoercion.report.one_page import CAVEAT, QUESTION, OnePage, one_page
from cybercoercion.report.one_page_fit import fitted
from cybercoercion.report.one_page_html import page_html
from cybercoercion.report.one_page_markdown import page_markdown
from cybercoercion.report.section import Section
from cybercoercion.report.sheet import Sheet, html_sheet, markdown_sheet
from cybercoercion.report.verdict import Verdict


def write_report(verdict: Verdict, target: Path) -> Path:
    """Write the one page, or all numbers, in the form that the suffix asks for, and return its path."""
    if target.suffix == ".json":
        made = verdict.to_json()
    else:
        made = {".html": html_page, ".md": markdown_page}[target.suffix](verdict)
    target.write_text(made, encoding="utf-8")
    return target


def html_page(verdict: Verdict, *notes: str) -> str:
    """Return one side of A4 as HTML without scripts, with notes at its foot; user text is escaped."""
    return page_html(page_of(verdict, *notes))


def markdown_page(verdict: Verdict, *notes: str) -> str:
    """Return the one page as Markdown, with the same sentences and numbers."""
    return page_markdown(page_of(verdict, *notes))


def page_of(verdict: Verdict, *notes: str) -> OnePage:
    """Return what the one page says, so that it fits."""
    page = one_page(verdict, notes=notes)
    return fitted(page, lambda spare: one_page(verdict, changes=page.changes, spare=spare, notes=notes))


def full_html(verdict: Verdict, more: Sequence[Section] = ()) -> str:
    """Return every section as HTML without scripts; user text is escaped."""
    sheet = sheet_of(verdict, more)
    return html_sheet(replace(sheet, lead=f"{QUESTION} {sheet.lead}"))


def full_markdown(verdict: Verdict, more: Sequence[Section] = ()) -> str:
    """Return every section as Markdown, with the same sentences and numbers."""
    return markdown_sheet(sheet_of(verdict, more))


def sheet_of(verdict: Verdict, more: Sequence[Section] = ()) -> Sheet:
    """Return what the full report says, in reading order."""
    return Sheet(
        title=verdict.title,
        marking=verdict.marking,
        lead=f"As known on {verdict.as_of_words}. {verdict.reports_words} {CAVEAT}",
        answer=verdict.sentence,
        confidence=verdict.confidence_sentence,
        sections=(*verdict.sections, *more),
        footer=(verdict.bands_line, verdict.run_line),
    )
