"""Does the decision hang on how sure one prior is, or on one origin? Power-scaling, with what can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import MOST, Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_output, known_view
from cybercoercion.sensitivity.output import Output

if TYPE_CHECKING:
    import xarray as xr

    from cybercoercion.fit.checking.scaling import Sensitivity
    from cybercoercion.fit.fit import Fit

MINUS = "\N{MINUS SIGN}"
Array = NDArray[np.float64]
DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerScaling:
    """What each component moves, per doubling of its power, to first order.

    Components are prior components, then ``the evidence``, then each origin of reports as ``reports of ORIGIN``.
    ``change`` and ``error`` have dims ``(component, quantity)``, in the unit of the quantity; ``scale`` is what a
    change is judged by, 1 for a probability, for money its spread over draws. ``pareto_k`` is the worst of the weights.
    """

    view: str
    output: str
    draws: int
    components: tuple[str, ...]
    priors: int  # how many of the components are priors; the rest is evidence
    quantities: tuple[str, ...]
    units: tuple[str, ...]
    change: Array
    error: Array
    scale: Array  # (quantity,)
    pareto_k: Array  # (component,)
    threshold: float
    trusted_below: float

    @property
    def matters(self) -> NDArray[np.bool_]:
        """Say where a change is beyond the threshold and beyond two Monte Carlo errors, dims as `change`."""
        size = np.abs(self.change)
        return np.asarray((size / self.scale > self.threshold) & (size > 2 * self.error))

    @property
    def untrusted(self) -> tuple[str, ...]:
        """The components whose weights cannot be trusted: Pareto k of .7 or more."""
        return tuple(
            name for name, k in zip(self.components, self.pareto_k.tolist(), strict=True) if not k < self.trusted_below
        )

    def words(self) -> tuple[str, ...]:
        """Return a sentence for each prior component and origin that matters, and one for what cannot be trusted."""
        out = []
        for row, name in enumerate(self.components):
            if name in self.untrusted or not self.matters[row].any():
                continue
            at = np.flatnonzero(self.matters[row])
            moved = ", ".join(
                f"{self.quantities[one]} by "
                + f"{self.change[row, one] / self.scale[one]:+.3f}".replace("-", MINUS)
                + ("" if self.units[one] == "probability" else " standard deviations")
                for one in at.tolist()
            )
            what = "this prior were twice as sure" if row < self.priors else "this counted twice"
            out.append(f"{name}: if {what}, it would move {moved}, to first order.")
        if not out:
            out.append("No prior component and no origin moves the decision beyond the threshold.")
        if self.untrusted:
            names = ", ".join(self.untrusted)
            out.append(f"The weights of {names} cannot be trusted at {self.draws} draws: refit, or take more draws.")
        return tuple(out)

    def labelled(self) -> xr.Dataset:
        """Return changes and errors, labelled ``(component, quantity)``, with the Pareto k of each component."""
        import xarray as xr

        dims = ("component", "quantity")
        return xr.Dataset(
            {
                "change": (dims, self.change, {"unit": "per doubling, see unit of the quantity"}),
                "error": (dims, self.error, {"unit": "per doubling, see unit of the quantity"}),
                "matters": (dims, self.matters),
                "scale": (("quantity",), self.scale, {"unit": "see unit of the quantity"}),
                "pareto_k": (("component",), self.pareto_k, {"unit": "1"}),
            },
            coords={
                "component": list(self.components),
                "quantity": list(self.quantities),
                "unit": (("quantity",), list(self.units)),
            },
            attrs={"view": self.view, "output": self.output, "draws": self.draws},
        )


def power_scaling(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    output: Output | None = None,
    draws: int | None = None,
    fit: Fit | None = None,
) -> PowerScaling:
    """Return how much each quantity moves when a prior component, or the reports of an origin, count more.

    ``(q(1.01) - q(.99)) / (log2 1.01 - log2 .99)``: priors are raised by smoothed weights on draws, the likelihood of
    reports state by state before states are summed out. Of an origin, what it adds to all other reports is raised:
    ``p(z, rest | theta) [p(z, e | theta) / p(z, rest | theta)]^alpha``. Of a campaign, z is what the campaign serves.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view
        Whose costs.
    output
        What is asked about, as in `output`; by default P(coercion), P(leading actor), P(best) and the cost gap between
        the cheapest of the five and the next. Costs are drawn, the five at the variants that are best as things are.
    draws
        By default 8,000, doubled up to 16,000 while weights of a component cannot be trusted.
    fit
        The fit whose draws the knowledge holds: then what each part has learnt is a component too.

    Raises
    ------
    ValueError
        With so few draws that no error can be told.

    Notes
    -----
    Kallioinen, Paananen, Buerkner, Vehtari (2024), Detecting and diagnosing prior and likelihood sensitivity.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = power_scaling(assess(load_case("sony-2014"), load_knowledge(draws=200)), draws=400)
    >>> found.quantities
    ('P(coercion)', 'P(leading actor)', 'P(best)', 'cost gap')
    """
    from cybercoercion.fit.checking.scaling import BATCHES, DRAWS, EVIDENCE, THRESHOLD, origins, scalings, scene_of
    from cybercoercion.fit.checking.smoothing import TRUSTED

    known_view(view)
    if output is not None:
        known_output(output)
    size = DRAWS if draws is None else draws
    if size < 5 * BATCHES:
        raise ValueError(f"draws: got {size}; allowed: at least {5 * BATCHES}, for errors come from {BATCHES} batches")
    kind = output or DECISION
    source = assessment.campaign or assessment.case
    groups = {f"reports of {name}": (name,) for name in origins(assessment.belief)}
    while True:
        scene = scene_of(source, assessment.knowledge, draws=size, view=view)
        told: dict[str, tuple[str, ...] | None] = {EVIDENCE: None, **groups} if groups else {}
        found = tuple(scalings(scene, kind, fit=fit, groups=told))
        if draws is not None or size >= MOST or all(one.pareto_k < TRUSTED for one in found):
            break
        size *= 2
    labels = scene.labels(kind)
    components = tuple(dict.fromkeys(one.component for one in found))
    money = scene.money(kind)
    return PowerScaling(
        view=view,
        output=kind,
        draws=size,
        components=components,
        priors=len(components) - len(told),
        quantities=labels,
        units=tuple("USD" if one else "probability" for one in money.tolist()),
        change=_table(found, len(labels), "change"),
        error=_table(found, len(labels), "error"),
        scale=np.array([one.unit for one in found[: len(labels)]]),
        pareto_k=np.array([one.pareto_k for one in found[:: len(labels)]]),
        threshold=THRESHOLD,
        trusted_below=TRUSTED,
    )


def _table(found: tuple[Sensitivity, ...], quantities: int, field: str) -> Array:
    """Return a field in the unit of the quantity, dims ``(component, quantity)``."""
    return np.array([getattr(one, field) * one.unit for one in found]).reshape(-1, quantities)
