"""Which response costs least: the four responses and nothing new, in three views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.response.costs import Costs
from cybercoercion.response.futures import chance, drawn
from cybercoercion.response.option import Option
from cybercoercion.response.scene import Scene
from cybercoercion.response.table import ViewRanking, rank_view
from cybercoercion.response.terms import NOTHING_NEW, terms, total
from cybercoercion.response.weights import BeliefLike, averaged, by_draw
from cybercoercion.vocabulary import VIEWS

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
DEFAULT_VIEW = "nation"
MARGIN = 0.01  # of the cost of nothing new in the default view, where a case states no margin


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """The four responses, best first, in each view; the default view is the nation's over 24 months."""

    views: Mapping[str, ViewRanking]
    two_step: bool

    @property
    def view(self) -> str:
        """The name of the headline view."""
        return DEFAULT_VIEW

    @property
    def default(self) -> ViewRanking:
        """The headline view."""
        return self.views[DEFAULT_VIEW]

    @property
    def options(self) -> tuple[Option, ...]:
        """The four responses in the headline view, best first."""
        return self.default.options

    @property
    def disagreement(self) -> dict[str, str]:
        """What is first in each view, of the four responses and nothing new."""
        return {name: view.first for name, view in self.views.items()}

    def labelled(self) -> xr.Dataset:
        """Return expected differences to nothing new, intervals and shares, labelled ``(view, response)``."""
        import xarray as xr

        names = [option.response for option in sorted(self.options, key=lambda option: option.response)]
        fields = ("expected_cost", "delta", "low", "high", "p_best", "cheapest_in_futures", "regret", "cvar90")
        table = {
            field: (
                ("view", "response"),
                [[getattr(view.option(name), field) for name in names] for view in self.views.values()],
            )
            for field in fields
        }
        draws = np.array([[view.option(name).difference_draws for name in names] for view in self.views.values()])
        return xr.Dataset(
            table | {"difference": (("view", "response", "draw"), draws)},
            coords={"view": list(self.views), "response": names},
            attrs={"unit": "USD"},
        )


def rank(belief: BeliefLike, costs: Costs, *, two_step: bool = True, views: Sequence[str] = VIEWS) -> Ranking:
    """Rank the four responses by expected cost under a belief, in three views.

    ``E[C(r)] = sum over z of p(z | e) E[C(r | z, theta)]``: belief parameters and cost parameters are independent a
    priori, so expected values take the averaged joint and exact means of money and rates. Shares, regret, tail means
    and intervals take the draws, weighted as the belief weights them.

    Parameters
    ----------
    belief
        p(states, evidence | draw) over its total, dims ``(intent, actor, demand, draw)``.
    costs
        The costs of the same case.
    two_step
        Compare the other three on top of the resilience that costs least (which needs no attribution and never
        waits), instead of as rivals of it.
    views
        Which views to rank; one alone takes about half the time of all three.

    Returns
    -------
    Ranking
        One `ViewRanking` per view; USD present value.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.response import assumed_belief, costs
    >>> case = load_case("sony-2014")
    >>> belief = assumed_belief(case, {"north-korea": 0.7}, {"compellence": 1.0}, {"withhold-film": 0.9})
    >>> [option.response for option in rank(belief, costs(case, load_knowledge())).options][0]
    'denial'
    """
    mean = averaged(belief, costs.factors, costs.off_target)
    inside, share = by_draw(belief, costs.factors, costs.off_target)
    size = max(len(share), costs.knowledge.size)
    if len(share) < size:
        share = np.full(size, 1 / size)
    nothing = terms(costs, NOTHING_NEW, costs.views[DEFAULT_VIEW], mean, expected=True)
    margin = costs.stakes.margin
    scene = Scene(
        belief=belief,
        costs=costs,
        mean=mean,
        inside=inside,
        share=share,
        future=drawn(belief, inside, costs.knowledge),
        chance=chance(costs.knowledge),
        two_step=two_step,
        margin=MARGIN * float(total(nothing).mean()) if margin is None else margin,
    )
    return Ranking(
        views={name: rank_view(scene, view) for name, view in costs.views.items() if name in views}, two_step=two_step
    )
