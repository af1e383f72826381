"""What inputs are called in a sentence: the labels of quantities, with responses by their names."""

from __future__ import annotations

from cybercoercion.report.sentence import VARIANT_NAMES

HEADS = {
    "cost": "own cost of",
    "retaliation": "risk of retaliation to",
    "military": "risk of war from",
    "wrong actor": "loss when the wrong one is hit by",
    "second order": "second-order effects of",
    "effect": "effect of",
    "half life": "half-life of the effect of",
    "delay": "delay of",
    "precedent": "precedent set by",
    "life": "years that last:",
}


def input_words(label: str) -> str:
    """Return the label of an input as a person says it.

    >>> input_words("cost: urgent"), input_words("wrong actor: counter operation")
    ('own cost of urgent mitigation', 'loss when the wrong one is hit by cyber counter-operation')
    >>> input_words("urgent gap"), input_words("stakes: a: b")
    ('urgent gap', 'stakes: a: b')
    """
    head, colon, rest = label.partition(": ")
    if not colon or head not in HEADS:
        return label
    what, more, level = rest.partition(": ")
    return f"{HEADS[head]} {VARIANT_NAMES.get(what.replace(' ', '-'), what)}{f' ({level})' if more else ''}"
