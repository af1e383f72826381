"""Where the numbers of a figure come from: rows of the ledger with value, range, mark and source."""

from __future__ import annotations

from collections.abc import Sequence

from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.ledger import Line, ledger
from cybercoercion.report.ledger import values

COLUMNS = ("entry", "value", "range", "unit", "mark", "source")


def ledger_rows(knowledge: Knowledge, sources: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return column names, and the rows of all entries whose names begin with one of these.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> ledger_rows(load_knowledge(draws=2), ("discount",))[1][0][0]
    'discount'
    """
    lines = [line for line in ledger(knowledge) if any(line.name.startswith(source) for source in sources)]
    return COLUMNS, tuple((line.name, values(line), spread(line), line.unit, line.mark, line.source) for line in lines)


def spread(line: Line) -> str:
    """Return the 5-95 % range of an entry, or how its rows are drawn."""
    if line.low is None or line.high is None:
        return line.uncertainty
    return f"{line.low:.3g} to {line.high:.3g}"
