"""Compare: two to four scenarios, what differs between them, and what that does to beliefs and costs."""

import streamlit as st

from cybercoercion.app import work
from cybercoercion.app.parts import answer, compared, scenarios
from cybercoercion.app.parts.words import quietly
from cybercoercion.screen.scenarios import LEAST, waiting_words

card = st.container()
said: list[str] = []
sources = scenarios.show()
if len(sources) < LEAST:
    scenarios.too_few()
else:
    compared.show(sources, said.append)
st.subheader("Keep and rename scenarios", anchor=False)
scenarios.keep()
with card:
    answer.show(said[0] if said else waiting_words(len(sources)))
quietly(work.now().run_line)
