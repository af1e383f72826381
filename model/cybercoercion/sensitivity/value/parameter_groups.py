"""The value of groups of parameters, the rest averaged out; a group is worth at least what each member is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cybercoercion.sensitivity.value.evpi import Evpi
from cybercoercion.sensitivity.value.groups import at_stake, averaged_draws, group_value, together
from cybercoercion.sensitivity.value.parameter_result import Method, ParameterValue
from cybercoercion.sensitivity.value.parameter_rows import Ground, share_of

Array = NDArray[np.float64]
PRICES = ("cost.", "wrong_actor.", "second_order.")
AT_STAKE = (
    "stakes.harm_now", "stakes.avoidable", "stakes.pending_harm", "stakes.meant", "stakes.recurrence_target",
    "stakes.recurrence_nation", "stakes.harm_next", "demands.",
)  # fmt: skip
Group = tuple[str, str, Evpi, Method, list[str]]


def groups_of(
    grounds: Ground, readings: Evpi, rows: Sequence[ParameterValue], slopes: Mapping[str, Array]
) -> tuple[ParameterValue, ...]:
    """Return a row for each group, the largest first.

    More cannot be worth less to know: what the draws of a group show less of than one of its members by itself, whose
    value has no or another error, is given the value of that.
    """
    known = {row.name: row for row in rows}
    out: dict[str, ParameterValue] = {}
    for name, label, value, method, members in _groups(grounds, slopes):
        inside = [known[one] for one in members if one in known]
        within = [group for group in out.values() if set(group.members) <= set(members)]
        least = max([*inside, *within], key=lambda row: row.evppi, default=None)
        evppi, error = value.value, value.error
        if least is not None and least.evppi > evppi:
            evppi, error = least.evppi, max(error, least.error)
        out[name] = ParameterValue(
            name=name,
            label=label,
            group=name,
            evppi=evppi,
            error=error,
            share=share_of(evppi, readings),
            method=method,
            members=tuple(row.name for row in inside),
        )
    return tuple(sorted(out.values(), key=lambda row: (-row.evppi, row.name)))


def _groups(grounds: Ground, slopes: Mapping[str, Array]) -> Iterator[Group]:
    costs, share = grounds.believed
    names = [one.name for one in grounds.uncertain if one.moves_belief]
    yield "belief", "all that the belief rests on", group_value(costs, share, grounds.menu.pick), "exact", names
    priced = [one for one in grounds.uncertain if not one.moves_belief]

    def valued(costs: Array) -> Evpi:
        return group_value(costs, np.full(costs.shape[1], 1 / costs.shape[1]), grounds.pick)

    prices = {one.name: one for one in priced if one.linear and one.name.startswith(PRICES)}
    if prices:
        added = together(
            {name: slopes[name] for name in prices},
            {name: np.asarray(one.draws) - one.now for name, one in prices.items() if one.draws is not None},
            grounds.smooth.shape[1],
        )
        label = "what levers cost, and what hitting the wrong actor costs"
        yield "prices", label, valued(added.costs(grounds.now)), "additive", list(prices)
    names = [one.name for one in priced if one.name.startswith(AT_STAKE)]
    stakes = at_stake(grounds.linear)
    yield "at stake", "harms, rates of recurrence and losses", valued(stakes.costs(grounds.now)), "exact", names
    names = [one.name for one in priced if not one.linear and not one.name.startswith(AT_STAKE)]
    yield "effects", "effects, time and resilience", valued(grounds.smooth), "exact", names
    drawn = averaged_draws(grounds.scene, grounds.menu.view, grounds.linear.plans, money=True)
    names = [one.name for one in priced]
    yield "costs", "all that costs rest on", valued(drawn), "exact", names
