"""Act now, or wait for a report: the link between act and response fades, what is learnt stays."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cybercoercion.knowledge import Knowledge
from cybercoercion.response.terms import Plan
from cybercoercion.sensitivity.choice import Choice
from cybercoercion.sensitivity.value.preposterior import Preposterior, lean, worth
from cybercoercion.sensitivity.value.states import States

Array = NDArray[np.float64]
DAYS = 365.25
LONGEST = 100 * DAYS  # beyond it nobody waits
STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingValue:
    """Waiting for one report before acting on top of resilience, against acting now; USD, days.

    ``now`` and ``after`` are expected differences to the resilience alone, which is taken now in both arms: of the best
    that goes on top now, and of the best once the report is there, before any delay.
    """

    report: str
    now: float
    after: float
    delay: float  # days until the report is expected
    half_life: float  # days, of the link between act and response
    cost: float  # USD, of getting the report
    per_day: float  # USD, of each day of waiting

    @property
    def evsi(self) -> float:
        """What the report is worth for what goes on top, if it came at once and cost nothing."""
        return max(self.now - self.after, 0.0)

    def gain(self, days: float) -> float:
        """Return by how much waiting so many days is cheaper than acting now, all costs counted.

        ``now - after 2^(-t / h) - cost - per_day t``.
        """
        return self.now - self.after * 2 ** (-days / self.half_life) - self.cost - self.per_day * days

    @property
    def net(self) -> float:
        """By how much waiting until the report is expected is cheaper than acting now; below 0, act."""
        return self.gain(self.delay)

    @property
    def fading(self) -> float | None:
        """The delay at which what fades is worth what is learnt, in days, its costs left out: ``h log2(after / now)``.

        None where nothing on top pays now: then waiting lets nothing fade.
        """
        return self.half_life * math.log2(1 + self.evsi / -self.now) if self.now < 0 else None

    @property
    def break_even(self) -> float | None:
        """The longest delay for which waiting pays, days, all costs counted.

        0 where it does not pay at all; None where it never stops to pay, because nothing fades and no day costs.
        """
        if self.gain(0.0) <= 0:
            return 0.0
        low, high = 0.0, self.half_life
        while self.gain(high) > 0:
            if high > LONGEST:
                return None
            low, high = high, 2 * high
        for _ in range(STEPS):  # the gain falls with every day
            middle = (low + high) / 2
            low, high = (middle, high) if self.gain(middle) > 0 else (low, middle)
        return (low + high) / 2

    @property
    def wait(self) -> bool:
        """Whether to wait rather than to act now."""
        return self.net > 0


def waiting_for(
    choice: Choice, states: States, report: Preposterior, knowledge: Knowledge, per_day: float
) -> WaitingValue:
    """Return what waiting for a report is worth: ``sum_y P(y) min_r D(r | y) 2^(-t / h)`` against ``min_r D(r)``.

    ``choice`` is the menu of the two-step decision. The resilience that is best now is taken now in both arms, and
    never waits; only what goes on top of it does.
    """
    return waiting(
        lean(on_top(choice, states.posterior)),
        states.mass(report.given),
        report=report.report.id,
        delay=report.report.delay,
        half_life=knowledge.mean("report.half_life") * DAYS,
        cost=report.report.cost,
        per_day=per_day,
    )


def waiting(
    menu: Choice, parts: Array, *, report: str, delay: float, half_life: float, cost: float = 0.0, per_day: float = 0.0
) -> WaitingValue:
    """Return the same from p(finding, intent, actor, demand) and a menu of what goes on top, nothing among it."""
    now = float(menu.expected(parts).sum(0).min())
    return WaitingValue(
        report=report,
        now=now,
        after=now - worth(menu, parts),
        delay=delay,
        half_life=half_life,
        cost=cost,
        per_day=per_day,
    )


def on_top(choice: Choice, states: Array) -> Choice:
    """Return what can go on top of the resilience that is best now, costs counted from there.

    The first plan is to put nothing on top.
    """
    expected = choice.expected(states)
    bare = [place for place, plan in enumerate(choice.plans) if not _aimed(plan)]
    base = min(bare, key=lambda place: expected[place])
    measures = choice.plans[base].measures
    rows = [base, *(p for p, plan in enumerate(choice.plans) if p != base and plan.measures == measures)]
    kept = np.array(rows, dtype=np.intp)
    names = tuple(choice.names[row] for row in rows)
    return replace(
        choice,
        plans=tuple(choice.plans[row] for row in rows),
        names=names,
        option_of=np.arange(len(rows)),
        likely=choice.likely[kept],
        options=names,
        cost=choice.cost[kept] - choice.cost[base],
        states=states,
    )


def _aimed(plan: Plan) -> bool:
    return any(lever.place is not None for lever in plan.levers)
