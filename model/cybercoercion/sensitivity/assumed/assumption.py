"""What would be said under another assumption: the register, with the belief and the decision under each switch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment, as_case
from cybercoercion.case import Campaign
from cybercoercion.response import costs
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.assumed.switch import Moves, Switch, Switched, switches
from cybercoercion.sensitivity.attitude import first, offered
from cybercoercion.sensitivity.changing import Answer, believed
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.military import military_tail
from cybercoercion.sensitivity.output import FIVE, gap, measured

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
AS_ASSUMED = "as assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The decision in one view.

    ``first`` is the cheapest of the five, or of two steps the responses of the cheapest plan, joined. ``gap`` is by how
    much the cheapest of the others costs more than the first as assumed, USD: negative where another is first.
    """

    first: str
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """One row of the register: the assumption in a sentence, what the switch says, and what follows from that.

    ``p_leader`` is the probability of ``leader``, who leads here. ``applies`` is false where nothing in the case hangs
    on it; then all is as assumed.
    """

    name: str
    assumed: str
    instead: str
    moves: Moves | None
    applies: bool
    p_coercion: float
    leader: str
    p_leader: float
    views: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All assumptions, the row as assumed apart."""

    base: Assumed
    rows: tuple[Assumed, ...]

    def flips(self, row: Assumed, view: str) -> tuple[str, ...]:
        """Return what is another under a switch: the leading actor, the first choice, both, or nothing."""
        found = {
            "leading actor": row.leader != self.base.leader,
            "first choice": row.views[view].first != self.base.views[view].first,
        }
        return tuple(name for name, other in found.items() if other)

    def flipping(self, view: str) -> tuple[Assumed, ...]:
        """Return the rows under which the first choice is another."""
        return tuple(row for row in self.rows if "first choice" in self.flips(row, view))

    def labelled(self) -> xr.Dataset:
        """Return belief and decision, labelled ``(assumption, view)``; the first row as assumed."""
        import xarray as xr

        rows, views = (self.base, *self.rows), list(self.base.views)
        one, both = ("assumption",), ("assumption", "view")
        return xr.Dataset(
            {
                "p_coercion": (one, [row.p_coercion for row in rows], {"unit": "probability"}),
                "leader": (one, [row.leader for row in rows]),
                "p_leader": (one, [row.p_leader for row in rows], {"unit": "probability"}),
                "first": (both, [[row.views[view].first for view in views] for row in rows]),
                "gap": (both, [[row.views[view].gap for view in views] for row in rows], {"unit": "USD"}),
                "applies": (one, [row.applies for row in rows]),
            },
            coords={"assumption": [row.name for row in rows], "view": views},
        )


def register(assessment: Assessment) -> Register:
    """Return what is believed and which response is first, in every view, under each switch by itself.

    Everything is asked of the full engine: a switch of the belief leaves the costs, one of the costs the belief. A fit
    that learnt a switched quantity gives way to the switch.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = register(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> found.base.views["nation"].first, len(found.rows) > 25
    ('denial', True)
    """
    picks = {view: ranking.first for view, ranking in assessment.ranking.views.items()}
    base = _row(_answers(assessment, Switched()), picks, _five)
    return Register(base=base, rows=tuple(_assumed(one, assessment, picks, base) for one in switches()))


def _assumed(one: Switch, assessment: Assessment, picks: Mapping[str, str], base: Assumed) -> Assumed:
    switched = one.change(assessment)
    found = base
    if switched is not None:
        found = _row(_answers(assessment, switched, one.moves), picks, _compared(one, assessment))
    return replace(
        found,
        name=one.name,
        assumed=one.assumed,
        instead=one.instead,
        moves=one.moves,
        applies=switched is not None,
    )


def _answers(assessment: Assessment, switched: Switched, moves: Moves | None = None) -> dict[str, Answer]:
    """Return the answer in every view; what a switch cannot move is not asked again."""
    source = switched.source or assessment.campaign or assessment.case
    knowledge = switched.knowledge or assessment.knowledge
    belief: BeliefLike = assessment.belief
    priced = assessment.costs
    if moves == "belief":
        belief = switched.belief if switched.belief is not None else believed(source, knowledge)
    if moves == "cost":
        priced = costs(as_case(source) if isinstance(source, Campaign) else source, knowledge)
    return {view: Answer(belief=belief, costs=priced, view=view) for view in assessment.ranking.views}


Compared = Callable[[Answer, str], Outcome]


def _five(answer: Answer, pick: str) -> Outcome:
    return Outcome(first=answer.first, gap=answer.gap(pick))


def _compared(one: Switch, assessment: Assessment) -> Compared:
    """Return how a switch compares the options."""
    if one.moves == "menu":
        return _two_steps
    if one.moves == "tail":

        def counted(answer: Answer, pick: str) -> Outcome:
            ranking = assessment.ranking.views[answer.view]
            found = military_tail(ranking, offered(ranking, "response"))
            under = dict((found.raw if "raw" in one.name else found.capped).costs)
            values, options = np.array([under[name] for name in FIVE]), list(FIVE)
            return Outcome(first=first(values, options), gap=gap(values, options, pick))

        return counted
    return _five


def _two_steps(answer: Answer, pick: str) -> Outcome:
    """Return the cheapest plan of two steps: its responses; the others are all plans but the pick's own."""
    menu = answer.menu("two-step")
    now = np.where(menu.likely, menu.now, np.inf)
    best = int(now.argmin())
    own = [place for place in range(len(menu.plans)) if _responses(menu, place) == pick]
    rest = np.delete(now, own)
    return Outcome(first=_responses(menu, best), gap=float(rest.min() - now[own].min()))


def _responses(menu: Choice, place: int) -> str:
    named = dict.fromkeys(lever.variant.response for lever in menu.plans[place].levers)
    return " + ".join(named) or "nothing"


def _row(answers: Mapping[str, Answer], picks: Mapping[str, str], compared: Compared) -> Assumed:
    belief = next(iter(answers.values())).belief
    actors = belief.posterior.sum((0, 2, 3)) / belief.posterior.sum()
    leader = int(actors.argmax())
    return Assumed(
        name=AS_ASSUMED,
        assumed="",
        instead="",
        moves=None,
        applies=True,
        p_coercion=float(measured("belief", belief)[0]),
        leader=belief.actors[leader],
        p_leader=float(actors[leader]),
        views={view: compared(answer, picks[view]) for view, answer in answers.items()},
    )
