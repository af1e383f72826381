"""What was known when: the belief on each date on which something became known, replayed by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cybercoercion.belief import Belief, believe, believe_campaign
from cybercoercion.belief.evidence import in_force
from cybercoercion.case import Campaign, Case
from cybercoercion.case.editing import with_values
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label
from cybercoercion.report.words import capital, dated, percent, span
from cybercoercion.screen.evidence_words import listed
from cybercoercion.vocabulary import NONE

COERCION = "coercion"
STILL = 0.005  # a move that rounds to no per cent is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A probability on one date, with its 90 % range."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date on which something became known, and what was then believed."""

    on: date
    came: tuple[str, ...]  # reports, by id
    levels: Mapping[str, Level]  # by hypothesis


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A report with the day on which it happened, where that is told, and the day on which it became known."""

    report: str
    happened: date | None
    known: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The belief over time. ``names`` says what each hypothesis is called; the first is coercion."""

    as_of: date
    names: Mapping[str, str]
    before: Mapping[str, Level]  # without any report
    days: tuple[Day, ...]  # in order; those after the as-of date are not known yet
    events: tuple[Event, ...]

    def known_days(self) -> tuple[Day, ...]:
        """Return the days up to the as-of date."""
        return tuple(day for day in self.days if day.on <= self.as_of)

    def at(self, on: date) -> Day | None:
        """Return the last day on which something became known up to a date."""
        past = [day for day in self.days if day.on <= on]
        return past[-1] if past else None


def replay(source: Case | Campaign, knowledge: Knowledge) -> Replay:
    """Return the belief in coercion, in the leading actor and in the leading demand on each date.

    Each date is one belief from the reports that were known by then; what became known later is not in it. Reports
    without a date count from the as-of date on.

    Parameters
    ----------
    source
        A case or a campaign.
    knowledge
        The tables.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=100)
    >>> found = replay(sony, tables)
    >>> found.known_days()[-1].levels["coercion"].p == believe(sony, tables).coercion.p
    True
    """
    now = _believed(source, knowledge)
    names = _names(source, now)
    known = _counting(source, knowledge)
    days = []
    for on in sorted({event.known for event in known}):
        belief = _believed(_as_known(source, on), knowledge)
        came = tuple(event.report for event in known if event.known == on)
        days.append(Day(on=on, came=came, levels=_levels(belief, names)))
    start = min((event.known for event in known), default=source.as_of)
    empty = _believed(_bare(_as_known(source, start)), knowledge)
    return Replay(as_of=source.as_of, names=names, before=_levels(empty, names), days=tuple(days), events=tuple(known))


def _believed(source: Case | Campaign, knowledge: Knowledge) -> Belief:
    if isinstance(source, Campaign):
        return believe_campaign(source.id, source.episodes, knowledge).whole
    return believe(source, knowledge)


def _as_known(source: Case | Campaign, on: date) -> Case | Campaign:
    """Return the case on a date; of a campaign no episode on a later date than its own."""
    if isinstance(source, Case):
        return source.as_known_on(on)
    episodes = tuple(episode.as_known_on(min(on, episode.as_of)) for episode in source.episodes)
    return Campaign(file=source.file, episodes=episodes)


def _bare(source: Case | Campaign) -> Case | Campaign:
    if isinstance(source, Case):
        return source.model_copy(update={"reports": ()})
    episodes = tuple(episode.model_copy(update={"reports": ()}) for episode in source.episodes)
    return Campaign(file=source.file, episodes=episodes)


def _counting(source: Case | Campaign, knowledge: Knowledge) -> list[Event]:
    """Return when each report that is on and that the frame leaves to reports happened and became known.

    Of a case those that become known later are among them; an episode of a campaign ends on its own date.
    """
    if isinstance(source, Case):
        last = max([source.as_of, *(report.known_on(source.as_of) for report in source.reports)])
        told = [("", source.as_of, source.as_known_on(last))]
    else:
        told = [(f"{episode.id}: ", episode.as_of, episode) for episode in source.episodes]
    return [
        Event(report=f"{lead}{report.id}", happened=report.event_date, known=report.known_on(as_of))
        for lead, as_of, case in told
        for report in in_force(case, knowledge)
    ]


def _names(source: Case | Campaign, now: Belief) -> dict[str, str]:
    case = source if isinstance(source, Case) else source.episodes[0]
    names = {COERCION: "this is coercion"}
    actors, demands = now.estimates("actor"), now.estimates("demand")
    actor = max(actors, key=lambda name: actors[name].p)
    names[f"actor={actor}"] = f"{label(case, 'actor', actor)} is behind it"
    listed_demands = [name for name in demands if name != NONE]
    if listed_demands:
        demand = max(listed_demands, key=lambda name: demands[name].p)
        names[f"demand={demand}"] = f"the demand is: {label(case, 'demand', demand)}"
    return names


def _levels(belief: Belief, names: Mapping[str, str]) -> dict[str, Level]:
    found = {}
    for name in names:
        node, _, state = name.partition("=")
        one = belief.coercion if name == COERCION else belief.estimates(node)[state]
        found[name] = Level(p=one.p, low=one.low, high=one.high)
    return found


def caption(found: Replay, hypothesis: str, on: date) -> str:
    """Return where we stood on a date, and which report moved us most of those that were known by the as-of date.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = replay(load_case("sony-2014"), load_knowledge(draws=200))
    >>> caption(sony, "coercion", sony.days[0].on).split(" we stood")[0]
    'On 25 Jun 2014'
    """
    day = found.at(on)
    level = (day.levels if day is not None else found.before)[hypothesis]
    stood = (
        f"On {dated(on)} we stood at {percent(level.p)} ({span(level.low, level.high)}) that {found.names[hypothesis]}."
    )
    moves, was = [], found.before[hypothesis].p
    for each in found.known_days():
        moves.append((each.levels[hypothesis].p - was, each))
        was = each.levels[hypothesis].p
    if not moves:
        return f"{stood} No report was known yet."
    size, largest = max(moves, key=lambda move: abs(move[0]))
    if abs(size) < STILL:
        return f"{stood} No date moved it by a per cent."
    way = "up" if size > 0 else "down"
    return (
        f"{stood} The largest move came on {dated(largest.on)}, {way} {round(100 * abs(size))} points, "
        f"with {listed(largest.came)}."
    )


def looked_at(case: Case, on: date) -> Case:
    """Return the case as known on a date, through the door of files.

    Raises
    ------
    CaseError
        With every fault of the changed case.
    """
    return with_values(case, {"as_of": on})


def day_words(day: Day, as_of: date) -> str:
    """Return a date with what became known on it, and that it is later than the date of the look, where it is."""
    later = ", later than this look" if day.on > as_of else ""
    return f"{dated(day.on)}{later}: {capital(listed(day.came))}"
