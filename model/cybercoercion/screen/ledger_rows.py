"""The ledger as a person looks through it: by mark, by word, by how much an entry moves the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cybercoercion.assessment import Assessment
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.ledger import Line, ledger, marks
from cybercoercion.report.ledger import values
from cybercoercion.report.section import Section
from cybercoercion.report.words import money
from cybercoercion.screen.provenance import spread
from cybercoercion.sensitivity import tornado

SHOWN = 12  # rows on screen; the download holds all
ANY = "any mark"
TITLE = "Where the numbers come from"
COLUMNS = ("entry", "value", "5-95 %", "unit", "mark", "moves the lead by", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """By how much each entry moves the lead of the first choice over its own 5 to 95 %, USD; the rest not at all."""

    swings: Mapping[str, float]

    def of(self, name: str) -> float:
        """Return the swing of an entry, nothing where it has none."""
        return self.swings.get(name, 0.0)


def influence(assessment: Assessment, view: str = "nation") -> Influence:
    """Return which quantities of the ledger move the lead of the first choice, over their own ranges.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = influence(assess(load_case("sony-2014"), load_knowledge(draws=50)))
    >>> max(found.swings.values()) > 0
    True
    """
    return Influence(swings={bar.name: bar.swing for bar in tornado(assessment, view=view).bars})


def marks_of(knowledge: Knowledge) -> tuple[str, ...]:
    """Return every mark of the ledger, the commonest first, after the word for any.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> marks_of(load_knowledge(draws=2))[0]
    'any mark'
    """
    counts = marks(knowledge)
    return (ANY, *sorted(counts, key=counts.__getitem__, reverse=True))


def ledger_section(
    knowledge: Knowledge, *, mark: str = ANY, words: str = "", weight: Influence | None = None
) -> Section:
    """Return the entries that bear a mark and hold these words, the most influential first where that is known.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> ledger_section(load_knowledge(draws=2), words="discount").rows[-1][0]
    'wrong_actor.guilty_discount'
    """
    every = tuple(ledger(knowledge))
    wanted = words.lower().split()
    found = [line for line in every if mark in (ANY, line.mark) and all(word in _text(line) for word in wanted)]
    if weight is not None:
        found = sorted(found, key=lambda line: -weight.of(line.name))
        moving = [line for line in found if weight.of(line.name) > 0]
        judged = [line for line in moving if line.mark == "judgement"]
        led = f"{len(moving)} of these entries move the lead of the first choice, {len(judged)} of them judged."
    else:
        led = ""
    counts = ", ".join(f"{count} {name.lower()}" for name, count in sorted(marks(knowledge).items()))
    head = f"{len(found)} of {len(every)} numbers. All of them: {counts}."
    return Section(
        name="ledger",
        title=TITLE,
        sentences=tuple(one for one in (head, led) if one),
        columns=COLUMNS,
        rows=tuple(_cells(line, weight) for line in found[:SHOWN]),
        numeric_from=7,
        notes=(f"The first {SHOWN} are shown; the download holds all.",) if len(found) > SHOWN else (),
    )


def _cells(line: Line, weight: Influence | None) -> tuple[str, ...]:
    swing = "" if weight is None else money(weight.of(line.name))
    return (line.name, values(line), spread(line), line.unit, line.mark, swing, line.source)


def _text(line: Line) -> str:
    return f"{line.name} {line.source} {line.note} {line.unit}".lower()
