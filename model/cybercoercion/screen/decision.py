"""What the view of the decision says around its rows: in which view, what the views say, the numbers as a table."""

from __future__ import annotations

from cybercoercion.report.cost_figures import panel
from cybercoercion.report.figure import Figure, figure
from cybercoercion.report.sentence import VIEW_NAMES, views_words
from cybercoercion.report.shapes_figure import SOURCES, Ends, ends_of, shapes
from cybercoercion.report.standing import setting_of
from cybercoercion.report.twenty import TWENTY
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import capital, money, percent
from cybercoercion.screen.cost_row import CostRow
from cybercoercion.screen.cost_rows import CostRows

VIEWS = {"nation": "Nation, 24 months", "target": "Target alone, 24 months", "long": "Nation, 5 years"}
KINDS = {True: "Futures", False: "Inputs only"}
KINDS_HELP = (
    "A future draws the inputs, who did what and why, and what follows. An input reading draws the inputs only; who, "
    "what and why are averaged."
)


def view_sentence(verdict: Verdict, rows: CostRows) -> str:
    """Return of what the ranges are; in a view that is not the answer's, what costs least in it, and who disagrees."""
    ranges = f"Ranges are 5-95 % of {rows.kind}."
    if rows.skew_sentence:
        ranges += f" {rows.skew_sentence}"
    if rows.view == verdict.assessment.ranking.view:
        return ranges
    first = min(rows.five, key=lambda row: row.delta)
    disagree = views_words(setting_of(verdict.assessment)) or "The three views agree on what is cheapest."
    said = f"For {VIEW_NAMES[rows.view]}, {first.yardstick} costs least: {money(first.expected)} USD on average."
    return f"{said} {disagree} {ranges}"


def cost_table(rows: CostRows) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the numbers of all rows: column names and cells.

    P(best) and regret are over input readings, whatever the rest is of.
    """
    kind = rows.kind
    columns = (
        "rank", "response, best variant", "expected cost, USD", f"5-95 % of {kind}", "against nothing new",
        f"beside {rows.yardstick}", f"5-95 % of {kind} ", "cheaper in", "dearer in", "cheapest in",
        "cheapest, input readings", "regret, input readings",
    )  # fmt: skip
    return columns, tuple(_cells(row) for row in rows.five)


def _cells(row: CostRow) -> tuple[str, ...]:
    return (
        row.rank,
        f"{row.name}: {row.variant}",
        row.cost_words,
        row.range_words,
        money(row.delta, signed=True),
        row.extra_words,
        row.extra_range_words,
        f"{row.cheaper} of {TWENTY}",
        f"{row.dearer} of {TWENTY}",
        f"{row.cheapest_words}, {row.share_words}",
        percent(row.p_best),
        money(row.regret),
    )


def drawings(rows: CostRows) -> dict[str, Figure]:
    """Return the twenty shapes of each response that is not the first choice, by its name, all on one axis."""
    beside = [row for row in rows.five if not row.first]
    ends = ends_of(beside)
    return {row.response: drawing(row, ends) for row in beside}


def drawing(row: CostRow, ends: Ends) -> Figure:
    """Return the twenty shapes of a row."""
    return shapes(f"shapes-{row.response}", row.caption, row, ends, row.outline)


def sources(rows: CostRows) -> tuple[str, ...]:
    """Return the beginnings of the entries that the rows hang on."""
    return tuple(dict.fromkeys(name for row in rows.rows for name in SOURCES[row.response]))


def stacked(verdict: Verdict, view: str) -> Figure:
    """Return the cost terms of the four in one view: costs to the right of the line, what is saved to the left."""
    ranking = verdict.assessment.ranking.views[view]
    first = ranking.first
    name = "Nothing new" if first == "nothing" else capital(first)
    spec = {key: value for key, value in panel(view, ranking.options).items() if key != "title"}
    saved = [option for option in ranking.options if option.delta < 0]
    caption = (
        f"{name} costs least; {len(saved)} of the four cost less than nothing new. Right of the line: own cost, then "
        "retaliation, then hitting the wrong actor, ever paler; left of it: what is saved. Mark and line: the net and "
        "its 5-95 % over input readings."
    )
    columns = ("response", "own cost", "saved", "retaliation", "wrong actor", "net", "military tail, apart")
    rows = [
        (
            capital(option.response),
            money(option.terms["own"], signed=True),
            money(
                sum(option.terms[name] for name in ("harm", "concession", "recurrence", "second_order")), signed=True
            ),
            money(option.terms["retaliation"], signed=True),
            money(option.terms["wrong_actor"], signed=True),
            money(option.delta, signed=True),
            money(option.tail.cost_at_cap, signed=True),
        )
        for option in ranking.options
    ]
    return figure(
        "stacked", spec | {"width": "container"}, caption, columns, rows, sources=("cost.", "effect.", "rate.")
    )
