"""What to do about what may still come, as sections: act now or wait, and what to collect next."""

from __future__ import annotations

from collections.abc import Sequence

from cybercoercion.assessment import Assessment
from cybercoercion.report.names import label, option_words
from cybercoercion.report.part import Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.value_sections import LEAST, SHOWN, named_report, not_worth_it
from cybercoercion.report.words import DASH, capital, joined, money, percent
from cybercoercion.sensitivity.value.collection import Step
from cybercoercion.sensitivity.value.result import Value
from cybercoercion.sensitivity.value.waiting import WaitingValue

ROUNDING = 1e-3  # USD: what sums in the billions leave of nothing


def waiting_made(assessment: Assessment, value: Value) -> Made:
    """Return whether to act now or to wait, report by report, with the break-even delay."""
    rows = []
    for one in value.waiting[:SHOWN]:
        limit = one.break_even
        rows.append(
            (
                named_report(assessment, value, one.report),
                money(one.evsi),
                f"{one.delay:.0f} days",
                money(one.per_day),
                money(one.net, signed=True),
                "any delay" if limit is None else f"{limit:.1f} days",
                "wait" if one.wait else "act now",
            )
        )
    waits = [one for one in value.waiting if one.wait]
    if not value.waiting:
        said = "Act now: no report that could come changes what goes on top of resilience."
    elif not waits:
        said = f"Act now: {_why_not(value.waiting)}. Resilience itself never waits."
    else:
        best = max(waits, key=lambda one: one.net)
        limit = best.break_even
        at_most = "with any delay" if limit is None else f"up to {limit:.1f} days"
        said = (
            f"Waiting for {named_report(assessment, value, best.report)} pays {at_most}: it gains "
            f"{money(best.net, words=True)} over acting now. Resilience itself does not wait."
        )
    section = Section(
        name="waiting",
        title="Act now, or wait?",
        sentences=(said,),
        columns=("report", "worth on top", "there in", "a day costs", "gain of waiting", "pays up to", "")
        if rows
        else (),
        rows=tuple(rows),
    )
    data = [
        {
            **plain(one),
            "evsi": one.evsi,
            "gain": plain(one.net),
            "break_even_days": plain(one.break_even),
            "wait": one.wait,
        }
        for one in value.waiting
    ]
    return Made(section=section, data=data, headline=said)


def _why_not(reports: Sequence[WaitingValue]) -> str:
    """Return why no report is waited for: it would turn nothing, or it costs more than it is worth."""
    many = len(reports)
    if max(one.evsi for one in reports) <= ROUNDING:
        return f"none of {many} reports that could come changes what goes on top of resilience"
    slow = any(one.delay > 0 and (one.per_day > 0 or one.now < 0) for one in reports)
    costs = "waiting costs more" if slow else "getting it costs more"
    return f"{costs} than any of {many} reports is worth for what goes on top of resilience"


def collection_made(assessment: Assessment, value: Value) -> Made:
    """Return the best next report, and the best pair, answer by answer; neither where it does not pay for itself."""
    steps = []
    if value.next is not None and value.best is not None and value.best.net > 0:
        steps.append(value.next)
    if value.next_pair is not None and value.pair is not None and value.pair.net > 0:
        steps.append(value.next_pair)
    if not steps:
        said = "Nothing to collect: no report that could still come is worth anything."
        if value.best is not None and max(one.evsi for one in value.reports) >= LEAST:
            said = f"Nothing to collect. {not_worth_it(assessment, value.best)}"
        return Made(section=Section(name="collection", title="What to collect next", sentences=(said,)), data=[])
    rows: list[tuple[str, ...]] = []
    sentences = []
    for one in steps:
        names = joined([named_report(assessment, value, name) for name in one.reports])
        sentences.append(f"{capital(names)}: changes the first choice with {percent(one.chance)}.")
        rows += _answers(assessment, names, one)
    section = Section(
        name="collection",
        title="What to collect next, and what each answer would do",
        sentences=tuple(sentences),
        columns=("report", "if it says", "chance", "coercion", "leading actor", "first choice", "gap", ""),
        rows=tuple(rows),
        numeric_from=8,
    )
    return Made(section=section, data=[{**plain(one), "chance": one.chance} for one in steps])


def _answers(assessment: Assessment, names: str, one: Step) -> Sequence[tuple[str, ...]]:
    return [
        (
            names if place == 0 else "",
            " and ".join(label_of_finding(assessment, word) for word in found.finding),
            percent(found.p),
            percent(found.p_coercion),
            f"{label(assessment.case, 'actor', found.leader)} {percent(found.p_leader)}",
            option_words(assessment.case, found.first),
            money(found.gap),
            "changes" if found.changes else DASH,
        )
        for place, found in enumerate(one.findings[:SHOWN])
    ]


def label_of_finding(assessment: Assessment, word: str) -> str:
    """Return a finding in words: candidates by their names."""
    case = assessment.case
    if word in {actor.id for actor in case.actors}:
        return label(case, "actor", word)
    if word in {demand.id for demand in case.demands}:
        return label(case, "demand", word)
    return word
