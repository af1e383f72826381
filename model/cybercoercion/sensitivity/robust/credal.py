"""What belief and decision can be when numbers are only known as intervals; the answer may be "undetermined"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.asking import names_of
from cybercoercion.sensitivity.choice import Decision, choice
from cybercoercion.sensitivity.robust.credal_bounds import Asking
from cybercoercion.sensitivity.robust.credal_inputs import input_set
from cybercoercion.sensitivity.robust.credal_sets import CredalSet, Point, marginal_set, table_set
from cybercoercion.sensitivity.robust.joint_rows import Widening, joint_of, named

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
UNDETERMINED = "undetermined"
SAME = 1e-8  # of the largest number of its kind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Credal:
    """Bounds for each set of beliefs or inputs; see `credal`.

    ``low`` and ``high``, dims ``(set, quantity)``, are reached by members of the set; ``outer_low`` and ``outer_high``
    are passed by none. Where the two agree the bound is exact, as ``exact`` says. Quantities are P(coercion), the
    probability of each actor, the expected difference of each option to nothing new, and the gap.
    """

    view: str
    decision: Decision
    pick: str
    sets: tuple[str, ...]
    quantities: tuple[str, ...]
    units: tuple[str, ...]
    now: Array  # (quantity,)
    low: Array
    high: Array
    outer_low: Array
    outer_high: Array
    undominated: tuple[tuple[str, ...], ...]  # by set: options that no other beats throughout
    best_somewhere: tuple[tuple[str, ...], ...]  # by set: options seen to be cheapest at a member

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Say where both ends of an interval are exact, dims ``(set, quantity)``."""
        scale = np.array([1.0 if unit == "probability" else self._money for unit in self.units])
        off = np.maximum(np.abs(self.outer_high - self.high), np.abs(self.low - self.outer_low))
        return np.asarray(off <= SAME * scale)

    @property
    def _money(self) -> float:
        return max(float(np.abs(self.now[np.array(self.units) == "USD"]).max()), 1.0)

    @property
    def answers(self) -> tuple[str, ...]:
        """The pick where it costs less than all others throughout the set, otherwise ``undetermined``."""
        gap = self.quantities.index("gap")
        return tuple(self.pick if low > 0 else UNDETERMINED for low in self.outer_low[:, gap])

    @property
    def settled(self) -> tuple[bool, ...]:
        """Whether a member was found that decides: ``undetermined`` without one only says that bounds are too wide."""
        gap = self.quantities.index("gap")
        return tuple(
            answer != UNDETERMINED or bool(low <= 0) for answer, low in zip(self.answers, self.low[:, gap], strict=True)
        )

    def words(self) -> tuple[str, ...]:
        """Return a sentence for each set."""
        gap, out = self.quantities.index("gap"), []
        for row, name in enumerate(self.sets):
            if self.answers[row] == self.pick:
                out.append(
                    f"{name}: {self.pick} whatever holds within these bounds; it leads by at least "
                    f"{self.outer_low[row, gap] / 1e6:,.2f} M USD."
                )
            elif self.settled[row]:
                options = ", ".join(self.undominated[row])
                out.append(f"{name}: undetermined; none of {options} is beaten by another throughout these bounds.")
            else:
                out.append(
                    f"{name}: undetermined; every member that was tried has {self.pick} first, by at least "
                    f"{self.low[row, gap] / 1e6:,.2f} M USD, but bounds are too wide to exclude another."
                )
        return tuple(out)

    def labelled(self) -> xr.Dataset:
        """Return bounds, labelled ``(set, quantity, bound)``: reached, and never passed."""
        import xarray as xr

        dims = ("set", "quantity", "bound")
        unit = {"unit": "see unit of the quantity"}
        return xr.Dataset(
            {
                "reached": (dims, np.stack([self.low, self.high], -1), unit),
                "outer": (dims, np.stack([self.outer_low, self.outer_high], -1), unit),
                "exact": (dims[:2], self.exact),
                "now": (dims[1:2], self.now, unit),
                "answer": (dims[:1], list(self.answers)),
            },
            coords={
                "set": list(self.sets),
                "quantity": list(self.quantities),
                "bound": ["low", "high"],
                "unit": (("quantity",), list(self.units)),
            },
            attrs={"view": self.view, "decision": self.decision, "pick": self.pick},
        )


def credal(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "response",
    tables: Mapping[str, Widening] | float | None = None,
    beliefs: Mapping[str, Mapping[str, tuple[float, float]]] | None = None,
    inputs: Mapping[str, tuple[float, float] | None] | Sequence[str] | None = None,
    together: bool = False,
) -> Credal:
    """Return bounds on belief and decision when tables, beliefs or inputs are only known within intervals.

    The answer is the pick as things are if it is cheapest under every member of the set, else ``undetermined``: the
    interval of the gap holds 0. Options that no other beats throughout are those among which the set does not decide.

    A row of a table enters ``p(z, e)`` linearly, so each mean is a ratio of two linear functions of all rows of one
    table, and each extreme is exact, at vertices. The menu is the one that stands now.

    Parameters
    ----------
    assessment
        Of a case; of a campaign, beliefs and inputs only.
    view, decision
        Whose costs, and among what is chosen.
    tables
        A share eps for every table that the belief hangs on, or for named ones: up to so much of each row may be
        anything, ``(1 - eps) row + eps q``. Or, by table, row and state, intervals of entries; what is left out may be
        anything. Each table by itself, others as they are.
    beliefs
        By node (coercion, intent, actor, demand), intervals of the probability of its states; of each node by itself,
        with odds inside each state as they are.
    inputs
        Names of inputs, or intervals of them; without one, their own 5-95 %. All of them at once, at most six.
    together
        Also all given tables at once: what is reached may fall short there, and bounds that are never passed may be
        wide.

    Raises
    ------
    ValueError
        When nothing is given, a name is not known, intervals hold nothing, or tables of a campaign are asked for.

    Notes
    -----
    Cozman (2000), Credal networks. Walley (1991), Statistical Reasoning with Imprecise Probabilities.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = assess(load_case("sony-2014"), load_knowledge(draws=200))
    >>> credal(sony, tables={"leak": 0.0}).answers == (sony.ranking.default.first,)
    True
    """
    menu = choice(assessment, decision=decision, view=view)
    asking = Asking.of(menu)
    found = list(_sets(assessment, asking, tables, beliefs, inputs, together=together))
    if not found:
        raise ValueError("got nothing that is only known within bounds; allowed: tables, beliefs or inputs")
    rows = [asking.bounds(one) for one in found]
    return Credal(
        view=view,
        decision=decision,
        pick=asking.menu.options[asking.pick],
        sets=tuple(one.name for one in found),
        quantities=asking.quantities,
        units=tuple("USD" if name.startswith(("cost", "gap")) else "probability" for name in asking.quantities),
        now=asking.at(Point(states=menu.states.ravel(), cost=asking.cost)),
        low=np.array([row.low for row in rows]),
        high=np.array([row.high for row in rows]),
        outer_low=np.array([row.outer_low for row in rows]),
        outer_high=np.array([row.outer_high for row in rows]),
        undominated=tuple(row.undominated for row in rows),
        best_somewhere=tuple(row.best for row in rows),
    )


def _sets(
    assessment: Assessment,
    asking: Asking,
    tables: Mapping[str, Widening] | float | None,
    beliefs: Mapping[str, Mapping[str, tuple[float, float]]] | None,
    inputs: Mapping[str, tuple[float, float] | None] | Sequence[str] | None,
    *,
    together: bool,
) -> Iterator[CredalSet]:
    if tables is not None:
        if assessment.campaign is not None:
            raise ValueError(
                "got tables of a campaign; allowed: beliefs and inputs, for a table enters once for each episode, and "
                "extremes are then not at the ends of its rows"
            )
        here = joint_of(assessment.case, assessment.knowledge)
        widened = named(tables, here)
        for name, widening in widened.items():
            yield table_set(f"table {name}", here, {name: widening}, asking.cost)
        if together and len(widened) > 1:
            yield table_set(f"{len(widened)} tables together", here, widened, asking.cost)
    for node, intervals in (beliefs or {}).items():
        if node not in ("coercion", "intent", "actor", "demand"):
            raise ValueError(f"got beliefs about {node}; allowed: coercion, intent, actor, demand")
        yield marginal_set(asking.menu, node, intervals, asking.cost)
    if inputs:
        given = inputs if isinstance(inputs, Mapping) else dict.fromkeys(names_of(inputs))
        names = [asking.menu.names[row] for row in asking.plans]
        yield input_set(assessment, given, view=asking.menu.view.name, decision=asking.menu.decision, names=names)
