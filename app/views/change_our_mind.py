"""Change our mind: what would flip the answer, which reports carry it, what to find out, and two inputs at once."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import answer, depth, experiments, flip_set, policy_map, tipping, tornado, worth
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.change_our_mind import unanswered

card = st.container()
said: list[str] = []
left, right = st.columns([11, 9], gap="large")
with right:
    worth.show()  # asked for first: it takes a tenth of what the rest takes
with left:
    tipping.show(said.append)
    flip_set.show()
with right:
    policy_map.show()
experiments.show()
if depth.analyst():
    tornado.show()
with card:
    answer.show(said[0] if said else unanswered(work.now()))
quietly(work.now().run_line)
