"""A report as it is being written: the answers on screen, and the row of the case file that they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from typing import Any

from cybercoercion.case import Case, Report
from cybercoercion.case.data import data_of
from cybercoercion.case.editing import with_fields, with_row
from cybercoercion.screen.evidence_kinds import ABSENT, HELD, JUDGED, NOBODY, SEEN, TAKEN, WEIGHED, kind_of
from cybercoercion.screen.evidence_words import absence_of, speaks_of_actor, states_of
from cybercoercion.vocabulary import BELIEFS, facts

DIGITS = 6  # of a share in the file
STATEMENT = ("finding", "findings", "likelihood", "detection", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The answers about one report. Shares are probabilities from 0 to 1."""

    fact: str
    says: str  # the state, candidate or word that it is about
    given: str = SEEN
    share: float = 0.7  # of a judgement: how sure the source is
    counted: bool = False
    later: bool = True
    pair: tuple[float, float] | None = None  # seen if it is so, seen if it is not
    detection: float = 0.5
    about: str | None = None
    grade: str | None = None
    origin: str | None = None
    copies: str | None = None
    copy: float | None = None
    event_date: date | None = None
    known_date: date | None = None
    cite: str | None = None
    note: str | None = None
    coder: str | None = None

    @property
    def kind(self) -> str | None:
        """The kind of evidence; None where nothing is recorded."""
        return kind_of(self.given, counted=self.counted, later=self.later)

    def meant_as(self, kind: str) -> Draft:
        """Return the same judgement, used in one of the three ways."""
        return replace(self, given=JUDGED, counted=kind != WEIGHED, later=kind != HELD)


def draft_of(report: Report, case: Case) -> Draft:
    """Return the answers that a report stands for.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> draft_of(sony.reports[0], sony).given, draft_of(sony.reports[7], sony).share
    ('seen', 0.85)
    """
    states = states_of(case, report.fact)
    spread = dict(report.findings or report.likelihood or {})
    says = report.finding or max(spread, key=lambda state: spread[state], default=states[0])
    others = [p for state, p in spread.items() if state != says]
    return Draft(
        fact=report.fact,
        says=says,
        given=ABSENT if report.detection is not None else SEEN if report.finding is not None else JUDGED,
        share=spread[says] / sum(spread.values()) if report.findings else 0.7,
        counted=report.kind != WEIGHED,
        later=report.kind != HELD,
        pair=(spread[says], max(others, default=0.0)) if report.likelihood else None,
        detection=report.detection if report.detection is not None else 0.5,
        origin=report.origin if report.origin != report.id else None,
        copy=report.copy_probability,
        **{
            name: getattr(report, name)
            for name in ("about", "grade", "copies", "event_date", "known_date", "cite", "note", "coder")
        },
    )


def row_of(draft: Draft, case: Case, now: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Return the fields of the case file that the answers come to; None takes a field out.

    Parameters
    ----------
    draft
        The answers.
    case
        Whose candidates a finding may name.
    now
        What is believed of each state now. A view that is taken over or held fixed speaks of one state only, so that
        the rest keeps its proportions; without this, and when it is weighed in, the rest is spread evenly.
    """
    kind = draft.kind
    assert kind is not None
    row: dict[str, Any] = dict.fromkeys(STATEMENT)
    if draft.given == SEEN:
        row["finding"] = draft.says
    elif draft.given == ABSENT:
        row |= {"finding": absence_of(case, draft.fact) or draft.says, "detection": draft.detection}
    elif kind == WEIGHED and draft.pair is not None:
        so, not_so = draft.pair
        row["likelihood"] = {state: so if state == draft.says else not_so for state in states_of(case, draft.fact)}
    else:
        even = kind == WEIGHED or now is None
        row["findings"] = _spread(draft, states_of(case, draft.fact), {} if even else now or {})
        row["kind"] = kind if kind != WEIGHED else None
    graded = kind == WEIGHED and not (draft.given == JUDGED and draft.pair is not None)
    return {
        **row,
        "fact": draft.fact,
        "about": draft.about if speaks_of_actor(draft.fact) else None,
        "grade": draft.grade if graded else None,
        "copy": draft.copy,
        **{name: getattr(draft, name) for name in ("origin", "copies", "event_date", "known_date")},
        **{name: (getattr(draft, name) or "").strip() or None for name in ("cite", "note", "coder")},
    }


def _spread(draft: Draft, states: Sequence[str], now: Mapping[str, float]) -> dict[str, float]:
    """Return the share of the state that is spoken of, and the rest over the others, summing to one."""
    others = [state for state in states if state != draft.says]
    known = sum(now.get(state, 0.0) for state in others)
    rest = 1 - draft.share
    found = {
        state: round(rest * (now.get(state, 0.0) / known if known > 0 else 1 / len(others)), DIGITS) for state in others
    }
    return {draft.says: round(1 - sum(found.values()), DIGITS), **{state: p for state, p in found.items() if p > 0}}


def recorded(
    case: Case,
    draft: Draft,
    *,
    name: str,
    now: Mapping[str, float] | None = None,
    replaces: Report | None = None,
    withdrawn: Sequence[str] = (),
) -> Case:
    """Return the case with the report in it, through the door of files.

    Parameters
    ----------
    case
        As it stands.
    draft
        The answers about the report.
    name
        The id of a new report.
    now
        As in `row_of`.
    replaces
        The report that is edited; what it says stays to the digit where no answer about that was changed.
    withdrawn
        Reports that are switched off with it.

    Raises
    ------
    CaseError
        With every fault of the changed case.
    """
    row = row_of(draft, case, now)
    if replaces is not None:
        if _statement(draft) == _statement(draft_of(replaces, case)):
            kept = data_of(replaces)
            row |= {field: kept.get(field) for field in STATEMENT}
        changed = with_fields(case, "reports", replaces.id, row)
    else:
        changed = with_row(case, "reports", {"id": name, **row})
    for report in withdrawn:
        changed = with_fields(changed, "reports", report, {"off": True})
    return changed


def _statement(draft: Draft) -> tuple[object, ...]:
    judged = (draft.share, draft.kind, draft.pair) if draft.given == JUDGED else ()
    return (draft.fact, draft.says, draft.given, judged, draft.detection if draft.given == ABSENT else None)


def fresh_id(case: Case, fact: str) -> str:
    """Return an id for a new report on a fact that no row of the case bears.

    >>> from cybercoercion.case import load_case
    >>> fresh_id(load_case("sony-2014"), "conditional_wording")
    'conditional-wording'
    """
    taken = {row.id for block in (case.reports, case.pending) for row in block}
    stem = fact.replace("_", "-")
    return next(name for name in chain([stem], (f"{stem}-{n}" for n in count(2))) if name not in taken)


def sharing_origin(case: Case, draft: Draft, replaces: str | None = None) -> tuple[str, ...]:
    """Return the reports that a view would count twice when it is taken over: those of its origin on the board."""
    if draft.kind != TAKEN or not draft.origin:
        return ()
    return tuple(
        report.id
        for report in case.known()
        if report.origin == draft.origin and not report.off and report.id != replaces
    )


def facts_allowed(case: Case, given: str, facts: Sequence[str]) -> tuple[str, ...]:
    """Return on which facts a source can have given this: a belief is judged, never seen, and absence needs a word."""
    if given in (SEEN, NOBODY):
        return tuple(fact for fact in facts if fact not in BELIEFS and states_of(case, fact))
    if given == ABSENT:
        return tuple(fact for fact in facts if fact not in BELIEFS and absence_of(case, fact) is not None)
    return tuple(fact for fact in facts if states_of(case, fact))


def first_fact(case: Case, left_out: Sequence[str]) -> tuple[str, str]:
    """Return with which fact and state a new report begins: the first that the frame leaves to reports.

    >>> from cybercoercion.case import load_case
    >>> first_fact(load_case("sony-2014"), ("threat",))
    ('demand_statement', 'explicit')
    """
    name = next(fact for fact in facts() if fact not in left_out and states_of(case, fact))
    return name, states_of(case, name)[0]
