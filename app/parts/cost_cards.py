"""Each response as a card: its cost, how often it is cheapest, and twenty shapes beside the first choice."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app.parts import cost_behind
from cybercoercion.app.parts.figure import theme
from cybercoercion.app.parts.words import escaped, quietly
from cybercoercion.report.figure import Figure
from cybercoercion.report.palette import themed
from cybercoercion.screen.cost_row import CostRow
from cybercoercion.screen.cost_rows import CostRows
from cybercoercion.screen.decision import drawings

# colour and shape of each response; entanglement's name stands in the colour of text, which is easier to read
SIGNS = {
    "denial": ("green", "\N{BLACK CIRCLE}"),
    "punishment": ("red", "\N{BLACK UP-POINTING TRIANGLE}"),
    "entanglement": ("yellow", "\N{BLACK SQUARE}"),
    "norms": ("violet", "\N{BLACK DIAMOND}"),
    "nothing": ("gray", "\N{HEAVY GREEK CROSS}"),
}
PLAIN = ("entanglement", "nothing")
COST, OFTEN = 148, 164  # pixels: abreast also on a phone, where columns would be stacked or be a tab stop


def show(rows: CostRows) -> None:
    """Show the five, the cheapest first, and the numbers of all of them as a table."""
    drawn = drawings(rows)
    for row in rows.five:
        with st.container(border=True, key=f"card_{row.response}"):
            _card(row, drawn.get(row.response))
    cost_behind.show(rows, "costs")


def _card(row: CostRow, drawn: Figure | None) -> None:
    left, right = st.columns([5, 6], gap="medium")
    with left:
        quiet = row.response == "punishment" and row.note is not None  # below its threshold, and still priced
        name = named(row.response, row.name, rank=row.rank, quiet=quiet)
        st.markdown(f"{name}  \n:gray[{escaped(row.variant)}]")
        with st.container(horizontal=True, gap="xsmall"):
            st.markdown(
                f":small[:gray[Expected cost]]  \n**{escaped(row.cost_words)}** :gray[({escaped(row.range_words)})]",
                width=COST,
            )
            st.markdown(
                f":small[:gray[Cheapest in]]  \n**{escaped(row.cheapest_words)}** :gray[({escaped(row.share_words)})]",
                width=OFTEN,
            )
        if not row.first:
            st.markdown(f"**{escaped(row.extra_sentence)}**")
    with right:
        if drawn is not None:
            st.vega_lite_chart(
                themed(drawn, theme()), theme=None, key=f"figure_{drawn.name}", alt=drawn.caption, width="stretch"
            )
        quietly(row.caption)
    if row.note:
        quietly(row.note)


def named(response: str, name: str, *, rank: str = "", quiet: bool = False) -> str:
    """Return a response as markdown in its colour, with its shape."""
    colour, sign = SIGNS[response]
    bold = f"**{escaped(name)}**"
    if response not in PLAIN:
        bold = f":{'gray' if quiet else colour}[{bold}]"
    place = f":gray[{escaped(rank)}]\N{EN SPACE}" if rank else ""
    return f"{place}:{colour}[{sign}] {bold}"
