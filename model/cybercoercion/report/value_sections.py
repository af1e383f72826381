"""What is worth finding out, as sections: findings, control."""

from __future__ import annotations

from cybercoercion.assessment import Assessment
from cybercoercion.report.fact_names import coming_by_id, coming_name
from cybercoercion.report.names import label, option_words
from cybercoercion.report.part import Made
from cybercoercion.report.plain import plain
from cybercoercion.report.section import Section
from cybercoercion.report.units import in_unit
from cybercoercion.report.value_figure import Worth, worth_of_findings
from cybercoercion.report.words import capital, joined, money, percent
from cybercoercion.sensitivity.value.result import ReportValue, StateValue, Value
from cybercoercion.sensitivity.value.states import GUILTY

SHOWN = 8
LEAST = 1_000.0  # USD: what is worth less is not worth the asking
STATES = {
    "actor": "who did it",
    "intent": "what it is for",
    "coercion": "whether it is coercion",
    "kind": "what kind of actor it is",
    "demand": "what is demanded",
    "signalling": "how openly it is done",
    "objective": "what the operation does",
    "who": "which candidate, or which kind of unlisted actor, did it",
    "framed": "whether somebody is framed",
}


def findings_made(assessment: Assessment, value: Value) -> Made:
    """Return the figure of what each finding is worth, upper limits above, and the table of reports."""
    reports = [one for one in value.reports if one.evsi >= LEAST]
    rows = findings_rows(assessment, value)
    said = findings_sentence(assessment, value)
    per_day = value.waiting[0].per_day if value.waiting else 0.0
    table = tuple(
        (
            report_words(assessment, one),
            money(one.evsi),
            money(one.evppi),
            percent(one.chance),
            money(one.report.cost),
            f"{one.report.delay:.0f} days",
            money(one.net, signed=True),
        )
        for one in reports[: SHOWN + 4]
    )
    hidden = len(value.reports) - len(table)
    notes = [f"{hidden} {'further ' if table else ''}reports, worth less, stand in --json."] if hidden > 0 else []
    if value.unvalued:
        announced = [one.id for one in assessment.case.pending]
        said_of = [f"{coming_by_id(one.id, announced)} ({one.reason})" for one in value.unvalued[:5]]
        notes.append(f"Not valued: {'; '.join(said_of)}.")
    section = Section(
        name="findings",
        title="Which finding is worth asking for?",
        figures=(worth_of_findings("findings", said, rows, per_day or None),) if rows else (),
        sentences=() if rows else (said,),
        columns=("report", "worth", "at most", "changes the choice", "costs", "there in", "net") if table else (),
        rows=table,
        notes=(*notes, *(f"{capital(note)}." for note in value.notes)),
    )
    data = {
        "plan": value.plan,
        "expected_difference": value.now,
        "expected_cost": value.level,
        "evpi_of_states": value.evpi,
        "states": {one.name: one.evppi for one in value.states},
        "reports": [{**plain(one), "net": one.net} for one in value.reports],
        "unvalued": [plain(one) for one in value.unvalued],
        "pair": None if value.pair is None else {**plain(value.pair), "together": value.pair.together},
        "notes": list(value.notes),
    }
    return Made(section=section, data=data, headline=said)


def findings_rows(assessment: Assessment, value: Value) -> list[Worth]:
    """Return what is worth a bar: hidden states known for certain, then the reports that could come."""
    limits = [one for one in value.states if one.evppi >= LEAST and len(one.states) == 1]
    reports = [one for one in value.reports if one.evsi >= LEAST]
    limits = sorted(limits, key=lambda one: -one.evppi)[:4]
    rows = [
        Worth(label=capital(states_words(one)), note="known for certain: an upper limit", value=one.evppi, limit=True)
        for one in limits
    ]
    return rows + [
        Worth(label=capital(report_words(assessment, one)), note=_note(one), value=one.evsi, limit=False)
        for one in reports[:SHOWN]
    ]


def findings_sentence(assessment: Assessment, value: Value) -> str:
    """Return what the best finding is worth, or that nothing is."""
    pick = capital(option_words(assessment.case, value.plan))
    best = value.best
    limit = max((one.evppi for one in value.states), default=0.0)
    most = max((one.evsi for one in value.reports), default=0.0)
    pair = ""
    if value.pair is not None and value.pair.net > 0 and value.pair.evsi > most + LEAST:
        names = joined([named_report(assessment, value, name) for name in value.pair.reports])
        pair = f" The best pair, {names}, is worth {money(value.pair.evsi, words=True)}."
    if best is None or most < LEAST:
        worth = money(max(limit, value.evpi), words=True)
        alone = " by itself" if pair else ""
        return (
            f"{pick} is chosen now. No report that could still come is worth anything{alone}; knowing all that is "
            f"hidden would be worth {worth}.{pair}"
        )
    if best.net <= 0:
        return f"{pick} is chosen now. {not_worth_it(assessment, best)}{pair}"
    worth = f"{money(best.evsi, words=True)} before its costs, {money(best.net, words=True)} net"
    said = (
        f"{pick} is chosen now. {capital(report_words(assessment, best))} is worth {worth}, and changes "
        f"the choice with {percent(best.chance)}. "
        f"Nothing about who, why or what for can be worth more than {money(value.evpi, words=True)}."
    )
    return said + pair


def not_worth_it(assessment: Assessment, best: ReportValue) -> str:
    """Return that no report pays for itself, and what the nearest of them is worth and costs."""
    parts = [
        f"{money(paid, words=True)} {what}"
        for paid, what in ((best.report.cost, "to get"), (best.report.waiting, "to wait for"))
        if paid > 0
    ]
    return (
        "No report that could still come is worth its cost and delay: the nearest, "
        f"{report_words(assessment, best)}, is worth {money(best.evsi, words=True)} and costs {' and '.join(parts)}."
    )


def states_words(one: StateValue) -> str:
    """Return hidden states in words.

    >>> states_words(StateValue(states=("guilty:apt", "framed"), evppi=0.0))
    'whether the accused did it and whether somebody is framed'
    """
    words = [
        ("whether the accused did it" if name.startswith(GUILTY) else STATES.get(name, name)) for name in one.states
    ]
    return joined(words)


def report_words(assessment: Assessment, one: ReportValue) -> str:
    """Return a coming report in words: what it would tell, whom it is about, and its id where it is announced."""
    report = one.report
    about = label(assessment.case, "actor", report.about) if report.about else ""
    return coming_name(report.fact, about, "" if report.generic else report.id)


def named_report(assessment: Assessment, value: Value, name: str) -> str:
    """Return a coming report by its id, in words."""
    return next((report_words(assessment, one) for one in value.reports if one.report.id == name), name)


def _note(one: ReportValue) -> str:
    grade = f"graded {one.report.grade}" if one.report.grade else "no grade known"
    who = "nobody has announced it" if one.report.generic else f"announced, {one.report.delay:.0f} days"
    return f"{grade}, {who}; at most {money(one.evppi)}"


def control_made(assessment: Assessment, value: Value) -> Made:
    """Return what setting an input, or a state, would be worth, beside what knowing it is."""
    ranked = sorted(value.control, key=lambda one: -one.value)
    rows = tuple(
        (
            capital(_settable(one.label)),
            in_unit(one.best, "share" if "escalation" not in one.name else "factor"),
            money(one.value, signed=True),
        )
        for one in ranked
    )
    outcomes = "; ".join(
        f"{STATES.get(one.node, one.node)}: knowing is worth {money(one.information)}, were it "
        f"{_outcome(assessment, one.node, one.outcome)} costs would be {money(one.control)} lower"
        for one in value.outcomes
    )
    best = ranked[0] if ranked else None
    said = "Nothing that could be set lowers the expected cost."
    if best is not None and best.value > 0:
        worth = money(best.value, words=True)
        said = f"{capital(_settable(best.label))} at {best.best:g} would be worth {worth}, before its own cost."
    section = Section(
        name="control",
        title="What would control be worth?",
        sentences=(said,),
        columns=("set", "to", "worth, USD") if rows else (),
        rows=rows,
        notes=(f"What cannot be set any more, as a limit: {outcomes}.",) if outcomes else (),
    )
    data = {
        "inputs": [{**plain(one), "best": one.best, "value": one.value} for one in value.control],
        "states": [plain(one) for one in value.outcomes],
    }
    return Made(section=section, data=data)


def _settable(label: str) -> str:
    """Return what is set, without the values that were tried."""
    return label.partition(",")[0].partition(" at its own")[0]


def _outcome(assessment: Assessment, node: str, outcome: str) -> str:
    return label(assessment.case, node, outcome) if node in ("actor", "demand") else outcome
