"""The router: look, navigation, and what stands around every view."""

import streamlit as st

from cybercoercion.app import frame, identity

st.set_page_config(page_title="Cyber coercion", layout="wide", initial_sidebar_state="collapsed")
frame.show(
    st.navigation(
        [
            st.Page("views/brief.py", title="Brief", url_path="brief", default=True),
            st.Page("views/evidence.py", title="Evidence", url_path="evidence"),
            st.Page("views/beliefs.py", title="Beliefs", url_path="beliefs"),
            st.Page("views/decision.py", title="Decision", url_path="decision"),
            st.Page("views/change_our_mind.py", title="Change our mind", url_path="change"),
            st.Page("views/compare.py", title="Compare", url_path="compare"),
            st.Page("views/assumptions.py", title="Assumptions", url_path="assumptions"),
        ],
        position="top" if identity.admitted() else "hidden",
    )
)
