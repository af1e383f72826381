"""What each entry of each table would have to be for the decision, the leading actor or the verdict to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.entry.curve import EntryCurve, entry_curve, first_of, labels_along
from cybercoercion.sensitivity.entry.function import EntryFunction, Turn, turns_between
from cybercoercion.sensitivity.entry.joint import Covariation, Curves, at_value, curves_of
from cybercoercion.sensitivity.entry.result import Entries, Entry, Tipping
from cybercoercion.sensitivity.entry.world import World, world_of
from cybercoercion.sensitivity.output import Output
from cybercoercion.sensitivity.told.rivals import QUESTIONS, Question, Rivals, rivals_of

__all__ = ["Entries", "Entry", "EntryCurve", "Tipping", "entries", "entry_curve"]

Array = NDArray[np.float64]
WHOLE = (0.0, 1.0)
CLOSED: tuple[Output, ...] = ("belief", "cost", "gap")
NOISE = "How often words come up at all is held where it stands."
BELIEFS = "Stated beliefs keep the weights that they came to."
ENDS = (
    "Of a campaign, base rates of purposes, kinds, demands and disputes are no polynomials in the answer, because what "
    "an episode says is compared with them: they are asked for at their own 5 and 95 % only."
)


def entries(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    output: Output = "gap",
    covariation: Covariation = "proportional",
    tables: Sequence[str] | None = None,
) -> Entries:
    """Return, for every entry of every table that the belief goes through, where it turns the decision or the belief.

    With the entry at t in every draw and the others of its row in proportion, the joint averaged over draws is
    ``p(z, e | t) = t A(z) + (1 - t) B(z)``: all that is expected is a ratio of two lines, and the first choice turns
    where two lines cross. Where an entry enters more than once the lines are polynomials.

    Parameters
    ----------
    assessment
        Of a case or a campaign; with a fit, entries are the fitted ones.
    view, decision
        Whose costs, and whether responses are rivals or resilience comes first.
    output
        ``belief`` (probabilities), ``cost`` or ``gap`` (USD), at the ends of each entry's own uncertainty.
    covariation
        What the others of a row do: keep their proportions, or become equal.
    tables
        Some tables; by default all.

    Raises
    ------
    ValueError
        For shares of draws and regret, which are asked for value by value with `entry_curve`, and for an unused table.

    Notes
    -----
    Castillo, Gutierrez, Hadi (1997); Coupe, van der Gaag (2002); Renooij (2014) on co-variation.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=100))
    >>> found = entries(sony, tables=["intent"])
    >>> [one.state for one in found.entries][:2], found.entries[0].row
    (['compellence', 'deterrence'], ('threat-received',))
    """
    if output not in CLOSED:
        raise ValueError(f"output: got {output}; allowed: {', '.join(CLOSED)}; entry_curve gives the others")
    world, now = world_of(assessment), answer(assessment, view)
    rivals = rivals_of(assessment.belief, assessment.costs, view, decision)
    chosen = None if tables is None else tuple(tables)
    functionals = unfolded(rivals.matrix, world)
    labels, pick = labels_along(output, rivals.menu, decision, now.belief), first_of(now.menu(decision))
    asked = _Asked(assessment, world, rivals, functionals, output, covariation, pick, labels)
    found = [one for curves in curves_of(world, functionals, covariation, chosen) for one in asked.entries(curves)]
    order = {name: place for place, name in enumerate(assessment.knowledge.tables)}
    if chosen is not None and (missing := set(chosen) - {one.table for one in found}):
        raise ValueError(f"tables: got {', '.join(sorted(missing))}, which the belief of this case does not go through")
    notes = [NOISE, *([BELIEFS] if any(one.beliefs for one in world.episodes) else [])]
    return Entries(
        view=view,
        decision=decision,
        output=output,
        labels=labels,
        covariation=covariation,
        pick=pick,
        entries=tuple(sorted(found, key=lambda one: order[one.table])),
        notes=(*notes, *([ENDS] if any(not one.degree for one in found) else [])),
    )


def unfolded(functionals: Array, world: World) -> Array:
    """Return functionals over who, the unlisted actor once per kind, dims ``(functional, intent, who, demand)``."""
    network = world.episodes[0].network
    return functionals[:, :, np.minimum(np.arange(len(network.kind_of)), network.candidates)]


class _Asked:
    """What is asked of every entry of one assessment."""

    def __init__(
        self,
        assessment: Assessment,
        world: World,
        rivals: Rivals,
        functionals: Array,
        output: Output,
        covariation: Covariation,
        pick: str,
        labels: tuple[str, ...],
    ) -> None:
        self.tables, self.weights = assessment.knowledge.tables, assessment.belief.weights
        self.world, self.rivals, self.output, self.covariation, self.pick = world, rivals, output, covariation, pick
        self.labels = labels
        self.flat = functionals.reshape(len(functionals), -1)
        joint = self.flat @ world.joint.mean(-1).reshape(-1)
        self.leads: dict[Question, str] = {one: rivals.names(one)[int(rivals.leader(one, joint))] for one in QUESTIONS}

    def entries(self, curves: Curves) -> Iterator[Entry]:
        """Yield every entry of a row."""
        entry = self.tables[curves.table]
        row = tuple(labels[at] for labels, at in zip(entry.parents, curves.place, strict=True))
        for state, name in enumerate(entry.states):
            draws = np.broadcast_to(curves.rows[state], self.weights.shape)
            now = float(draws @ self.weights / self.weights.sum())
            low, high = (float(one) for one in weighted_quantiles(draws, self.weights))
            ends = np.array([low, high])
            if len(curves.nodes):
                function = EntryFunction(nodes=curves.nodes, values=curves.values[state])
                values, searched = function.at(ends), WHOLE
                turns = {one: function.turns(self.rivals, one) for one in QUESTIONS}
            else:
                values, searched = self._by_engine(curves, state, ends), (low, high)
                turns = {one: self._turns(one, curves, state, ends, values) for one in QUESTIONS}
            yield Entry(
                table=curves.table,
                version=curves.version,
                row=row,
                state=name,
                now=now,
                low=low,
                high=high,
                degree=max(len(curves.nodes) - 1, 0),
                searched=searched,
                numbers=self._numbers(values),
                **{one: self._tipping(one, turns[one], now, draws, values) for one in QUESTIONS},
            )

    def _numbers(self, values: Array) -> Array:
        """Return the numbers of the output in the order of its labels, dims ``(end, label)``."""
        found = self.rivals.numbers(self.output, values, self.pick)
        if self.output != "cost":
            return found
        known = dict(zip(self.rivals.menu.options, found.T, strict=True))
        missing = np.full(len(values), np.nan)
        return np.asarray(np.column_stack([known.get(label, missing) for label in self.labels]))

    def _by_engine(self, curves: Curves, state: int, at: Array) -> Array:
        each = [self.flat @ at_value(self.world, curves, state, float(one), self.covariation) for one in at]
        return np.asarray(each)

    def _turns(self, question: Question, curves: Curves, state: int, ends: Array, values: Array) -> tuple[Turn, ...]:
        """Return the turn between the ends, where they differ in who leads."""
        first, last = self.rivals.leader(question, values)
        if first == last or ends[0] == ends[1]:
            return ()
        known: dict[float, Array] = dict(zip(ends.tolist(), list(values), strict=True))

        def at(t: float) -> Array:
            if t not in known:
                known[t] = self._by_engine(curves, state, np.array([t]))[0]
            return known[t]

        return turns_between(at, self.rivals, question, ends)

    def _tipping(self, question: Question, turns: tuple[Turn, ...], now: float, draws: Array, values: Array) -> Tipping:
        names = self.rivals.names(question)
        leads = self.leads[question]
        at = np.array([turn.value for turn in turns])
        if turns:
            told = [turns[0].before, *(turn.after for turn in turns)]
        elif self.rivals.stays(question, values[0], names.index(leads)):
            told = [leads]
        else:
            told = [names[self.rivals.leader(question, values[0])]]
        elsewhere = np.array([name != leads for name in told])[np.searchsorted(at, draws)]
        return Tipping(
            leads=leads,
            held=told[int(np.searchsorted(at, now))],
            below=next((turn for turn in reversed(turns) if turn.value <= now), None),
            above=next((turn for turn in turns if turn.value > now), None),
            past=float(elsewhere @ self.weights / self.weights.sum()),
            turns=turns,
        )
