"""What a change of a case was, in one short sentence."""

from __future__ import annotations

from cybercoercion.case import Campaign, Case
from cybercoercion.case.data import data_of
from cybercoercion.report.words import capital, joined
from cybercoercion.sensitivity.comparison import flat

ARROW = "\N{RIGHTWARDS ARROW}"
NAMED = 3  # places that a sentence names
NOUNS = {"reports": "report", "actors": "actor", "demands": "demand", "pending": "awaited report"}


def change_words(before: Case | Campaign, after: Case | Campaign) -> str:
    """Return what differs between two states of a case.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_fields
    >>> sony = load_case("sony-2014")
    >>> change_words(sony, with_fields(sony, "reports", "june-threat", {"grade": "C3"}))
    'June-threat: grade A2 \N{RIGHTWARDS ARROW} C3'
    """
    if isinstance(before, Campaign) or isinstance(after, Campaign) or before.id != after.id:
        return f"{before.title} {ARROW} {after.title}" if before.title != after.title else f"{after.title} changed"
    was, becomes = flat(data_of(before)), flat(data_of(after))
    places = [place for place in dict.fromkeys((*was, *becomes)) if was.get(place) != becomes.get(place)]
    said: list[str] = []
    for block, noun in NOUNS.items():
        old, new = ([row.id for row in getattr(case, block)] for case in (before, after))
        said += [f"{noun} {name} added" for name in new if name not in old]
        said += [f"{noun} {name} removed" for name in old if name not in new]
        single = {*old} ^ {*new}
        places = [place for place in places if not any(place.startswith(f"{block}.{name}.") for name in single)]
    said += [_one(place, was.get(place), becomes.get(place)) for place in places]
    if len(said) > NAMED:
        said = [*said[:NAMED], f"{len(said) - NAMED} more"]
    return capital(joined(said)) if said else "Nothing"


def _one(place: str, was: object, becomes: object) -> str:
    block, _, rest = place.partition(".")
    if block == "as_of":
        return f"as known on {becomes}"
    if block in NOUNS and rest:
        name, _, field = rest.partition(".")
        if field == "off":
            return f"{name} {'switched off' if becomes else 'switched on'}"
        return f"{name}: {field.replace('_', ' ')} {_said(was)} {ARROW} {_said(becomes)}"
    words = place.removeprefix("stakes.").replace("_", " ")
    return f"{words} {_said(was)} {ARROW} {_said(becomes)}"


def _said(value: object) -> str:
    if value is None:
        return "default"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
