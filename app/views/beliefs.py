"""Beliefs: is it coercion, who is behind it, what does it demand; why we think so, and what would overturn it."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import answer, belief_coding, belief_framed, belief_question, belief_why
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.beliefs import kinds, lead, purposes, questions
from cybercoercion.screen.episodes import episodes

now, before = work.now(), work.before()
answered = coercion, actor, demand = questions(now, before)
answer.show(lead(answered))
quietly(
    "Dot: now. Ring: before your last change, where it moved by two points or more. Shading: 50, 80 and 90 % range."
)
first, second, third = st.columns(3, gap="large")
with first:
    belief_question.show(coercion)
    belief_question.show(purposes(now, before))
with second:
    belief_question.show(actor)
    belief_question.show(kinds(now, before))
with third:
    belief_question.show(demand)
    belief_question.show(episodes(now, before))
belief_why.show()
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("Is someone being framed?", anchor=False)
    belief_framed.show()
with right:
    st.subheader("How would the paper code it?", anchor=False)
    belief_coding.show()
quietly(now.run_line)
