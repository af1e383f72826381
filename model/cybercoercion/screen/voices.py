"""How many independent voices the reports are, and what belief would be if they repeated each other more or less.

A what-if beside the case: nothing in it is edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cybercoercion.belief import Belief, believe
from cybercoercion.belief.evidence import copy_parents, copy_probability, in_force, origin_of
from cybercoercion.case import Case, Report, Stakes
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label
from cybercoercion.report.words import percent
from cybercoercion.vocabulary import NONE

STILL = 0.005  # a move that rounds to no per cent is none
ONE = "one"
REMEMBERED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One report among those of its origin."""

    report: str
    repeats: str | None  # the report that it may repeat
    counts: float  # for how many independent reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One origin with its reports, first reports first."""

    origin: str
    voices: tuple[Voice, ...]

    @property
    def counts(self) -> float:
        """For how many independent reports the origin counts."""
        return sum(voice.counts for voice in self.voices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The reports as voices when a later report is copied with probability ``rho``."""

    rho: float
    across: bool  # whether reports of different origins that say the same may be one voice too
    speakers: tuple[Speaker, ...]
    hypothesis: str  # in words: that of three which copying moves most
    p: float  # of the hypothesis at rho
    independent: float  # of the hypothesis when nobody repeats anybody
    repeated: float  # of the hypothesis when later reports say nothing new
    now: float  # of the hypothesis as the case stands

    @property
    def counts(self) -> float:
        """For how many independent reports all count."""
        return sum(speaker.counts for speaker in self.speakers)

    @property
    def copies(self) -> int:
        """How many reports may repeat another."""
        return sum(voice.repeats is not None for speaker in self.speakers for voice in speaker.voices)


def repeats(case: Case, knowledge: Knowledge, *, across: bool = False) -> dict[str, str]:
    """Return which report may repeat which: within each origin, or as if all who say the same had one origin.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=20)
    >>> repeats(sony, tables), repeats(sony, tables, across=True)
    ({}, {'film-message': 'june-demand'})
    """
    told = [report for report in in_force(case, knowledge) if report.kind == "likelihood"]
    if not across:
        return copy_parents(told)
    as_one = [report.model_copy(update={"origin": ONE, "copies": None}) for report in told]
    return {**copy_parents(as_one), **copy_parents(told)}


def assumed(case: Case, knowledge: Knowledge, *, across: bool = False) -> float:
    """Return how much of a later report the model takes to be copied: the mean over those that may be.

    Across origins nothing is taken to be copied unless the case says so.
    """
    told = in_force(case, knowledge)
    own = copy_parents([report for report in told if report.kind == "likelihood"])
    which = repeats(case, knowledge, across=across)
    each = [float(copy_probability(report, own, knowledge).mean()) for report in told if report.id in which]
    return sum(each) / len(each) if each else 0.0


def usual(knowledge: Knowledge) -> float:
    """Return how much of a second report of one origin is taken to be copied where a case does not say."""
    return float(knowledge.quantity("copy.same_origin").mean())


def voices(case: Case, knowledge: Knowledge, rho: float, *, across: bool = False) -> Voices:
    """Return the reports as voices, and the belief, when each later report is copied with probability rho.

    Parameters
    ----------
    case, knowledge
        The case and the tables.
    rho
        From 0, all independent, to 1, later reports say nothing new.
    across
        Whether reports of different origins that say the same are taken for one voice too.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = voices(load_case("sony-2014"), load_knowledge(draws=100), 1.0, across=True)
    >>> found.counts, found.copies
    (14.0, 1)
    """
    which = repeats(case, knowledge, across=across)
    reports = in_force(case, knowledge)
    grouped: dict[str, list[Voice]] = {}
    for report in reports:
        parent = which.get(report.id)
        voice = Voice(report=report.id, repeats=parent, counts=1.0 if parent is None else 1 - rho)
        grouped.setdefault(origin_of(report), []).append(voice)
    speakers = tuple(
        Speaker(origin=origin, voices=tuple(sorted(those, key=lambda voice: voice.repeats is not None)))
        for origin, those in grouped.items()
    )
    now = believe(case, knowledge)
    at = {c: _copied(case, reports, which, c, knowledge) for c in {0.0, 1.0, rho}} if which else {}
    name, node, state = _moved_most(case, now, at)
    chance = {c: _chance(belief, node, state) for c, belief in at.items()}
    own = _chance(now, node, state)
    return Voices(
        rho=rho,
        across=across,
        speakers=speakers,
        hypothesis=name,
        p=chance.get(rho, own),
        independent=chance.get(0.0, own),
        repeated=chance.get(1.0, own),
        now=own,
    )


def recalled(case: Case, knowledge: Knowledge, rho: float, *, across: bool = False) -> Voices:
    """Return the same, remembered; what is at stake has no part in it."""
    bare = case.model_copy(update={"stakes": Stakes(), "pending": ()})
    key = (bare, rho, across)
    return knowledge.remember_recent(
        "voices", key, lambda: voices(bare, knowledge, rho, across=across), most=REMEMBERED
    )


def _copied(
    case: Case, reports: tuple[Report, ...], which: Mapping[str, str], rho: float, knowledge: Knowledge
) -> Belief:
    changed = tuple(
        report.model_copy(update={"copies": which[report.id], "copy_probability": rho, "origin": _apart(report)})
        if report.id in which
        else report
        for report in reports
    )
    return believe(case.model_copy(update={"reports": changed}), knowledge)


def _apart(report: Report) -> str:
    """Return an origin of its own, so that the report repeats the one that is named, and no other."""
    return f"{origin_of(report)} / {report.id}"


def _moved_most(case: Case, now: Belief, at: Mapping[float, Belief]) -> tuple[str, str, str]:
    """Return the hypothesis that copying moves most among coercion, leading actor and leading demand."""
    actors, demands = now.estimates("actor"), now.estimates("demand")
    actor = max(actors, key=lambda one: actors[one].p)
    demand = max((one for one in demands if one != NONE), key=lambda one: demands[one].p, default=NONE)
    asked = [
        ("coercion", "", ""),
        (f"P({label(case, 'actor', actor)})", "actor", actor),
        (f"P({label(case, 'demand', demand)})", "demand", demand),
    ]
    if not at:
        return asked[0]
    return max(asked, key=lambda one: abs(_chance(at[0.0], *one[1:]) - _chance(at[1.0], *one[1:])))


def _chance(belief: Belief, node: str, state: str) -> float:
    return belief.estimates(node)[state].p if node else belief.coercion.p


def caption(found: Voices) -> str:
    """Return for how many voices the reports count, and what taking them for independent would do."""
    total = sum(len(speaker.voices) for speaker in found.speakers)
    if not total:
        return "No report, no voice."
    if not found.copies:
        same = "nobody says the same twice" if not found.across else "no two say the same"
        return f"No report repeats another: {same}, so the {total} reports count for {total}."
    most = max(found.speakers, key=lambda one: (sum(voice.repeats is not None for voice in one.voices), one.origin))
    each = f"the {len(most.voices)} reports" if len(most.voices) > 1 else "the report"
    at = (
        f"At {found.rho:.2f}, {each} of {most.origin} count{'s' if len(most.voices) == 1 else ''} for {most.counts:.1f}"
    )
    counts = f"{at}, all {total} for {found.counts:.1f}."
    if found.rho == 0:
        return f"{counts} Taking later ones for mere copies {_becoming(found, found.repeated)}."
    return f"{counts} Treating them as independent {_becoming(found, found.independent)}."


def _becoming(found: Voices, p: float) -> str:
    """Return where the hypothesis would go, in words."""
    if abs(p - found.p) < STILL:
        return f"would leave {found.hypothesis} at {percent(found.p)}"
    way = "raise" if p > found.p else "lower"
    return f"would {way} {found.hypothesis} from {percent(found.p)} to {percent(p)}"
