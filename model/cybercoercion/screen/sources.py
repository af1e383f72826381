"""Which entries of the ledger stand behind an input: its own, or that which stands in for what a case leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from cybercoercion.case import Case
from cybercoercion.screen.beliefs import SOURCES
from cybercoercion.sensitivity.input.stakes import default_entry


def sources_of(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    """Return the beginnings of the names of the entries that some inputs hang on.

    >>> from cybercoercion.case import load_case
    >>> sources_of(load_case("sony-2014"), ["cost.urgent", "stakes.resilience", "stakes.escalation"])
    ('cost.urgent', 'resilience.firm')
    """
    found: list[str] = []
    for name in names:
        head, _, rest = name.partition(".")
        if head == "p":
            found += SOURCES.get(rest.partition(".")[0], ())
        elif head == "stakes":
            found.append(default_entry(rest.partition(".")[0], case))
        elif head in ("actors", "demands"):
            found.append({"cost_of_conceding": "concession.loss"}.get(name.rpartition(".")[2], name.rpartition(".")[2]))
        else:
            found.append(name)
    return tuple(dict.fromkeys(name for name in found if name))
