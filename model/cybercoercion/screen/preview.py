"""What a change would do to the belief, before it is made: coercion, actors and demands, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.belief.belief import Belief, Estimate
from cybercoercion.case import Campaign, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label
from cybercoercion.report.words import percent, span
from cybercoercion.screen.frames import believed

COLUMNS = ("", "before", "after")
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A sentence, and a row for coercion, each actor and each demand: name, before, after."""

    sentence: str
    rows: tuple[tuple[str, str, str], ...]


def preview(old: Case | Campaign, new: Case | Campaign, knowledge: Knowledge, before: Belief | None = None) -> Preview:
    """Return the belief before a change, worked out anew where it is not handed in, and after it.

    Raises
    ------
    ImpossibleEvidence
        When no state of the world agrees with the reports after the change.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_row
    >>> from cybercoercion.knowledge import load_knowledge
    >>> sony = load_case("sony-2014")
    >>> found = preview(sony, with_row(sony, "actors", {"id": "rival", "kind": "state"}), load_knowledge(draws=200))
    >>> [row[0] for row in found.rows][:3], found.rows[5][:2]
    (['Coercion', 'North Korea', 'Present or former employee'], ('rival', '–'))
    """
    after = believed(new, knowledge)
    before = before if before is not None else believed(old, knowledge)
    rows = [("Coercion", _said(before.coercion), _said(after.coercion))]
    for name in ("actor", "demand"):
        was, becomes = before.estimates(name), after.estimates(name)
        rows += [
            (_label(old, new, name, state), _said(was.get(state)), _said(becomes.get(state)))
            for state in dict.fromkeys((*becomes, *was))
        ]
    p, q = percent(before.coercion.p), percent(after.coercion.p)
    moved = f"stays at {q}" if p == q else f"goes from {p} to {q}"
    return Preview(sentence=f"With this change coercion {moved}.", rows=tuple(rows))


def _label(old: Case | Campaign, new: Case | Campaign, name: str, state: str) -> str:
    """Return what a state is called, where the change took it away as before it."""
    cases = [source if isinstance(source, Case) else source.episodes[0] for source in (new, old)]
    knowing = [case for case in cases if state in {"actor": case.actor_ids, "demand": case.demand_ids}[name]]
    return label((knowing or cases)[0], name, state)


def _said(one: Estimate | None) -> str:
    return NOTHING if one is None else f"{percent(one.p)} ({span(one.low, one.high)})"
