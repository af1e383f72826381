"""What inputs are called on the pages: the names of entries of the tables, as a decision-maker would say them."""

from __future__ import annotations

from cybercoercion.case import Case
from cybercoercion.report.input_names import input_words
from cybercoercion.report.names import label
from cybercoercion.report.words import capital
from cybercoercion.sensitivity.plane.axes import ACTOR

WORDS = {
    "stakes.resilience": "Resilience of the target",
    "urgent_gap": "Share of the gap in resilience that urgent mitigation closes",
    "harm_removable": "Share of a harm that full resilience takes away",
    "deterred_by_denial": "How far resilience deters further episodes",
    "coverage": "Share of episodes within a national programme",
    "displacement": "Share of deterred episodes that move elsewhere",
    "harm_elsewhere": "Harm of a further episode at another target",
    "effect.punishment": "Cut in recurrence by punishment",
    "effect.exposure": "Further cut by sanctions per unit of interdependence",
    "effect.entanglement.low": "Cut in recurrence by entanglement at low interdependence",
    "effect.entanglement.high": "Cut in recurrence by entanglement at high interdependence",
    "effect.norms.low": "Cut in recurrence by norms where adherence is low",
    "effect.norms.high": "Cut in recurrence by norms where adherence is high",
    "effect.statement_share": "Share of the effect of punishment that a statement has",
    "effect.deal": "Cut in recurrence by a deal",
    "effect.deal_class": "Share of the class of operations that a deal covers",
    "encouragement.target": "How far complying invites demands on the target",
    "encouragement.peers": "How far complying invites demands on its peers",
    "concession.removable": "Share of the risk of conceding that full resilience takes away",
}
USUAL = "resilience."  # entries of this head are the usual resilience of a kind of target


def named(case: Case, name: str, said: str) -> str:
    """Return what an input is called above its ruler; ``said`` is its label in the core.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> named(sony, "cost.urgent", "cost: urgent"), named(sony, "resilience.state", "resilience: state")
    ('Own cost of urgent mitigation', 'Usual resilience of a state')
    """
    if name in WORDS:
        return WORDS[name]
    if name.startswith(f"{ACTOR}."):
        return f"P({label(case, 'actor', name.removeprefix(f'{ACTOR}.'))} did it)"
    if name.startswith(USUAL):
        kind = name.removeprefix(USUAL)
        return f"Usual resilience of a{'n' if kind[:1] in 'aeiou' else ''} {kind}"
    return capital(input_words(said))
