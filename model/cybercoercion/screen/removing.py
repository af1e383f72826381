"""Taking a candidate or an awaited report out of a case: refused while something still speaks of it, or all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cybercoercion.case import Case
from cybercoercion.case.data import data_of
from cybercoercion.case.editing import FILE
from cybercoercion.case.reading import case_from
from cybercoercion.report.words import joined
from cybercoercion.vocabulary import BELIEFS, facts

NOUNS = {"actors": "candidate actor", "demands": "candidate demand", "pending": "awaited report"}
NODES = {"actors": "actor", "demands": "demand"}
NAMED = 6  # places that the refusal names


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that speaks of what is to go: in words, and whether it is a whole report that would go with it."""

    words: str
    report: bool = False


def mentions(case: Case, block: str, row: str) -> tuple[Mention, ...]:
    """Return all places that speak of a row: reports, awaited reports, who holds a demand, checklists, trade, labels.

    >>> from cybercoercion.case import load_case
    >>> [one.words for one in mentions(load_case("sony-2014"), "demands", "pay-money")][:1]
    ['the report money-message']
    """
    return tuple(_mentions(data_of(case), block, row))


def refusal(case: Case, block: str, row: str) -> str | None:
    """Return why a row cannot simply be taken out, or None where nothing stands against it."""
    found = [one.words for one in mentions(case, block, row)]
    if block == "actors" and len(case.actors) == 1:
        return "It is the only candidate, and a case needs at least one. Add another one first."
    if not found:
        return None
    said = joined([*found[:NAMED], *([f"{len(found) - NAMED} more"] if len(found) > NAMED else [])])
    return f"It cannot simply be removed: {said} still speak{'s' if len(found) == 1 else ''} of it."


def without_all(case: Case, block: str, row: str) -> Case:
    """Return the case without a row and without all that speaks of it, reports too.

    Raises
    ------
    CaseError
        With every fault of the changed case, such as that no candidate is left.

    Examples
    --------
    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> mentions(without_all(sony, "actors", "north-korea"), "actors", "north-korea")
    ()
    """
    data = data_of(case)
    data[block] = [one for one in data.get(block, ()) if one["id"] != row]
    for each in ("reports", "pending"):
        gone = {one["id"] for one in data.get(each, ()) if _speaks(one, block, row)}
        data[each] = [one for one in data.get(each, ()) if one["id"] not in gone]
        for one in data[each]:
            if one.get("copies") in gone:  # what copied a report that goes stays, as a report of its own
                del one["copies"]
    if block == "actors":
        for demand in data.get("demands", ()):
            _drop(demand, "held_by", row)
        _drop(data, "deception", row)
        if "stakes" in data:
            _drop(data["stakes"], "bilateral_trade", row)
    if row in data.get("labels", {}).get(NODES.get(block, ""), {}):
        del data["labels"][NODES[block]]  # its numbers would no longer sum to one
    return case_from(data, FILE)


def _mentions(data: Mapping[str, Any], block: str, row: str) -> Iterator[Mention]:
    for each, noun in (("reports", "report"), ("pending", "awaited report")):
        for one in data.get(each, ()):
            if _speaks(one, block, row):
                yield Mention(words=f"the {noun} {one['id']}", report=True)
    if block == "actors":
        for demand in data.get("demands", ()):
            if row in demand.get("held_by", {}):
                yield Mention(words=f"who holds the demand {demand['id']}")
        if row in data.get("deception", {}):
            yield Mention(words="its checklist of deception")
        trade = data.get("stakes", {}).get("bilateral_trade")
        if isinstance(trade, Mapping) and row in trade:
            yield Mention(words="the trade with it")
    if row in data.get("labels", {}).get(NODES.get(block, ""), {}):
        yield Mention(words="the label of what later turned out")


def _speaks(report: Mapping[str, Any], block: str, row: str) -> bool:
    """Whether a report, or one that is awaited, speaks of a candidate: by whom it is about, or by what it says."""
    if block not in NODES:
        return False
    if block == "actors" and report.get("about") == row:
        return True
    fact = report["fact"]
    group = fact if fact in BELIEFS else facts()[fact].group
    if group != NODES[block]:
        return False
    return report.get("finding") == row or any(row in report.get(form, {}) for form in ("findings", "likelihood"))


def _drop(holder: dict[str, Any], name: str, key: str) -> None:
    inside = holder.get(name)
    if isinstance(inside, dict) and key in inside:
        del inside[key]
        if not inside:
            del holder[name]
