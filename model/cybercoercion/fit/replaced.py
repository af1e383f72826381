"""From a fit to knowledge: which tables, quantities and base rates its draws replace, and how.

The rest of the program knows no fit: it asks the knowledge, which answers with fitted draws where there are some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cybercoercion.fit.actor.design import CLASSES, ISO
from cybercoercion.fit.episode.layout import lay_out
from cybercoercion.fit.episode.tables import draws_of
from cybercoercion.fit.fit import Fit, stacked
from cybercoercion.fit.importing.world import country, world
from cybercoercion.fit.objective import design as objective_design
from cybercoercion.fit.objective import predict as objective
from cybercoercion.fit.origin import predict as origin
from cybercoercion.fit.origin.design import KINDS as CODED_KINDS
from cybercoercion.fit.outcome.counts import shipped_counts
from cybercoercion.fit.outcome.quantities import quantities as outcome_quantities
from cybercoercion.fit.signature import DifferentModel, entry_digests
from cybercoercion.knowledge import Fitted, Knowledge
from cybercoercion.knowledge.fitted import EARLY, Drift, Initiators
from cybercoercion.vocabulary import KINDS

Array = NDArray[np.float64]
Draws = Mapping[str, Array]
ATTRIBUTED = {  # a kind of EuRepoC -> kinds of the network; "unknown" there means that nobody said, no kind of actor
    "state": ("state",),
    "state-linked": ("state-linked",),
    "non-state group": ("criminal", "activist"),
    "individual": ("individual",),
}
BANDS = (0, 3, 5, 7)  # DCID severity at which low, moderate, high, extreme begin (the data dictionary)
AHEAD = 5  # years beyond the data for which base rates are forecast


def with_fit(knowledge: Knowledge, fit: Fit, source: str = "") -> Knowledge:
    """Return the knowledge with the draws of a fit in the place of its own.

    Raises
    ------
    DifferentModel
        If the prior numbers of an entry that the fit replaces have changed since.
    """
    now = entry_digests(tuple(fit.record.entries), knowledge)
    changed = tuple(
        f"{name}: its prior numbers are not those that the fit started from; fit anew, or leave them as they were"
        for name, digest in fit.record.entries.items()
        if now[name] != digest
    )
    if changed:
        raise DifferentModel("the fit", changed)
    return replace(knowledge, fitted=replace(fitted_of(fit, knowledge), source=source), _memory={})


def fitted_of(fit: Fit, knowledge: Knowledge) -> Fitted:
    """Return the draws of all parts of a fit under the names of the knowledge."""
    tables: dict[str, Array] = {}
    quantities: dict[str, Array] = {}
    part_of: dict[str, str] = {}
    for part, (rows, numbers) in _entries(fit.parts, knowledge).items():
        tables |= rows
        quantities |= numbers
        part_of |= dict.fromkeys((*rows, *numbers), part)
    return Fitted(
        digest=fit.digest,
        tables=tables,
        quantities=quantities,
        part_of=part_of,
        initiators=_initiators(fit.draws("actor"), fit.parts["actor"]) if fit.has("actor") else None,
        drift=_drift(fit.parts["origin"]) if fit.has("origin") else None,
        learnt_from=fit.record.episodes,
    )


def entries_of(parts: Mapping[str, xr.Dataset], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the names of the entries of the knowledge that the draws of these parts replace."""
    found = _entries(parts, knowledge)
    names = {name.removeprefix(EARLY) for rows, numbers in found.values() for name in (*rows, *numbers)}
    if "episode" in parts:  # the draws are offsets in units of the spreads of the prior rows
        names |= {f"learning.episode.{name}_spread" for name in ("intent", "kind")}
    return tuple(sorted(names))


def _entries(
    parts: Mapping[str, xr.Dataset], knowledge: Knowledge
) -> dict[str, tuple[dict[str, Array], dict[str, Array]]]:
    out: dict[str, tuple[dict[str, Array], dict[str, Array]]] = {}
    if "objective" in parts:
        out["objective"] = _technical(stacked(parts["objective"]), objective_design.FACTS, knowledge, "")
    if "objective_early" in parts:
        out["objective_early"] = _technical(stacked(parts["objective_early"]), objective_design.EARLY, knowledge, EARLY)
    if "episode" in parts:
        layout = lay_out(knowledge)
        learnt = np.zeros(layout.size, dtype=bool)
        learnt[parts["episode"]["learnt"].to_numpy()] = True
        out["episode"] = draws_of(stacked(parts["episode"]), layout, learnt)
    if "outcome" in parts:
        out["outcome"] = ({}, outcome_quantities(stacked(parts["outcome"]), shipped_counts()))
    return out


def _technical(
    draws: Draws, names: tuple[str, ...], knowledge: Knowledge, prefix: str
) -> tuple[dict[str, Array], dict[str, Array]]:
    rows = {prefix + name: table for name, table in objective.tables(draws, names).items()}
    if "dcid_severity" in names:  # what case files report are bands of the same scale
        rows[prefix + "severity"] = np.add.reduceat(rows[prefix + "dcid_severity"], BANDS, axis=1)
    powers = {}
    for name, exponent in objective.exponents(draws, names).items():
        entry = knowledge.tables[name].exponent
        assert entry is not None
        powers[prefix + entry] = exponent
    return rows, powers


def _initiators(draws: Draws, posterior: xr.Dataset) -> Initiators:
    """Return the scores of initiators against all other states together."""
    rest = len(CLASSES) - 1

    def against_rest(effect: Array) -> Array:
        return np.asarray((effect - effect[rest])[:rest])

    victims = {}
    for index, name in enumerate(posterior["victim"].to_numpy().tolist()):
        state = country(name)
        if state is not None:
            victims[state.iso] = against_rest(draws["victim_scale"] * draws["victim_effect"][index])
    here = world()
    return Initiators(
        countries=ISO,
        regions={iso: state.region for iso, state in here.countries.items()},
        disputes={frozenset(pair.split("-")): count for pair, count in here.pairs.items()},
        base=against_rest(draws["base"]),
        region={
            name: against_rest(draws["region_scale"] * draws["region_effect"][index])
            for index, name in enumerate(posterior["region"].to_numpy().tolist())
        },
        victim=victims,
        rivalry=draws["rivalry"],
    )


def _drift(posterior: xr.Dataset) -> Drift:
    """Return how much commoner each kind was in each year than in the long run, among incidents with a named kind."""
    years = posterior["year"].to_numpy()
    first, last = int(years[0]), int(years[-1]) + AHEAD
    rows = [CODED_KINDS.index(kind) for kind in ATTRIBUTED]
    usual = origin.long_run_share(posterior)[rows]
    usual = usual / usual.sum(0)
    factor = np.ones((last - first + 1, len(KINDS), usual.shape[-1]))
    for index, year in enumerate(range(first, last + 1)):
        share = origin.kind_share(posterior, year)[rows]
        for row, kinds in zip(share / share.sum(0) / usual, ATTRIBUTED.values(), strict=True):
            for kind in kinds:
                factor[index, KINDS.index(kind)] = row
    return Drift(first=first, factor=factor)
