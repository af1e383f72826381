"""The verbs between the desk of a session and the store: open, save, reopen, delete. No edit is lost on any of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from cybercoercion.app import drafts, identity, work
from cybercoercion.app.parts import drawer
from cybercoercion.app.shelf import store
from cybercoercion.case import Campaign, Case, CaseError, Fault, load, read_shipped
from cybercoercion.case.campaign_writing import says
from cybercoercion.case.loading import decoded, load_text
from cybercoercion.desk import Desk, Place, opened
from cybercoercion.screen.filed import said_of
from cybercoercion.screen.opening import blank
from cybercoercion.store import Conflict, Filed, StoreError, Summary, UnknownCase

ARRIVED, SET_ASIDE, OVERTAKEN, TOLD = "arrived", "set_aside", "overtaken", "told"
NO_REASON = "No reason given"
MOST = 20  # cases in the list
ROOM = 9  # cases that can be set aside, each with an experiment


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Two changed one revision, ``base``; ``theirs`` was filed first, mine is on the desk."""

    base: Filed
    theirs: Filed
    why: str


def arrive() -> None:
    """Lay on the desk what the address of a new page names: unfiled work, a filed case, or else the example."""
    if ARRIVED in st.session_state:
        return
    st.session_state[ARRIVED] = True
    if work.DESK in st.session_state:
        return
    linked = None
    if "case" in st.query_params:
        linked = _tried(lambda: _linked(st.query_params["case"], st.query_params.get("revision")))
    if linked is not None and _tried(lambda: work.assessed(linked.now, linked.now.title)) is None:
        linked = None
    start = linked or work.desk()
    desk, set_aside, missed = drafts.take(start)
    if any(_tried(lambda one=one: work.assessed(one.now, one.now.title)) is None for one in (desk, desk.home or desk)):
        desk, set_aside = start, (desk, *set_aside)  # other tables than when it was kept
    faults = work.refused()
    if missed:
        got = f"{missed} name{'s' if missed > 1 else ''} of unfiled work that is not there any more"
        faults = (
            *faults,
            Fault(file="this address", place="draft", got=got, allowed="what was not filed or discarded"),
        )
    work.put(desk)
    work.refuse(faults)
    st.session_state[SET_ASIDE] = set_aside


def keep() -> None:
    """Keep what is unfiled, and write into the address what is open: opaque names, nothing of the case."""
    desk = work.desk()
    drafts.keep(desk, aside())
    place = (desk.home or desk).place
    for name, value in (("case", place and place.id), ("revision", place and str(place.revision))):
        if st.query_params.get(name) != value:
            if value:
                st.query_params[name] = value
            else:
                del st.query_params[name]


def aside() -> tuple[Desk, ...]:
    """Return the desks that were set aside when another case was opened."""
    found: tuple[Desk, ...] = st.session_state.get(SET_ASIDE, ())
    return found


def told() -> str | None:
    """Return what was done last with the store, in a sentence."""
    found: str | None = st.session_state.get(TOLD)
    return found


def open_shipped(name: str) -> None:
    """Open a shipped case."""
    _lay(_tried(lambda: opened(load(name), read_shipped(name))))


def open_file(name: str, content: bytes) -> None:
    """Open an uploaded file; what is wrong with it is told, all at once, and the old case stays."""
    label = re.sub(r"[^\w. -]", "_", name)[-60:] or "file"

    def read() -> Desk:
        text = decoded(content, label)
        desk = opened(load_text(text, label), text)
        work.assessed(desk.now, label)
        return desk

    _lay(_tried(read))


def open_blank(title: str, frame: str | None, target: str, kind: str) -> None:
    """Open a blank case."""

    def make() -> Desk:
        if frame is None:
            allowed = "one of the four; it moves the base rates by two orders of magnitude"
            raise CaseError((Fault(file="new case", place="how it came to attention", got="nothing", allowed=allowed),))
        return opened(*blank(title, frame=frame, target=target, kind=kind))

    _lay(_tried(make))


def open_filed(name: str, revision: int | None = None) -> None:
    """Open a revision of a filed case, by default the latest."""
    _lay(_tried(lambda: _filed(name, revision)))


def take_up(number: int) -> None:
    """Go on with what was set aside."""
    before, one = aside(), aside()[number]
    let_go(number)
    if not _lay(one):
        st.session_state[SET_ASIDE] = before


def let_go(number: int) -> None:
    """Discard what was set aside."""
    st.session_state[SET_ASIDE] = tuple(other for place, other in enumerate(aside()) if place != number)


def recent() -> tuple[Summary, ...]:
    """Return the cases that were filed last; where people log in, those that this person filed."""
    return _tried(lambda: store().recent(MOST, identity.owner())) or ()


def history() -> tuple[Filed, ...]:
    """Return the revisions of the case on the desk, or none where it is not filed."""
    place = (work.desk().home or work.desk()).place
    return (_tried(lambda: store().history(place.id)) or ()) if place is not None else ()


def save(why: str, *, anew: bool = False) -> None:
    """File the case as it stands: the next revision, or ``anew`` as a case of its own."""
    desk = work.desk()
    place = None if anew else desk.place
    if desk.home is not None or (place is not None and not desk.unfiled):
        return
    reason = why.strip() or NO_REASON
    try:
        text = text_of(desk)
        said = said_of(work.now())
        if place is None:
            filed = store().create(text, who=identity.who(), why=reason, said=said)
        else:
            filed = store().save(place.id, place.revision, text, who=identity.who(), why=reason, said=said)
    except Conflict as conflict:
        st.session_state[OVERTAKEN] = Overtaken(base=conflict.base, theirs=conflict.theirs, why=why)
        drawer.close()
    except UnknownCase as error:
        gone(error)
    except (CaseError, StoreError) as error:
        work.refuse(error.faults)
    else:
        done(desk, filed)


def gone(error: UnknownCase) -> None:
    """Keep the work on a case that somebody deleted meanwhile; the next save files it anew."""
    work.put(replace(work.desk(), place=None))
    st.session_state.pop(OVERTAKEN, None)
    work.refuse(error.faults)


def done(desk: Desk, filed: Filed) -> None:
    """Lay the desk whose case was just filed."""
    work.put(desk.saved(filed.text, Place(id=filed.id, revision=filed.revision)))
    st.session_state[TOLD] = f"Saved as revision {filed.revision}."
    st.session_state.pop(OVERTAKEN, None)
    drawer.close()


def text_of(desk: Desk) -> str:
    """Return the case as it stands as a file.

    Raises
    ------
    CaseError
        If it is a campaign with changes that belong into the files of its episodes.
    """
    text = desk.toml
    if isinstance(desk.now, Campaign) and not says(text, desk.now):
        got, allowed = "changes within its episodes", "changes of what all share; open an episode to change and file it"
        raise CaseError((Fault(file="this campaign", place="cases", got=got, allowed=allowed),))
    return text


def delete(typed: str) -> None:
    """Delete the filed case with all its revisions, if its title was typed; the case stays on the desk, unfiled."""
    desk = work.desk()
    filed = history()
    if not filed or desk.home is not None or desk.place is None:
        return
    if typed.strip() != filed[-1].title:
        _refuse("this case", "its title", "another text" if typed.strip() else "nothing", "the title as it is filed")
        return
    if identity.owner() not in (None, filed[0].who):
        _refuse("this case", "delete", "somebody who did not file it first", filed[0].who)
        return
    try:
        store().delete(desk.place.id)
    except StoreError as error:
        work.refuse(error.faults)
        return
    st.session_state[SET_ASIDE] = tuple(one for one in aside() if (one.home or one).place != desk.place)
    work.put(opened(desk.now, desk.toml))
    st.session_state[TOLD] = "Deleted, with every revision. What you see is on your desk only."
    drawer.close()


def file_name(source: Case | Campaign) -> str:
    """Return a harmless file name."""
    return f"{re.sub(r'[^a-z0-9-]', '', source.id)[:64] or 'case'}.toml"


def _lay(desk: Desk | None) -> bool:
    """Lay another case on the desk, if it can be; unfiled changes of the one that lies there are set aside."""
    if desk is None or _tried(lambda: work.assessed(desk.now, desk.now.title)) is None:
        return False
    old = work.desk()
    if old.unfiled or old.home is not None:
        if len(aside()) >= ROOM:
            got = f"{len(aside())} cases set aside, and one more with changes that are not filed"
            _refuse("this case", "open", got, f"at most {ROOM}: file or discard one first")
            return False
        st.session_state[SET_ASIDE] = (*aside(), old)
    work.put(desk)
    st.session_state.pop(TOLD, None)
    drawer.close()
    return True


def _linked(name: str, revision: str | None) -> Desk:
    number = int(revision) if revision and re.fullmatch(r"[0-9]{1,9}", revision) else 0 if revision else None
    return _filed(name, number)


def _filed(name: str, revision: int | None) -> Desk:
    found = store().load(name, revision)
    return opened(load_text(found.text), found.text, Place(id=found.id, revision=found.revision))


def _tried[T](make: Callable[[], T]) -> T | None:
    """Return what is made, or None where it was refused; the faults are kept."""
    try:
        return make()
    except (CaseError, StoreError) as error:
        work.refuse(error.faults)
    return None


def _refuse(file: str, place: str, got: str, allowed: str) -> None:
    work.refuse((Fault(file=file, place=place, got=got, allowed=allowed),))
