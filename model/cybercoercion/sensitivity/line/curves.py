"""Each option along one input: how often it is cheapest, what it costs, what choosing it is expected to lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import known_decision
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.choice import Decision
from cybercoercion.sensitivity.input.inputs import Input, input_named
from cybercoercion.sensitivity.line.along import Flip, flips, labels_along, moved, mover, shown
from cybercoercion.sensitivity.line.readings import readings
from cybercoercion.sensitivity.output import UNIT, Output

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
PRICE = "stakes.price_of_escalation"
STEPS = 25
Kind = Literal["readings", "futures"]
KINDS: tuple[Kind, ...] = ("readings", "futures")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """An output along one input: ``numbers`` has dims ``(value, label)``; all else as it is expected now.

    ``firsts`` is the first choice at each value, ``flips`` where it changes (none found: none lies within ``values``);
    ``low`` and ``high`` are the input's own 5 and 95 %.
    """

    name: str
    label: str
    unit: str
    now: float
    low: float
    high: float
    values: Array
    output: Output
    labels: tuple[str, ...]
    numbers: Array
    firsts: tuple[str, ...]
    flips: tuple[Flip, ...]
    view: str
    decision: Decision

    def labelled(self) -> xr.DataArray:
        """Return the numbers with dims ``(value, label)``."""
        import xarray as xr

        return xr.DataArray(
            self.numbers,
            dims=("value", "label"),
            coords={
                "value": ("value", self.values, {"unit": self.unit, "name": self.name}),
                "label": list(self.labels),
                "first": ("value", list(self.firsts)),
            },
            name=self.output,
            attrs={"unit": UNIT[self.output], "view": self.view, "decision": self.decision},
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Acceptability:
    """How often each option is cheapest, and what choosing it is expected to lose, along one input.

    Dims ``(kind, value, option)``: over ``readings`` of the inputs, states averaged, and over ``futures``, with a state
    and what follows drawn too. ``often`` is the acceptability curve (CEAC), ``loss`` the expected loss ``E[c_d - min
    c]``, USD; ``frontier`` (CEAF) is how often the option with the lowest expected cost is cheapest, dims ``(kind,
    value)``. The lower envelope of the losses is that option's: the value of perfect information about what is drawn.
    """

    name: str
    label: str
    unit: str
    now: float
    values: Array
    options: tuple[str, ...]
    often: Array
    loss: Array
    firsts: tuple[str, ...]
    flips: tuple[Flip, ...]
    view: str
    decision: Decision

    @property
    def frontier(self) -> Array:
        """How often the option with the lowest expected cost is cheapest, dims ``(kind, value)``."""
        places = [self.options.index(name) for name in self.firsts]
        return np.asarray(self.often[:, np.arange(len(places)), places])

    @property
    def envelope(self) -> Array:
        """The lowest expected loss: what perfect information is worth, USD, dims ``(kind, value)``."""
        return np.asarray(np.nanmin(self.loss, axis=-1))

    def labelled(self) -> xr.Dataset:
        """Return curves, losses, frontier and envelope, labelled by kind, value and option."""
        import xarray as xr

        dims = ("kind", "value", "option")
        return xr.Dataset(
            {
                "often": (dims, self.often, {"unit": "probability"}),
                "loss": (dims, self.loss, {"unit": "USD"}),
                "frontier": (dims[:2], self.frontier, {"unit": "probability"}),
                "envelope": (dims[:2], self.envelope, {"unit": "USD"}),
            },
            coords={
                "kind": list(KINDS),
                "value": ("value", self.values, {"unit": self.unit, "name": self.name}),
                "option": list(self.options),
                "first": ("value", list(self.firsts)),
            },
            attrs={"view": self.view, "decision": self.decision},
        )


def curve(
    assessment: Assessment,
    name: str,
    *,
    output: Output = "p_best",
    values: Sequence[float] | None = None,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
) -> Curve:
    """Return an output for each option along one input, on the same draws throughout.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    name
        An input, such as ``p.coercion``, ``stakes.resilience``, or a quantity of the tables.
    output
        ``p_best`` (over readings of the inputs), ``cost``, ``gap``, ``regret`` or ``belief``.
    values
        In the input's own unit; by default even steps over what is plausible, see `shown`.
    view, decision
        Who pays for how long, and whether responses are rivals or resilience comes first.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> along = curve(sony, "stakes.resilience", values=[0.2, 0.9])
    >>> along.numbers.sum(1).round(9).tolist()
    [1.0, 1.0]
    """
    one, now = input_named(assessment, name, view), answer(assessment, view)
    at = _values(one, values)
    labels, pick = labels_along(output, now, decision), moved(now, decision).first
    ask = mover(one, decision)
    asked = [ask(float(value)) for value in at]
    firsts = tuple(each.first for each in asked)
    return Curve(
        name=one.name,
        label=one.label,
        unit=one.unit,
        now=one.now,
        low=one.quantile(0.05),
        high=one.quantile(0.95),
        values=at,
        output=output,
        labels=labels,
        numbers=np.array([each.numbers(output, labels, pick) for each in asked]),
        firsts=firsts,
        flips=flips(ask, at.tolist(), firsts),
        view=view,
        decision=decision,
    )


def acceptability(
    assessment: Assessment,
    along: str = PRICE,
    *,
    values: Sequence[float] | None = None,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
) -> Acceptability:
    """Return how often each option is cheapest and what choosing it is expected to lose, along one input.

    An acceptability curve does not say how much is lost; so both belong together. The option with the lowest expected
    cost need not be cheapest most often.

    Parameters
    ----------
    assessment
        A case or campaign, assessed.
    along
        ``stakes.price_of_escalation``, ``stakes.resilience``, or any other input.
    values
        In the input's own unit; by default even steps over what is plausible, see `shown`.
    view, decision
        Who pays for how long, and whether responses are rivals or resilience comes first.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> both = acceptability(sony, values=[0.0, 1.0])
    >>> both.often.sum(-1).round(9).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    known_decision(decision)
    one = input_named(assessment, along, view)
    at = _values(one, values)
    ask = mover(one, decision)
    found = [readings(one.ask(float(value)), decision) for value in at]
    options = tuple(dict.fromkeys(name for each in found for name in each.options))
    often, loss = np.full((2, len(KINDS), len(at), len(options)), np.nan)
    often[:] = 0.0  # an option that has no plan is never cheapest
    for row, each in enumerate(found):
        places = [options.index(name) for name in each.options]
        for kind, futures in enumerate((False, True)):
            often[kind, row, places] = each.often(futures=futures)
            loss[kind, row, places] = each.losses(futures=futures)
    firsts = tuple(each.options[each.first] for each in found)
    return Acceptability(
        name=one.name,
        label=one.label,
        unit=one.unit,
        now=one.now,
        values=at,
        options=options,
        often=often,
        loss=loss,
        firsts=firsts,
        flips=flips(ask, at.tolist(), firsts),
        view=view,
        decision=decision,
    )


def _values(one: Input, values: Sequence[float] | None) -> Array:
    """Return the values asked for, or even steps over what is shown of an input, with what it is now."""
    if values is not None:
        return np.array(sorted(float(value) for value in values))
    return np.unique(np.append(np.linspace(*shown(one), STEPS), one.now))
