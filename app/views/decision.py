"""Decision: what each response costs, how surely the first is cheapest, why, and what else could be done."""

from dataclasses import replace

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import (
    answer,
    cost_attitudes,
    cost_cards,
    cost_price,
    cost_scale,
    cost_switches,
    cost_variants,
    cost_why,
    fold,
    stake_sliders,
    stakes,
)
from cybercoercion.app.parts.depth import analyst
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.cost_rows import cost_rows
from cybercoercion.screen.decision import view_sentence


def draw_more() -> None:
    """Assess with twice as many draws."""
    work.set_settings(replace(work.settings(), draws=2 * work.now().assessment.knowledge.size))


answer.show()
view, futures = cost_switches.show()
rows = cost_rows(work.now(), work.before(), view=view, futures=futures)
main, side = st.columns([7, 3], gap="medium")
with main:
    st.subheader("Four responses and nothing new, cheapest first", anchor=False)
    say(rows.caption)
    quietly(view_sentence(work.now(), rows))
    if rows.sampling:
        st.button("Draw more", key="draw_more", on_click=draw_more, help="Twice as many draws may part a tie.")
    cost_cards.show(rows)
with side:
    st.subheader("Try it", anchor=False)
    stake_sliders.show()
    cost_scale.show(rows)
fold.show("All stakes", stakes.show, key="stakes")
fold.show("Why this cost?", lambda: cost_why.show(rows), key="why")
fold.show("Other attitudes to risk", lambda: cost_attitudes.show(view), key="attitudes")
fold.show("Variants, and whom they are aimed at", lambda: cost_variants.show(view, futures=futures), key="variants")
fold.show("Two responses together", lambda: cost_variants.together(view, futures=futures), key="pairs")
if analyst():
    fold.show("The price of escalation", lambda: cost_price.show(view, futures=futures), key="price")
quietly(work.now().run_line)
