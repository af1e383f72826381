"""Which draws are used: those of the priors or of a fit, how many, from which seed; how healthy the fit is."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cybercoercion.app import background, memory, work
from cybercoercion.app.parts import section, working
from cybercoercion.app.parts.words import quietly
from cybercoercion.case import Fault
from cybercoercion.fit.signature import DifferentModel
from cybercoercion.fit.store import UnreadableFit
from cybercoercion.screen.fit_health import Health, health, scores_section

PRIORS, FIT = "The priors", "The fit that ships"
DRAWS = (1_000, 2_000, 4_000, 8_000, 16_000)
ENOUGH = "as many as it takes"


def show() -> None:
    """Show what the answer is computed with; a change computes everything anew and leaves the case alone."""
    asked = work.settings()
    st.session_state["fit_choice"] = PRIORS if asked.fit is None else FIT
    st.session_state["draws_choice"] = asked.draws or ENOUGH
    st.session_state["seed_choice"] = asked.seed
    one, two, three = st.columns(3)
    with one:
        st.selectbox("Draws come from", (PRIORS, FIT), key="fit_choice", on_change=_chosen)
    with two:
        st.selectbox("Number of draws", (ENOUGH, *DRAWS), key="draws_choice", on_change=_chosen)
    with three:
        st.number_input("Seed", min_value=0, max_value=2**31, step=1, key="seed_choice", on_change=_chosen)
    if asked.fit is not None:
        working.show("health", _health(asked), _draw, words="checking the fit", height=200)
    scores = scores_section()
    box = st.expander(scores.title, key="scores", on_change="rerun")
    quietly(scores.sentences[0])
    if box.open:
        with box:
            section.show(scores, title=False)


def _chosen() -> None:
    """Compute with what was chosen, unless the fit was made for another model: then say what differs."""
    draws = st.session_state["draws_choice"]
    wanted = memory.Settings(
        seed=int(st.session_state["seed_choice"]),
        draws=None if draws == ENOUGH else int(draws),
        fit=None if st.session_state["fit_choice"] == PRIORS else "default",
    )
    try:
        memory.knowledge(wanted)
    except (DifferentModel, UnreadableFit) as error:
        allowed = "a fit made for this model"
        work.refuse([Fault(file="fit", place=PRIORS, got=line, allowed=allowed) for line in str(error).splitlines()])
    else:
        work.set_settings(wanted)


def _health(asked: memory.Settings) -> working.Make[Health]:
    def make(_: background.Progress) -> Health:
        bare = memory.knowledge(replace(asked, fit=None))
        return health(memory.fit(asked), bare)

    return make


def _draw(found: Health, _stale: bool) -> None:  # noqa: FBT001
    section.show(found.section())
    rest = st.expander("What passed", key="passed", on_change="rerun")
    if rest.open:
        with rest:
            section.show(found.passed(), title=False)
