"""Whether a belief hangs on so few draws that its numbers are rough."""

from __future__ import annotations

import math

from cybercoercion.assessment import ENOUGH
from cybercoercion.belief import Belief

TRUSTED = 0.7  # Pareto k beyond which weights of draws are not to be trusted (Vehtari and others 2024)


def rough(belief: Belief) -> tuple[str, ...]:
    """Return warnings where few draws carry the weight, none where enough do."""
    out = []
    if belief.ess < ENOUGH:
        out.append(f"only {belief.ess:.0f} draws carry the weight: ranges are rough, draw more")
    k = belief.pareto_k
    if math.isnan(k):
        out.append("Pareto k cannot be computed from so few draws: draw more")
    elif k > TRUSTED:
        said = f"is {k:.2f}, above {TRUSTED:g}" if math.isfinite(k) else "has no bound"
        out.append(f"Pareto k {said}: few draws decide, refit instead of drawing more")
    return tuple(out)
