"""The work of one session: its desk, its settings, and the verbs that change them.

Callbacks of widgets call these verbs; views read what they return. A change that cannot be is refused with its
faults, and the desk stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from cybercoercion.app import memory
from cybercoercion.app.memory import Settings
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.case import Campaign, Case, CaseError, Fault, load, read_shipped
from cybercoercion.desk import Desk, change_words, opened
from cybercoercion.report.verdict import Verdict

DESK, SETTINGS, REFUSED = "desk", "settings", "refused"
FIRST = "sony-2014"  # the worked example of a first run


def desk() -> Desk:
    """Return the desk of this session; the first one holds the worked example."""
    if DESK not in st.session_state:
        st.session_state[DESK] = opened(load(FIRST), read_shipped(FIRST))
    found: Desk = st.session_state[DESK]
    return found


def put(new: Desk) -> None:
    """Lay a desk before this session; what was refused before is forgotten."""
    st.session_state[DESK] = new
    st.session_state.pop(REFUSED, None)


def settings() -> Settings:
    """Return with what cases are assessed in this session."""
    found: Settings = st.session_state.setdefault(SETTINGS, Settings())
    return found


def set_settings(new: Settings) -> None:
    """Assess with other settings from now on."""
    st.session_state[SETTINGS] = new


def now() -> Verdict:
    """Return what is said of the case as it stands."""
    return memory.verdict(desk().now, settings())


def before() -> Verdict | None:
    """Return what was said before the last change, or None where nothing was changed."""
    source = desk().before
    return memory.verdict(source, settings()) if source is not None else None


def case() -> Case:
    """Return the case as it stands; of a campaign its latest episode, under the campaign's name."""
    return now().assessment.case


def assessed(source: Case | Campaign, file: str = "this change") -> Verdict:
    """Return what is said of a case that is not on the desk yet.

    Raises
    ------
    CaseError
        If its reports cannot be true together, or its candidates are too many for this server: nothing can be said of
        it, so it must not come onto the desk.
    """
    if crowded := memory.crowded(source):
        allowed = "as many candidates as fit into memory, such as fifty actors and fifty demands"
        raise CaseError((Fault(file=file, place="actors, demands", got=crowded, allowed=allowed),))
    try:
        return memory.verdict(source, settings())
    except ImpossibleEvidence as error:
        fault = Fault(file=file, place="reports", got=str(error), allowed="reports that can be true together")
        raise CaseError((fault,)) from None


def change(make: Callable[[], Case | Campaign], sentence: str | None = None) -> bool:
    """Change the case on the desk, and return whether it could be; refused, the desk stays and the faults are kept."""
    old = desk()
    try:
        new = make()
        assessed(new)
    except CaseError as error:
        refuse(error.faults)
        return False
    put(old.changed(new, sentence or change_words(old.now, new)))
    return True


def refuse(faults: Sequence[Fault]) -> None:
    """Keep the faults of what was refused, to be shown."""
    st.session_state[REFUSED] = tuple(faults)


def refused() -> tuple[Fault, ...]:
    """Return the faults of what was refused last, or none."""
    found: tuple[Fault, ...] = st.session_state.get(REFUSED, ())
    return found


def undo() -> None:
    """Take the last change back."""
    put(desk().undone())


def redo() -> None:
    """Bring back what was undone last."""
    put(desk().redone())
