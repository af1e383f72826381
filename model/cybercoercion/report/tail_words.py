"""Whether the military tail, which is kept apart from every cost, changes the order: in words."""

from __future__ import annotations

from cybercoercion.case import Case
from cybercoercion.report.names import option_words
from cybercoercion.report.words import money
from cybercoercion.sensitivity.military import MilitaryTail, Under


def order_words(case: Case, tail: MilitaryTail) -> str:
    """Return what comes first with and without the military tail, and whether the rest of the order changes."""
    without, capped, raw = tail.without, tail.capped, tail.raw
    if order(without) == order(capped) == order(raw):
        return "The order is the same with it and without it."
    if without.first == capped.first == raw.first:
        first = option_words(case, without.first)
        other, where = (capped, "with it") if order(capped) != order(without) else (raw, "at its raw mean")
        return (
            f"With it and without it {first} comes first; the order below changes: without it {_below(case, without)}; "
            f"{where} {_below(case, other)}."
        )
    words = [option_words(case, one.first) for one in (without, capped, raw)]
    if capped.first == without.first:
        loss = f"{money(raw.loss, words=True)}, its raw mean"
        return (
            f"Without the military tail, and with it capped, {words[0]} comes first; at a loss of {loss}, {words[2]}."
        )
    return f"Without the military tail {words[0]} comes first; with it {words[1]}. We do not choose between the two."


def order(under: Under) -> tuple[str, ...]:
    """Return the options, the cheapest first; of equals, in the order of the menu."""
    return tuple(name for name, _ in sorted(under.costs, key=lambda row: row[1]))


def _below(case: Case, under: Under) -> str:
    """Return what comes after the first choice, in order."""
    return ", ".join(option_words(case, name) for name in order(under)[1:])
