"""Which option is cheapest over two inputs at once: exact boundaries, and how much of what is plausible is where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_decision, known_view
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.plane.axes import ACTOR, COERCIVE, Axis, axis_of, surface_of
from cybercoercion.sensitivity.plane.regions import lines, pieces, slices
from cybercoercion.sensitivity.plane.shares import DOTS, Boundary, Region, boundary_of, cloud_of, possible, regions_of
from cybercoercion.sensitivity.plane.surface import Surface

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
COLUMNS = 81


@dataclass(frozen=True, kw_only=True, eq=False)
class PolicyMap:
    """Which option is cheapest over two inputs; all else as it is expected now.

    ``swapped`` says whether parts of regions run along y (x is solved for) instead of along x. ``first`` is the first
    choice as ranked now; ``here`` that of the map at the present point, where both inputs stand at a point instead of
    being uncertain. ``cloud`` has dims ``(dot, 2)``: pairs of values as the draws have them.
    """

    x: Axis
    y: Axis
    view: str
    decision: Decision
    held: str
    swapped: bool
    surface: Surface
    regions: tuple[Region, ...]
    boundaries: tuple[Boundary, ...]
    cloud: Array
    first: str
    here: str

    @property
    def mass(self) -> dict[str, float]:
        """The share of the draws in which each option is cheapest at the draw's pair of values; sums to one."""
        return {region.option: region.mass for region in self.regions}

    def region(self, option: str) -> Region | None:
        """Return the region of an option, or None where it has none."""
        return next((region for region in self.regions if region.option == option), None)

    def costs(self, x: Array, y: Array) -> Array:
        """Return the expected difference to nothing new of each option at some points, USD, dims ``(point, option)``.

        Infinite where all plans of an option would accuse somebody too unlikely.
        """
        swept, solved = (y, x) if self.swapped else (x, y)
        return self.surface.by_option(np.asarray(swept, dtype=float), np.asarray(solved, dtype=float))

    def option_at(self, x: float, y: float) -> str:
        """Return the cheapest option at a point."""
        return self.surface.options[int(self.costs(np.array([x]), np.array([y]))[0].argmin())]

    def labelled(self, steps: int = 101) -> xr.Dataset:
        """Return costs and the cheapest option on an even grid, dims ``(y, x, option)``, USD, with masses of regions.

        Points that no belief can be at hold an empty name.
        """
        import xarray as xr

        x, y = (np.linspace(axis.low, axis.high, steps) for axis in (self.x, self.y))
        across, up = np.meshgrid(x, y)
        cost = self.costs(across.ravel(), up.ravel())
        names = np.array(self.surface.options)[cost.argmin(-1)]
        possible = self._possible(across.ravel(), up.ravel())
        return xr.Dataset(
            {
                "cost": (("y", "x", "option"), cost.reshape(steps, steps, -1), {"unit": "USD"}),
                "cheapest": (("y", "x"), np.where(possible, names, "").reshape(steps, steps)),
                "mass": (
                    ("option",),
                    [self.mass.get(option, 0.0) for option in self.surface.options],
                    {"unit": "probability"},
                ),
            },
            coords={
                "x": ("x", x, {"unit": self.x.unit, "name": self.x.name}),
                "y": ("y", y, {"unit": self.y.unit, "name": self.y.name}),
                "option": list(self.surface.options),
            },
            attrs={"view": self.view, "decision": self.decision, "held": self.held},
        )

    def _possible(self, x: Array, y: Array) -> NDArray[np.bool_]:
        return possible(self.surface, *((y, x) if self.swapped else (x, y)))


def policy_map(
    assessment: Assessment,
    x: str = ACTOR,
    y: str = "stakes.resilience",
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    ranges: Mapping[str, tuple[float, float]] | None = None,
    dots: int = DOTS,
    columns: int = COLUMNS,
) -> PolicyMap:
    """Return which option is cheapest over two inputs, everything else as expected now.

    Expected cost is linear in a belief and in the price of escalation, so a boundary is solved for in closed form at
    each of ``columns`` values of the other input, and at both sides of every value where a region is born or ends.

    * One belief: the probability moves, the odds of all else inside and outside of it stay (Jeffrey).
    * P(coercion) and P(actor): both margins move, the odds ratio between them and what is believed inside each of the
      four cells stay. P(both) then follows from a quadratic equation, and so does the boundary.
    * Two actors: both move, the odds of the rest stay; the boundary is a straight line.
    * Resilience and escalation risk: costs along them are polynomials fitted to the engine to 1e-11.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    x, y
        ``p.coercion``, ``p.actor`` (the likeliest) or ``p.actor.ID``, ``stakes.resilience``, ``stakes.escalation`` or
        ``stakes.price_of_escalation``.
    view, decision
        ``response``: the four responses and nothing new, as ranked; ``two-step``: every resilience with what is on top.
    ranges
        What the map shows, by name of the axis.
    dots
        How many pairs of values the cloud holds, resampled by the weights of the draws.
    columns
        How many values of the swept input are solved at.

    Raises
    ------
    ValueError
        When an axis is unknown or both are the same, or when a belief is certain or impossible.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> over = policy_map(sony, "p.coercion", "stakes.price_of_escalation", columns=5)
    >>> round(sum(over.mass.values()), 9)
    1.0
    """
    known_view(view)
    known_decision(decision)
    across, up = (axis_of(assessment, name, view, (ranges or {}).get(name)) for name in (x, y))
    if across.name == up.name:
        raise ValueError(f"both axes are {across.name}; a map takes two inputs")
    swapped = across.rank > up.rank or (across.name.startswith(ACTOR) and up.name == COERCIVE)
    swept, solved = (up, across) if swapped else (across, up)
    surface = surface_of(assessment, swept, solved, view, decision)
    found = slices(surface, swept.low, swept.high, columns)
    now = answer(assessment, view)
    places = surface.best(swept.draws, solved.draws)
    share = np.asarray(assessment.belief.posterior.sum((0, 1, 2)))
    share = share / share.sum()
    here = surface.best(np.array([swept.now]), np.array([solved.now]))[0]
    return PolicyMap(
        x=across,
        y=up,
        view=view,
        decision=decision,
        held=_held(across, up),
        swapped=swapped,
        surface=surface,
        regions=regions_of(surface, swept, solved, pieces(found), places, share, swapped=swapped),
        boundaries=tuple(boundary_of(surface, line, swapped=swapped) for line in lines(surface, found)),
        cloud=cloud_of(across.draws, up.draws, share, dots, assessment.knowledge.seed),
        first=now.first if decision == "response" else now.menu(decision).first,
        here=surface.options[int(here)],
    )


def _held(x: Axis, y: Axis) -> str:
    """Return what stays as it is while the inputs move."""
    names = {axis.name for axis in (x, y) if axis.believed}
    if not names:
        return "the belief as it is"
    if len(names) == 1:
        return f"odds inside and outside of {x.label if x.believed else y.label}"
    if COERCIVE in names:
        return f"the odds ratio of {x.label} and {y.label}, and odds inside their four cells"
    return "the odds of the candidates that do not move, and odds inside each"
