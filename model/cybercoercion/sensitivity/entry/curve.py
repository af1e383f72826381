"""An output with one entry of a table at given values, by the full engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge.fitted import EARLY
from cybercoercion.response.assumed import AssumedBelief
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.summary import regrets
from cybercoercion.response.weights import BeliefLike
from cybercoercion.sensitivity.asking import known_output
from cybercoercion.sensitivity.changing import Answer, answer
from cybercoercion.sensitivity.choice import Choice, Decision
from cybercoercion.sensitivity.entry.joint import Covariation, moved
from cybercoercion.sensitivity.entry.world import PURPOSE, Change, World, world_of
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.output import UNIT, Output, gap, labels_of

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EntryCurve:
    """An output with one entry at given ``values``: ``numbers``, dims ``(value, label)``."""

    table: str
    row: tuple[str, ...]
    state: str
    output: Output
    labels: tuple[str, ...]
    values: Array
    numbers: Array
    first: tuple[str, ...]  # (value,)

    def labelled(self) -> xr.DataArray:
        """Return the numbers, labelled ``(value, label)``."""
        import xarray as xr

        return xr.DataArray(
            self.numbers,
            dims=("value", "label"),
            coords={"value": self.values, "label": list(self.labels), "first": ("value", list(self.first))},
            name=self.output,
            attrs={
                "unit": UNIT[self.output],
                "table": self.table,
                "row": ", ".join(self.row),
                "state": self.state,
            },
        )


def entry_curve(
    assessment: Assessment,
    table: str,
    row: Sequence[str],
    state: str,
    values: Sequence[float],
    *,
    output: Output = "gap",
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    covariation: Covariation = "proportional",
) -> EntryCurve:
    """Return an output with one entry at values from 0 to 1 in every draw, by the full engine; any output.

    ``table`` is a table, or the version of it that an `Entry` names; ``row`` names the states of the parents. Noise and
    stated beliefs are held as in `entries`.

    Raises
    ------
    ValueError
        When there is no such table, row or state, or a value is not from 0 to 1.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=100))
    >>> entry_curve(sony, "intent", ["threat-received"], "crime", [0.0, 0.5], output="belief").numbers.shape
    (2, 9)
    """
    known, name = assessment.knowledge.tables, table.removeprefix(EARLY)
    if name not in known:
        raise ValueError(f"table: got {table}; allowed: {', '.join(known)}")
    entry = known[name]
    if len(row) != len(entry.parents) or any(one not in of for one, of in zip(row, entry.parents, strict=True)):
        allowed = "; ".join(", ".join(of) for of in entry.parents) or "a row without parents"
        raise ValueError(f"row: got {', '.join(row)}; allowed: {allowed}")
    if state not in entry.states:
        raise ValueError(f"state: got {state}; allowed: {', '.join(entry.states)}")
    if any(not 0 <= value <= 1 for value in values):
        raise ValueError(f"values: got {', '.join(f'{value:g}' for value in values)}; allowed: from 0 to 1")
    world, now = world_of(assessment), answer(assessment, view)
    place = tuple(of.index(one) for one, of in zip(row, entry.parents, strict=True))
    drawn, version = _drawn(world, table)
    menu = now.menu(decision)
    labels, pick = labels_along(output, menu, decision, now.belief), first_of(menu)
    numbers, firsts = [], []
    for value in values:
        rows = moved(drawn[place], entry.states.index(state), value, covariation)
        given = _answer(assessment, world, Change(table=name, place=place, rows=rows, version=version), view)
        numbers.append(numbers_of(given, output, decision, labels, pick))
        firsts.append(first_of(given.menu(decision)))
    return EntryCurve(
        table=table,
        row=tuple(row),
        state=state,
        output=output,
        labels=labels,
        values=np.array(values, dtype=float),
        numbers=np.array(numbers).reshape(len(values), len(labels)),
        first=tuple(firsts),
    )


def _drawn(world: World, table: str) -> tuple[Array, str]:
    """Return a table as it is used, and which version of it: the one that is named, else that of the latest episode."""
    if table == PURPOSE:
        return world.knowledge.table(table), table
    name = table.removeprefix(EARLY)
    using = [one for one in world.episodes if one.version(name) == table] or [world.episodes[-1]]
    return using[-1].table(name), using[-1].version(name)


def _answer(assessment: Assessment, world: World, change: Change, view: str) -> Answer:
    belief = assessment.belief
    posterior = world.episodes[0].network.fold(world.changed(change), 1)
    return Answer(
        belief=AssumedBelief(
            intents=belief.intents,
            actors=belief.actors,
            demands=belief.demands,
            posterior=posterior / posterior.sum(),
        ),
        costs=assessment.costs,
        view=view,
    )


def first_of(menu: Choice) -> str:
    """Return the cheapest option among the plans that may be chosen now."""
    return menu.options[int(menu.by_option(menu.now).argmin())]


def labels_along(output: Output, menu: Choice, decision: Decision, belief: BeliefLike) -> tuple[str, ...]:
    """Return what an output has one number for: in two steps every plan of a menu is an option."""
    known_output(output)
    return labels_of(output, belief) if output in ("belief", "gap") or decision == "response" else menu.options


def numbers_of(given: Answer, output: Output, decision: Decision, labels: Sequence[str], pick: str) -> Array:
    """Return the numbers of an output, dims ``(label,)``; not a number for an option that has no plan now."""
    if output == "belief":
        return given.measured("belief")
    menu = given.menu(decision)
    names, each = menu.options, menu.by_option(menu.now)
    if output == "gap":
        return np.array([gap(each, names, pick)])
    if output != "cost":
        one = readings(given, decision)
        names, each = one.options, one.often() if output == "p_best" else regrets(one.drawn, one.share)
    known = dict(zip(names, each.tolist(), strict=True))
    return np.array([np.nan if np.isinf(value := known.get(label, np.nan)) else value for label in labels])
