"""Where does the recommended response lose? A box of inputs in which it costs more than another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment, assess
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_decision, known_view
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.asked import asked
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.robust.prim import Shares, prim, shares

if TYPE_CHECKING:
    import xarray as xr

    from cybercoercion.sensitivity.input.input import Input

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
DRAWS = 8_000
ENOUGH = 20  # losses in each half: of fewer nothing can be learnt


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The ends between which an input lies in the box; infinite where it has none."""

    name: str
    label: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where the pick loses by more than ``delta``, USD; without ``limits`` there is no such box.

    ``often`` is how often it loses over all readings of the inputs. ``told`` holds mass, density and coverage on the
    half of the draws that did not make the box, ``made`` on the half that did: what it gains there is partly chance.
    """

    view: str
    decision: Decision
    pick: str
    delta: float
    often: float
    limits: tuple[Limit, ...]
    told: Shares | None
    made: Shares | None
    why: str = ""  # why there is no box

    @property
    def found(self) -> bool:
        """Whether there is a box."""
        return bool(self.limits)

    def labelled(self) -> xr.Dataset:
        """Return the ends of the box, labelled ``(input, end)``, and what it holds on draws that did not make it."""
        import xarray as xr

        held = self.told
        return xr.Dataset(
            {
                "limit": (("input", "end"), np.array([(one.low, one.high) for one in self.limits]).reshape(-1, 2)),
                "mass": ((), held.mass if held else np.nan, {"unit": "probability"}),
                "density": ((), held.density if held else np.nan, {"unit": "probability"}),
                "coverage": ((), held.coverage if held else np.nan, {"unit": "probability"}),
            },
            coords={
                "input": [one.name for one in self.limits],
                "end": ["low", "high"],
                "unit": (("input",), [one.unit for one in self.limits]),
            },
            attrs={"view": self.view, "decision": self.decision, "pick": self.pick, "delta": self.delta},
        )


def box(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    delta: float | None = None,
    draws: int = DRAWS,
) -> Box:
    """Return the box of inputs in which the pick costs more than the cheapest by more than ``delta``.

    Every draw is a reading of the inputs, with the states of the world averaged. A box is looked for by patient rule
    induction on every other draw, over the inputs of costs and the probabilities of coercion, actors and demands in
    each draw; what it holds is told from the other draws. There is none where nothing loses, and none where the other
    draws do not bear it out.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view, decision
        Whose costs, and among what is chosen.
    delta
        USD; by default the margin below which the ranking calls a difference a tie.
    draws
        Readings that are looked at; an assessment with fewer is made anew with so many, for two thousand show the
        strongest edge only.

    Raises
    ------
    ValueError
        When delta is negative.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> box(assess(load_case("sony-2014"), load_knowledge(draws=200)), delta=1e12, draws=200).found
    False
    """
    known_view(view)
    known_decision(decision)
    least = assessment.ranking.views[view].margin if delta is None else delta
    if least < 0:
        raise ValueError(f"got a delta of {least:g}; allowed: 0 or more")
    if assessment.knowledge.size < draws:
        more = replace(assessment.knowledge, size=draws, _memory={})
        assessment = assess(assessment.campaign or assessment.case, more)
    read = readings(answer(assessment, view), decision)
    hit = read.drawn[read.first] - read.drawn.min(0) > least
    used = varying(assessment, view, len(hit))
    x = np.array([one.draws for one in used]) if used else np.empty((0, len(hit)))
    limits, made, told, why = induced(x, hit, read.share)
    return Box(
        view=view,
        decision=decision,
        pick=read.options[read.first],
        delta=least,
        often=float(read.share[hit].sum() / read.share.sum()),
        limits=tuple(
            Limit(name=used[at].name, label=used[at].label, unit=used[at].unit, low=low, high=high)
            for at, low, high in limits
        ),
        told=told,
        made=made,
        why=why,
    )


def varying(assessment: Assessment, view: str, draws: int) -> tuple[Input, ...]:
    """Return the inputs that differ over draws: of costs, and what is believed, but not what makes the belief."""
    found = asked(assessment, view)
    only_believed = found.belief - found.costs
    return tuple(
        one
        for one in inputs(assessment, view)
        if one.name not in only_believed
        and one.draws is not None
        and one.draws.shape == (draws,)
        and np.ptp(one.draws) > 0
    )


def induced(
    x: Array, hit: Mask, weight: Array
) -> tuple[tuple[tuple[int, float, float], ...], Shares | None, Shares | None, str]:
    """Return place and ends of each limit, what the box holds where it was made and elsewhere, or why there is none."""
    here = np.arange(len(hit)) % 2 == 0
    if not (hit & (weight > 0)).any():
        return (), None, None, "so there is no box in which it loses"
    if min((hit & here).sum(), (hit & ~here).sum()) < ENOUGH:
        return (), None, None, f"fewer than {2 * ENOUGH} draws lose, too few to say where"
    edges = prim(x[:, here], hit[here], weight[here])
    made = shares(edges.inside(x[:, here]), hit[here], weight[here])
    told = shares(edges.inside(x[:, ~here]), hit[~here], weight[~here])
    if not len(edges.restricted):
        return (), None, None, "no box of inputs tells where"
    everywhere = shares(np.ones(int((~here).sum()), dtype=bool), hit[~here], weight[~here])
    if not told.density > everywhere.density + 2 * np.hypot(told.error, everywhere.error):
        return (), None, None, "the box that was found is not borne out by other draws"
    limits = tuple((int(at), float(edges.low[at]), float(edges.high[at])) for at in edges.restricted)
    return limits, made, told, ""
