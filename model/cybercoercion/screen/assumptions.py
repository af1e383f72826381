"""What the answer takes for granted: the register of assumptions, and the case as it would look under one of them."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import label, option_words
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import VIEW_NAMES
from cybercoercion.report.words import MINUS, capital, joined, money, percent
from cybercoercion.sensitivity.assumed.assumption import Assumed, Register, register

COLUMNS = ("assumption", "instead", "coercion", "leading actor", "first choice", "lead of the first choice", "changes")
SHOWN = 8  # rows at first sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The register of a case: one row per assumption, the ones that change something first."""

    assessment: Assessment
    found: Register
    view: str

    @property
    def names(self) -> tuple[str, ...]:
        """The assumptions that something in the case hangs on, in the order of the rows."""
        return tuple(row.name for row in self._rows)

    @property
    def _rows(self) -> list[Assumed]:
        base = self.found.base.views[self.view].gap
        asked = [row for row in self.found.rows if row.applies]
        return sorted(
            asked,
            key=lambda row: (not self.found.flips(row, self.view), -abs(row.views[self.view].gap - base)),
        )

    def named(self, name: str) -> Assumed:
        """Return a row by its name."""
        return next(row for row in self.found.rows if row.name == name)

    def section(self, most: int = SHOWN) -> Section:
        """Return the register as a table: the first row as assumed, then the rows that move the decision most."""
        flipping = [row for row in self.found.flipping(self.view) if row.applies]
        idle = len(self.found.rows) - len(self._rows)
        said = (
            f"{len(flipping)} of {len(self._rows)} assumptions change the first choice when switched: "
            f"{joined([_name(row) for row in flipping])}."
            if flipping
            else f"None of {len(self._rows)} assumptions changes the first choice when it is switched."
        )
        rows = (self.found.base, *self._rows[:most])
        return Section(
            name="register",
            title="What is assumed, and what if it were otherwise",
            sentences=(said, "Each is switched by itself; the rest stays as it is."),
            columns=COLUMNS,
            rows=tuple(self._cells(row) for row in rows),
            numeric_from=2,
            notes=(f"Nothing in this case hangs on {idle} more.",) if idle else (),
        )

    def rest(self, most: int = SHOWN) -> Section:
        """Return the rows that move the decision least."""
        rows = self._rows[most:]
        title = f"{len(rows)} more, which move the decision less"
        return Section(name="rest", title=title, columns=COLUMNS, rows=tuple(self._cells(row) for row in rows))

    def _cells(self, row: Assumed) -> tuple[str, ...]:
        outcome = row.views[self.view]
        return (
            row.assumed or "As assumed",
            row.instead or "",
            percent(row.p_coercion),
            f"{label(self.assessment.case, 'actor', row.leader)} {percent(row.p_leader)}",
            self._option(outcome.first),
            money(outcome.gap, signed=True),
            joined(list(self.found.flips(row, self.view))) if row is not self.found.base else "",
        )

    def _option(self, first: str) -> str:
        return capital(joined([option_words(self.assessment.case, name) for name in first.split(" + ")]))

    def scenario(self, name: str) -> Section:
        """Return the case under one switch beside the case as assumed, in all three views."""
        base, row = self.found.base, self.named(name)
        rows = [
            ("Coercion", percent(base.p_coercion), percent(row.p_coercion)),
            ("Leading actor", *(self._leader(one) for one in (base, row))),
        ]
        for view, said in VIEW_NAMES.items():
            rows.append((f"First choice, {said}", *(self._option(one.views[view].first) for one in (base, row))))
            rows.append((f"Its lead, {said}, USD", *(money(one.views[view].gap) for one in (base, row))))
        points = round(100 * (row.p_coercion - base.p_coercion))
        moves = f"{'+' if points > 0 else MINUS}{abs(points)} points" if points else "no point"
        flips = self.found.flips(row, self.view)
        turned = f"{capital(joined(list(flips)))} would be another." if flips else "The first choice stays."
        return Section(
            name="scenario",
            title=row.instead.removesuffix("."),
            sentences=(f"Assumed: {row.assumed}", f"Instead: {row.instead} Coercion moves by {moves}. {turned}"),
            columns=("", "as assumed", "instead"),
            rows=tuple(rows),
            notes=("This is a scenario: neither the case nor the tables are changed.",),
        )

    def _leader(self, row: Assumed) -> str:
        return f"{label(self.assessment.case, 'actor', row.leader)} {percent(row.p_leader)}"


def assumptions(assessment: Assessment, view: str = "nation") -> Assumptions:
    """Return the register of a case in a view.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> said = assumptions(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> said.section().rows[0][0], len(said.names) > 20
    ('As assumed', True)
    """
    return Assumptions(assessment=assessment, found=register(assessment), view=view)


def _name(row: Assumed) -> str:
    return row.name.replace("-", " ")
