"""The responses of the brief: one row each with its twenty shapes, nothing new among them, references beneath."""

from __future__ import annotations

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import cost_behind
from cybercoercion.app.parts.cost_cards import named
from cybercoercion.app.parts.figure import theme
from cybercoercion.app.parts.words import escaped, quietly, say
from cybercoercion.report.figure import Figure
from cybercoercion.report.palette import themed
from cybercoercion.report.words import DASH, money
from cybercoercion.screen.brief import drawings, how_to_read
from cybercoercion.screen.cost_row import CostRow
from cybercoercion.screen.cost_rows import cost_rows

WIDTHS = (5.4, 2.6, 6.3, 4.0, 4.0)  # of the columns of a row


def show() -> None:
    """Show what each response costs us, the cheapest first."""
    rows = cost_rows(work.now(), work.before())
    drawn = drawings(rows)
    st.subheader("What each response costs us", anchor=False)
    quietly(f"{rows.caption} {how_to_read(rows)}")
    with st.container(gap="small", key="rows"):
        for row in rows.five:
            _row(row, drawn.get(row.response))
    scale = " \N{MIDDLE DOT} ".join(f"{escaped(line.words)} **{money(line.expected)}**" for line in rows.scale)
    if scale:
        st.markdown(f"**For scale, unranked:** {scale}")
    say(rows.tail)
    cost_behind.show(rows, "rows")


def _row(row: CostRow, drawn: Figure | None) -> None:
    name, cost, plot, extra, often = st.columns(WIDTHS, gap="xsmall", vertical_alignment="center")
    name.markdown(f"{named(row.response, row.name, rank=row.rank)}  \n:small[:gray[{escaped(row.variant)}]]")
    cost.markdown(f"**{escaped(row.cost_words)}**  \n:small[:gray[{escaped(row.range_words)}]]")
    with plot:
        if drawn is None:
            quietly("the yardstick")
        else:
            st.vega_lite_chart(
                themed(drawn, theme()), theme=None, key=f"figure_{drawn.name}", alt=drawn.caption, width="stretch"
            )
    beside = f"**{escaped(row.extra_words)}** :small[on average]  \n:small[:gray[{escaped(row.extra_range_words)}]]"
    extra.markdown(DASH if row.first else beside)
    often.markdown(f"**{escaped(row.cheapest_words)}**  \n:small[:gray[cheapest, {escaped(row.share_words)}]]")
