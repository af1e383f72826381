"""Which scenarios are compared: chosen from what the desk, the shelf and the library hold; kept, renamed, let go."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cybercoercion.app import filing, shelf, work
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.case import Campaign, Case, CaseError, load
from cybercoercion.case.loading import load_text
from cybercoercion.screen import scenarios
from cybercoercion.screen.opening import titles
from cybercoercion.store import StoreError

CHOSEN, PRESET, NAME = "compare_chosen", "compare_preset", "scenario_name"


def show() -> dict[str, Case | Campaign]:
    """Show what can be compared, and return what is, by name; the first is what the others are compared with."""
    desk = work.desk()
    stored = {one.id: one.title for one in filing.recent()}
    names = scenarios.offered(desk, titles(), stored)
    preset = scenarios.chosen_first(desk)
    chosen = [name for name in st.session_state.get(CHOSEN, preset) if name in names]
    if chosen == st.session_state.get(PRESET):  # nobody chose: what is shown follows the desk
        chosen = list(preset)
    st.session_state[CHOSEN], st.session_state[PRESET] = chosen, list(preset)
    st.multiselect(
        "Compare two to four; the first is what the others are compared with",
        list(names),
        format_func=names.__getitem__,
        key=CHOSEN,
        max_selections=scenarios.MOST,
        persist_state="session",
        placeholder="Choose scenarios",
    )
    found = {names[name]: source for name in chosen if (source := _source(name)) is not None}
    if len(found) < len(chosen):
        quietly("What could not be read is left out.")
    return found


def keep() -> None:
    """Show how to keep the case as it stands, and what was kept."""
    desk = work.desk()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of the scenario", key=NAME, max_chars=80, placeholder=scenarios.name_for(desk))
        st.button("Keep the case as it is now as a scenario", key="scenario_keep", on_click=_keep)
    for number, one in enumerate(desk.kept):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"kept_{number}"):
            key = f"kept_name_{number}"
            st.session_state[key] = one.name
            st.text_input(f"Kept scenario {number + 1}", key=key, max_chars=80, on_change=_rename, args=(one.name, key))
            st.button("Remove", key=f"kept_remove_{number}", on_click=_remove, args=(one.name,), help=escaped(one.name))


def too_few() -> None:
    """Say how to get a second scenario, with a button for each way."""
    say("A comparison takes two scenarios. Change something, in any view, and compare it with the case as filed; or "
        "keep the case as it is now under a name, change it, and compare; or choose another case above.")  # fmt: skip
    desk = work.desk()
    if desk.unfiled:
        choose = partial(_choose, scenarios.FILED, scenarios.NOW)
        st.button("Compare with the case as filed", key="compare_filed", on_click=choose)
    else:
        quietly("The case now is the case as filed: nothing was changed yet.")


def _source(name: str) -> Case | Campaign | None:
    kind, _, rest = name.partition(":")
    try:
        if f"{kind}:" == scenarios.SHIPPED:
            return load(rest)
        if f"{kind}:" == scenarios.STORED:
            return load_text(shelf.store().load(rest).text)
    except (CaseError, StoreError):
        return None
    return scenarios.own_source(work.desk(), name)


def _keep() -> None:
    desk = work.desk()
    name = st.session_state.get(NAME, "").strip() or scenarios.name_for(desk)
    work.put(scenarios.keep(desk, name))
    st.session_state[NAME] = ""
    _choose(*st.session_state.get(CHOSEN, ()), f"{scenarios.KEPT}{name}")


def _rename(old: str, key: str) -> None:
    new = st.session_state[key].strip()
    desk = scenarios.renamed(work.desk(), old, new)
    if desk != work.desk():
        work.put(desk)
        before, after = f"{scenarios.KEPT}{old}", f"{scenarios.KEPT}{new}"
        st.session_state[CHOSEN] = [after if one == before else one for one in st.session_state.get(CHOSEN, ())]


def _remove(name: str) -> None:
    work.put(scenarios.let_go(work.desk(), name))


def _choose(*names: str) -> None:
    st.session_state[CHOSEN] = list(dict.fromkeys(names))[: scenarios.MOST]
