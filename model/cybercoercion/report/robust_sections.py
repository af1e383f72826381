"""How far the decision hangs on priors and intervals, as sections: power-scaling, bounds, where the pick loses."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.box_words import box_words
from cybercoercion.report.names import option_words
from cybercoercion.report.part import Asked, Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.words import joined, money, percent, points
from cybercoercion.sensitivity.robust.box import box
from cybercoercion.sensitivity.robust.credal import Credal, credal
from cybercoercion.sensitivity.robust.power import power_scaling


def power_made(assessment: Assessment, asked: Asked) -> Made:
    """Return what each prior component and each origin of reports moves, per doubling of its power."""
    found = power_scaling(assessment, view=asked.view)
    rows = tuple(
        (
            name,
            *(
                money(float(change), signed=True) if unit == "USD" else points(float(change))
                for change, unit in zip(found.change[row], found.units, strict=True)
            ),
            "not to be trusted" if name in found.untrusted else "matters" if found.matters[row].any() else "",
        )
        for row, name in enumerate(found.components)
    )
    section = Section(
        name="power",
        title="What if a prior, or an origin, counted twice? Power-scaling",
        sentences=found.words(),
        columns=("component", *found.quantities, ""),
        rows=rows,
        notes=(f"Change per doubling, to first order, from {found.draws:,} draws.",),
    )
    return Made(section=section, data=plain(found))


def credal_made(assessment: Assessment, asked: Asked) -> Made:
    """Return bounds where tables, beliefs or inputs are only known as intervals."""
    belief = assessment.belief
    beliefs: dict[str, dict[str, tuple[float, float]]] = {
        "coercion": {"yes": (belief.coercion.low, belief.coercion.high)},
        "actor": {name: (one.low, one.high) for name, one in belief.estimates("actor").items()},
    }
    found = credal(
        assessment,
        view=asked.view,
        decision=asked.decision,
        tables=None if assessment.campaign is not None else assessment.knowledge.mean("interval.open"),
        beliefs=beliefs,
    )
    gap = found.quantities.index("gap")
    rows = []
    for row, name in enumerate(found.sets):
        gaps = [money(float(ends[row, gap]), signed=True) for ends in (found.outer_low, found.outer_high)]
        shares = [percent(float(ends[row, 0])) for ends in (found.outer_low, found.outer_high)]  # coercion is the first
        rows.append(
            (
                name,
                " to ".join(shares),
                " to ".join(gaps),
                _answered(assessment, found, row),
            )
        )
    settled = [one for one in found.answers if one == found.pick]
    said = (
        f"Known only as intervals, {len(settled)} of {len(found.sets)} sets of numbers leave "
        f"{option_words(assessment.case, found.pick)} first whatever holds inside them."
    )
    section = Section(
        name="intervals",
        title="What if numbers are only known as intervals?",
        sentences=(said,),
        columns=("what is widened", "coercion", "gap", "answer"),
        rows=tuple(rows),
        numeric_from=4,
    )
    return Made(section=section, data={**plain(found), "answers": list(found.answers)})


def _answered(assessment: Assessment, found: Credal, row: int) -> str:
    if found.answers[row] == found.pick:
        return option_words(assessment.case, found.pick)
    names = joined([option_words(assessment.case, name) for name in found.undominated[row]], "or")
    return f"undetermined: {names}" if found.settled[row] else "undetermined: bounds too wide to tell"


def box_made(assessment: Assessment, asked: Asked) -> Made:
    """Return the box of inputs in which the first choice loses by more than the margin."""
    found = box(assessment, view=asked.view, decision=asked.decision)
    section = Section(
        name="box", title="Where would the first choice lose?", sentences=(box_words(found, assessment.case),)
    )
    return Made(section=section, data={**plain(found), "found": found.found})
