"""Which report separates which hypotheses: the diagnosticity of each report, taken alone."""

from __future__ import annotations

from cybercoercion.report.figure import Figure
from cybercoercion.report.grid_figure import NOTHING, Separation, grid_figure
from cybercoercion.report.names import label
from cybercoercion.screen.beliefs import quoted
from cybercoercion.screen.evidence_words import said_words, state_words
from cybercoercion.screen.explained import DECIBANS, SOURCES, Told

RIVALS = 4  # hypotheses that the leading one is held against
NODES = {"intent": "Purpose", "actor": "Actor", "demand": "Demand"}


def nodes(told: Told) -> dict[str, str]:
    """Return what reports can tell apart in a case: those of purpose, actor and demand with more than one answer."""
    grid = told.explanation.diagnosticity
    return {node: name for node, name in NODES.items() if len(grid.states[node]) > 1}


def separating(told: Told, node: str = "intent") -> Figure:
    """Return the grid of reports for the leading answer against the next ones, strongest report first."""
    grid = told.explanation.diagnosticity
    states = list(grid.states[node])
    p = told.belief.estimates(node)
    ranked = sorted(states, key=lambda state: -p[state].p)
    first, others = ranked[0], ranked[1 : 1 + RIVALS]
    places = [states.index(other) for other in others]
    by_report = grid.grid[node][:, states.index(first)][:, places]
    reports = {report.id: report for report in told.case.reports}
    rows = [
        Separation(report=said_words(told.case, reports[name]), weights=tuple(map(float, weights)))
        for name, weights in zip(grid.reports, by_report, strict=True)
    ]
    rows.sort(key=lambda row: -max(map(abs, row.weights)))
    called, against = (
        state if node == "intent" else state_words(told.case, node, state) for state in (first, others[0])
    )
    silent = sum(abs(row.weights[0]) < NOTHING for row in rows)
    told_apart = f"{silent} of {len(rows)} reports do not separate {called} from {against}"
    strongest = max(rows, key=lambda row: abs(row.weights[0]))
    side = called if strongest.weights[0] >= 0 else against
    most = f"; the strongest, {quoted(strongest.report)}, speaks for {side}" if silent < len(rows) else ""
    caption = f"{told_apart}{most}. Blue speaks for {called}, brown for the other; a dot has no weight. {DECIBANS}"
    return grid_figure(
        "separating",
        caption,
        label(told.case, node, first),
        [label(told.case, node, state) for state in others],
        rows,
        sources=SOURCES,
    )
