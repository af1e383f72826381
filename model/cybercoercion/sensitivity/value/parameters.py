"""What it would be worth to know each parameter before deciding: never a state of the world, never more than EVPI."""

from __future__ import annotations

from collections.abc import Iterator

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.value.evpi import Evpi, everything_known, readings_known
from cybercoercion.sensitivity.value.parameter_groups import groups_of
from cybercoercion.sensitivity.value.parameter_result import ParametersValue, ParameterValue
from cybercoercion.sensitivity.value.parameter_rows import Ground, ground, rows_of
from cybercoercion.sensitivity.value.spline import ENOUGH

__all__ = ["ParameterValue", "ParametersValue", "parameters_value"]
SLACK = 1e-9  # of EVPI: what rounding may add


def parameters_value(
    assessment: Assessment, *, view: str = DEFAULT_VIEW, decision: Decision = "two-step"
) -> ParametersValue:
    """Return what knowing each parameter is worth before deciding: ``min_r E[C_r] - E[min_r E[C_r | theta_i]]``.

    Parameters of cost leave the belief as it is. Where cost is linear in one, its distribution is integrated exactly:
    a spline over draws of a heavy-tailed loss would invent more value than all knowledge has. Where it is not, the
    full engine is asked at a few quantiles. Parameters of the belief are seen in the draws only, costs at their means.
    Streams that several entries share count for the one that is asked about alone.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    view, decision
        Whose costs; and the menu, by default resilience and what goes on top of it, for levers taken as rivals hide
        what knowledge is worth.

    Returns
    -------
    ParametersValue
        USD; every uncertain input but the probabilities of states.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = parameters_value(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> found.rows[0].name, found.rows[0].method, found.rows[0].evppi <= found.readings.ceiling
    ('cost.urgent', 'exact', True)
    """
    grounds = ground(assessment, view=view, decision=decision)
    menu, scene = grounds.menu, grounds.scene
    readings = readings_known(scene, menu.view, menu.plans, menu.pick)
    everything = everything_known(scene, menu.view, menu.plans, menu.pick)
    rows, slopes = rows_of(grounds, readings)
    groups = groups_of(grounds, readings, rows, slopes)
    return ParametersValue(
        view=view,
        decision=decision,
        pick=menu.names[menu.pick],
        now=float(menu.now[menu.pick]),
        readings=readings,
        everything=everything,
        rows=tuple(sorted(rows, key=lambda row: (-row.evppi, row.name))),
        groups=groups,
        warnings=tuple(_warnings(grounds, readings, everything, (*rows, *groups))),
    )


def _warnings(grounds: Ground, readings: Evpi, everything: Evpi, rows: tuple[ParameterValue, ...]) -> Iterator[str]:
    """Yield what contradicts the bounds ``0 <= EVPPI <= EVPI + 2 SE``, and what rests on few draws."""
    slack = SLACK * max(everything.value, 1.0)
    for row in rows:
        if not 0 <= row.evppi <= readings.ceiling + 2 * row.error + slack:
            yield (
                f"value of {row.name}: got {row.evppi:,.0f} USD; "
                f"allowed: 0 to {readings.ceiling:,.0f}, what knowing every parameter is worth, two errors added"
            )
    if everything.value + slack < readings.value:
        yield f"value of everything: got {everything.value:,.0f} USD; allowed: at least {readings.value:,.0f}"
    effective = grounds.by_belief.effective
    if effective < ENOUGH:
        yield (
            f"{effective:,.0f} effective draws: the value of what the belief rests on, and both values of all, "
            f"are rough below {ENOUGH:,}"
        )
