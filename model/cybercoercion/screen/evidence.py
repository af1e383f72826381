"""The board of evidence: what is reported, by whom in the end, how good it is, and what does not count and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.belief.evidence import copy_parents, effective_grade, in_force, origin_of
from cybercoercion.belief.weight import independent_reports
from cybercoercion.case import Case, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label
from cybercoercion.report.words import dated
from cybercoercion.screen.evidence_kinds import choice_of
from cybercoercion.screen.evidence_words import said_words, short
from cybercoercion.screen.grades import grade_words

NONE_YET = "Nothing reported yet: this is what cases of this frame look like."
LATER = "Known on"
FIXED = "In a campaign reports are read, not edited: open one episode as a case of its own to change it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One report as a reader sees it."""

    id: str
    says: str
    about: str | None  # a candidate by name
    grade: str | None  # as it counts
    grade_words: str
    dates: str
    origin: str
    kind_words: str | None  # of a judgement that is taken over or held fixed
    held: bool
    copy_words: str | None
    off: bool
    source: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who stands behind some reports, and for how many independent ones they count."""

    name: str
    independent: float
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A report that does not count, with the reason."""

    card: Card
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The reports of one case, or of one episode of a campaign."""

    title: str
    caption: str
    origins: tuple[Origin, ...]
    apart: tuple[Apart, ...]

    @property
    def count(self) -> int:
        """Return how many reports count."""
        return sum(len(origin.cards) for origin in self.origins)


def boards(assessment: Assessment) -> tuple[Board, ...]:
    """Return the board of a case, or one per episode of a campaign.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> (one,) = boards(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> one.caption
    '15 reports from 7 origins. Together they count for about 15.0 independent ones.'
    """
    told = assessment.campaign.episodes if assessment.campaign is not None else (assessment.case,)
    return tuple(board(case, assessment.knowledge) for case in told)


def board(case: Case, knowledge: Knowledge) -> Board:
    """Return the reports of a case, grouped by origin in the order of the file."""
    counting = in_force(case, knowledge)
    reports = {report.id: report for report in case.reports}
    parents = copy_parents([report for report in counting if report.kind == "likelihood"])
    alone = independent_reports(counting, knowledge)
    groups: dict[str, list[Card]] = {name: [] for name in alone}
    for report in counting:
        groups[origin_of(report)].append(_card(case, report, effective_grade(report, counting), parents))
    counted = {report.id for report in counting}
    apart = [
        Apart(card=_card(case, report, report.grade, {}), reason=why_apart(case, report))
        for report in reports.values()
        if report.id not in counted
    ]
    return Board(
        title=case.title,
        caption=_caption(len(counting), len(groups), sum(alone.values())),
        origins=tuple(Origin(name=name, independent=alone[name], cards=tuple(cards)) for name, cards in groups.items()),
        apart=tuple(apart),
    )


def why_apart(case: Case, report: Report) -> str:
    """Return why a report does not count: switched off, known later, or already in the base rates of the frame."""
    if report.off:
        return "Switched off."
    known = report.known_on(case.as_of)
    if known > case.as_of:
        return f"{LATER} {dated(known)}, after the date of this look ({dated(case.as_of)})."
    return (
        f"Already counted: cases that come to attention as \N{LEFT SINGLE QUOTATION MARK}{case.frame.replace('-', ' ')}"
        f"\N{RIGHT SINGLE QUOTATION MARK} are those in which this is so."
    )


def apart_sentence(one: Board) -> str:
    """Return how many reports do not count, and why.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> apart_sentence(board(load_case("sony-2014"), load_knowledge(draws=2)))
    '6 reports do not count: 2 became known later, 4 are counted by the frame already.'
    """
    off = sum(each.card.off for each in one.apart)
    later = sum(not each.card.off and each.reason.startswith(LATER) for each in one.apart)
    frame = len(one.apart) - off - later
    many = len(one.apart)
    counts = (
        (off, "switched off"),
        (later, "became known later"),
        (frame, f"{'are' if frame > 1 else 'is'} counted by the frame already"),
    )
    why = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{many} report{'s do' if many > 1 else ' does'} not count: {why}."


def _caption(count: int, origins: int, alone: float) -> str:
    if not count:
        return NONE_YET
    reports = f"{count} reports" if count > 1 else "One report"
    by = f"{origins} origins" if origins > 1 else "one origin"
    together = f" Together they count for about {alone:.1f} independent ones." if count > 1 else ""
    return f"{reports} from {by}.{together}"


def _card(case: Case, report: Report, counts: str | None, parents: Mapping[str, str]) -> Card:
    believed = report.kind != "likelihood"
    ungraded = believed or (report.likelihood is not None and report.grade is None)
    capped = f", read as {counts}" if counts != report.grade else ""
    return Card(
        id=report.id,
        says=said_words(case, report),
        about=label(case, "actor", report.about) if report.about is not None else None,
        grade=counts,
        grade_words="No grade is used" if ungraded else f"{grade_words(report.grade)}{capped}",
        dates=_dates(report),
        origin=origin_of(report),
        kind_words=choice_of(report.kind).name if believed else None,
        held=report.kind == "pinned",
        copy_words=f"May repeat {parents[report.id]}" if report.id in parents else None,
        off=report.off,
        source=report.cite,
        note=report.note,
    )


def _dates(report: Report) -> str:
    happened = f"Happened {dated(report.event_date)}" if report.event_date is not None else ""
    known = f"known {dated(report.known_date)}" if report.known_date is not None else "known on no stated date"
    return f"{happened}, {known}" if happened else f"{known[0].upper()}{known[1:]}"


def held_facts(case: Case) -> tuple[str, ...]:
    """Return what is held fixed in a case, in words: it carries a lock wherever it acts."""
    return tuple(said_words(case, report) for report in case.known() if report.kind == "pinned" and not report.off)


def called(case: Case, report_id: str) -> str:
    """Return what a report is about and its id, for a list to pick from."""
    report = next(one for one in case.reports if one.id == report_id)
    return f"{short(report.fact)} ({report_id})"
