"""The ledger: every number of the model with its range, unit, mark and source, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cybercoercion.knowledge.entry import Quantity, Source, Table
from cybercoercion.knowledge.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry of the ledger; a table has one line per row."""

    name: str
    value: float | tuple[float, ...]
    states: tuple[str, ...]
    uncertainty: str
    low: float | None
    high: float | None
    unit: str
    source: str
    mark: str
    note: str
    file: str
    overlaid: bool


def ledger(knowledge: Knowledge, prefix: str = "") -> Iterator[Line]:
    """Yield the lines of the ledger whose names start with a prefix.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> next(ledger(load_knowledge(draws=10), "reliability.A")).value
    0.95
    """
    for name, quantity in knowledge.quantities.items():
        if name.startswith(prefix):
            yield _of_quantity(quantity, overlaid=f"quantity.{name}" in knowledge.overlays)
    for name, table in knowledge.tables.items():
        if name.startswith(prefix):
            yield from _of_table(table)


def marks(knowledge: Knowledge) -> dict[str, int]:
    """Return how many numbers bear each mark; a row counts once."""
    counts: dict[str, int] = {}
    for line in ledger(knowledge):
        counts[line.mark] = counts.get(line.mark, 0) + 1
    return counts


def _of_quantity(quantity: Quantity, *, overlaid: bool) -> Line:
    distribution = quantity.distribution
    sure = distribution.family == "point"
    return Line(
        name=quantity.name,
        value=quantity.value,
        states=(),
        uncertainty="a fixed value" if sure else distribution.family,
        low=None if sure else distribution.quantile(0.05),
        high=None if sure else distribution.quantile(0.95),
        unit=quantity.unit,
        source=quantity.source.text,
        mark=quantity.source.mark,
        note=quantity.source.note,
        file=quantity.source.file,
        overlaid=overlaid,
    )


def _of_table(table: Table) -> Iterator[Line]:
    spread = f"softmax offsets sd {table.sd:g}" if table.sd is not None else f"Dirichlet, {table.strength:g} cases"
    if table.exponent:
        spread += f", flattened by {table.exponent}"
    for labels, row, source in table.rows():
        yield Line(
            name=".".join((table.name, *labels)),
            value=tuple(float(p) for p in row),
            states=table.states,
            uncertainty=spread,
            low=None,
            high=None,
            unit=table.unit,
            source=source.text,
            mark=source.mark,
            note=source.note,
            file=source.file,
            overlaid=_differs(source, table.source),
        )


def _differs(row: Source, table: Source) -> bool:
    return row.file != table.file
