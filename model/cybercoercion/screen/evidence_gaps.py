"""What nobody has looked at: the facts that no report speaks about, and what could still come."""

from __future__ import annotations

from dataclasses import dataclass

from cybercoercion.belief.evidence import in_force
from cybercoercion.case import Case, Pending
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.names import label
from cybercoercion.report.words import dated, money
from cybercoercion.screen.evidence_words import GROUPS, facts_of, question, short, states_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A fact that no report speaks about, with what is announced to come."""

    fact: str
    name: str
    question: str
    awaited: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The gaps of one group of facts."""

    group: str
    name: str
    asked: int  # facts in the group that a report could speak about
    gaps: tuple[Gap, ...]


def gaps(case: Case, knowledge: Knowledge) -> tuple[Gaps, ...]:
    """Return what no report speaks about, by group of facts; what the frame already says is no gap.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> found = gaps(load_case("sony-2014"), load_knowledge(draws=2))
    >>> [(one.group, len(one.gaps) < one.asked) for one in found]
    [('episode', True), ('actor', True), ('demand', True), ('technical', False)]
    """
    told = {report.fact for report in in_force(case, knowledge)}
    dropped = set(knowledge.setting(f"frame.{case.frame}"))
    out = []
    for group, name in GROUPS.items():
        if group == "belief":
            continue
        asked = [fact for fact in facts_of(group) if fact not in dropped and states_of(case, fact)]
        missing = tuple(_gap(case, fact) for fact in asked if fact not in told)
        out.append(Gaps(group=group, name=name, asked=len(asked), gaps=missing))
    return tuple(out)


def _gap(case: Case, fact: str) -> Gap:
    awaited = tuple(_awaited(case, one) for one in case.pending if one.fact == fact)
    return Gap(fact=fact, name=short(fact), question=question(fact), awaited=awaited)


def _awaited(case: Case, one: Pending) -> str:
    about = f" about {label(case, 'actor', one.about)}" if one.about is not None else ""
    when = f", expected {dated(one.expected_date)}" if one.expected_date is not None else ""
    cost = f", for {money(one.cost, words=True)}" if isinstance(one.cost, int | float) else ""
    return f"{one.id}{about}{when}{cost}"


def gap_sentence(found: tuple[Gaps, ...], case: Case) -> str:
    """Return how much nobody has looked at, and how much is announced."""
    missing, asked = sum(len(one.gaps) for one in found), sum(one.asked for one in found)
    come = len(case.pending)
    awaited = f"{come} report{'s are' if come > 1 else ' is'} announced" if come else "no report is announced"
    return f"Nobody has reported on {missing} of {asked} things that could be known; {awaited}. A gap says nothing."
