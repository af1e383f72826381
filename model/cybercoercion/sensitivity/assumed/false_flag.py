"""How much deception, or how much copying, it takes to turn the attribution, the first response, and what goes on top.

No data tell how often a false flag is planted or who quietly relies on whom. So the answer is the share at which
something turns, and the reader judges whether that is far off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.belief.belief import network_of
from cybercoercion.belief.break_even import common_parents
from cybercoercion.belief.evidence import copy_parents, copy_probability, in_force
from cybercoercion.case import Campaign, Case, Report
from cybercoercion.case.fields import FrozenMapping
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_view
from cybercoercion.sensitivity.assumed.turning import Engine, Menu, Path, Turn, even, menu, path, turn
from cybercoercion.sensitivity.changing import believed
from cybercoercion.sensitivity.output import gap
from cybercoercion.vocabulary import COERCION, KINDS, facts

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Source = Case | Campaign
DECEPTION, ORIGIN, NAMING = "deception", "copying within an origin", "copying of the leader's name"
NO_CHECKLIST: FrozenMapping[str, object] = FrozenMapping()
EDGE = 1e-12  # log-odds have no 0 and no 1
POINTS = 101


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakEven:
    """Where attribution, first response and what goes on top turn along one share, from 0 to 1.

    ``now`` is the common share that stands for what is assumed, ``low`` and ``high`` its 5-95 % range. ``concerns``
    names the reports that hang on it; without any, nothing can turn. ``exact`` says that the belief along the share is
    known as a polynomial; else turns are found by bisection on the engine, after a look at 21 points.
    """

    share: str
    view: str
    now: float
    low: float
    high: float
    concerns: tuple[str, ...]
    attribution: Turn
    response: Turn
    on_top: Turn
    exact: bool
    notes: tuple[str, ...]
    along: Path
    menu: Menu
    labels: tuple[tuple[str, ...], tuple[str, ...]]  # intents and actors

    @property
    def turns(self) -> tuple[Turn, Turn, Turn]:
        """The three questions."""
        return self.attribution, self.response, self.on_top

    def measured(self, output: Literal["belief", "cost", "gap"], shares: Array) -> Array:
        """Return an output at many shares, dims ``(share, label)``.

        ``belief``: P(coercion) and the probability of each actor; ``cost``: the expected difference to nothing new of
        each of the five, USD; ``gap``: by how much the cheapest of the others costs more than the first now, USD.
        """
        states = self.along.believed(shares)
        if output == "belief":
            intents = np.array([intent in COERCION for intent in self.labels[0]])
            return np.concatenate([states[:, intents].sum((1, 2, 3))[:, None], states.sum((1, 3))], 1)
        choice = self.menu.choice
        by_plan = self.menu.costs(states)
        costs = np.array([by_plan[:, choice.option_of == place].min(1) for place in range(len(choice.options))]).T
        if output == "cost":
            return costs
        return np.array([[gap(row, choice.options, self.response.pick)] for row in costs])

    def labelled(self, output: Literal["belief", "cost", "gap"] = "gap", *, points: int = POINTS) -> xr.DataArray:
        """Return an output along the share, labelled ``(share, label)``."""
        import xarray as xr

        shares = np.linspace(0, 1, points)
        labels = {
            "belief": ["coercion", *(f"actor: {actor}" for actor in self.labels[1])],
            "cost": list(self.menu.choice.options),
            "gap": ["gap"],
        }
        return xr.DataArray(
            self.measured(output, shares),
            dims=("share", "label"),
            coords={"share": shares, "label": labels[output]},
            name=output,
            attrs={"unit": "probability" if output == "belief" else "USD", "of": self.share, "view": self.view},
        )


def false_flag(assessment: Assessment, *, view: str = DEFAULT_VIEW) -> BreakEven:
    """Return the probability of deception at which the answers turn.

    Everybody who could frame somebody does so with the same probability f, checklists aside. The averaged joint of a
    case is linear in f, ``m_z(f) = (1 - f) m_z(0) + f m_z(1)``, so that the sign of every cost difference is that of a
    line, and two plans meet at ``f = g / (g - h)`` with g and h their differences at 0 and 1, weighted by m. The joint
    of a campaign is a polynomial of as many degrees as it has episodes.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = false_flag(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> found.exact, found.attribution.pick
    (True, 'north-korea')
    """
    reports = [report for report in assessment.belief.reports if _deceivable(report)]
    episodes = 1 if assessment.campaign is None else len(assessment.campaign.episodes)
    network = network_of(assessment.case, assessment.knowledge)
    each = network.deception[: network.candidates].mean(0)
    source = _changed(assessment, lambda case: case.model_copy(update={"deception": NO_CHECKLIST}))

    def engine(f: float) -> Array:
        share = min(max(f, EDGE), 1 - EDGE)
        return _joint(source, assessment, {f"deception.{kind}": share for kind in KINDS})

    return _found(DECEPTION, assessment, view, engine, episodes, each, [report.id for report in reports])


def copying(assessment: Assessment, *, view: str = DEFAULT_VIEW) -> BreakEven:
    """Return the probability of copying within an origin at which the answers turn.

    Every report that may repeat an earlier one of its origin, or one that it names, repeats it with the same
    probability c. Each such report adds a degree to the polynomial that the joint is in c.
    """
    plain = [report for report in assessment.belief.reports if report.kind == "likelihood"]
    parents = copy_parents(plain)
    children = [report for report in plain if report.id in parents]

    def engine(c: float) -> Array:
        return _joint(_changed(assessment, lambda case: _copied(case, c)), assessment, {})

    each = _mean([copy_probability(report, parents, assessment.knowledge) for report in children])
    return _found(ORIGIN, assessment, view, engine, len(children), each, [report.id for report in children])


def naming(assessment: Assessment, *, view: str = DEFAULT_VIEW) -> BreakEven:
    """Return the probability at which the answers turn, were all reports that name the leading actor of one source.

    Each of them repeats the first with the same probability c, whatever its origin. In a campaign that is so within
    an episode: a report cannot name one of another episode as what it repeats.
    """
    leader = _leader(assessment)
    source = assessment.campaign or assessment.case
    told = source.episodes if isinstance(source, Campaign) else (source,)
    roots = [common_parents(in_force(case, assessment.knowledge), leader) for case in told]
    parents = [report for case, root in zip(told, roots, strict=True) for report in case.reports if report.id in root]

    def engine(c: float) -> Array:
        def linked(case: Case) -> Case:
            root = roots[told.index(case)]
            reports = tuple(
                report.model_copy(update={"copies": root[report.id], "copy_probability": c})
                if report.id in root
                else report
                for report in case.reports
            )
            return case.model_copy(update={"reports": reports})

        return _joint(_changed(assessment, linked), assessment, {})

    own = [copy_parents([report for report in in_force(case, assessment.knowledge) if report.kind == "likelihood"])
           for case in told]  # fmt: skip
    each = _mean(
        [
            copy_probability(report, parent, assessment.knowledge)
            for case, root, parent in zip(told, roots, own, strict=True)
            for report in case.reports
            if report.id in root
        ]
    )
    return _found(NAMING, assessment, view, engine, len(parents), each, [report.id for report in parents])


def break_evens(assessment: Assessment, *, view: str = DEFAULT_VIEW) -> tuple[BreakEven, BreakEven, BreakEven]:
    """Return the break-evens of deception, of copying within an origin, and of copying of the leader's name."""
    known_view(view)
    return false_flag(assessment, view=view), copying(assessment, view=view), naming(assessment, view=view)


def _found(
    share: str,
    assessment: Assessment,
    view: str,
    engine: Engine,
    degree: int,
    each: Array,
    concerns: Sequence[str],
) -> BreakEven:
    belief, costs = assessment.belief, assessment.costs
    soft = any(report.kind != "likelihood" for report in belief.reports)
    along = path(engine, None if soft else degree) if concerns else _still(belief.averaged)
    flat = even(belief.intents, belief.actors, belief.demands)
    five, steps = (menu(flat, costs, view, decision) for decision in ("response", "two-step"))
    now = float(each.mean()) if each.size else 0.0
    low, high = (float(np.quantile(each, q)) if each.size else 0.0 for q in (0.05, 0.95))
    is_now = belief.averaged[None]

    def leaders(states: Array) -> list[str]:
        return [belief.actors[place] for place in states.sum((1, 3)).argmax(1)]

    attribution, response, on_top = (
        turn(question, answers(is_now)[0], now, along, answers)
        for question, answers in (("attribution", leaders), ("response", five.firsts), ("on top", steps.on_top))
    )
    return BreakEven(
        share=share,
        view=view,
        now=now,
        low=low,
        high=high,
        concerns=tuple(concerns),
        attribution=attribution,
        response=response,
        on_top=on_top,
        exact=along.exact,
        notes=_notes(share, assessment, concerns, (attribution, response, on_top), exact=along.exact),
        along=along,
        menu=five,
        labels=(belief.intents, belief.actors),
    )


def _still(states: Array) -> Path:
    """Return the belief that does not hang on the share."""
    return Path(states=lambda shares: np.repeat(states[None], len(shares), 0), exact=True)


def _notes(
    share: str, assessment: Assessment, concerns: Sequence[str], turns: Sequence[Turn], *, exact: bool
) -> tuple[str, ...]:
    out = []
    if not concerns:
        out.append("No report hangs on it: nothing can turn.")
    elif not exact:
        out.append("Beliefs stand among the reports: turns are looked for at 21 points and refined by bisection.")
    off = [one.question for one in turns if one.at_now != one.pick]
    if off:
        out.append(f"One share for all is not what is assumed of each: at it, {' and '.join(off)} is already another.")
    if share == NAMING and assessment.campaign is not None:
        out.append("Within each episode: a report cannot repeat one of another episode unless the origin is the same.")
    return tuple(out)


def _joint(source: Source, assessment: Assessment, values: dict[str, float]) -> Array:
    """Return p(states, evidence), averaged over draws, dims ``(intent, actor, demand)``."""
    known = assessment.knowledge.held(values) if values else assessment.knowledge
    belief = believed(source, known)
    return np.asarray(belief.averaged * belief.evidence)


def _changed(assessment: Assessment, change: Callable[[Case], Case]) -> Source:
    """Return the case, or the campaign with every episode, changed."""
    if assessment.campaign is None:
        return change(assessment.case)
    return replace(assessment.campaign, episodes=tuple(change(case) for case in assessment.campaign.episodes))


def _copied(case: Case, c: float) -> Case:
    """Return the case in which whatever may be a copy is one with probability c; reports without a parent ignore it."""
    reports = tuple(
        report.model_copy(update={"copy_probability": c}) if report.kind == "likelihood" else report
        for report in case.reports
    )
    return case.model_copy(update={"reports": reports})


def _mean(each: Sequence[Array]) -> Array:
    """Return the mean over reports, dims ``(draw,)``; empty without any."""
    return np.asarray(np.mean(np.broadcast_arrays(*each), axis=0)) if each else np.empty(0)


def _leader(assessment: Assessment) -> str:
    return assessment.belief.actors[int(assessment.belief.averaged.sum((0, 2)).argmax())]


def _deceivable(report: Report) -> bool:
    fact = facts().get(report.fact)
    return fact is not None and fact.deceivable
