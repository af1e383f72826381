"""A case file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from cybercoercion.case.reading import parse_case
from cybercoercion.vocabulary import (
    ALTERNATIVES,
    CAPABILITIES,
    FRAMES,
    HOLDINGS,
    KINDS,
    POLARITIES,
    RELATIONSHIPS,
    TARGET_KINDS,
)


def new_case(id: str, *, title: str, frame: str, as_of: date | None = None) -> str:  # noqa: A002 - the word of the file
    """Return the text of a new case file: sound as it stands, each block explained in a line.

    Parameters
    ----------
    id
        A short name, which the file should bear too.
    title
        The name to print.
    frame
        How the case came to attention. It moves the base rates by two orders of magnitude, so nobody may assume it.
    as_of
        What became known after this date will be hidden; today, if nothing is said.

    Raises
    ------
    CaseError
        If id, title or frame are not what a case file may say.

    Examples
    --------
    >>> text = new_case("port-2026", title="A port", frame="any-intrusion", as_of=date(2026, 1, 5))
    >>> text.splitlines()[1:4]
    ['schema = 1', 'id = "port-2026"', 'title = "A port"']
    """
    text = _TEMPLATE.format(
        id=_quoted(id),
        title=_quoted(title),
        as_of=as_of or date.today(),  # noqa: DTZ011 - the day on the user's own calendar
        frame=_quoted(frame),
        frames=_words(FRAMES),
        target_kinds=_words(TARGET_KINDS),
        kinds=_words(KINDS),
        capabilities=_words(CAPABILITIES),
        relationships=_words(RELATIONSHIPS),
        alternatives=_words(ALTERNATIVES),
        polarities=_words(POLARITIES),
        holdings=_words(HOLDINGS),
    )
    parse_case(text, "new case")
    return text


def _words(words: Iterable[str]) -> str:
    return " | ".join(words)


def _quoted(text: str) -> str:
    # the strings of JSON are strings of TOML, but for one control character
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_TEMPLATE = """\
# What is left out is unknown: it has a default, or it drops out. Lines that begin with # and no blank are examples.
schema = 1
id = {id}
title = {title}
as_of = {as_of}  # what became known later is hidden
frame = {frame}  # how it came to attention: {frames}
target = {{ name = "Who was hit", kind = "firm" }}  # {target_kinds}; country = "US"

# Who may be behind it. Name the likely ones; everybody else is `other`.
[[actors]]
id = "suspect"
name = "The first suspect"
kind = "unknown"  # {kinds}
#country = "KP"
#capability = "emerging"  # {capabilities}
#relationship = "dispute"  # {relationships}
#track_record = true  # has it coerced before?
#interdependence = {{ low = 0.02, high = 0.2 }}  # 0 to 1, a number or a range that holds 90 % of your belief
#norm_adherence = 0.2  # 0 to 1
#alternatives = "costly"  # other ways to inflict pain: {alternatives}

# What may be demanded. Write the list before looking at who is behind it; no demand of the list is `none`.
#[[demands]]
#id = "release"
#text = "Release the prisoners"
#polarity = "do"  # {polarities}
#long_standing = true
#content = "political"  # political | money
#held_by = {{ suspect = "plausible" }}  # {holdings}
#cost_of_conceding = {{ low = 1e6, high = 20e6, unit = "USD" }}

# What is reported: one fact, what it says, how good the source is. The facts and their states: `cybercoercion priors`.
#[[reports]]
#id = "first-message"
#fact = "threat"
#finding = "ambiguous"
#grade = "B2"  # Admiralty: source A to F, information 1 to 6
#origin = "victim"  # reports of one origin share one error
#event_date = {as_of}
#known_date = {as_of}
#cite = "Where it stands"

# What could still be reported, and what it would cost.
#[[pending]]
#id = "laboratory"
#fact = "malware_lineage"
#grade = "B2"
#cost = 40_000

# What is at stake. Each a number or a range; defaults by kind of target.
[stakes]
#harm_now = {{ low = 1e6, high = 20e6, unit = "USD" }}  # sunk or not
#avoidable = {{ low = 0.2, high = 0.7 }}  # the share of it that is not yet sunk
#resilience = 0.35  # 0 to 1
#escalation = 1  # multiplies the risk of retaliation

# What speaks for it that an actor, were it behind this, framed another: true, false, or a probability.
#[deception.suspect]
#motive = true
#past_practice = 0.3
"""
