"""What a report would do, before it is entered: of a judgement all three ways side by side."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app.parts import table
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.report.words import DASH, percent
from cybercoercion.screen.evidence_preview import Outcome, ReportPreview


def show(found: ReportPreview) -> None:
    """Show the preview; faults are told where they are."""
    st.markdown("**What it would do**")
    if found.faults:
        table.show(("place", "got", "allowed"), [(one.place, one.got, one.allowed) for one in found.faults])
    if found.chosen.apart is not None:
        st.info(escaped(found.chosen.after))
    elif len(found.outcomes) > 1:
        _ways(found)
    else:
        for move in found.chosen.moves:
            say(f"{move.of}: {move.words}.")
    if found.leading:
        say(f"Leading actor: {found.leading}. First choice: {found.first}.")


def _ways(found: ReportPreview) -> None:
    whole = next((one for one in (found.chosen, *found.outcomes) if one.case is not None), None)
    if whole is not None:
        names = [one.name + (" (chosen)" if one is found.chosen else "") for one in found.outcomes]
        rows = [
            (move.of, percent(move.before), *(_after(one, place) for one in found.outcomes))
            for place, move in enumerate(whole.moves)
        ]
        table.show(("", "now", *names), rows, alt=found.difference)
    if found.difference is not None:
        say(found.difference)
    for one in found.outcomes:
        if one is found.chosen:
            st.markdown(f"**{escaped(one.name)}.** {escaped(one.after)}")
        else:
            quietly(f"{one.name}. {one.after}")


def _after(one: Outcome, place: int) -> str:
    return percent(one.moves[place].after) if one.case is not None else DASH
