"""The ledger printed: as a table for a person, as JSON for a program."""

from __future__ import annotations

import json
from dataclasses import asdict

from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.ledger import Line, ledger, marks
from cybercoercion.report.run import short

PER_CENT_UNITS = ("probability", "share")


def ledger_json(knowledge: Knowledge, prefix: str = "") -> str:
    """Return the ledger as one JSON object."""
    lines = [asdict(line) for line in ledger(knowledge, prefix)]
    said = {
        "priors": knowledge.digest,
        "overlays": list(knowledge.overlays),
        "marks": marks(knowledge),
        "entries": lines,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def print_ledger(knowledge: Knowledge, prefix: str = "") -> None:
    """Print the ledger: name, value, 5-95 % range, unit, mark, source; overlaid entries are marked with *."""
    import sys

    out = sys.stdout
    for line in ledger(knowledge, prefix):
        star = "*" if line.overlaid else " "
        value = values(line)
        spread = f"[{_number(line.low)}, {_number(line.high)}]" if line.low is not None else line.uncertainty
        out.write(f"{star}{line.name}\n    {value} {line.unit}; {spread}\n    {line.mark}: {line.source}\n")
        if line.note:
            out.write(f"    {line.note}\n")
    counts = ", ".join(f"{count} {mark}" for mark, count in sorted(marks(knowledge).items()))
    out.write(f"\n{counts}. Priors {short(knowledge.digest)}")
    out.write(f"; * from the overlay: {', '.join(knowledge.overlays)}.\n" if knowledge.overlays else ".\n")


def values(line: Line) -> str:
    """Return the headline value of an entry; of a row, that of each state."""
    if isinstance(line.value, tuple):
        return ", ".join(f"{state} {_number(p)}" for state, p in zip(line.states, line.value, strict=True))
    return _number(line.value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
