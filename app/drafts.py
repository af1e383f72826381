"""What a session would lose if the browser or the server went away, kept in the store after each change.

Each piece lies under a token of its own that nobody can guess; the tokens stand in the address of the page, nothing
else. A page that is opened twice does not write over what the other one kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cybercoercion.app import identity
from cybercoercion.app.shelf import store
from cybercoercion.case import Campaign, Case, CaseError
from cybercoercion.case.campaign_writing import update_campaign
from cybercoercion.case.loading import load_text
from cybercoercion.case.quick import quick_toml
from cybercoercion.desk import Desk, Place, opened
from cybercoercion.store import Draft, StoreError, UnknownCase, new_id

DRAFT, TRIAL, KEPT, ASIDE = "draft", "trial", "kept", "aside"
ROLES = (DRAFT, TRIAL, KEPT, ASIDE)
HELD, UNKEPT = "drafts_held", "drafts_unkept"
_HOLDERS: dict[str, str] = {}  # which session writes under a token
MOST = 20  # pieces of one role


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of unfiled work: the case as it stands, the file that it was made from, and what was done."""

    source: Case | Campaign
    filed_text: str
    place: Place | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """A piece and its token, and whether it is this page that writes under it."""

    token: str
    slip: Slip
    own: bool


type Key = tuple[str, str]  # role, and name within it


def slips(desk: Desk, aside: tuple[Desk, ...]) -> Iterator[tuple[Key, Slip]]:
    """Yield everything that would be lost."""
    home = desk.home or desk
    if home.unfiled:
        yield (DRAFT, ""), Slip(home.now, home.text, home.place, home.sentence)
    if desk.home is not None:
        yield (TRIAL, ""), Slip(desk.now, home.text, None, desk.trial)
    for scenario in desk.kept[-MOST:]:
        yield (KEPT, scenario.name), Slip(scenario.source, home.text, None, scenario.name)
    for other in aside:
        for one in (other, *((other.home,) if other.home is not None and other.home.unfiled else ())):
            place = (one.home or one).place
            yield (ASIDE, f"{one.now.title} {hash(one.now)}"), Slip(one.now, one.text, place, one.sentence)


def keep(desk: Desk, aside: tuple[Desk, ...]) -> None:
    """Keep what changed since it was kept last, forget what was filed or taken back, and mark the address."""
    held: dict[Key, Held] = st.session_state.setdefault(HELD, {})
    wanted = dict(slips(desk, aside))
    st.session_state.pop(UNKEPT, None)
    for key, slip in wanted.items():
        old = held.get(key)
        if old is not None and old.slip == slip:
            continue
        token = old.token if old is not None and old.own else new_id()
        try:
            _write(token, slip)
        except (StoreError, CaseError) as error:
            st.session_state[UNKEPT] = error.faults[0].got
        else:
            held[key] = Held(token, slip, own=_mine(token))
    gone = [held.pop(key) for key in [*held] if key not in wanted]
    if gone:
        _forget(gone)
    for role in ROLES:
        _mark(role, [one.token for (place, _), one in held.items() if place == role])


def take(desk: Desk) -> tuple[Desk, tuple[Desk, ...], int]:
    """Return the desk and what lay aside when the page was open before, and how much of it is not there any more.

    Parameters
    ----------
    desk
        What to work on where the address names no unfiled work.
    """
    found: dict[str, list[str]] = {role: [] for role in ROLES}  # tokens under which something lay
    missed = 0

    def each(role: str, most: int) -> Iterator[Desk]:
        nonlocal missed
        for token in st.query_params.get_all(role)[:most]:
            one = _taken(token)
            if one is None:
                missed += 1
            else:
                found[role].append(token)
                yield one

    for one in each(DRAFT, 1):
        desk = one
    for one in each(KEPT, MOST):
        desk = desk.tried("", one.now).keeping(one.moments[-1].sentence).discarded()
    for one in each(TRIAL, 1):
        desk = desk.tried(one.moments[-1].sentence, one.now)
    aside = (*each(ASIDE, MOST),)
    held: dict[Key, Held] = st.session_state.setdefault(HELD, {})
    for key, slip in slips(desk, aside):
        if found[key[0]]:
            token = found[key[0]].pop(0)
            held[key] = Held(token, slip, own=_mine(token))
    return desk, aside, missed


def unkept() -> str | None:
    """Return why the last change could not be kept, or None where it was."""
    found: str | None = st.session_state.get(UNKEPT)
    return found


def _write(token: str, slip: Slip) -> None:
    text = quick_toml(slip.source) if isinstance(slip.source, Case) else update_campaign(slip.filed_text, slip.source)
    plain = {"text": text, "filed_text": slip.filed_text, "who": identity.who(), "sentence": slip.sentence}
    if slip.place is None:
        store().keep(token, Draft(**plain))
        return
    try:
        store().keep(token, Draft(**plain, id=slip.place.id, revision=slip.place.revision))
    except UnknownCase:  # somebody deleted the case meanwhile: the work on it is kept all the same
        store().keep(token, Draft(**plain))


def _forget(gone: list[Held]) -> None:
    """Forget pieces, but for those of a page that is open beside this one."""
    for one in gone:
        if one.own:
            try:
                store().drop(one.token)
            except StoreError:  # what remains of it is nobody's, and no reason to disturb
                return


def _mine(token: str) -> bool:
    """Take a token for this page, unless another page that is open writes under it; say whether it was taken."""
    me = get_script_run_ctx()
    holder = _HOLDERS.get(token)
    if holder is not None and me is not None and holder != me.session_id and _open(holder):
        return False
    if me is not None:
        _HOLDERS[token] = me.session_id
    return True


def _open(session: str) -> bool:
    """Whether the page of a session is open; one that was reloaded or closed is not."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)


def _taken(token: str) -> Desk | None:
    """Return the desk of a draft, or None where there is none for who is here."""
    try:
        draft = store().draft(token)
        if draft is None or (identity.owner() is not None and draft.who != identity.owner()):
            return None
        base, now = load_text(draft.filed_text), load_text(draft.text)
    except (StoreError, CaseError):
        return None
    place = None
    if draft.id is not None and draft.revision is not None:
        place = Place(id=draft.id, revision=draft.revision)
    return opened(base, draft.filed_text, place).changed(now, draft.sentence or "Changes that were not filed")


def _mark(name: str, values: list[str]) -> None:
    """Write into the address of the page, where it says something else."""
    if st.query_params.get_all(name) != values:
        if values:
            st.query_params[name] = values
        else:
            del st.query_params[name]
