"""Three experiments with a case: each a copy with one thing changed, a guess to make first, and how the guess fared.

The rule makes them of any case: drop the report that speaks loudest for who did it, learn the next report, make the
target half as vulnerable. Texts and settings of a worked example may be told in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from cybercoercion.assessment import changed
from cybercoercion.belief import believe
from cybercoercion.belief.evidence import in_force
from cybercoercion.case import Campaign, Case, CaseError, Report
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.report.names import label
from cybercoercion.report.verdict import Verdict
from cybercoercion.report.words import capital, dated, percent
from cybercoercion.screen.evidence_words import said_words
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.relabelled import episodes_of
from cybercoercion.vocabulary import NONE, facts

type Asks = Literal["actor", "coercion", "first"]
ASKS: tuple[str, ...] = get_args(Asks.__value__)
HARDLY = 0.05  # of a probability: what moves less hardly moves
FEW = 200  # draws that tell which of two reports speaks louder
RESILIENCE = "stakes.resilience"
NOTHING = "nothing"
CHOICES = {
    "actor": ("We are less sure of the actor, by 5 points or more", "About as sure", "Surer, by 5 points or more"),
    "coercion": ("Coercion is less likely, by 5 points or more", "About as likely", "More likely, by 5 points or more"),
    "first": ("The first choice stays", "Another response comes first", "Nothing new comes first"),
}  # fmt: skip
QUESTIONS = {
    "actor": "How sure shall we be of who did it?",
    "coercion": "How likely is coercion then?",
    "first": "What costs least then?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One experiment: what is done, what is asked before, and the copy in which it is done.

    ``asks`` is what the three choices are about: the probability of the likeliest actor, or of coercion, which falls,
    hardly moves or rises; or the first choice, which stays, gives way to another response or to nothing new.
    """

    name: str
    asks: Asks
    question: str
    choices: tuple[str, str, str]
    source: Case | Campaign


def experiments(verdict: Verdict, told: Sequence[Mapping[str, Any]] = ()) -> tuple[Experiment, ...]:
    """Return three experiments with a case, or as many of them as it has room for.

    Parameters
    ----------
    verdict
        What is said of the case as it stands.
    told
        Experiments of a worked example, in order: ``name``, ``asks``, ``question`` and ``choices``, with ``settings``
        as `--set` takes them and ``as_of`` for another date. What the case no longer allows gives way to the rule.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> for one in experiments(verdict(assess(load_case("sony-2014"), load_knowledge(draws=200)))):
    ...     print(one.name)
    Drop: The press names: North Korea
    Learn what became known by 19 Dec 2014
    Raise the resilience of the target from 0.36 to 0.68
    """
    rules = (_dropped, _learnt, _harder)
    found = []
    for place, rule in enumerate(rules):
        own = _told(verdict, told[place]) if place < len(told) else None
        one = own or rule(verdict)
        if one is not None:
            found.append(one)
    return tuple(found)


def compared(one: Experiment, before: Verdict, after: Verdict, guess: int | None) -> str:
    """Return how a guess, 0 to 2, compares with what the model says, and what became of the leading actor.

    What else the experiment moved stands under the header, as after every change.
    """
    what = _outcome(one.asks, before, after)
    said = f"{_small(one.choices[what])}. {_actor(before, after)}"
    if guess == what:
        return f"As you expected: {said}"
    asked = "" if guess is None else f"You expected: {_small(one.choices[guess])}. "
    return f"{asked}The model says: {said}"


def _told(verdict: Verdict, row: Mapping[str, Any]) -> Experiment | None:
    """Return an experiment of a worked example, or None where the case is no longer one that it fits."""
    source = _source(verdict)
    try:
        made = changed(source, list(row.get("settings", ())))
        made = made.as_known_on(row["as_of"]) if "as_of" in row else made
    except CaseError:
        return None
    if made == source:
        return None
    return _made(row["name"], row["asks"], made, row.get("question"), row.get("choices"))


def _made(
    name: str, asks: Asks, source: Case | Campaign, question: str | None = None, choices: Sequence[str] | None = None
) -> Experiment:
    one, two, three = choices or CHOICES[asks]
    return Experiment(
        name=name, asks=asks, question=question or QUESTIONS[asks], choices=(one, two, three), source=source
    )


def _dropped(verdict: Verdict) -> Experiment | None:
    """Return the case without the report that names the likeliest actor, or else that moves coercion most."""
    source, knowledge = _source(verdict), verdict.assessment.knowledge
    estimates = verdict.assessment.belief.estimates("actor")
    leader = max(estimates, key=lambda actor: estimates[actor].p)
    told = [(case, report) for case in episodes_of(source) for report in in_force(case, knowledge)]
    naming = [
        row for row in told if facts().get(row[1].fact) is not None and _names(row[1].fact, row[1].finding, leader)
    ]
    asks: Asks = "actor" if naming else "coercion"
    if naming:
        case, report = min(naming, key=lambda row: row[1].grade or "F6")
    elif told and isinstance(source, Case):
        case, report = source, _loudest(verdict)
    elif told:
        case, report = told[0]
    else:
        return None
    name = f"Drop: {said_words(case, report)}"
    return _made(name, asks, changed(source, [f"reports.{report.id}.off=true"]))


def _names(fact: str, finding: str | None, leader: str) -> bool:
    return facts()[fact].group == "actor" and finding == leader


def _loudest(verdict: Verdict) -> Report:
    """Return the report without which the probability of coercion moves most; remembered, for it takes n beliefs."""
    case, knowledge = verdict.assessment.case, verdict.assessment.knowledge
    reports = in_force(case, knowledge)
    few = knowledge.remember("few draws", lambda: replace(knowledge, size=min(FEW, knowledge.size), _memory={}))

    def found() -> str:
        now = believe(case, few).coercion.p
        off = {one.id: with_fields(case, "reports", one.id, {"off": True}) for one in reports}
        return max(off, key=lambda name: abs(believe(off[name], few).coercion.p - now))

    name = knowledge.remember_recent("loudest report", case, found)
    return next(report for report in reports if report.id == name)


def _learnt(verdict: Verdict) -> Experiment | None:
    """Return the case on the next day on which a report became known, or else with an awaited report in it."""
    source = _source(verdict)
    later = [report.known_on(case.as_of) for case in episodes_of(source) for report in case.hidden()]
    later = [day for day in later if day > source.as_of]
    if later:
        day = min(later)
        return _made(f"Learn what became known by {dated(day)}", "actor", source.as_known_on(day))
    if isinstance(source, Campaign):
        return None
    for awaited in source.pending:
        finding = _finding(verdict, awaited.fact)
        if finding is None:
            continue
        row = {
            "id": f"{awaited.id}-as-if", "fact": awaited.fact, "about": awaited.about, "grade": awaited.grade,
            "origin": awaited.origin, "finding": finding, "known_date": source.as_of,
        }  # fmt: skip
        try:
            made = with_row(source, "reports", row)
        except CaseError:
            continue
        return _made(f"Suppose it is there: {said_words(made, made.reports[-1])}", "actor", made)
    return None


def _finding(verdict: Verdict, fact: str) -> str | None:
    """Return what an awaited report would most naturally say: the likeliest candidate, or the first state there is."""
    case, belief = verdict.assessment.case, verdict.assessment.belief
    labels = facts()[fact].labels(case.actor_ids, case.demand_ids)
    group = facts()[fact].group
    if group in ("actor", "demand"):
        estimates = belief.estimates(group)
        named = [name for name in labels if name in estimates and name != NONE]
        return max(named, key=lambda name: estimates[name].p) if named else None
    return labels[0] if labels else None


def _harder(verdict: Verdict) -> Experiment | None:
    """Return the case with the resilience of its target raised half of the way to 1."""
    now = input_named(verdict.assessment, RESILIENCE).now
    raised = round((1 + now) / 2, 2)
    if raised >= 1:
        return None
    name = f"Raise the resilience of the target from {now:.2f} to {raised:.2f}"
    return _made(name, "first", changed(_source(verdict), [f"{RESILIENCE}={raised}"]))


def _outcome(asks: Asks, before: Verdict, after: Verdict) -> int:
    """Return which of the three choices the model says came true."""
    if asks == "first":
        one, two = (said.assessment.ranking.default.first for said in (before, after))
        return 0 if one == two else 2 if two == NOTHING else 1
    change = after.coercion.p - before.coercion.p
    if asks == "actor":
        leader = _leader(before)
        was, becomes = (said.assessment.belief.estimates("actor")[leader].p for said in (before, after))
        change = becomes - was
    return 1 if abs(change) < HARDLY else 2 if change > 0 else 0


def _leader(verdict: Verdict) -> str:
    estimates = verdict.assessment.belief.estimates("actor")
    return max(estimates, key=lambda actor: estimates[actor].p)


def _actor(before: Verdict, after: Verdict) -> str:
    """Return what became of the actor who led before."""
    leader = _leader(before)
    was, becomes = (percent(said.assessment.belief.estimates("actor")[leader].p) for said in (before, after))
    name = label(before.assessment.case, "actor", leader)
    return f"{name} {was} \N{RIGHTWARDS ARROW} {becomes}." if was != becomes else f"{name} unchanged at {becomes}."


def _small(choice: str) -> str:
    return (
        choice if choice[1:2].isupper() or choice.startswith(capital(NOTHING)) else f"{choice[:1].lower()}{choice[1:]}"
    )


def _source(verdict: Verdict) -> Case | Campaign:
    return verdict.assessment.campaign or verdict.assessment.case
