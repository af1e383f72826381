"""The verbs by which two changes of one filed case are settled; whatever is chosen, undo brings my own back."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import filing, identity, work
from cybercoercion.app.filing import OVERTAKEN, Overtaken
from cybercoercion.app.shelf import store
from cybercoercion.case import Campaign, Case, CaseError
from cybercoercion.case.loading import load_text
from cybercoercion.case.reconciling import Reconciled, reconcile
from cybercoercion.desk import Place, change_words
from cybercoercion.desk.desk import text_of
from cybercoercion.screen.filed import said_of
from cybercoercion.store import Conflict, StoreError, UnknownCase


def overtaken() -> Overtaken | None:
    """Return who filed first, or None where nobody did."""
    found: Overtaken | None = st.session_state.get(OVERTAKEN)
    return found


def theirs() -> Case | Campaign:
    """Return the case as the other filed it."""
    one = overtaken()
    assert one is not None
    return load_text(one.theirs.text)


def base() -> Case | Campaign:
    """Return the case that both were made from."""
    one = overtaken()
    assert one is not None
    return load_text(one.base.text)


def both() -> Reconciled | None:
    """Return both changes put together, or None where one is of a campaign."""
    three = base(), theirs(), work.desk().now
    if any(isinstance(one, Campaign) for one in three):
        return None
    return reconcile(*three)  # type: ignore[arg-type]


def take_theirs() -> None:
    """Go on with what the other filed; mine is one undo away."""
    one, desk = overtaken(), work.desk()
    if one is None:
        return
    words = f"Took over revision {one.theirs.revision} of {one.theirs.who}"
    filed = Place(id=one.theirs.id, revision=one.theirs.revision)
    work.put(desk.changed(theirs(), words).saved(one.theirs.text, filed))
    st.session_state.pop(OVERTAKEN, None)
    st.session_state[filing.TOLD] = f"{words}. Undo brings your own case back."


def file(case: Case | Campaign, why: str, *, whole: bool) -> None:
    """File a case on top of theirs; ``whole`` says that it is mine as it stands, over what they changed."""
    one, desk = overtaken(), work.desk()
    if one is None:
        return
    reason = why.strip() or filing.NO_REASON
    if whole:
        reason = f"{reason} (over revision {one.theirs.revision} of {one.theirs.who}: {lost()})"[:1900]
        settled = desk
    else:
        settled = desk.changed(case, f"Merged with revision {one.theirs.revision} of {one.theirs.who}")
    try:
        text = text_of(one.theirs.text, case) if isinstance(case, Case) else filing.text_of(desk)
        said = said_of(work.assessed(case, "what would be filed"))
        filed = store().save(one.theirs.id, one.theirs.revision, text, who=identity.who(), why=reason, said=said)
    except Conflict as conflict:  # a third one came in between: ask again, with what all of mine was made from
        st.session_state[OVERTAKEN] = Overtaken(base=one.base, theirs=conflict.theirs, why=why)
    except UnknownCase as error:
        filing.gone(error)
    except (CaseError, StoreError) as error:
        work.refuse(error.faults)
    else:
        filing.done(settled, filed)


def lost() -> str:
    """Return what they changed, in words."""
    return change_words(base(), theirs())


def cancel() -> None:
    """Back to the desk as it is; the next save asks again."""
    st.session_state.pop(OVERTAKEN, None)
