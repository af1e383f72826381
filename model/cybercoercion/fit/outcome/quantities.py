"""From draws of the outcome model to the quantities of the cost model that counts inform.

============================================= =====================================================================
``concession.probability.state``              P(a demand on a state is met): the share of cyber incidents with any
``... .operator``, ``... .agency``            concession, over all objectives (12 of 429), moved by ``demand`` from
                                              incidents to demands. Replaces .03 (.005-.1), read from the same data.
                                              Demands made through an operator or agency are addressed to the state.
``concession.probability.firm``, ``.person``  P(a selective demand on a private target is met): one of four coded
``... .organisation``                         episodes, with ransoms and the classes of states as reference. Replaces
                                              .2 (.05-.5), elicited from both.
``concession.probability.institution``        the same, a little lower, as elicited.
``rate.nation.state``                         incidents a year that follow an episode in the same directed dyad: a
                                              dyad that an episode comes from is drawn in proportion to its incidents,
                                              ``Gamma(shape + 1, shape / rate)``. Replaces 1 (.3-4), which was set
                                              around the five most active of 42 dyads.
``retaliation.statement``                     P(reply within 90 days) beyond chance, cut at nothing. Replaces .01
                                              (.001-.04), set around the same comparison. What was measured is the
                                              reply to an incident: for a statement an upper reading.
============================================= =====================================================================

Left alone: ``rate.nation`` of other targets (it is used less ``rate.target.*``, on which data that name dyads are
silent, and the rate of criminals was elicited as a multiple of it), ``retaliation.sanctions`` and
``.counter_operation`` (no count of what follows either), ``concession.removable`` (a falling share of payers is not
resilience alone),
``intent_factor.recurrence`` (purposes are not coded), ``effect.punishment`` (success of deterrence is not seen).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cybercoercion.fit.outcome.counts import OutcomeCounts, belief
from cybercoercion.fit.outcome.design import invlogit, logit, objectives, probabilities

Array = NDArray[np.float64]
STATE, PRIVATE = ("state", "operator", "agency"), ("firm", "person", "organisation")
SEED = 1


def quantities(draws: Mapping[str, Array], counts: OutcomeCounts, *, seed: int = SEED) -> dict[str, Array]:
    """Return the draws that replace those of the priors, dims ``(draw,)`` each, in the unit of the entry.

    Parameters
    ----------
    draws
        Parameters of the outcome model by name, the draw axis last.
    counts
        What the model was fitted to.
    seed
        Of the dyad that the next episode comes from.
    """
    seen = probabilities(draws, counts)
    state = invlogit(logit(cyber_rate(draws, counts)) + draws["demand"])
    private = seen["private"][0]
    institution = invlogit(logit(private) + belief("institution").location)
    return (
        {f"concession.probability.{kind}": state for kind in STATE}
        | {f"concession.probability.{kind}": private for kind in PRIVATE}
        | {"concession.probability.institution": institution}
        | {"rate.nation.state": rate_after_an_episode(draws, seed=seed)}
        | {"retaliation.statement": excess_replies(draws)[0].clip(0)}
    )


def cyber_rate(draws: Mapping[str, Array], counts: OutcomeCounts) -> Array:
    """Return the share of cyber incidents with a concession, over all objectives as they come, dims ``(draw,)``."""
    by_objective = probabilities(draws, counts)["later"]  # severities averaged
    return np.asarray(objectives(counts) @ by_objective)


def rate_after_an_episode(draws: Mapping[str, Array], *, seed: int = SEED) -> Array:
    """Return incidents a year in the dyad of an episode, dims ``(draw,)``.

    Over dyads the rate is ``Gamma(shape, shape / rate)``; weighted by itself, ``Gamma(shape + 1, shape / rate)``
    with the mean ``rate (1 + 1 / shape)``.
    """
    shape, rate = np.exp(draws["log_shape"]), np.exp(draws["log_rate"])
    return np.asarray(np.random.default_rng(seed).standard_gamma(shape + 1) * rate / shape)


def excess_replies(draws: Mapping[str, Array]) -> Array:
    """Return P(reply) - P(the same by chance) within each horizon, dims ``(horizon, draw)``; may be negative."""
    return np.asarray(invlogit(draws["by_chance"] + draws["reply"]) - invlogit(draws["by_chance"]))
