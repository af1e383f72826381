"""What the source gave us: questions that lead to the right kind of finding, and five examples for who is unsure."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import streamlit as st

from cybercoercion.app.parts.report_held import held, value
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.screen.evidence_kinds import (
    ABSENT,
    ASKED_COUNTED,
    ASKED_DETECTION,
    ASKED_FIRST,
    ASKED_LATER,
    CHOICES,
    GIVEN,
    JUDGED,
    NOBODY,
    NOTHING,
    choice_of,
    kind_of,
)

NO, YES = "No", "Yes"


@cache
def examples() -> tuple[dict[str, object], ...]:
    """Return the prepared examples, each a situation with its answers and the kind that is right."""
    text = files("cybercoercion.app").joinpath("kinds.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["examples"])


def first() -> str:
    """Ask what the source gave us."""
    st.radio(ASKED_FIRST, list(GIVEN), key=held("given"), format_func=GIVEN.__getitem__)
    with st.popover("Not sure? Five examples", type="tertiary"):
        for number, one in enumerate(examples(), start=1):
            say(f"{number}. {one['situation']}")
            quietly(f"{_way(one)}. {one['why']}")
    given = str(value("given"))
    if given == NOBODY:
        st.info(escaped(NOTHING))
    return given


def detection() -> None:
    """Ask how likely they would have seen what they did not see."""
    st.slider(escaped(ASKED_DETECTION), 1, 100, key=held("detection"), format="%d %%")


def second() -> None:
    """Ask what a judgement already contains, and whether it may still move; say what follows."""
    st.radio(ASKED_COUNTED, [NO, YES], key=held("counted"), horizontal=True)
    if counted():
        st.radio(ASKED_LATER, [YES, NO], key=held("later"), horizontal=True)
    kind = kind_of(JUDGED, counted=counted(), later=later())
    assert kind is not None
    for one in CHOICES:
        if one.kind == kind:
            st.markdown(f"**{escaped(one.name)}.** {escaped(one.text)}")
            quietly(f"Example: {one.example}")


def counted() -> bool:
    """Whether the person had already taken our other reports into account."""
    return bool(value("counted") == YES)


def later() -> bool:
    """Whether later reports may change it."""
    return not counted() or bool(value("later") == YES)


def _way(one: dict[str, object]) -> str:
    """Return the right way in the words of the screen."""
    given = str(one["given"])
    if given in (JUDGED, ABSENT):
        return choice_of(str(one["kind"])).name if given == JUDGED else GIVEN[ABSENT]
    return GIVEN[given]
