"""From an elicited number to an entry of an overlay, with who judged it and how: what ``--priors`` reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomlkit

from cybercoercion.fit.elicitation.density import SUPPORT, support
from cybercoercion.fit.elicitation.elicited import ElicitationError, Elicited, ElicitedRow, Fault
from cybercoercion.fit.elicitation.rows import RowPool
from cybercoercion.fit.elicitation.summary import Summary
from cybercoercion.knowledge import Knowledge, Quantity, Table, load_knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.knowledge.parsing import PROBABILITIES

FILE = "elicited.toml"
MASSES = (0.9, 0.8, 0.5, 0.2, 0.1)  # the widest that the form of the tables can hold is written
REACH = 0.002  # the tables take a share nearer to 0 or 1 for this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A number, or a row of a table, for an entry of the tables.

    ``name`` is that of the ledger: of a quantity, or of a table and the states of its parents, ``leak.crime``.
    """

    name: str
    judgement: Elicited | Summary | ElicitedRow | RowPool
    note: str = ""

    @property
    def source(self) -> str:
        """Say who judged, and how."""
        if isinstance(self.judgement, Summary):
            pool = self.judgement.pool
            whole = zip(pool.experts, pool.weights, strict=True)
            who = "; ".join(f"{expert.expert}, by {expert.method}, weight {w:.3g}" for expert, w in whole)
            misplaced = f"the {self.judgement.distribution.family} misplaces {self.judgement.distance:.1%} of it"
            return f"elicited from {who}; {pool.kind} pool; {misplaced}"
        if isinstance(self.judgement, RowPool):
            judged = zip(self.judgement.rows, self.judgement.weights, strict=True)
            who = "; ".join(f"{row.expert}, by mode and mass, weight {w:.3g}" for row, w in judged)
            return f"elicited from {who}; {self.judgement.kind} pool, worth {self.judgement.strength:.3g} cases"
        if isinstance(self.judgement, ElicitedRow):
            return f"elicited from {self.judgement.expert}, by mode and mass, worth {self.judgement.strength:.3g} cases"
        return f"elicited from {self.judgement.expert}, by {self.judgement.method}"


def overlay_text(proposals: Sequence[Proposal], shipped: Knowledge | None = None) -> str:
    """Return the overlay as TOML: value, uncertainty, unit, source, mark ``judgement``, note where one is given.

    Unit, cap and stream stay those of the shipped entry. Of a row only the shares are written: how uncertain rows are
    is a matter of the whole table.

    Raises
    ------
    ElicitationError
        With every entry that is unknown or cannot hold the number.

    Examples
    --------
    >>> from cybercoercion.fit.elicitation.elicit import from_quantiles
    >>> said = Proposal(name="context.unlisted", judgement=from_quantiles("logit-normal", 0.05, 0.3, expert="A"))
    >>> overlay_text([said]).splitlines()[0]
    '[quantity.context.unlisted]'
    """
    knowledge = shipped if shipped is not None else load_knowledge(draws=2)
    document = tomlkit.document()
    faults: list[Fault] = []
    for proposal in proposals:
        table, labels = _table_of(proposal.name, knowledge)
        if proposal.name in knowledge.quantities and not isinstance(proposal.judgement, ElicitedRow | RowPool):
            entry = _of_quantity(proposal, knowledge.quantities[proposal.name], faults)
            _put(document, ("quantity", *proposal.name.split(".")), entry)
        elif table is not None and isinstance(proposal.judgement, ElicitedRow | RowPool):
            row = _of_row(proposal, table, labels, faults)
            _put(document, ("table", table.name), {})
            _put(document, ("table", table.name, "rows", *(labels or ("all",))), row)
        else:
            faults.append(_unknown(proposal, knowledge))
    if faults:
        raise ElicitationError(tuple(faults))
    return tomlkit.dumps(document)


def write_overlay(folder: Path, proposals: Sequence[Proposal], shipped: Knowledge | None = None) -> Path:
    """Write the overlay into a folder, made where there is none, that ``load_knowledge(priors=folder)`` reads."""
    text = overlay_text(proposals, shipped)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def _of_quantity(proposal: Proposal, entry: Quantity, faults: list[Fault]) -> dict[str, Any]:
    assert not isinstance(proposal.judgement, ElicitedRow | RowPool)
    distribution = proposal.judgement.distribution
    low, high = support(distribution)
    if entry.unit in PROBABILITIES and not (low >= 0 and high <= 1) and distribution.quantile(0.999) > 1:
        faults.append(
            _fault(proposal, "family", f"{distribution.family}, beyond 1", f"beta or logit-normal, as a {entry.unit}")
        )
    if SUPPORT.get(entry.distribution.family, (low, low))[0] > low:
        faults.append(
            _fault(proposal, "family", f"{distribution.family}, below 0", f"what is above 0, as {entry.name} is")
        )
    out: dict[str, Any] = {**_form(proposal, distribution, faults), "unit": entry.unit}
    if math.isfinite(entry.distribution.cap):
        out["cap"] = entry.distribution.cap
    if entry.stream != entry.name:
        out["stream"] = entry.stream
    return {**out, **_signed(proposal)}


def _form(proposal: Proposal, distribution: Distribution, faults: list[Fault]) -> dict[str, Any]:
    """Return value and uncertainty in a form of the tables."""
    if distribution.family == "beta":
        shapes = {"family": "beta", "a": distribution.a, "b": distribution.b}
        return {"value": distribution.mean, "distribution": _inline(shapes)}
    if distribution.family == "uniform":
        ends = {"family": "uniform", "a": distribution.a, "b": distribution.b}
        return {"value": distribution.mean, "distribution": _inline(ends)}
    for mass in MASSES:
        low, high = distribution.quantile((1 - mass) / 2), distribution.quantile((1 + mass) / 2)
        if distribution.family != "logit-normal" or (low >= REACH and high <= 1 - REACH):
            said = {"low": low, "high": high, "mass": mass, "family": distribution.family}
            return {"value": distribution.quantile(0.5), "quantiles": _inline(said)}
    faults.append(
        _fault(proposal, "family", f"logit-normal around {distribution.quantile(0.5):.3g}", "beta, so near to 0 or 1")
    )
    return {}


def _of_row(proposal: Proposal, table: Table, labels: tuple[str, ...], faults: list[Fault]) -> dict[str, Any]:
    assert isinstance(proposal.judgement, ElicitedRow | RowPool)
    row = dict(zip(proposal.judgement.states, proposal.judgement.mean, strict=True))
    if set(row) != set(table.states):
        faults.append(_fault(proposal, "states", ", ".join(row), ", ".join(table.states)))
        return {}
    if labels not in {label for label, _, _ in table.rows()}:
        allowed = "; ".join(".".join((table.name, *label)) for label, _, _ in table.rows())
        faults.append(_fault(proposal, "name", "no such row", allowed))
    return {"value": [row[state] for state in table.states], **_signed(proposal)}


def _signed(proposal: Proposal) -> dict[str, str]:
    note = {"note": proposal.note} if proposal.note else {}
    return {"source": proposal.source, "mark": "judgement", **note}


def _table_of(name: str, knowledge: Knowledge) -> tuple[Table | None, tuple[str, ...]]:
    first, *labels = name.split(".")
    return knowledge.tables.get(first), tuple(labels)


def _unknown(proposal: Proposal, knowledge: Knowledge) -> Fault:
    wanted = "tables" if isinstance(proposal.judgement, ElicitedRow | RowPool) else "quantities"
    names: Sequence[str] = list(knowledge.tables if wanted == "tables" else knowledge.quantities)
    near = get_close_matches(proposal.name, names, 3)
    allowed = f"the {wanted} of the ledger" + (f", such as {', '.join(near)}" if near else "")
    return _fault(proposal, "name", "an unknown entry", allowed)


def _fault(proposal: Proposal, place: str, got: str, allowed: str) -> Fault:
    return Fault(expert=proposal.name, place=place, got=got, allowed=allowed)


def _inline(data: dict[str, Any]) -> Any:
    table = tomlkit.inline_table()
    table.update(data)
    return table


def _put(document: Any, place: tuple[str, ...], entry: dict[str, Any]) -> None:
    """Set an entry at a dotted place; tables on the way show no header of their own."""
    here = document
    for key in place:
        if key not in here:
            here[key] = tomlkit.table(is_super_table=True)
        here = here[key]
    for key, value in entry.items():
        here[key] = value
