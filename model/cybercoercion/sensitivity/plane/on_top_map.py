"""Resilience first, then what on top: from which probability of the right actor each lever pays, at any resilience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_view
from cybercoercion.sensitivity.choice import name_of
from cybercoercion.sensitivity.plane.axes import ACTOR, Axis, axis_of, full_menu, surface_of
from cybercoercion.sensitivity.plane.regions import pieces, slices
from cybercoercion.sensitivity.plane.shares import DOTS, Region, cloud_of, regions_of
from cybercoercion.sensitivity.plane.surface import Slice, Surface

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
COLUMNS = 81


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Threshold:
    """The p* line of one lever: from which probability of its target on it pays on top of the best resilience.

    ``p`` has dims ``(resilience,)`` along ``resilience``: 0 where it pays even against an innocent, NaN where it does
    not pay even against the guilty. ``now`` is p* at the present resilience (None: does not pay), ``mass`` the share of
    the draws in which the pair of values lies beyond the line.
    """

    variant: str
    against: str
    resilience: Array
    p: Array
    now: float | None
    mass: float


@dataclass(frozen=True, kw_only=True, eq=False)
class OnTopMap:
    """P(right actor) against resilience: the best resilience behind, and the p* line of each lever aimed at the actor.

    Lines are solved exactly at each resilience and at both sides of each change of the best resilience. They say when
    a lever pays, not whether the actor is likely enough beside the others to be accused.
    """

    p: Axis
    resilience: Axis
    actor: str
    view: str
    regions: tuple[Region, ...]
    thresholds: tuple[Threshold, ...]
    cloud: Array
    base: str  # the best resilience at the present point

    def labelled(self) -> xr.Dataset:
        """Return p* by lever and resilience, dims ``(lever, resilience)``, a probability."""
        import xarray as xr

        at = self.thresholds[0].resilience if self.thresholds else np.zeros(0)
        return xr.Dataset(
            {
                "p_star": (
                    ("lever", "resilience"),
                    np.array([one.p for one in self.thresholds]).reshape(-1, len(at)),
                    {"unit": "probability"},
                ),
                "mass": (("lever",), [one.mass for one in self.thresholds], {"unit": "probability"}),
            },
            coords={
                "lever": [one.variant for one in self.thresholds],
                "resilience": ("resilience", at, {"unit": "share"}),
            },
            attrs={"view": self.view, "actor": self.actor},
        )


def on_top_map(
    assessment: Assessment,
    actor: str = "",
    *,
    view: str = DEFAULT_VIEW,
    dots: int = DOTS,
    columns: int = COLUMNS,
) -> OnTopMap:
    """Return when a lever aimed at an actor pays on top of the best resilience, over P(actor) and resilience.

    ``p* = D_wrong / (D_wrong - D_right)``, with D the expected difference that the lever makes to the resilience that
    costs least there; the odds of all else given that the actor did it, and given that it did not, stay.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    actor
        A candidate; by default the likeliest.
    view
        Who pays and for how long.
    dots, columns
        The size of the cloud, and at how many levels of resilience lines are solved.

    Raises
    ------
    ValueError
        When the actor is unknown, certain or impossible.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> on_top_map(sony, view="long", columns=5).actor
    'north-korea'
    """
    known_view(view)
    p = axis_of(assessment, f"{ACTOR}.{actor}" if actor else ACTOR, view)
    resilience = axis_of(assessment, "stakes.resilience", view)
    whom = p.name.removeprefix(f"{ACTOR}.")
    every = surface_of(assessment, resilience, p, view, "two-step")
    menu = full_menu(assessment, view, "two-step", {})
    bare = np.array([all(lever.place is None for lever in plan.levers) for plan in menu.plans])
    behind = _only(every, np.flatnonzero(bare))
    found = slices(behind, resilience.low, resilience.high, columns)
    share = np.asarray(assessment.belief.posterior.sum((0, 1, 2)))
    share = share / share.sum()
    places = behind.best(resilience.draws, p.draws)
    aimed = {
        lever.name: [
            menu.names.index(name_of((*base.levers, lever)))
            for base, alone in zip(menu.plans, bare, strict=True)
            if alone
        ]
        for plan in menu.plans
        for lever in plan.levers
        if lever.target == whom
    }
    here = behind.best(np.array([resilience.now]), np.array([p.now]))[0]
    return OnTopMap(
        p=p,
        resilience=resilience,
        actor=whom,
        view=view,
        regions=regions_of(behind, resilience, p, pieces(found), places, share, swapped=True),
        thresholds=tuple(
            Threshold(
                variant=name,
                against=whom,
                resilience=np.array([one.swept for one in found]),
                p=np.array([_pays_from(every, bare, rows, one) for one in found]),
                now=_or_none(_pays_from(every, bare, rows, behind.slice(resilience.now))),
                mass=float(share[_gain(every, bare, rows, resilience.draws, p.draws, places) < 0].sum()),
            )
            for name, rows in aimed.items()
        ),
        cloud=cloud_of(p.draws, resilience.draws, share, dots, assessment.knowledge.seed),
        base=behind.options[int(here)],
    )


def _only(surface: Surface, rows: NDArray[np.intp]) -> Surface:
    """Return the surface of some plans, each an option."""
    names = tuple(surface.names[row] for row in rows)
    return replace(
        surface,
        options=names,
        names=names,
        option_of=np.arange(len(rows), dtype=np.intp),
        place=surface.place[rows],
        table=lambda s: surface.table(s)[:, rows],
        candidates=surface.candidates[:, :0],  # nobody is accused
    )


def _pays_from(every: Surface, bare: NDArray[np.bool_], rows: list[int], one: Slice) -> float:
    """Return the lowest probability from which a lever pays up to certainty, NaN where it does not pay at certainty."""
    table = every.table(np.array([one.swept]))[0]
    bases = np.flatnonzero(bare)
    out = np.nan
    for k in reversed(range(len(one.best))):
        gain = table[rows[one.best[k]]] - table[bases[one.best[k]]]
        low, high = (float(gain @ every.plane.basis(np.array(one.swept), np.array(end))) for end in one.ends[k : k + 2])
        if high >= 0:
            return out
        if low > 0:
            return float(one.ends[k] + (one.ends[k + 1] - one.ends[k]) * low / (low - high))
        out = float(one.ends[k])
    return out


def _gain(
    every: Surface,
    bare: NDArray[np.bool_],
    rows: list[int],
    resilience: Array,
    p: Array,
    places: NDArray[np.intp],
) -> Array:
    """Return what a lever costs on top of the best resilience in each draw, USD, dims ``(draw,)``."""
    basis = every.plane.basis(resilience, p)
    table = every.table(resilience)
    at = np.arange(len(basis))
    added = table[at, np.array(rows)[places]] - table[at, np.flatnonzero(bare)[places]]
    return np.asarray((added * basis).sum(-1))


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value
