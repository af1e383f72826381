"""What a report would do before it is entered: belief and first choice, and of a judgement all three ways to use it.

Every outcome is the engine's answer to the changed case, with the draws of the answer on screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cybercoercion.assessment import Assessment, assess
from cybercoercion.belief import Belief, believe
from cybercoercion.belief.evidence import in_force
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.case import Case, CaseError, Fault, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label, response_name
from cybercoercion.report.words import percent
from cybercoercion.screen.evidence import why_apart
from cybercoercion.screen.evidence_draft import Draft, recorded
from cybercoercion.screen.evidence_kinds import CHOICES, HELD, JUDGED, TAKEN, WEIGHED, choice_of
from cybercoercion.screen.evidence_standing import chance, marginal
from cybercoercion.screen.evidence_words import short, state_words
from cybercoercion.vocabulary import BELIEFS, NONE, facts

ARROW = "\N{RIGHTWARDS ARROW}"
NOT_WEIGHED = "Not possible: aim, actor and demand are believed, not seen. Say which finding the person judged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A probability before and after."""

    of: str
    before: float
    after: float

    @property
    def words(self) -> str:
        """Return the move in per cent."""
        was, becomes = percent(self.before), percent(self.after)
        return f"{was} {ARROW} {becomes}" if was != becomes else f"stays at {becomes}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one way to use a finding would do."""

    kind: str
    name: str
    case: Case | None  # None where this way is not possible; then there is no move either
    judged: Move | None  # the thing that was judged, where it is a fact
    borne: Move | None  # what it bears on: a candidate, an aim, or coercion itself
    coercion: Move | None
    after: str
    apart: str | None = None  # why the report would not count, if it would not

    @property
    def moves(self) -> tuple[Move, ...]:
        """Return all moves, each once."""
        told = (self.judged, self.borne, self.coercion)
        return tuple(dict.fromkeys(move for move in told if move is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPreview:
    """All that is known of a report before it is entered."""

    outcomes: tuple[Outcome, ...]  # of a judgement three, else one
    chosen: Outcome
    difference: str | None  # how the three differ, in a sentence
    leading: str  # actor, before and after
    first: str  # choice, before and after
    faults: tuple[Fault, ...]


def preview_report(
    assessment: Assessment,
    draft: Draft,
    *,
    name: str,
    replaces: Report | None = None,
    withdrawn: Sequence[str] = (),
) -> ReportPreview:
    """Return what a report would do to the belief and to the first choice.

    Parameters
    ----------
    assessment
        Of the case as it stands.
    draft
        The answers about the report; its kind must be one that records something.
    name
        The id that a new report would have.
    replaces
        The report that is edited, if it is no new one.
    withdrawn
        Reports that are switched off with it.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> draft = Draft(fact="deadline", says="yes", given="judged", share=0.7)
    >>> [one.name for one in preview_report(sony, draft, name="deadline").outcomes]
    ['Weigh it in', 'Take over their view', 'Hold it fixed']
    """
    case, kind = assessment.case, draft.kind
    assert kind is not None
    judged = draft.given == JUDGED
    faults: list[Fault] = []
    outcomes = []
    for each in (choice.kind for choice in CHOICES) if judged else (kind,):
        meant = draft.meant_as(each) if judged else draft
        try:
            off = withdrawn if each == kind else ()
            now = standing(assessment, draft, replaces=replaces, withdrawn=off)
            changed = recorded(case, meant, name=name, now=now, replaces=replaces, withdrawn=off)
            outcomes.append(_outcome(each, assessment, meant, changed, replaces.id if replaces else name))
        except (CaseError, ImpossibleEvidence) as error:
            found = _faults(error)
            faults += found if each == kind else ()
            outcomes.append(_barred(each, meant, found))
    chosen = next(one for one in outcomes if one.kind == kind)
    leading, first = _then(assessment, chosen)
    return ReportPreview(
        outcomes=tuple(outcomes),
        chosen=chosen,
        difference=_difference(outcomes, chosen),
        leading=leading,
        first=first,
        faults=tuple(faults),
    )


def standing(
    assessment: Assessment, draft: Draft, *, replaces: Report | None = None, withdrawn: Sequence[str] = ()
) -> Mapping[str, float]:
    """Return what is believed of what a judgement is about, without the report that it replaces and those withdrawn."""
    if draft.given != JUDGED:
        return {}
    gone = {*withdrawn, *([replaces.id] if replaces is not None else [])}
    case = assessment.case
    rest = tuple(one.model_copy(update={"off": True}) if one.id in gone else one for one in case.reports)
    return marginal(case.model_copy(update={"reports": rest}), assessment.knowledge, draft.fact, draft.about)


def _outcome(kind: str, assessment: Assessment, draft: Draft, changed: Case, own: str) -> Outcome:
    knowledge = assessment.knowledge
    belief = believe(changed, knowledge)
    coercion = Move(of="This is coercion", before=assessment.belief.coercion.p, after=belief.coercion.p)
    borne = _borne(assessment, draft, belief) or coercion
    judged = None
    if draft.given == JUDGED and draft.fact not in BELIEFS:
        asked = (knowledge, draft.fact, draft.about, draft.says)
        was, becomes = (chance(case, *asked) for case in (assessment.case, changed))
        of = f"{short(draft.fact)}: {state_words(changed, draft.fact, draft.says)}"
        judged = Move(of=of, before=was, after=becomes)
    told = next(report for report in changed.reports if report.id == own)
    counts = any(report.id == own for report in in_force(changed, knowledge))
    apart = None if counts else why_apart(changed, told)
    return Outcome(
        kind=kind,
        name=choice_of(kind).name if draft.given == JUDGED else "As seen",
        case=changed,
        judged=judged,
        borne=borne,
        coercion=coercion,
        after=f"It would not count. {apart}" if apart else _after(kind, draft, changed, knowledge, told, borne),
        apart=apart,
    )


def _borne(assessment: Assessment, draft: Draft, belief: Belief) -> Move | None:
    """Return the move of the candidate or aim that a finding names, if it names one."""
    node = draft.fact if draft.fact in BELIEFS else facts()[draft.fact].group
    if node not in BELIEFS or (node == "actor" and draft.says == NONE):
        return None
    was, becomes = (one.estimates(node)[draft.says].p for one in (assessment.belief, belief))
    who = state_words(assessment.case, draft.fact, draft.says)
    said = {"actor": f"{who} is behind it", "demand": f"The demand is: {who}", "intent": f"The aim is {who}"}[node]
    return Move(of=said, before=was, after=becomes)


def _after(kind: str, draft: Draft, changed: Case, knowledge: Knowledge, own: Report, borne: Move) -> str:
    """Return the text after a choice: where it leaves what it bears on, and whether order matters."""
    said = f"{borne.of}: was {percent(borne.before)}, now {percent(borne.after)}"
    counting = in_force(changed, knowledge)
    if kind == WEIGHED:
        return f"{said}. Order of entry does not matter."
    if kind == TAKEN:
        day = own.known_on(changed.as_of)
        earlier = sum(report.id != own.id and report.known_on(changed.as_of) <= day for report in counting)
        return f"{said}. Order matters: entered after {_reports(earlier)}."
    same = [report for report in counting if report.fact == draft.fact and report.about == draft.about]
    count = sum(report.id != own.id and report.kind != HELD for report in same)
    still = "no longer counts" if count == 1 else "no longer count"
    more = f" {_reports(count)} about it {still}." if count else " No later report about it will count."
    return f"{said}, and the {percent(draft.share)} stays.{more}"


def _reports(count: int) -> str:
    return f"{count} reports" if count != 1 else "1 report"


def _barred(kind: str, draft: Draft, faults: Sequence[Fault]) -> Outcome:
    belief = kind == WEIGHED and draft.fact in BELIEFS
    why = NOT_WEIGHED if belief else "; ".join(f"{one.got}, allowed: {one.allowed}" for one in faults)
    name = choice_of(kind).name
    return Outcome(kind=kind, name=name, case=None, judged=None, borne=None, coercion=None, after=why)


def _faults(error: CaseError | ImpossibleEvidence) -> tuple[Fault, ...]:
    if isinstance(error, CaseError):
        return tuple(error.faults)
    allowed = "reports that can be true together"
    return (Fault(file="this report", place="reports", got=str(error), allowed=allowed),)


def _then(assessment: Assessment, chosen: Outcome) -> tuple[str, str]:
    """Return leading actor and first choice, before and after the outcome that is chosen."""
    if chosen.case is None:
        return "", ""
    then = assess(chosen.case, assessment.knowledge)
    leading = [_leading(one) for one in (assessment, then)]
    first = [response_name(one.ranking.default.first) for one in (assessment, then)]
    return _changed(*leading), _changed(*first)


def _leading(assessment: Assessment) -> str:
    actors = assessment.belief.estimates("actor")
    name = max(actors, key=lambda actor: actors[actor].p)
    return f"{label(assessment.case, 'actor', name)} {percent(actors[name].p)}"


def _changed(was: str, becomes: str) -> str:
    return f"{was} {ARROW} {becomes}" if was != becomes else f"stays {becomes}"


def _difference(outcomes: Sequence[Outcome], chosen: Outcome) -> str | None:
    """Return how the ways differ on what the judgement bears on, in a sentence."""
    told = [(one, one.borne) for one in outcomes if one.borne is not None]
    if len(told) < 2 or chosen.borne is None or chosen.apart is not None:
        return None
    if len({percent(move.after) for _, move in told}) == 1:
        same = f"every way leads to {percent(chosen.borne.after)}"
        return f"{chosen.borne.of}: {same}; they differ in what later reports can move."
    each = ", ".join(f"{one.name.lower()} {percent(move.after)}" for one, move in told)
    return f"{chosen.borne.of}: now {percent(chosen.borne.before)}; {each}."
