"""The stakes that are moved most: each as a slider with what is stated, or stands in for it, and a way back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cybercoercion.assessment import Assessment, as_case
from cybercoercion.case import Campaign, Case, Range
from cybercoercion.case.editing import with_values
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import money
from cybercoercion.screen.defaults import default_of
from cybercoercion.screen.editing import Place, edited
from cybercoercion.sensitivity.input.stakes import distribution

MILLION = 1e6
type Source = Case | Campaign
type Value = float | Range | None

LABELS = {
    "resilience": "Resilience of the target",
    "escalation": "Risk of escalation",
    "price_of_escalation": "Price of escalation",
    "margin": "Margin, USD million",
}
HELP = {
    "resilience": "How well the target withstands harm now: 0 not at all, 1 fully.",
    "escalation": "Multiplies the risk of retaliation and of the military tail; 1 changes nothing.",
    "price_of_escalation": "What a dollar lost to retaliation or war counts; 1 at face value.",
    "margin": "Differences below this are ties.",
}
UNITS = {"resilience": "share", "escalation": "factor", "price_of_escalation": "factor", "margin": "USD"}
FACTOR_END, WIDE = 5.0, 0.1  # the end of the slider of a factor; of the margin: as a share of nothing new


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One field of the stakes. ``value``, ``low``, ``high`` and ``step`` are in units of ``scale``."""

    field: str
    label: str
    help: str
    value: float
    low: float
    high: float
    step: float
    scale: float
    said: str  # what is stated, or what stands in for it, with its range
    back: str | None  # what the way back is called; None where there is nothing to go back to


def sliders(assessment: Assessment, walk: Sequence[Source]) -> tuple[Slider, ...]:
    """Return the sliders of a case as it stands.

    Parameters
    ----------
    assessment
        Of the case as it stands.
    walk
        The case as filed, and then every state of it up to now.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = load_case("sony-2014")
    >>> found = sliders(assess(sony, load_knowledge(draws=50)), [sony])
    >>> found[0].label, found[0].back
    ('Resilience of the target', None)
    """
    return tuple(_slider(assessment, walk, field) for field in LABELS)


def moved(source: Source, field: str, value: float) -> Source:
    """Return the case with a point in place of what it states about one field, in the unit of the field.

    Raises
    ------
    CaseError
        Where the field cannot hold the value.
    """
    return _with(source, field, value)


def restored(source: Source, walk: Sequence[Source], field: str) -> Source:
    """Return the case with what a field stated before it was moved: the last range, else as filed.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> hard = moved(sony, "resilience", 0.7)
    >>> restored(hard, [sony, hard], "resilience") == sony
    True
    """
    return _with(source, field, _earlier(walk, field))


def _with(source: Source, field: str, value: Value) -> Source:
    plain = value.model_dump(exclude_none=True) if isinstance(value, Range) else value
    return edited(source, lambda case: with_values(case, {f"stakes.{field}": plain}))


def _stated(source: Source, field: str) -> Value:
    case = as_case(source) if isinstance(source, Campaign) else source
    value: Value = getattr(case.stakes, field)
    return value


def _earlier(walk: Sequence[Source], field: str) -> Value:
    """Return the range that was stated last, else what was filed."""
    values = [_stated(source, field) for source in walk]
    return next((value for value in reversed(values) if isinstance(value, Range)), values[0])


def _slider(assessment: Assessment, walk: Sequence[Source], field: str) -> Slider:
    value, earlier = _stated(walk[-1], field), _earlier(walk, field)
    now, scale = _now(assessment, field, value), MILLION if field == "margin" else 1.0
    high = 1.0 if field == "resilience" else max(FACTOR_END, _round_up(now))
    if field == "margin":
        high = _round_up(max(WIDE * assessment.ranking.default.nothing, now) / scale)
    return Slider(
        field=field,
        label=LABELS[field],
        help=HELP[field],
        value=now / scale,
        low=0.0,
        high=high,
        step=0.01 if field == "resilience" else high / 100,
        scale=scale,
        said=_said(assessment, field, value),
        back=None if value == earlier else _back(earlier, UNITS[field]),
    )


def _now(assessment: Assessment, field: str, value: Value) -> float:
    """Return where the slider stands: the point stated, or the mean of what is uncertain as the words say it."""
    if isinstance(value, int | float):
        return float(value)
    if field == "margin":
        return float(f"{assessment.ranking.default.margin:.3g}")
    if value is None:
        default = default_of(assessment, Place(block="stakes", name=field)).now
        return round(default, 2) if default is not None else 1.0
    family: Literal["log-normal", "logit-normal"] = "logit-normal" if field == "resilience" else "log-normal"
    return round(distribution(value, family).mean, 2)


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10 and so on, so that a slider keeps its end while it is moved.

    >>> _round_up(9.8), _round_up(2.0), _round_up(0.0)
    (10.0, 2.0, 1.0)
    """
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return float(size * next(k for k in (1, 2, 5, 10) if k * size >= value * (1 - 1e-12)))


def _said(assessment: Assessment, field: str, value: Value) -> str:
    if value is None:
        words = default_of(assessment, Place(block="stakes", name=field)).words
        beside = f": {money(assessment.ranking.default.margin)} USD" if field == "margin" else ""
        return f"Not stated; {words}{beside}."
    return f"Stated: {_words(value, UNITS[field])}."


def _words(value: Value, unit: str) -> str:
    if isinstance(value, Range):
        return f"{in_unit(value.low, unit)} to {in_unit(value.high, unit)} ({100 * value.mass:.0f} % range)"
    return in_unit(float(value or 0.0), unit)


def _back(earlier: Value, unit: str) -> str:
    if earlier is None:
        return "Back to the default"
    if isinstance(earlier, Range):
        return f"Back to the stated range, {in_unit(earlier.low, unit)} to {in_unit(earlier.high, unit)}"
    return f"Back to {in_unit(float(earlier), unit)}"
