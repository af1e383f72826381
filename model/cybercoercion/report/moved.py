"""Which origins moved the belief: the waterfall of the page, and the words that go with decibans and bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cybercoercion.report.belief_figures import waterfall
from cybercoercion.report.section import Section
from cybercoercion.report.words import MINUS, percent

if TYPE_CHECKING:
    from cybercoercion.belief.explanation import Waterfall
    from cybercoercion.report.verdict import Verdict

LARGEST = 6  # origins in a figure; the rest is added up, so that the bars still sum to the shift
SMALL = 0.1  # decibans under which a step joins the rest


def moved_section(verdict: Verdict) -> Section:
    """Return which reports moved the belief in coercion, for the page."""
    assert verdict.explanation is not None
    one = verdict.explanation.waterfalls[0]
    steps = _largest(one)
    top = [f"{name} ({signed(weight)})" for name, weight in steps[:2] if name != "others"]
    caption = (
        f"{' and '.join(top)} carry most of the shift from {percent(probability(one.prior))} to "
        f"{percent(probability(one.posterior))}."
    )
    whole = verdict.explanation.conflict.whole
    return Section(
        name="moved",
        title="2  Which origins moved us on coercion",
        figures=(waterfall("moved", caption, one.prior, steps, one.posterior),),
        notes=(
            "Filled bars raise, hollow bars lower. 10 decibans multiply the odds by ten, 3 double them.",
            (
                f"{conflict_sentence(whole.bits, whole.tail, alarm=whole.alarm)} About "
                f"{verdict.explanation.independent:.1f} reports are no copies."
            ),
        ),
    )


def _largest(one: Waterfall) -> list[tuple[str, float]]:
    kept = [(step.name, step.weight) for step in one.steps if abs(step.weight) >= SMALL][:LARGEST]
    rest = sum(step.weight for step in one.steps) - sum(weight for _, weight in kept)
    return [*kept, ("others", rest)] if len(kept) < len(one.steps) else kept


def conflict_sentence(bits: float, tail: float, *, alarm: bool) -> str:
    """Return how far the reports disagree, and how often they would by chance."""
    said = f"Taken together the reports conflict by {bits:.2f} bits".replace("-", MINUS)
    chance = f"if the model is right, that much or more happens in {percent(tail)} of cases"
    return f"{said}; {chance}{': look again' if alarm else ''}."


def signed(value: float) -> str:
    """Return decibans with their sign.

    >>> signed(1.814), signed(-0.2)
    ('+1.81', '\N{MINUS SIGN}0.20')
    """
    return f"+{value:.2f}" if value >= 0 else f"{MINUS}{-value:.2f}"


def probability(decibans: float) -> float:
    """Return the probability whose odds these decibans are.

    >>> probability(0.0), round(probability(10.0), 3)
    (0.5, 0.909)
    """
    return float(1 / (1 + 10 ** (-decibans / 10)))
