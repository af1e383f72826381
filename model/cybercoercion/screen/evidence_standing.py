"""Where a fact stands in the belief: how probable each of its states is, given all reports."""

from __future__ import annotations

import numpy as np

from cybercoercion.belief.belief import network_of
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import in_force, read_evidence
from cybercoercion.belief.soft import Room, Weighing, weighings
from cybercoercion.case import Case, Report, Stakes
from cybercoercion.knowledge import Knowledge

REMEMBERED = 32


def marginal(case: Case, knowledge: Knowledge, fact: str, about: str | None = None) -> dict[str, float]:
    """Return what is believed of each state of a fact, or of a belief: P(state | reports), averaged over draws.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = marginal(load_case("sony-2014"), load_knowledge(draws=100), "deadline")
    >>> list(found), round(sum(found.values()), 9)
    (['yes', 'no'], 1.0)
    """
    bare = _bare(case)
    return knowledge.remember_recent(
        "marginal", (bare, fact, about), lambda: _marginal(bare, knowledge, fact, about), most=REMEMBERED
    )


def _marginal(case: Case, knowledge: Knowledge, fact: str, about: str | None) -> dict[str, float]:
    room, asked, found = _room(case, knowledge, fact, about)
    return dict(zip(room.labels(asked), room.marginal(asked, found).tolist(), strict=True))


def chance(case: Case, knowledge: Knowledge, fact: str, about: str | None, state: str) -> float:
    """Return what is believed of one state of a fact: the same as of all of them, without the sums over the others.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony, tables = load_case("sony-2014"), load_knowledge(draws=20)
    >>> abs(chance(sony, tables, "leak", None, "yes") - marginal(sony, tables, "leak")["yes"]) < 1e-12
    True
    """
    bare = _bare(case)

    def make() -> float:
        room, asked, found = _room(bare, knowledge, fact, about)
        labels = room.labels(asked)
        one = np.array([float(label == state) for label in labels])
        masses = [
            joint(room.network, room.factors([*found, Weighing(report=asked, weight=weight)])).sum()
            for weight in (one, np.ones(len(labels)))
        ]
        return float(masses[0] / masses[1])

    return knowledge.remember_recent("chance", (bare, fact, about, state), make, most=REMEMBERED)


def _bare(case: Case) -> Case:
    """Return what of a case bears on the belief."""
    return case.model_copy(update={"stakes": Stakes(), "pending": (), "note": None})


def _room(case: Case, knowledge: Knowledge, fact: str, about: str | None) -> tuple[Room, Report, tuple[Weighing, ...]]:
    """Return where a belief is read off, the report that asks for it, and the beliefs that are stated already."""
    reports = in_force(case, knowledge)
    network = network_of(case, knowledge)
    plain = [report for report in reports if report.kind == "likelihood"]
    room = Room(case, network, knowledge, read_evidence(case, network, knowledge, plain))
    asked = Report.model_construct(id="asked", fact=fact, about=about)
    return room, asked, weighings(case, network, knowledge, reports)
