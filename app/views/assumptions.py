"""Assumptions: what is taken for granted, where the numbers come from, which fit is used, and what was warned of."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import answer, changes, fitted, ledger, register
from cybercoercion.app.parts.words import quietly, say
from cybercoercion.screen.warnings import warnings

answer.show()
register.show()
ledger.show()
st.subheader("What the answer is computed with", anchor=False)
fitted.show()
st.subheader("What to be careful about", anchor=False)
found = warnings(work.now())
for warning in found:
    say(warning)
if not found:
    say("Nothing: enough draws carry the weight, and no report contradicts the rest.")
changes.show()
quietly(work.now().run_line)
