"""Brief: the answer, three beliefs, what each response costs, for somebody who has three minutes."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import answer, brief_beliefs, brief_changes, brief_costs, experiments
from cybercoercion.app.parts.words import quietly

answer.show()
left, right = st.columns([5, 9], gap="large")
with left:
    brief_beliefs.show()
with right:
    brief_costs.show()
    changes, trial = st.columns(2)
    with changes:
        brief_changes.show()
    with trial:
        experiments.show()
quietly(work.now().run_line)
