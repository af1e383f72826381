"""Single changes that a decision can be tried with, and what a set of them comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief import ImpossibleEvidence
from cybercoercion.belief.channel import quality
from cybercoercion.belief.coalition import Coalitions, coalitions_of
from cybercoercion.belief.evidence import effective_grade
from cybercoercion.case import Case, Report
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.knowledge import Knowledge
from cybercoercion.response import costs
from cybercoercion.response.costs import Costs
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.told.reports import neighbours, not_counted
from cybercoercion.sensitivity.told.rivals import Question, Rivals, rivals_of
from cybercoercion.sensitivity.told.told import Place, Told

Array = NDArray[np.float64]
Kind = Literal["withdrawn", "graded", "moved"]
FAR = 1e15  # USD


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """What an input at another value changes: quantities held, fields of the stakes, rows of demands and actors."""

    quantities: Mapping[str, float] = field(default_factory=dict)
    stakes: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change: a report withdrawn, a report graded one step otherwise, or an input at its own 5 or 95 %.

    ``strength`` is the mean quality of the report's channel, by which a weak report gives way before a strong one.
    """

    kind: Kind
    name: str
    to: str  # a grade, or "5 %" or "95 %"
    label: str
    value: float = np.nan  # of an input, in its `unit`
    unit: str = ""
    strength: float = 1.0
    place: Place | None = None
    patch: Patch = field(default_factory=Patch)

    @property
    def whose(self) -> object:
        """What two steps of one set may not share: a report, or an input."""
        return self.place if self.place is not None else self.name


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """An assessment that sets of steps are tried on."""

    assessment: Assessment
    view: str
    decision: Decision
    _priced: dict[object, Rivals] = field(default_factory=dict, repr=False)
    _states: dict[object, Array] = field(default_factory=dict, repr=False)

    @cached_property
    def told(self) -> Told:
        """The reports."""
        return Told(assessment=self.assessment)

    @cached_property
    def rivals(self) -> Rivals:
        """What competes as things are."""
        return rivals_of(self.assessment.belief, self.assessment.costs, self.view, self.decision)

    @cached_property
    def states(self) -> Array:
        """The belief as it is, dims ``(intent, actor, demand)``."""
        return np.asarray(self.assessment.belief.posterior.sum(-1))

    def leader(self, question: Question) -> int:
        """Return the place of who leads as things are."""
        return int(self.rivals.leader(question, self.rivals.of(self.states)))

    def margin(self, question: Question, steps: Sequence[Step]) -> tuple[float, str]:
        """Return by how much who leads now still leads after some steps, and who leads then.

        In USD of expected cost for the choice, else in probability; infinite where the reports left exclude each other.
        """
        try:
            states = self._believed([step for step in steps if step.place is not None])
        except ImpossibleEvidence:
            return np.inf, ""
        rivals = self._rivals([step for step in steps if step.place is None])
        values = rivals.of(states)
        names = self.rivals.names(question)
        now = names[self.leader(question)]
        found = rivals.names(question)
        if now not in found:
            return -FAR, found[int(rivals.leader(question, values))]
        lead = found.index(now)
        margin = rivals.rounded(question, values, lead)
        return margin, now if margin >= 0 else found[int(rivals.leader(question, values))]  # a tie is no flip

    def _believed(self, steps: Sequence[Step]) -> Array:
        """Return the belief after some steps, remembered: dims ``(intent, actor, demand)``."""
        if not steps:
            return self.states
        key = frozenset((step.name, step.kind, step.to) for step in steps)
        if key not in self._states:
            masses = self._masses(steps)
            if not masses.sum() > 0:
                raise ImpossibleEvidence("no state of the world agrees with the reports that are left")
            self._states[key] = masses / masses.sum()
        return self._states[key]

    def _masses(self, steps: Sequence[Step]) -> Array:
        if self.coalitions is not None and all(step.kind == "withdrawn" for step in steps):
            names = [report.id for report in self.coalitions.reports]
            out = sum(1 << names.index(step.name) for step in steps)
            return self.coalitions.masses(self.coalitions.everything & ~out)
        changes = {step.place: self._report(step) for step in steps if step.place is not None}
        return np.asarray(self.told.belief(changes).posterior.sum(-1))

    def _report(self, step: Step) -> Report:
        assert step.place is not None
        update = {"off": True} if step.kind == "withdrawn" else {"grade": step.to}
        return self.told.report(step.place).model_copy(update=update)

    @cached_property
    def coalitions(self) -> Coalitions | None:
        """Choices of reports, where they can be had fast: of a case, without stated beliefs."""
        if self.assessment.campaign is not None:
            return None
        found = coalitions_of(self.assessment.case, self.assessment.knowledge)
        return found if found.plain else None

    def _rivals(self, steps: Sequence[Step]) -> Rivals:
        if not steps:
            return self.rivals
        key = tuple(sorted((step.name, step.to) for step in steps))
        if key not in self._priced:
            priced = _priced(self.assessment, [step.patch for step in steps])
            self._priced[key] = rivals_of(self.assessment.belief, priced, self.view, self.decision)
        return self._priced[key]

    def withdrawals(self) -> tuple[Step, ...]:
        """Return the withdrawal of each report that counts."""
        return tuple(self._step(place, "withdrawn", "") for place in self._counting())

    def regrades(self) -> tuple[Step, ...]:
        """Return each report that counts with its grade one step up or down, by letter, digit or both."""
        return tuple(
            self._step(place, "graded", grade)
            for place in self._counting()
            if self.told.report(place).kind == "likelihood"
            for grade in neighbours(self.told.report(place).grade)
        )

    def moves(self) -> tuple[Step, ...]:
        """Return each uncertain input of costs that the belief does not hang on, at its own 5 and 95 %."""
        out = []
        for one in inputs(self.assessment, self.view):
            if one.moves_belief or one.certain or one.name.startswith("p."):
                continue
            for to, value in (("5 %", one.low), ("95 %", one.high)):
                priced = one.ask(value).costs
                patch = _patch(self.assessment, priced)
                self._priced[(one.name, to),] = rivals_of(self.assessment.belief, priced, self.view, self.decision)
                out.append(
                    Step(kind="moved", name=one.name, to=to, label=one.label, value=value, unit=one.unit, patch=patch)
                )
        return tuple(out)

    def _counting(self) -> Iterator[Place]:
        for place in self.told.places:
            if not not_counted(self.told, place) and not self.told.report(place).off:
                yield place

    def _step(self, place: Place, kind: Kind, to: str) -> Step:
        report, knowledge = self.told.report(place), self.assessment.knowledge
        graded = report.grade is not None or not report.likelihood
        grade = effective_grade(report, self.told.episodes[place[0]].reports)
        strength = float(quality(grade, knowledge).mean()) if graded else 1.0
        name = self.told.name(place)
        return Step(kind=kind, name=name, to=to, label=name, strength=strength, place=place)


def _patch(assessment: Assessment, asked: Costs) -> Patch:
    """Return what differs between the costs of an input at another value and those as they are."""
    knowledge, case, other = assessment.knowledge, assessment.case, asked.case
    quantities = {
        name: entry.value
        for name, entry in asked.knowledge.quantities.items()
        if asked.knowledge is not knowledge and entry is not knowledge.quantities[name]
    }
    stakes = {
        name: value
        for name in type(case.stakes).model_fields
        if (value := getattr(other.stakes, name)) != getattr(case.stakes, name)
    }
    rows: dict[tuple[str, str], object] = {}
    for block in ("demands", "actors"):
        before = {one.id: one for one in getattr(case, block)}
        rows |= {(block, one.id): one for one in getattr(other, block) if one != before[one.id]}
    return Patch(quantities=quantities, stakes=stakes, rows=rows)


def _priced(assessment: Assessment, patches: Sequence[Patch]) -> Costs:
    """Return the costs under several inputs at other values together."""
    case, knowledge = assessment.case, assessment.knowledge
    held = {name: value for patch in patches for name, value in patch.quantities.items()}
    known: Knowledge = knowledge.held(held) if held else knowledge
    stakes: dict[str, object] = {}
    for patch in patches:
        for name, value in patch.stakes.items():
            stakes[name] = _merged(getattr(case.stakes, name), stakes.get(name), value)
    rows = {place: row for patch in patches for place, row in patch.rows.items()}
    blocks = {
        block: tuple(rows.get((block, one.id), one) for one in getattr(case, block)) for block in ("demands", "actors")
    }
    changed: Case = case.model_copy(update={"stakes": case.stakes.model_copy(update=stakes), **blocks})
    return costs(changed, known)


def _merged(base: object, before: object, value: object) -> object:
    """Return the later of two values; of two tables, what each changes."""
    if isinstance(before, Mapping) and isinstance(value, Mapping):
        known = base if isinstance(base, Mapping) else {}
        return FrozenMapping({**before, **{key: one for key, one in value.items() if known.get(key) != one}})
    return value
