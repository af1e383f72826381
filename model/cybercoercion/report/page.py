"""The one-page report: HTML to print, Markdown to paste, JSON to compute with, all from one Verdict."""

from __future__ import annotations

from html import escape
from pathlib import Path

from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.section import Section
from cybercoercion.report.style import STYLE
from cybercoercion.report.verdict import Verdict


def write_report(verdict: Verdict, target: Path) -> Path:
    """Write the report in the form that the suffix asks for, and return its path."""
    made = {".html": html_page, ".md": markdown_page, ".json": Verdict.to_json}[target.suffix](verdict)
    target.write_text(made, encoding="utf-8")
    return target


def html_page(verdict: Verdict) -> str:
    """Return the report as one HTML page without scripts; user text is escaped."""
    marking = f'<p class="marking">{escape(verdict.marking)}</p>' if verdict.marking else ""
    sections = "\n".join(_section(section) for section in verdict.sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(verdict.title)}</title>
<style>{STYLE}</style>
</head>
<body>
{marking}
<header>
<h1>{escape(verdict.title)}</h1>
<p>Is it coercion, by whom, for what, and which response costs least? As known on {escape(verdict.as_of_words)}.
{escape(verdict.reports_words)}</p>
</header>
<section class="answer">
<p>{escape(verdict.sentence)}</p>
<p class="confidence">{escape(verdict.confidence_sentence)}</p>
</section>
{sections}
<footer>
<p>{escape(verdict.bands_line)}</p>
<p>{escape(verdict.run_line)}</p>
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
            f'<td class="{"number" if place >= numeric_from else "text"}">{escape(cell)}</td>'
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def markdown_page(verdict: Verdict) -> str:
    """Return the report as Markdown, with the same sentences and numbers."""
    lines = [f"**{_plain(verdict.marking)}**", ""] if verdict.marking else []
    lines += [
        f"# {_plain(verdict.title)}",
        "",
        f"As known on {verdict.as_of_words}. {_plain(verdict.reports_words)}",
        "",
    ]
    lines += [f"**{_plain(verdict.sentence)}**", "", _plain(verdict.confidence_sentence), ""]
    for section in verdict.sections:
        if not section.title:
            continue
        lines += [f"## {_plain(section.title)}", ""]
        lines += [line for text in section.sentences for line in (_plain(text), "")]
        for figure in section.figures:
            lines += [_plain(figure.caption), "", *_grid(figure.columns, figure.rows), ""]
        if section.columns:
            lines += [*_grid(section.columns, section.rows), ""]
        lines += [line for text in section.notes for line in (_plain(text), "")]
    return "\n".join([*lines, "---", verdict.bands_line, "", verdict.run_line, ""])


def _grid(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [
        "| " + " | ".join(_plain(name) or " " for name in columns) + " |",
        "|" + " --- |" * len(columns),
        *("| " + " | ".join(_plain(cell) for cell in row) + " |" for row in rows),
    ]


def _plain(text: str | None) -> str:
    """Return user text so that Markdown shows it as it is."""
    out = text or ""
    for sign in ("\\", "`", "*", "_", "[", "]", "<", "|"):
        out = out.replace(sign, "\\" + sign)
    return out.replace("\n", " ")
