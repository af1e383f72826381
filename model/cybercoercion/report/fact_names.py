"""What a coming report is called: every fact that can be reported, as a person would say it."""

from __future__ import annotations

from collections.abc import Collection

FACT_NAMES = {
    "threat": "word of a threat",
    "demand_statement": "word of whether a demand was stated",
    "demand_content": "word of what was asked for, money or politics",
    "target_fit": "word of whether the target fits a demand",
    "conditional_wording": "word of whether the wording was conditional",
    "deadline": "word of a deadline",
    "claim": "word of who claimed it",
    "denial": "what the accused says",
    "disruption": "word of whether service was disrupted",
    "destruction": "word of whether anything was destroyed",
    "leak": "word of whether stolen material was published",
    "theft": "word of whether material was stolen",
    "ransomware": "word of whether data was encrypted for ransom",
    "access": "word of a foothold that is not used",
    "severity": "word of how severe it was",
    "publicity": "word of who could notice it",
    "trigger": "word of an event that set it off",
    "rhetoric": "official words before it",
    "with_military": "word of military instruments at the same time",
    "with_economic": "word of economic instruments at the same time",
    "with_information": "word of information instruments at the same time",
    "after_refusal": "word of what followed a refusal",
    "method": "word of which technique was used",
    "target_type": "word of who was hit",
    "sector": "word of which sector was hit",
    "supply_chain": "word of whether it came through a supplier",
    "third_party": "word of whether a third party acted for the initiator",
    "information_operation": "word of whether information was used to sway people",
    "dcid_ransomware": "word of whether it was ransomware in form",
    "objective_achieved": "word of whether the operation reached its objective",
    "damage": "word of what kind of damage it did",
    "duration": "word of how long it lasted",
    "dcid_severity": "a severity on the DCID scale",
    "vendor_attribution": "a security company that names somebody",
    "victim_attribution": "a victim that names somebody",
    "allied_attribution": "an allied government that names somebody",
    "media_attribution": "press that names somebody",
    "malware_lineage": "word of whose tools the code resembles",
    "infrastructure": "word of whose servers were used",
    "language": "word of whose language the traces show",
    "persona_link": "word of who is behind the front",
    "elimination": "word of who is left when others are excluded",
    "claim_of": "a claim of responsibility that names somebody",
    "message_text": "the words of a message that state a demand",
    "official_statement": "officials of a candidate who state a demand",
    "past_demand": "word of a demand that had been made before",
    "timing": "word of which demand the timing points at",
    "target_choice": "word of which demand the choice of target points at",
}
NEW = "new-"  # how a report begins that nobody has announced


def coming_name(fact: str, about: str = "", announced: str = "") -> str:
    """Return a report that could still come: what it would tell, about whom, and how the case calls it, if it does.

    >>> coming_name("claim_of"), coming_name("denial", "Iran"), coming_name("threat", announced="july-letter")
    ('a claim of responsibility that names somebody', 'what the accused says (Iran)', 'word of a threat: july-letter')
    """
    said = FACT_NAMES[fact]
    return f"{said}{f' ({about})' if about else ''}{f': {announced}' if announced else ''}"


def coming_by_id(name: str, announced: Collection[str]) -> str:
    """Return a report by its id: what it would tell where nobody has announced it, else what the case calls it.

    >>> coming_by_id("new-claim-of", ()), coming_by_id("new-claim-of", ("new-claim-of",))
    ('a claim of responsibility that names somebody', 'new-claim-of')
    """
    fact = name.removeprefix(NEW).replace("-", "_")
    while fact and fact not in FACT_NAMES:  # a number parts it from an id that the case has
        fact = fact.rpartition("_")[0]
    return name if name in announced or not name.startswith(NEW) or not fact else FACT_NAMES[fact]
