"""What must fit together in a case: ids that are named must be there, and findings must be words of their fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from math import fsum

from cybercoercion.case.candidate import Demand
from cybercoercion.case.fields import Place, Refusal
from cybercoercion.case.report import SUM_TOLERANCE, Pending, Report
from cybercoercion.vocabulary import BELIEFS, INTENTS, NONE, OTHER, facts

type Rows[T] = tuple[tuple[int, T], ...]
BLOCKS = ("actors", "demands", "reports", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a case that could be read, with their row in the file; all of them when the case is sound."""

    ids: Mapping[str, Rows[str]]  # by block
    demands: Rows[Demand] = ()
    reports: Rows[Report] = ()
    pending: Rows[Pending] = ()
    framed: Collection[str] = ()  # who has a deception checklist
    traders: Collection[str] = ()  # whose trade is named
    labels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # by belief
    broken: Collection[str] = ()  # blocks some of whose ids nobody could read, so that no id is surely unknown

    def refusals(self) -> Iterator[Refusal]:
        """Yield all that does not fit together."""
        actors = self._known("actors")
        if actors == ():
            yield Refusal(("actors",), "no actor", "at least one candidate actor")
        yield from self._duplicates()
        for row, demand in self.demands:
            yield from _strangers(demand.held_by, actors, ("demands", row, "held_by"))
        for row, report in self.reports:
            yield from _statement_refusals(report, self._labels_of(report.fact), ("reports", row))
        for block, rows in (("reports", self.reports), ("pending", self.pending)):
            for row, one in rows:
                if one.about is not None:
                    yield from _unknown(one.about, actors, (block, row, "about"))
        yield from _strangers(self.framed, actors, ("deception",))
        yield from _strangers(self.traders, actors, ("stakes", "bilateral_trade"))
        for belief, label in self.labels.items():
            yield from _strangers(label, self._labels_of(belief), ("labels", belief))
            total = fsum(label.values())
            if abs(total - 1) > SUM_TOLERANCE:
                yield Refusal(("labels", belief), f"a sum of {total:.9g}", "numbers that sum to 1")
        yield from self._copies()

    def _known(self, block: str) -> tuple[str, ...] | None:
        """Return the ids of a block, or none at all where some cannot be read."""
        if block in self.broken:
            return None
        return tuple(dict.fromkeys(name for _, name in self.ids[block]))

    def _labels_of(self, fact: str) -> tuple[str, ...] | None:
        group = fact if fact in BELIEFS else facts()[fact].group
        actors, demands = self._known("actors"), self._known("demands")
        if (group == "actor" and actors is None) or (group == "demand" and demands is None):
            return None
        return labels_of(fact, actors or (), demands or ())

    def _duplicates(self) -> Iterator[Refusal]:
        # a pending report becomes a report once it is there, so the two share one set of ids
        for blocks in (("actors",), ("demands",), ("reports", "pending")):
            count = Counter(name for block in blocks for _, name in self.ids[block])
            seen: set[str] = set()
            for block in blocks:
                for row, name in self.ids[block]:
                    if name in seen:
                        allowed = f"an id of its own; {count[name]} rows bear this one"
                        yield Refusal((block, row, "id"), repr(name), allowed)
                    seen.add(name)

    def _copies(self) -> Iterator[Refusal]:
        reports = self._known("reports")
        source = {report.id: report.copies for _, report in self.reports if report.copies is not None}
        circles = _circles(source)
        for row, report in self.reports:
            if report.copies is not None:
                yield from _unknown(report.copies, reports, ("reports", row, "copies"))
            if report.id in circles:
                circle = " -> ".join(circles[report.id])
                yield Refusal(("reports", row, "copies"), f"the circle {circle}", "a report that is no copy of this")


def _circles(source: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the circle that each id stands on, for those that stand on one, when each id follows at most one other.

    >>> _circles({"a": "b", "b": "c", "c": "b"})
    {'b': ('b', 'c', 'b'), 'c': ('c', 'b', 'c')}
    """
    circles: dict[str, tuple[str, ...]] = {}
    done: set[str] = set()
    for start in source:
        path: dict[str, None] = {}
        step: str | None = start
        while step is not None and step not in done and step not in path:
            path[step] = None
            step = source.get(step)
        if step is not None and step in path:
            names = list(path)
            circle = names[names.index(step) :]
            if len(circle) > 1:  # a report that copies itself is told by the report
                circles |= {name: (*circle[at:], *circle[: at + 1]) for at, name in enumerate(circle)}
        done.update(path)
    return circles


def labels_of(fact: str, actors: tuple[str, ...], demands: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a report on a fact, or on a belief, may say in a case with these candidates.

    >>> labels_of("actor", ("north-korea",), ())
    ('north-korea', 'other')
    >>> labels_of("rhetoric", (), ())
    ('issue-specific', 'generic', 'none')
    """
    beliefs = {"intent": INTENTS, "actor": (*actors, OTHER), "demand": (*demands, NONE)}
    return beliefs[fact] if fact in beliefs else facts()[fact].labels(actors, demands)


def one_of(words: Iterable[str], got: str | None = None) -> str:
    """Return the allowed words as a list, and which of them is nearest to what was written.

    >>> one_of(("compellence", "deterrence", "crime"), "complience")
    'compellence, deterrence, crime (nearest: compellence)'
    """
    words = tuple(words)
    near = get_close_matches(got, words, n=1, cutoff=0.5) if got else []
    return (", ".join(words) or "nothing, there is none") + (f" (nearest: {near[0]})" if near else "")


def _statement_refusals(report: Report, labels: tuple[str, ...] | None, place: Place) -> Iterator[Refusal]:
    if report.finding is not None:
        yield from _unknown(report.finding, labels, (*place, "finding"))
    yield from _strangers(report.findings or (), labels, (*place, "findings"))
    yield from _strangers(report.likelihood or (), labels, (*place, "likelihood"))
    missing = [label for label in labels or () if report.likelihood is not None and label not in report.likelihood]
    if missing:
        allowed = f"a number for every state; missing: {', '.join(missing)}"
        yield Refusal((*place, "likelihood"), f"numbers for {len(report.likelihood or ())} states", allowed)


def _unknown(word: str, allowed: tuple[str, ...] | None, place: Place) -> Iterator[Refusal]:
    if allowed is not None and word not in allowed:
        yield Refusal(place, repr(word), one_of(allowed, word))


def _strangers(words: Iterable[str], allowed: tuple[str, ...] | None, place: Place) -> Iterator[Refusal]:
    for word in words:
        yield from _unknown(word, allowed, (*place, word))
