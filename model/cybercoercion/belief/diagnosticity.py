"""Which hypotheses each report tells apart, taken alone.

A report that is as probable under all hypotheses says nothing, however well it fits the favourite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.coalition import Coalitions
from cybercoercion.vocabulary import INTENTS

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
NODES = ("intent", "actor", "demand")
NOTHING = 0.1  # decibans: odds of 1.02


@dataclass(frozen=True, eq=False, kw_only=True)
class Diagnosticity:
    """How far each report alone tells each two states of a node apart, in decibans.

    ``grid[node]`` has dims ``(report, for, against)``: positive where the report is likelier under the first state.
    """

    case_id: str
    reports: tuple[str, ...]
    states: dict[str, tuple[str, ...]]
    grid: dict[str, Array]
    separates_nothing: tuple[str, ...]  # reports below a tenth of a deciban for every two states of every node

    def labelled(self, node: str) -> xr.DataArray:
        """Return the grid of a node with labels, in decibans."""
        import xarray as xr

        states = list(self.states[node])
        return xr.DataArray(
            self.grid[node],
            dims=("report", "for", "against"),
            coords={"report": list(self.reports), "for": states, "against": states},
            name=f"diagnosticity of {node}",
            attrs={"unit": "deciban"},
        )


def diagnose(coalitions: Coalitions) -> Diagnosticity:
    """Return the log-likelihood ratio of each report, alone, for each two intents, actors and demands.

    ``10 log10 [P(r | h) / P(r | g)]`` with ``P(r | h) = p(r, h) / p(h)``, both averaged over draws first. States
    that are impossible beforehand are not listed. A report that excludes a state stands at an infinite ratio.

    Parameters
    ----------
    coalitions
        The reports of a case that count.

    Returns
    -------
    Diagnosticity
        In decibans.

    References
    ----------
    R. J. Heuer, "Psychology of Intelligence Analysis", 1999, chapter 8, on the diagnosticity of evidence.

    Examples
    --------
    >>> from cybercoercion.belief.coalition import coalitions_of
    >>> from cybercoercion.case import parse_case, read_shipped
    >>> from cybercoercion.knowledge import load_knowledge
    >>> d = diagnose(coalitions_of(parse_case(read_shipped("sony-2014")), load_knowledge(draws=50)))
    >>> fit = d.labelled("intent").sel(report="studio-of-the-film")
    >>> bool(fit.sel({"for": "compellence", "against": "crime"}) > 1)
    True
    """
    network = coalitions.network
    labels = {"intent": INTENTS, "actor": network.actors, "demand": network.demands}
    prior = coalitions.masses(0)
    alone = np.array([coalitions.masses(1 << i) for i in range(len(coalitions.reports))])
    alone = alone.reshape(len(coalitions.reports), *prior.shape)
    states, grid = {}, {}
    for axis, node in enumerate(NODES):
        rest = tuple(other for other in range(3) if other != axis)
        before = prior.sum(rest)
        possible = before > 0
        likelihood = alone.sum(tuple(other + 1 for other in rest))[:, possible] / before[possible]
        with np.errstate(divide="ignore"):
            decibans = 10 * np.log10(likelihood)
        with np.errstate(invalid="ignore"):
            ratio = decibans[:, :, None] - decibans[:, None]
        grid[node] = np.where(np.isnan(ratio), 0.0, ratio)  # two excluded states are not told apart
        states[node] = tuple(label for label, keep in zip(labels[node], possible, strict=True) if keep)
    widest = np.array([np.abs(each).max((1, 2)) for each in grid.values()]).max(0)
    reports = tuple(report.id for report in coalitions.reports)
    return Diagnosticity(
        case_id=coalitions.case.id,
        reports=reports,
        states=states,
        grid=grid,
        separates_nothing=tuple(name for name, each in zip(reports, widest, strict=True) if each < NOTHING),
    )
