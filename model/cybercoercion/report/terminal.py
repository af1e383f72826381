"""The answer on a terminal: the same sections as the page, without figures."""

from __future__ import annotations

import shutil
import sys
import textwrap

from cybercoercion.report.figure import Figure
from cybercoercion.report.section import Section
from cybercoercion.report.sheet import Sheet
from cybercoercion.report.verdict import Verdict

NARROW, WIDE = 60, 150
LONG, FEW = 16, 9  # rows of a figure, and those that are shown of a longer course
UNNAMED = 3  # so few columns say what they are


def print_verdict(verdict: Verdict) -> None:
    """Print the answer: sentence, confidence, beliefs, costs, views, how far to trust it."""
    sys.stdout.write(terminal_text(verdict, terminal_width()))


def print_sheet(sheet: Sheet) -> None:
    """Print a page of any command."""
    sys.stdout.write(sheet_text(sheet, terminal_width()))


def sheet_text(sheet: Sheet, width: int = 110) -> str:
    """Return a page as plain text of a given width."""
    lines = [sheet.marking] if sheet.marking else []
    lines += [
        *_wrapped(f"{sheet.title}{'' if sheet.title.endswith('?') else '.'} {sheet.lead}", width),
        "",
        *_wrapped(sheet.answer, width),
    ]
    lines += _wrapped(sheet.confidence, width) if sheet.confidence else []
    for section in sheet.sections:
        if section.title:
            lines += ["", *section_lines(section, width)]
    footer = [row for text in sheet.footer for row in _wrapped(text, width)]
    return "\n".join([*lines, "", *footer, ""])


def terminal_width() -> int:
    """Return the width to write in."""
    return min(max(shutil.get_terminal_size((110, 40)).columns, NARROW), WIDE)


def terminal_text(verdict: Verdict, width: int = 110) -> str:
    """Return the answer as plain text of a given width."""
    lines = [verdict.marking or ""] if verdict.marking else []
    lines += [f"{verdict.title}, as known on {verdict.as_of_words}. {verdict.reports_words}", ""]
    lines += _wrapped(verdict.sentence, width) + _wrapped(verdict.confidence_sentence, width)
    for section in verdict.sections:
        if section.title:
            lines += ["", *section_lines(section, width)]
    return "\n".join([*lines, "", *_wrapped(verdict.run_line, width), ""])


def section_lines(section: Section, width: int) -> list[str]:
    """Return a section in lines."""
    lines = _wrapped(section.title.upper(), width)
    for text in section.sentences:
        lines += _wrapped(text, width)
    for figure in section.figures:
        lines += _wrapped(figure.caption, width)
        lines += [] if section.columns else _figure_rows(figure, width)
    if section.columns:
        lines += table_lines(section.columns, section.rows, section.numeric_from, width)
    for text in section.notes:
        lines += _wrapped(text, width)
    return lines


def _figure_rows(figure: Figure, width: int) -> list[str]:
    """Return the numbers of a figure: of a long course even steps, of other long tables the first rows."""
    rows = figure.rows
    more: list[str] = []
    if len(rows) > LONG and figure.course:
        rows = tuple(rows[round(k * (len(rows) - 1) / (FEW - 1))] for k in range(FEW))
    elif len(rows) > LONG:
        more = _wrapped(f"  and {len(rows) - LONG} more rows, on the page and in --json.", width)
        rows = rows[:LONG]
    if len(figure.columns) <= UNNAMED:
        return [*table_lines((), rows, len(rows[0]) if rows else 0, width), *more]
    return [*table_lines(figure.columns, rows, len(figure.columns), width), *more]


def table_lines(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric_from: int, width: int
) -> list[str]:
    """Return a table in lines; one that is too wide for the terminal becomes one block per row.

    >>> table_lines(("a", "b"), (("x", "1"), ("yy", "22")), 1, 80)
    ['  a    b', '  x    1', '  yy  22']
    """
    every = (columns, *rows) if columns else rows
    widths = [max(len(row[k]) for row in every) for k in range(len(every[0]))] if every else []
    if sum(widths) + 2 * len(widths) > width:
        return _blocks(columns, rows, width)

    def line(cells: tuple[str, ...]) -> str:
        said = [cell.rjust(widths[k]) if k >= numeric_from else cell.ljust(widths[k]) for k, cell in enumerate(cells)]
        return ("  " + "  ".join(said)).rstrip()

    return [line(row) for row in every]


def _blocks(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> list[str]:
    lines = []
    for row in rows:
        named = zip(columns[2:] or ("",) * len(row[2:]), row[2:], strict=True)
        rest = [f"{name.lower()} {cell}".strip() for name, cell in named if cell.strip(" \N{EN DASH}")]
        lines += textwrap.wrap(
            "  ".join(cell for cell in row[:2] if cell), width, initial_indent="  ", subsequent_indent="    "
        )
        lines += textwrap.wrap("; ".join(rest), width, initial_indent="      ", subsequent_indent="      ")
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]
