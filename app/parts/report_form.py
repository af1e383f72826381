"""The fields of one report: what it says first, then who is behind it; what was typed stays when a field hides."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import finding_kind, grade_steps
from cybercoercion.app.parts.report_held import held, put, value
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.case import Report
from cybercoercion.screen.evidence_draft import Draft, draft_of, facts_allowed, first_fact
from cybercoercion.screen.evidence_kinds import ABSENT, JUDGED, SEEN
from cybercoercion.screen.evidence_words import (
    GROUPS,
    facts_of,
    question,
    short,
    speaks_of_actor,
    state_words,
    states_of,
)
from cybercoercion.vocabulary import BELIEFS, facts

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 1, 1)
NEW = "A new origin"
FIGURES = (0.8, 0.2)  # what two figures begin with
PLAIN = ("cite", "note", "coder")
DATES = {"event_date": "When it happened", "known_date": "When it could be known"}


def start(report: Report | None) -> None:
    """Fill the fields: from a report, or empty for a new one."""
    case = work.case()
    tables = work.now().assessment.knowledge
    fact, says = first_fact(case, tuple(tables.setting(f"frame.{case.frame}")))
    one = draft_of(report, case) if report is not None else Draft(fact=fact, says=says)
    group = "belief" if one.fact in BELIEFS else facts()[one.fact].group
    so, not_so = one.pair or FIGURES
    put(
        given=one.given, group=group, fact=one.fact, says=one.says, share=round(100 * one.share),
        counted=finding_kind.YES if one.counted else finding_kind.NO,
        later=finding_kind.YES if one.later else finding_kind.NO, detection=round(100 * one.detection),
        figures=one.pair is not None, so=round(100 * so), not_so=round(100 * not_so), about=one.about,
        origin=report.origin if report is not None else None, new_origin="", copies=one.copies, copy=one.copy,
        event_date=one.event_date, known_date=one.known_date, cite=one.cite or "", note=one.note or "",
        coder=one.coder or "", id="", why="", grade=one.grade, exact=one,
    )  # fmt: skip


def said() -> str:
    """Ask what the source gave and what it says; return which of the four it is."""
    given = finding_kind.first()
    if given not in (SEEN, JUDGED, ABSENT):
        return given
    case = work.case()
    groups = [group for group in GROUPS if facts_allowed(case, given, facts_of(group))]
    st.selectbox("About what", groups, key=held("group", groups), format_func=GROUPS.__getitem__)
    allowed = facts_allowed(case, given, facts_of(value("group")))
    st.selectbox("Which of it", allowed, key=held("fact", allowed), format_func=lambda one: escaped(short(one)))
    fact = str(value("fact"))
    quietly(question(fact))
    if given != ABSENT:
        label = "What was seen" if given == SEEN else "What the person thinks is so"
        states = states_of(case, fact)
        st.selectbox(label, states, key=held("says", states), format_func=lambda one: state_words(case, fact, one))
    if speaks_of_actor(fact):
        who = (None, *case.actor_ids)
        st.selectbox("About whom", who, key=held("about", who), format_func=_named)
    if given == JUDGED:
        _judged(fact)
    elif given == ABSENT:
        finding_kind.detection()
    return given


def _judged(fact: str) -> None:
    finding_kind.second()
    if not finding_kind.counted() and fact not in BELIEFS:
        st.checkbox("Two figures instead of one", key=held("figures"), help="Seen if it is so, and seen if it is not")
    if two_figures():
        st.slider("How often one would see this if it is so", 0, 100, key=held("so"), format="%d %%")
        st.slider("How often one would see this if it is not", 0, 100, key=held("not_so"), format="%d %%")
    else:
        st.slider("How sure the person is", 0, 100, key=held("share"), format="%d %%")
        others = len(states_of(work.case(), fact)) - 1
        if others > 1:
            rest = "keeps its proportions" if finding_kind.counted() else "is spread evenly over them"
            quietly(f"There are {others} other answers; what is left {rest}.")


def two_figures() -> bool:
    """Whether a judgement is given by two figures."""
    return bool(value("figures")) and not finding_kind.counted() and value("fact") not in BELIEFS


def graded(given: str) -> bool:
    """Whether a grade is used for what was given."""
    return given != JUDGED or not (finding_kind.counted() or two_figures())


def behind(replaces: Report | None) -> None:
    """Ask who is behind it, when it happened and was known, and where it stands."""
    case = work.case()
    origins = list(dict.fromkeys(report.origin for report in case.reports))
    st.selectbox("Who stands behind it in the end", [NEW, *origins], key=held("origin", [NEW, *origins]))
    if value("origin") == NEW:
        st.text_input(
            "Name of the new origin", key=held("new_origin"), max_chars=80, help="Left out: an origin of its own"
        )
    left, right = st.columns(2)
    for column, (name, label) in zip((left, right), DATES.items(), strict=True):
        with column:
            st.date_input(label, key=held(name), min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD")
    with st.expander("Copies, source and notes"):
        others = [None, *(one.id for one in case.reports if replaces is None or one.id != replaces.id)]
        st.selectbox(
            "It may repeat", others, key=held("copies", others), format_func=lambda one: one or "no named report"
        )
        st.number_input(
            "How much of it is copied (0 to 1)", 0.0, 1.0, key=held("copy"), step=0.05, help="Empty: as the tables say"
        )
        for name, label in (("cite", "Where it stands"), ("note", "Note"), ("coder", "Who coded it")):
            st.text_input(label, key=held(name), max_chars=1000)
        if replaces is None:
            st.text_input(
                "Short name of the report", key=held("id"), max_chars=64, help="Lower-case letters, digits, hyphens"
            )


def draft(given: str) -> Draft:
    """Return the answers as they stand."""
    exact: Draft = value("exact")
    so, not_so = exact.pair or FIGURES
    origin = str(value("new_origin")).strip() if value("origin") in (NEW, None) else value("origin")
    return Draft(
        given=given,
        fact=value("fact"),
        says=value("says"),
        share=_exactly(value("share"), exact.share),
        counted=finding_kind.counted(),
        later=finding_kind.later(),
        pair=(_exactly(value("so"), so), _exactly(value("not_so"), not_so)) if two_figures() else None,
        detection=_exactly(value("detection"), exact.detection),
        about=value("about"),
        grade=grade_steps.grade() or value("grade"),
        origin=origin or None,
        copies=value("copies"),
        copy=value("copy"),
        **{name: value(name) for name in (*DATES, *PLAIN)},
    )


def _exactly(shown: int, before: float) -> float:
    """Return what the slider shows as a share; one that was not moved stays what it was, to the last digit."""
    return before if round(100 * before) == shown else shown / 100


def _named(actor: str | None) -> str:
    if actor is None:
        return "nobody in particular"
    return work.case().actor(actor).name or actor
