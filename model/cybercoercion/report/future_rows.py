"""The four responses and nothing new over drawn futures: twenty shapes each beside the first choice, cost ranges."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.summary import weighted_quantiles
from cybercoercion.report.names import response_name
from cybercoercion.report.twenty import TWENTY, dots_of, shapes_of
from cybercoercion.response import ViewRanking

Array = NDArray[np.float64]
NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureRow:
    """One of the five over futures; money in USD present value, ranges 5-95 %.

    ``extra`` is what it costs beyond the first choice on average, ``shapes`` the twenty quantiles of that, and ``dots``
    in how many of twenty futures it is the cheapest of the five.
    """

    response: str
    yardstick: str  # the first choice, in words
    expected: float
    low: float
    high: float
    extra: float
    extra_low: float
    extra_high: float
    dots: int
    shapes: tuple[float, ...]

    @property
    def cheaper(self) -> int:
        """In how many of the twenty it costs less than the first choice."""
        return sum(shape < 0 for shape in self.shapes)

    @property
    def dearer(self) -> int:
        """In how many of the twenty it costs more."""
        return sum(shape > 0 for shape in self.shapes)


def future_rows(view: ViewRanking) -> tuple[FutureRow, ...]:
    """Return the four responses, the cheapest first, and nothing new after them.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> rows = future_rows(assess(load_case("sony-2014"), load_knowledge(draws=200)).ranking.default)
    >>> rows[-1].response, sum(row.dots for row in rows), len(rows[0].shapes)
    ('nothing', 20, 20)
    """
    names = [*(option.response for option in view.options), NOTHING]
    deltas = [*(option.delta for option in view.options), 0.0]
    dots = dots_of([*(option.cheapest_in_futures for option in view.options), view.futures_nothing])
    least = min(deltas)
    rows = []
    for name, delta, count in zip(names, deltas, dots, strict=True):
        share, extra = view.scene.share, beyond(view, name, view.first)
        low, high = weighted_quantiles(view.nothing_futures + beyond(view, name, NOTHING), share).tolist()
        extra_low, extra_high = weighted_quantiles(extra, share).tolist()
        rows.append(
            FutureRow(
                response=name,
                yardstick=response_name(view.first),
                expected=view.nothing + delta,
                low=low,
                high=high,
                extra=delta - least,
                extra_low=extra_low,
                extra_high=extra_high,
                dots=count,
                shapes=shapes_of(extra, share),
            )
        )
    return tuple(rows)


def beyond(view: ViewRanking, name: str, other: str, *, futures: bool = True) -> Array:
    """Return what one of the five costs beyond another in each future, or reading of the inputs, USD, ``(draw,)``."""

    def against_nothing(one: str) -> Array:
        if one == NOTHING:
            return np.zeros_like(view.nothing_draws)
        option = view.option(one)
        return option.future_draws if futures else option.difference_draws

    return np.asarray(against_nothing(name) - against_nothing(other))


def futures_record(view: ViewRanking) -> dict[str, Any]:
    """Return the rows as plain data for the JSON, by response; shapes beside the first choice, USD."""
    rows: dict[str, Any] = {}
    for row in future_rows(view):
        said = asdict(row)
        name, _ = said.pop("response"), said.pop("yardstick")
        rows[name] = {**said, "shapes": list(row.shapes), "cheaper": row.cheaper, "dearer": row.dearer}
    return {"of": TWENTY, "beside": view.first, "rows": rows}
