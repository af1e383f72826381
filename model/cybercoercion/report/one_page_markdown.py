"""The one page as Markdown: the same sentences and numbers, ranges as tables instead of drawings."""

from __future__ import annotations

from cybercoercion.report.moved import probability
from cybercoercion.report.one_page import CAVEAT, CostLine, Moved, OnePage, decibans
from cybercoercion.report.sheet import grid, literal
from cybercoercion.report.twenty import count_words
from cybercoercion.report.words import money, percent


def page_markdown(page: OnePage) -> str:
    """Return the page as Markdown; what users wrote is escaped."""
    lines = [f"**{literal(page.marking)}**", ""] if page.marking else []
    lines += [f"# {literal(page.title)}", "", f"{literal(page.lead)} {CAVEAT}", "", f"**{literal(page.answer)}**", ""]
    lines += [line for text in (*page.beside, page.confidence) for line in (literal(text), "")]
    lines += ["## 1  What we believe", ""]
    for one in page.questions:
        rows = tuple((row.label, row.percent, row.span) for row in one.rows)
        lines += [literal(one.sentence), "", *grid(("", "probability", "5-95 %"), rows), ""]
    lines += _moved(page.moved)
    lines += [literal(page.coding), "", "## 3  What each response costs us", "", literal(page.costs_caption), ""]
    lines += [*grid(_columns(page), tuple(_cost(line, page) for line in page.costs)), ""]
    lines += [literal(page.scale), "", literal(page.tail), "", "## 4  What would change our mind", ""]
    lines += [*(f"- {literal(text)}" for text in page.changes), "", "## 5  How far to trust this", ""]
    lines += [*(f"- **{literal(name)}:** {literal(said)}" for name, said in page.trust), ""]
    return "\n".join([*lines, "---", *(line for text in page.footer for line in (text, ""))])


def _moved(moved: Moved | None) -> list[str]:
    if moved is None:
        return ["## 2  In the paper's terms", ""]
    lines = ["## 2  Which reports moved us on coercion", "", literal(moved.caption), ""]
    if not moved.steps:
        return lines
    rows = [("Before any report", percent(probability(moved.before)))]
    rows += [(name, decibans(weight)) for name, weight in moved.steps]
    rows.append(("After all reports", percent(probability(moved.after))))
    return [*lines, *grid(("origin", "decibans"), tuple(rows)), ""]


def _columns(page: OnePage) -> tuple[str, ...]:
    extra = f"Extra cost compared with {page.yardstick}"
    return (
        "", "Response, best variant", "Expected cost, USD", "90 % range", extra, "90 % range", "Cheaper, dearer in",
        "Cheapest in",
    )  # fmt: skip


def _cost(line: CostLine, page: OnePage) -> tuple[str, ...]:
    row, first = line.row, line.row.response == page.first
    return (
        line.rank,
        f"{line.name}: {line.variant}",
        money(row.expected),
        line.range_words,
        line.extra_words,
        "" if first else line.extra_range_words,
        "" if first else f"{row.cheaper}, {row.dearer} of 20",
        count_words(row.dots),
    )
