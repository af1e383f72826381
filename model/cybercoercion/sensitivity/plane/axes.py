"""The two inputs of a map: what they may be, what they are now, and what expected costs are over both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response import costs
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.sensitivity.choice import Choice, Decision, choice_of
from cybercoercion.sensitivity.input.inputs import input_named
from cybercoercion.sensitivity.line.along import shown
from cybercoercion.sensitivity.plane.plane import Linear, Odds, Plane, Smooth
from cybercoercion.sensitivity.plane.polynomial import chebyshev, enough, fitted
from cybercoercion.sensitivity.plane.surface import Surface
from cybercoercion.vocabulary import COERCION, OTHER

Array = NDArray[np.float64]
Ends = tuple[tuple[float, float], tuple[float, float]]
COERCIVE, ACTOR, PRICE = "p.coercion", "p.actor", "stakes.price_of_escalation"
STAKES = ("stakes.resilience", "stakes.escalation", PRICE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """One input of a map; ``draws`` its value in each draw, dims ``(draw,)``."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    now: float
    draws: Array

    @property
    def believed(self) -> bool:
        """Whether it is a probability of what is hidden, which expected costs are linear in."""
        return self.name.startswith("p.")

    @property
    def widest(self) -> tuple[float, float]:
        """The range of the map and of all draws."""
        return min(self.low, float(self.draws.min())), max(self.high, float(self.draws.max()))

    @property
    def rank(self) -> int:
        """How readily it is solved for: beliefs first, then what costs are linear in, then the rest."""
        return 2 if self.believed else 1 if self.name == PRICE else 0


def leading(assessment: Assessment) -> str:
    """Return the likeliest candidate that has a name.

    Raises
    ------
    ValueError
        Where a case names no candidate.
    """
    p = assessment.belief.posterior.sum((0, 2, 3))[:-1]
    if not len(p):
        raise ValueError("the case names no candidate actor")
    return assessment.belief.actors[int(p.argmax())]


def axis_of(assessment: Assessment, name: str, view: str, ends: tuple[float, float] | None = None) -> Axis:
    """Return an axis; ``p.actor`` stands for the likeliest candidate.

    Raises
    ------
    ValueError
        When the name is none of the five, or the range is none.
    """
    name = f"{ACTOR}.{leading(assessment)}" if name == ACTOR else name
    actor = name.removeprefix(f"{ACTOR}.")
    known = (COERCIVE, *STAKES, *(f"{ACTOR}.{one}" for one in assessment.belief.actors if one != OTHER))
    if name not in known:
        raise ValueError(f"got the axis {name}; allowed: {', '.join(known)}")
    one = input_named(assessment, name, view)
    share = np.asarray(assessment.belief.posterior.sum((0, 1, 2)))
    if name.startswith("p."):
        belief = assessment.belief
        mass = belief.posterior
        part = (
            mass[[intent in COERCION for intent in belief.intents]]
            if name == COERCIVE
            else mass[:, [belief.actors.index(actor)]]
        )
        draws = part.sum((0, 1, 2)) / np.where(share > 0, share, 1.0)
    else:
        draws = np.broadcast_to(one.now if one.draws is None else one.draws, share.shape).astype(float)
    if one.least >= one.most:
        raise ValueError(f"{one.label} is certain or impossible: no other belief can be weighed against it")
    low, high = ends or shown(one)
    if not (high > low >= 0 and (high <= 1 or not _share(name))):
        raise ValueError(f"{name}: got the range {low:g} to {high:g}; allowed: from low to high, shares within 0 to 1")
    return Axis(name=name, label=one.label, unit=one.unit, low=low, high=high, now=one.now, draws=draws)


def _share(name: str) -> bool:
    return name.startswith("p.") or name == "stakes.resilience"


def full_menu(assessment: Assessment, view: str, decision: Decision, stakes: dict[str, float]) -> Choice:
    """Return every plan with its expected cost by state under changed stakes, whoever may be accused now.

    What a plan costs in a state does not hang on the belief; so all candidates are given the same probability.
    """
    belief = assessment.belief
    shape = belief.posterior.shape[:3]
    flat = AssumedBelief(
        intents=belief.intents,
        actors=belief.actors,
        demands=belief.demands,
        posterior=np.full((*shape, 1), 1 / np.prod(shape)),
    )
    held = {name.removeprefix("stakes."): value for name, value in stakes.items()}
    case = assessment.case
    if held:
        case = case.model_copy(update={"stakes": case.stakes.model_copy(update=held)})
    return choice_of(flat, costs(case, assessment.knowledge), decision=decision, view=view)


def cells_of(assessment: Assessment, swept: Axis, solved: Axis) -> tuple[Array, Plane | None]:
    """Return the beliefs that a map mixes, dims ``(cell, intent, actor, demand)``, and how; None: there is one belief.

    Raises
    ------
    ValueError
        Where what is asked for is impossible or certain in every draw, or both cannot move apart.
    """
    belief = assessment.belief
    states = np.asarray(belief.posterior.sum(-1))
    states = states / states.sum()
    believed = [axis for axis in (swept, solved) if axis.believed]
    masks = [_where(axis, belief.intents, belief.actors, belief.demands) for axis in believed]
    if not masks:
        return states[None], None
    if len(masks) == 1:
        parts = [states * masks[0], states * ~masks[0]]
        _refuse_empty(believed[0].label, parts)
        plane = _along_solved([0.0, 1.0], [1.0, -1.0], solved)
        return np.array([part / part.sum() for part in parts]), plane
    a, b = masks
    for axis, mask in zip(believed, masks, strict=True):
        _refuse_empty(axis.label, [states * mask, states * ~mask])
    parts = [states * mask for mask in (a & b, a & ~b, ~a & b, ~a & ~b)]
    mass = np.array([part.sum() for part in parts])
    empty = mass <= 1e-12
    if empty.sum() > 1:
        raise ValueError(f"{swept.label} and {solved.label} cannot move apart: one tells the other")
    given = np.array([part / (part.sum() or 1.0) for part in parts])
    return given, _jointly(mass, empty, solved)


def _along_solved(constant: list[float], by_solved: list[float], solved: Axis) -> Linear:
    """Return a plane that is linear in what is solved for; what is swept enters the table."""
    return Linear(
        constant=np.array(constant),
        by_swept=np.zeros(2),
        by_solved=np.array(by_solved),
        low=solved.low,
        high=solved.high,
    )


def _jointly(mass: Array, empty: NDArray[np.bool_], solved: Axis) -> Plane:
    """Return the plane of two beliefs: the odds ratio of the four cells is held, or the one empty cell stays empty."""
    if not empty.any():
        ratio = float(mass[0] * mass[3] / (mass[1] * mass[2]))
        return Odds(ratio=ratio, low=solved.low, high=solved.high)
    # cells: both, swept only, solved only, neither, each as constant + swept + solved; then the ends of what is solved
    table: tuple[tuple[list[float], list[float], list[float], Ends], ...] = (
        ([0, 0, 0, 1], [0, 1, 0, -1], [0, 0, 1, -1], ((0, 0), (1, -1))),
        ([0, 0, 0, 1], [1, 0, -1, 0], [0, 0, 1, -1], ((0, 1), (1, 0))),
        ([0, 0, 0, 1], [0, 1, 0, -1], [1, -1, 0, 0], ((0, 0), (0, 1))),
        ([-1, 1, 1, 0], [1, 0, -1, 0], [1, -1, 0, 0], ((1, -1), (1, 0))),
    )
    constant, by_swept, by_solved, ends = table[int(empty.argmax())]
    return Linear(
        constant=np.array(constant, dtype=float),
        by_swept=np.array(by_swept, dtype=float),
        by_solved=np.array(by_solved, dtype=float),
        low=solved.low,
        high=solved.high,
        ends=ends,
    )


def _where(
    axis: Axis, intents: tuple[str, ...], actors: tuple[str, ...], demands: tuple[str, ...]
) -> NDArray[np.bool_]:
    mask = np.zeros((len(intents), len(actors), len(demands)), dtype=bool)
    if axis.name == COERCIVE:
        mask[[intent in COERCION for intent in intents]] = True
    else:
        mask[:, actors.index(axis.name.removeprefix(f"{ACTOR}."))] = True
    return mask


def _refuse_empty(label: str, parts: list[Array]) -> None:
    if min(part.sum() for part in parts) <= 1e-12:
        raise ValueError(f"{label} is certain or impossible: no other belief can be weighed against it")


def surface_of(assessment: Assessment, swept: Axis, solved: Axis, view: str, decision: Decision) -> Surface:
    """Return the expected costs of all plans over two inputs.

    Exact in beliefs and in the price of escalation. Where costs are not linear in an input, the engine is asked at
    Chebyshev points, and at three others until the polynomial agrees with it to 1e-11.
    """
    cells, plane = cells_of(assessment, swept, solved)
    menu = full_menu(assessment, view, decision, {})

    def by_cell(stakes: dict[str, float]) -> Array:
        return full_menu(assessment, view, decision, stakes).expected(cells).T

    def along(stakes: dict[str, float]) -> Array:
        """Return (plan, basis) with the swept stake held."""
        if solved.believed:
            return by_cell(stakes)
        if solved.name == PRICE:
            free, face = (by_cell({**stakes, PRICE: price})[:, 0] for price in (0.0, 1.0))
            return np.stack([free, face - free], axis=-1)
        return fitted(lambda at: by_cell({**stakes, solved.name: at})[:, 0], solved.widest, order).T

    def probe(at: float) -> Array:
        """Return (plan, value) at some values of the solved input, cheaply."""
        if solved.believed:
            return by_cell({swept.name: at})
        ends = (0.0, 1.0) if solved.name == PRICE else solved.widest
        return np.stack([by_cell({swept.name: at, solved.name: end})[:, 0] for end in ends], axis=-1)

    order = 0
    if plane is None and solved.name == PRICE:
        plane = _along_solved([1.0, 0.0], [0.0, 1.0], solved)
    elif plane is None:
        order = enough(
            lambda at: np.stack([by_cell({swept.name: end, solved.name: at})[:, 0] for end in swept.widest], axis=-1),
            solved.widest,
        )
        plane = Smooth(order=order, low=solved.low, high=solved.high, widest=solved.widest)
    accused = cells.sum((1, 3))[:, :-1]
    if not solved.believed:  # one belief all over the map: the first function of the basis is the constant one
        size = 2 if solved.name == PRICE else order + 1
        accused = np.concatenate([accused, np.zeros((size - 1, accused.shape[1]))])
    return Surface(
        options=menu.options,
        names=menu.names,
        option_of=menu.option_of,
        place=np.array(
            [next((one.place for one in plan.levers if one.place is not None), -1) for plan in menu.plans],
            dtype=np.intp,
        ),
        plane=plane,
        table=_swept(swept, along, probe),
        candidates=accused,
        share=assessment.knowledge.mean("accused_share"),
    )


def _swept(
    swept: Axis, along: Callable[[dict[str, float]], Array], probe: Callable[[float], Array]
) -> Callable[[Array], Array]:
    """Return the table of a surface as a function of the swept input; ``probe`` says how smooth costs are in it."""
    if swept.believed:
        constant = along({})[None]
        return lambda s: np.broadcast_to(constant, (len(s), *constant.shape[1:]))
    if swept.name == PRICE:
        free, face = (along({PRICE: price}) for price in (0.0, 1.0))
        return lambda s: np.asarray(free + s[:, None, None] * (face - free))
    order = enough(probe, swept.widest)
    fit = fitted(lambda at: along({swept.name: at}), swept.widest, order)
    return lambda s: np.tensordot(chebyshev(s, swept.widest, order), fit, 1)
