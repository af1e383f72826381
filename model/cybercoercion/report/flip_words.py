"""What would overturn the answer, in words: the smallest set of changes, and how far it was searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cybercoercion.report.input_names import input_words
from cybercoercion.report.names import label, plan_name, response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import joined, money
from cybercoercion.sensitivity.told.rivals import YES
from cybercoercion.vocabulary import OTHER

if TYPE_CHECKING:
    from cybercoercion.case import Case
    from cybercoercion.sensitivity.told.rivals import Question
    from cybercoercion.sensitivity.told.smallest import FlipSet, Smallest
    from cybercoercion.sensitivity.told.steps import Step

DOING = {
    "withdrawn": "withdrawing reports",
    "graded": "grading reports one step otherwise",
    "moved": "moving inputs to their own 5 or 95 %",
    "mixed": "withdrawing or regrading reports and moving inputs",
    "reports": "withdrawing and regrading reports",  # inputs of costs move no belief
}
STAYS = {"choice": "leaves the first choice", "actor": "leaves the leading actor", "coercion": "leaves the verdict"}
ENDS = {"choice": "overturn{} it", "actor": "change{} the lead", "coercion": "change{} it"}
ONE = {
    "withdrawn": "Withdrawing any one report",
    "graded": "Grading any one report one step otherwise",
    "moved": "Moving any one input to its own 5 or 95 %",
    "mixed": "Any single change",
}


def sentence(found: FlipSet, whole: Smallest, case: Case) -> str:
    """Return what the smallest set is, by how much it flips and who leads then; or that none was found, and how far.

    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.sensitivity.told.smallest import smallest
    >>> one = assess(load_case("colonial-2021"), load_knowledge(draws=50))
    >>> found = smallest(one, questions=["choice"], means=["withdrawn"])
    >>> sentence(found.sets[0], found, one.case)[:30]
    'Withdrawing reports does not o'
    """
    if not found.choices:
        return f"There is nothing to try: {DOING[found.means]} is not possible here."
    if not found.found:
        return _nothing(found, whole, case)
    steps, size = joined([_step(step) for step in found.steps]), len(found.steps)
    then = f"then {_leads(found.question, found.after, whole, case)}, {_by(found)}"
    ends = ENDS[found.question].format("s")
    if size == 1:
        return f"One change is enough to {_verb(found.question)}: {steps}; {then}."
    start = f"{ONE[found.means]} {STAYS[found.question]}." if found.exact else ""
    if found.greedy:
        together = ENDS[found.question].format("")
        return f"{start} {size} changes together {together}: {steps}; {then}. {_greedy(found)}".strip()
    proof = "" if found.smallest else f" {_some(found)}"
    told = "smallest set" if found.smallest else "smallest set found"
    return f"{start} The {told} that {ends} is {size}: {steps}; {then}.{proof}".strip()


def _nothing(found: FlipSet, whole: Smallest, case: Case) -> str:
    lead = _leads(found.question, whole.leads[found.question], whole, case)
    doing = DOING["reports" if found.means == "mixed" and found.question != "choice" else found.means]
    exact = f"every set of up to {found.exact}" if found.exact > 1 else "every single one"
    more = f", and the best up to {found.searched} together" if found.searched > found.exact else ""
    return (
        f"{doing[0].upper()}{doing[1:]} does not {_verb(found.question)}: {lead} after {exact}{more}. "
        f"{_left(found, whole.margins[found.question])}"
    )


def _left(found: FlipSet, lead: float) -> str:
    """Return what is left of the lead at the least; where nothing makes it smaller, that."""
    now, left = (_amount(found.question, abs(one)) for one in (lead, found.margin))
    if lead <= 0:
        return "As things are it is a tie, and no such change breaks it the other way."
    if found.margin >= lead:
        return f"The lead is {now}, and no set that was tried makes it smaller."
    if now == left:
        return f"The lead is {now}, and what was tried hardly makes it smaller."
    return f"The lead is {now}; at the least {left} of it is left."


def _verb(question: Question) -> str:
    return {
        "choice": "overturn the first choice",
        "actor": "change the leading actor",
        "coercion": "change the verdict",
    }[question]


def _step(step: Step) -> str:
    if step.kind == "withdrawn":
        return f"{step.label} withdrawn"
    if step.kind == "graded":
        return f"{step.label} graded {step.to}"
    return f"{input_words(step.label)} at its {step.to}, {in_unit(step.value, step.unit)}"


def _leads(question: Question, name: str, whole: Smallest, case: Case) -> str:
    if question == "coercion":
        return f"coercion is {'more' if name == YES else 'no more'} likely than not"
    if question == "actor":
        return "somebody not on our list leads" if name == OTHER else f"{label(case, 'actor', name)} leads"
    said = response_name(name) if whole.decision == "response" else plan_name(case, name)
    return f"{said} is first"


def _by(found: FlipSet) -> str:
    return f"by {_amount(found.question, abs(found.margin))}"


def _amount(question: Question, size: float) -> str:
    if question == "choice":
        return money(size, words=True)
    if size < 0.0095:
        return f"{100 * size:.1g} of a percentage point"
    points = round(100 * size)
    return f"{points} percentage point{'s' if points > 1 else ''}"


def _greedy(found: FlipSet) -> str:
    return f"They were added one by one; a smaller set of more than {found.exact} may exist."


def _some(found: FlipSet) -> str:
    return f"Not every set of up to {len(found.steps) - 1} was tried, only those of the changes that move most."
