"""The screen of a conflict: theirs and mine side by side, and what shall be filed."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import memory, settling, work
from cybercoercion.app.filing import Overtaken
from cybercoercion.app.parts import faults, table
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.belief.soft import ImpossibleEvidence
from cybercoercion.case import Campaign, Case, CaseError
from cybercoercion.case.reconciling import Reconciled
from cybercoercion.desk import change_words
from cybercoercion.screen.conflicting import COLUMNS, in_words, place_words, rows, value_words
from cybercoercion.screen.filed import said_of, said_words, when_words

FIELDS, THEIRS, MINE = "Field by field", "Theirs", "Mine"
CHOICE, WHY = "conflict_choice", "conflict_why"


def show() -> None:
    """Show the screen; nothing is filed before a button is pressed."""
    one = settling.overtaken()
    assert one is not None
    faults.show()
    st.subheader("Somebody filed a change before you", anchor=False)
    say(f"You both changed revision {one.base.revision}. Nothing is lost: choose what shall be filed.")
    theirs, both = settling.theirs(), settling.both()
    _sides(one, theirs)
    ways = [FIELDS, THEIRS, MINE] if both is not None else [THEIRS, MINE]
    way = st.radio("What shall hold?", ways, key=CHOICE, horizontal=True)
    found: Case | Campaign | None = work.desk().now
    if way == THEIRS:
        say("Your changes are not filed. They stay on your desk: undo brings them back.")
        found = theirs
    elif way == MINE:
        say(f"This overwrites what {one.theirs.who} changed: {settling.lost()}. Their revision stays in the history.")
    elif both is not None:
        found = _merged(both)
    _preview(found)
    if way != THEIRS:
        st.session_state.setdefault(WHY, one.why)
        st.text_input("Why? One line for the history", key=WHY, max_chars=300)
    with st.container(horizontal=True):
        label = "Take theirs" if way == THEIRS else "Save as the next revision"
        st.button(label, key="conflict_save", disabled=found is None, on_click=_settle, args=(found, way))
        st.button("Back to my desk", key="conflict_cancel", on_click=settling.cancel, help="Nothing is filed.")


def _sides(one: Overtaken, theirs: Case | Campaign) -> None:
    left, right = st.columns(2)
    with left, st.container(border=True, key="conflict_theirs"):
        say(f"Theirs: revision {one.theirs.revision}, {one.theirs.who}, {when_words(one.theirs.when)}")
        quietly(f"Why: {one.theirs.why}")
        say(f"Changed: {change_words(settling.base(), theirs)}")
        quietly(said_words(one.base.said, one.theirs.said))
    with right, st.container(border=True, key="conflict_mine"):
        say("Yours: on your desk, not filed")
        quietly(f"Why: {one.why.strip() or 'not said yet'}")
        say(f"Changed: {change_words(settling.base(), work.desk().now)}")
        quietly(said_words(one.base.said, said_of(work.now())))


def _merged(both: Reconciled) -> Case | None:
    """Ask for a side at each place that both changed, and return the merged case, or None until it can be."""
    say(in_words(both))
    choices: dict[str, str | None] = {}
    for clash in both.clashes:
        choices[clash.place] = _side(clash.place, value_words(clash.theirs), value_words(clash.mine), None)
    if both.taken:
        with st.expander("What only one of you changed"):
            for clash in both.taken:
                asked = _side(clash.place, value_words(clash.theirs), value_words(clash.mine), clash.taken)
                choices[clash.place] = asked
    table.show(COLUMNS, rows((*both.clashes, *both.taken), choices), alt="What was changed, and whose word holds")
    if None in choices.values():
        quietly("Choose a side for each place that both of you changed.")
        return None
    try:
        return both.settled(choices)  # type: ignore[arg-type]
    except CaseError as error:
        say("These parts do not fit together yet; choose otherwise:")
        cells = [(fault.place, fault.got, fault.allowed) for fault in error.faults]
        table.show(("place", "got", "allowed"), cells)
        return None


def _side(place: str, theirs: str, mine: str, preset: str | None) -> str | None:
    said = {"theirs": f"Theirs: {theirs}", "mine": f"Mine: {mine}"}
    return st.radio(
        escaped(place_words(place)),
        [*said],
        index=None if preset is None else [*said].index(preset),
        format_func=lambda side: escaped(said[side]),
        key=f"side_{place}",
        horizontal=True,
    )


def _preview(found: Case | Campaign | None) -> None:
    """Say what the model would say, before anything is filed."""
    if found is None:
        return
    try:
        said = said_of(memory.verdict(found, work.settings()))
    except ImpossibleEvidence as error:
        say(f"This cannot be assessed: {error}.")
        return
    say(f"From yours to this: {said_words(said_of(work.now()), said)}")


def _settle(found: Case | Campaign, way: str) -> None:
    if way == THEIRS:
        settling.take_theirs()
    else:
        settling.file(found, str(st.session_state.get(WHY, "")), whole=way == MINE)
