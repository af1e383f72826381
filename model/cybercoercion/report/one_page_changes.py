"""What would change our mind, in a few lines: who did it, resilience, reports, what may come. It takes a second."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.flip_words import sentence
from cybercoercion.report.input_names import input_words
from cybercoercion.report.lead_words import flips_words
from cybercoercion.report.names import label
from cybercoercion.report.units import in_unit
from cybercoercion.report.value_sections import LEAST, report_words
from cybercoercion.report.words import capital, money, percent
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.threshold.threshold import Threshold, thresholds
from cybercoercion.sensitivity.told.smallest import smallest
from cybercoercion.sensitivity.value.result import Value
from cybercoercion.sensitivity.value.table import voi

RESILIENCE = "stakes.resilience"


def changes(assessment: Assessment) -> tuple[str, ...]:
    """Return what would change the first choice; kept with the tables, so that a second page costs nothing.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> changes(assess(load_case("sony-2014"), load_knowledge(draws=50)))[0].split(":")[0]
    'P(North Korea did it), now 79 %'
    """
    source = assessment.campaign or assessment.case
    return assessment.knowledge.remember_recent("what would change it", source, lambda: _changes(assessment))


def _changes(assessment: Assessment) -> tuple[str, ...]:
    known = {one.name for one in inputs(assessment)}
    names = [name for name in (*_leader(assessment), RESILIENCE) if name in known]
    found = {row.name: row for row in thresholds(assessment, names=names).rows}
    lines = [_flip(assessment, found[name]) for name in names if name in found]
    if assessment.belief.reports:
        whole = smallest(assessment, questions=["choice"], means=["withdrawn"])
        lines.append(sentence(whole.sets[0], whole, assessment.case))
    return (*lines, _coming(assessment, voi(assessment, parameters=False)))


def _leader(assessment: Assessment) -> tuple[str, ...]:
    """Return the input of who did it, for the likeliest candidate of the case."""
    estimates = assessment.belief.estimates("actor")
    named = [actor.id for actor in assessment.case.actors]
    return (f"p.actor.{max(named, key=lambda actor: estimates[actor].p)}",) if named else ()


def _flip(assessment: Assessment, row: Threshold) -> str:
    called = "Resilience of the target" if row.name == RESILIENCE else capital(input_words(row.label))
    if row.name.startswith("p.actor."):
        called = f"P({label(assessment.case, 'actor', row.name.removeprefix('p.actor.'))} did it)"
    now = f"{called}, now {in_unit(row.now, row.unit)}"
    if not row.flips:
        low, high = (in_unit(end, row.unit) for end in row.searched)
        return f"{now}: no value from {low} to {high} changes the first choice."
    sides = "; ".join(
        f"{'above' if flip.above else 'below'} {in_unit(flip.value, row.unit)} "
        f"{flips_words(assessment, row, flip.winner)}"
        for flip in row.flips
    )
    return f"{now}: {sides}. Chance that we are already there: {percent(row.chance)}."


def _coming(assessment: Assessment, value: Value) -> str:
    """Return which report that could still come is worth asking for, and how long to wait for it."""
    best = value.best
    if max(value.evpi, *(one.evsi for one in value.reports), 0.0) < LEAST:
        return "Nothing that we could learn would change the plan."
    if best is None or best.evsi < LEAST:
        return (
            "No report that could still come is worth anything by itself; knowing all that is hidden would be worth "
            f"{money(value.evpi, words=True)}."
        )
    said = f"{capital(report_words(assessment, best))} is worth {money(best.evsi, words=True)} and changes the plan "
    said += f"in {percent(best.chance)} of cases"
    waits = {one.report: one for one in value.waiting}
    if best.report.id not in waits:
        return f"{said}."
    one = waits[best.report.id]
    if not one.wait:
        return f"{said}; acting does not wait for it."
    limit = "" if one.break_even is None else f"; wait at most {one.break_even:.0f} days"
    return f"{said}; a day of waiting costs {money(one.per_day, words=True)}{limit}."
