"""Keeps and forgets a word for this browser, and shows a QR code."""

import streamlit as st

from dashboard.ui import remembered
from dashboard.ui.qr import qr_image

st.html(qr_image("http://192.168.1.5:8501/join/K7PM-3XQD"))
if st.button("Keep"):
    remembered.remember("facilitator", "key of the workshop")
if st.button("Keep two"):
    remembered.remember("other", "another word")
st.button("Forget", on_click=remembered.forget, args=("facilitator",))
st.text(f"Kept: {remembered.recall('facilitator')}, {remembered.recall('other')}")
remembered.deliver()
