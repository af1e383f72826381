"""Which inputs weigh most on the choice: a quick screen of all of them, over the draws that the answer rests on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cybercoercion.assessment import Assessment
from cybercoercion.report.part import Asked
from cybercoercion.report.threshold_section import names_asked
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.sensitivity.changing import answer
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.output import FIVE
from cybercoercion.sensitivity.plane.axes import ACTOR, COERCIVE, leading

Array = NDArray[np.float64]
FEW = 10  # inputs that are looked at first, beside those that are always shown
RESILIENCE = "stakes.resilience"
ASKED = Asked(view=DEFAULT_VIEW, decision="response")
TINY = 1.0  # USD: the gap of a tie, so that a ratio to it stays a number


def always(assessment: Assessment) -> tuple[str, ...]:
    """Return the inputs that everybody asks about: who did it, whether it is coercion, how resilient the target is."""
    return f"{ACTOR}.{leading(assessment)}", COERCIVE, RESILIENCE


def weights_of_inputs(assessment: Assessment) -> dict[str, float]:
    """Return how far each uncertain input moves the gap between the first choice and its nearest rival, in gaps.

    ``max_r |cov(C_r - C_first, x)| / (sd(x) E[C_r - C_first])`` over the rivals r, with draws weighted as the belief
    weights them: one standard deviation of an input with the weight 1 closes the gap, as far as costs are linear in it.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = weights_of_inputs(assess(load_case("sony-2014"), load_knowledge(draws=200)))
    >>> found["cost.urgent"] > found["cost.norms"] >= 0
    True
    """
    ranked = assessment.ranking.views[DEFAULT_VIEW]
    share = np.asarray(assessment.belief.posterior.sum((0, 1, 2)), dtype=float)
    share = share / share.sum()
    zero = np.zeros(len(share))
    drawn = {name: zero if name == "nothing" else ranked.option(name).difference_draws for name in FIVE}
    now = answer(assessment, DEFAULT_VIEW)
    first, expected = now.first, now.differences()
    rivals = [name for name in FIVE if name != first]
    ahead = np.array([drawn[name] - drawn[first] for name in rivals])  # (rival, draw)
    ahead = ahead - (ahead @ share)[:, None]
    gaps = np.array([max(expected[name] - expected[first], TINY) for name in rivals])
    wanted = set(names_asked(assessment, ASKED))
    out = {}
    for one in inputs(assessment, DEFAULT_VIEW):
        if one.name in wanted and not one.certain and one.draws is not None:
            out[one.name] = _weight(np.asarray(one.draws, dtype=float), share, ahead, gaps)
    return out


def _weight(draws: Array, share: Array, ahead: Array, gaps: Array) -> float:
    x = np.broadcast_to(draws, share.shape)
    x = x - x @ share
    spread = float(np.sqrt(x * x @ share))
    return float((np.abs(ahead * x @ share) / gaps).max() / spread) if spread > 0 else 0.0


def weighing_most(assessment: Assessment, few: int = FEW) -> tuple[str, ...]:
    """Return the inputs to look at first: those of `always`, then those with the largest weights.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> weighing_most(assess(load_case("sony-2014"), load_knowledge(draws=200)), 1)[:3]
    ('p.actor.north-korea', 'p.coercion', 'stakes.resilience')
    """
    shown = always(assessment)
    found = weights_of_inputs(assessment)
    ranked = sorted((name for name in found if name not in shown), key=lambda name: -found[name])
    return (*shown, *ranked[:few])
