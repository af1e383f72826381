"""From rows of data sets to the counts of the outcome model."""

from __future__ import annotations

from dataclasses import replace

from cybercoercion.fit.outcome import incidents, reference
from cybercoercion.fit.outcome.counts import OutcomeCounts, by_objective, shipped_counts, tally
from cybercoercion.fit.training import Training


def count_outcomes(
    *,
    sanctions: Training | None = None,
    disputes: Training | None = None,
    cyber: Training | None = None,
    seed: int = incidents.SEED,
) -> OutcomeCounts:
    """Return the counts of the data sets at hand; for one that is not, those that come with the program.

    Parameters
    ----------
    sanctions, disputes, cyber
        Rows of TIES, MID and DCID.
    seed
        Of the jittered dates that say what follows by chance.

    >>> count_outcomes().dyads.rate == shipped_counts().dyads.rate
    True
    """
    counts = shipped_counts()
    if sanctions is not None:
        counts = replace(counts, sanctions=reference.sanctions(sanctions))
    if disputes is not None:
        counts = replace(counts, disputes=reference.disputes(disputes))
    if cyber is not None:
        known = incidents.cyber(cyber)
        reply, by_chance = incidents.replies(cyber, seed=seed)
        counts = replace(
            counts,
            cyber=known,
            later=tally("published").less(by_objective(known)),
            reply=reply,
            by_chance=by_chance,
            dyads=incidents.dyads(cyber),
        )
    return counts
