"""What a report says, in plain words: facts and their states as a person would call them.

The data dictionary holds the exact questions; here stand short names. A fact or state without one is called as in
the dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cybercoercion.case import Case, Report
from cybercoercion.case.checks import labels_of
from cybercoercion.case.report import ABSENCES
from cybercoercion.report.names import label
from cybercoercion.report.words import capital, joined, percent
from cybercoercion.vocabulary import BELIEFS, NONE, OTHER, facts

GROUPS = {
    "episode": "What happened and what was said",
    "actor": "Whom it points at",
    "demand": "Which demand it points at",
    "technical": "How it was done",
    "belief": "The whole: aim, actor, demand",
}
SHORT = {
    "threat": "Threat of harm",
    "demand_statement": "A stated demand",
    "demand_content": "What was asked for",
    "target_fit": "Fit of the target to a demand",
    "conditional_wording": "Conditional wording",
    "deadline": "A deadline",
    "claim": "Who claimed it",
    "denial": "What the accused said",
    "disruption": "Service denied or site defaced",
    "destruction": "Data wiped or things damaged",
    "leak": "Stolen material published",
    "theft": "Material quietly stolen",
    "ransomware": "Data encrypted for ransom",
    "access": "A foothold that is not used",
    "severity": "How severe it was",
    "publicity": "Who could notice it",
    "trigger": "An event that set it off",
    "rhetoric": "Official words before it",
    "with_military": "Military instruments at the same time",
    "with_economic": "Economic instruments at the same time",
    "with_information": "Information instruments at the same time",
    "after_refusal": "What followed a refusal",
    "method": "Technique used",
    "target_type": "Who was hit",
    "sector": "Sector that was hit",
    "supply_chain": "It came through a supplier",
    "third_party": "A third party acted for the initiator",
    "information_operation": "Information used to sway people",
    "dcid_ransomware": "Ransomware in form",
    "objective_achieved": "Technical objective reached",
    "damage": "Kind of damage",
    "duration": "How long it lasted",
    "dcid_severity": "Severity on the DCID scale",
    "vendor_attribution": "A security company names",
    "victim_attribution": "The victim or its government names",
    "allied_attribution": "An allied government names",
    "media_attribution": "The press names",
    "malware_lineage": "The code resembles tools of",
    "infrastructure": "Servers and addresses of",
    "language": "The traces show the language of",
    "persona_link": "The front leads to",
    "elimination": "Left when others are excluded",
    "claim_of": "The claim names",
    "message_text": "The message demands",
    "official_statement": "Officials of a candidate demanded",
    "past_demand": "Demanded before",
    "timing": "The timing points at the demand",
    "target_choice": "The choice of target points at the demand",
    "intent": "The aim",
    "actor": "Who is behind it",
    "demand": "What is demanded",
}
STATES: Mapping[str, Mapping[str, str]] = {
    "claim": {"own-name": "a state or group in its own name", "persona": "an invented front", "none": "nobody"},
    "denial": {"denial": "disowned it", "denial-with-praise": "disowned it with praise", "admission": "admitted it"},
    "publicity": {"public": "anybody", "victim-only": "only the victim", "hidden": "nobody"},
    "rhetoric": {"issue-specific": "about this issue", "generic": "merely hostile"},
    "demand_content": {"political": "something political", "none": "nothing"},
    "after_refusal": {"escalated": "more of it", "unchanged": "no change", "stopped": "it stopped"},
    "trigger": {"specific": "a specific one"},
}
QUESTIONS = {"intent": "What is it for?", "actor": "Who is behind it?", "demand": "What is demanded?"}


def short(fact: str) -> str:
    """Return what a fact, or a belief, is called.

    >>> short("threat"), short("actor")
    ('Threat of harm', 'Who is behind it')
    """
    return SHORT.get(fact, capital(fact.replace("_", " ")))


def question(fact: str) -> str:
    """Return the exact question behind a fact, from the data dictionary."""
    return QUESTIONS[fact] if fact in BELIEFS else facts()[fact].question


def state_words(case: Case, fact: str, state: str) -> str:
    """Return what a state of a fact, a candidate, or a state of a belief is called.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> [state_words(sony, *pair) for pair in (("claim", "persona"), ("language", "north-korea"), ("timing", "none"))]
    ['an invented front', 'North Korea', 'none of our list']
    """
    group = fact if fact in BELIEFS else facts()[fact].group
    if group == "actor":
        fixed = {OTHER: "somebody not on our list", NONE: "nobody"}
        return fixed.get(state) or label(case, "actor", state)
    if group == "demand":
        return "none of our list" if state == NONE else label(case, "demand", state)
    return STATES.get(fact, {}).get(state, state.replace("-", " "))


def said_words(case: Case, report: Report) -> str:
    """Return what a report says in one line.

    >>> from cybercoercion.case import load_case
    >>> sony = load_case("sony-2014")
    >>> [said_words(sony, report) for report in sony.reports[:2]]
    ['Threat of harm: ambiguous', 'Threat of harm: 50 % clear, 50 % ambiguous']
    """
    name = short(report.fact)
    if report.likelihood is not None:
        each = [f"{percent(p)} if {state_words(case, report.fact, state)}" for state, p in report.likelihood.items()]
        return f"{name}: seen in {joined(each)}"
    if report.findings is not None:
        total = sum(report.findings.values())
        told = [f"{percent(p / total)} {state_words(case, report.fact, state)}" for state, p in _most(report.findings)]
        return f"{name}: {', '.join(told)}"
    if report.detection is not None:
        return f"{name}: looked for and not seen; it would have been seen in {percent(report.detection)} of cases"
    return f"{name}: {state_words(case, report.fact, str(report.finding))}"


def _most(findings: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(((state, p) for state, p in findings.items() if p > 0), key=lambda one: -one[1])


def facts_of(group: str) -> tuple[str, ...]:
    """Return the facts of a group, in the order of the data dictionary; of ``belief`` the three questions."""
    return BELIEFS if group == "belief" else tuple(name for name, one in facts().items() if one.group == group)


def states_of(case: Case, fact: str) -> tuple[str, ...]:
    """Return what a report on a fact may say in a case."""
    return labels_of(fact, case.actor_ids, case.demand_ids)


def absence_of(case: Case, fact: str) -> str | None:
    """Return the word for "looked and did not see it" of a fact, or None where there is none."""
    return next((state for state in states_of(case, fact) if state in ABSENCES), None)


def speaks_of_actor(fact: str) -> bool:
    """Say whether a report on a fact may say which candidate it concerns."""
    return fact not in BELIEFS and facts()[fact].about


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names in words, the rest counted.

    >>> listed(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    return joined([*names[:most], f"{len(names) - most} more"]) if len(names) > most + 1 else joined(list(names))
