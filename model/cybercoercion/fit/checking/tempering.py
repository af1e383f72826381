"""Evidence raised to a power, with hidden states summed out: each state's likelihood is raised, then summed.

Weights alone understate it: ``p(z | theta, e)`` itself changes when the evidence counts more. Right is
``p_alpha(z, theta | e) ~ p(theta) p(z | theta) p(e | z, theta)^alpha``, by enumeration.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def tempered(prior: Array, joint: Array, power: float) -> Array:
    """Return ``p(z | theta) p(e | z, theta)^alpha`` of each state and draw, dims as given: ``(..., draw)``.

    Parameters
    ----------
    prior
        p(z | theta), without evidence.
    joint
        p(z, e | theta), dims that broadcast with those of ``prior``.
    power
        alpha; 1 gives back ``joint``.

    Examples
    --------
    Two equally likely base rates .175 and .825, evidence 5.8 times as likely under coercion, counted twice: coercion
    is as likely as ``5.8^2 / (5.8^2 + 1)``; squared weights on unchanged beliefs would say .915.

    >>> base = np.array([[0.175, 0.825], [0.825, 0.175]])
    >>> joint = base * np.array([[5.8], [1.0]])
    >>> right = tempered(base, joint, 2).sum(-1)
    >>> naive = joint * joint.sum(0)
    >>> round(float(right[0] / right.sum()), 3), round(float(naive[0].sum() / naive.sum()), 3)
    (0.971, 0.915)
    """
    likelihood = np.divide(joint, prior, out=np.zeros(np.broadcast_shapes(joint.shape, prior.shape)), where=prior > 0)
    return np.asarray(prior * likelihood**power)
