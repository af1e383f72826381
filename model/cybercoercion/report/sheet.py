"""A page of any command: title, answer, sections with figures; as HTML to print, Markdown to paste, or plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.section import Section
from cybercoercion.report.style import STYLE

NUMBER = re.compile(r"(?:&[lg]t; )?[+\N{MINUS SIGN}]?\d[\d.,\N{EN DASH}]* (?:%|M|bn|trn)(?!\w)")
SUFFIXES = (".html", ".md", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a page says, in reading order; every renderer reads it and computes nothing."""

    title: str
    marking: str | None
    lead: str
    answer: str
    confidence: str = ""
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def write_sheet(sheet: Sheet, to_json: Callable[[], str], target: Path) -> Path:
    """Write a page in the form that the suffix asks for, and return its path."""
    made = to_json() if target.suffix == ".json" else {".html": html_sheet, ".md": markdown_sheet}[target.suffix](sheet)
    target.write_text(made, encoding="utf-8")
    return target


def html_sheet(sheet: Sheet) -> str:
    """Return a page as HTML without scripts; user text is escaped."""
    marking = f'<p class="marking">{escape(sheet.marking)}</p>' if sheet.marking else ""
    sections = "\n".join(_section(section) for section in sheet.sections)
    confidence = f'<p class="confidence">{escape(sheet.confidence)}</p>\n' if sheet.confidence else ""
    footer = "\n".join(f"<p>{escape(line)}</p>" for line in sheet.footer)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(sheet.title)}</title>
<style>{STYLE}</style>
</head>
<body>
{marking}
<header>
<h1>{escape(sheet.title)}</h1>
<p>{escape(sheet.lead)}</p>
</header>
<section class="answer">
<p>{escape(sheet.answer)}</p>
{confidence}</section>
{sections}
<footer>
{footer}
</footer>
</body>
</html>
"""


def _section(section: Section) -> str:
    if not section.title:
        return ""
    parts = [f'<section class="{escape(section.name)}">', f"<h2>{escape(section.title)}</h2>"]
    parts += [f"<p>{escape(text)}</p>" for text in section.sentences]
    parts += [_figure(figure) for figure in section.figures]
    drawn = section.repeats_figure and all(svg(figure) is not None for figure in section.figures)
    if section.columns and not drawn:
        parts.append(_table(section.columns, section.rows, section.numeric_from))
    parts += [f'<p class="note">{escape(text)}</p>' for text in section.notes]
    return "\n".join([*parts, "</section>"])


def _figure(figure: Figure) -> str:
    drawn = svg(figure)
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>"
    if drawn is None:  # without the extra `report` the numbers stand as a table
        return f"<figure>{caption}{_table(figure.columns, figure.rows, 1)}</figure>"
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(figure.caption)}" ', 1)
    return f"<figure>{caption}{named}</figure>"


def _table(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric_from: int) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{"number" if place >= numeric_from else "text"}">{_whole(escape(cell))}</td>'
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _whole(text: str) -> str:
    """Keep each number of an escaped text on one line with its unit.

    >>> _whole("Russia 96 % of 4 M")
    'Russia <span class="whole">96 %</span> of <span class="whole">4 M</span>'
    """
    return NUMBER.sub(r'<span class="whole">\g<0></span>', text)


def markdown_sheet(sheet: Sheet) -> str:
    """Return a page as Markdown, with the same sentences and numbers."""
    lines = [f"**{literal(sheet.marking)}**", ""] if sheet.marking else []
    lines += [f"# {literal(sheet.title)}", "", literal(sheet.lead), "", f"**{literal(sheet.answer)}**", ""]
    lines += [literal(sheet.confidence), ""] if sheet.confidence else []
    for section in sheet.sections:
        if not section.title:
            continue
        lines += [f"## {literal(section.title)}", ""]
        lines += [line for text in section.sentences for line in (literal(text), "")]
        for figure in section.figures:
            lines += [literal(figure.caption), "", *grid(figure.columns, figure.rows), ""]
        if section.columns:
            lines += [*grid(section.columns, section.rows), ""]
        lines += [line for text in section.notes for line in (literal(text), "")]
    footer = [line for text in sheet.footer for line in (text, "")]
    return "\n".join([*lines, "---", *footer])


def grid(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return a table as lines of Markdown."""
    return [
        "| " + " | ".join(literal(name) or " " for name in columns) + " |",
        "|" + " --- |" * len(columns),
        *("| " + " | ".join(literal(cell) for cell in row) + " |" for row in rows),
    ]


def literal(text: str | None) -> str:
    """Return user text so that Markdown shows it as it is."""
    out = text or ""
    for sign in ("\\", "`", "*", "_", "[", "]", "<", "|"):
        out = out.replace(sign, "\\" + sign)
    return out.replace("\n", " ")
