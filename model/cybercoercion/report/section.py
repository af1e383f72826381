"""One question of the report, answered."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.report.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question of the report, answered: sentences, figures, a table, notes."""

    name: str
    title: str
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric_from: int = 1
    repeats_figure: bool = False  # a drawing on the page says the same as the table
    notes: tuple[str, ...] = ()
