"""A dashboard with one page that shows a QR code and keeps a word: under our headers."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.ui import remembered
from dashboard.ui.security_headers import SecurityHeaders
from tests.e2e.apps.failing import CONFIG

app = st.App(
    Path(__file__).with_name("pieces_page.py"),
    routes=[remembered.ROUTE],
    middleware=[Middleware(SecurityHeaders)],
)

if __name__ == "__main__":
    app.run(config={**CONFIG, "server.port": int(sys.argv[1])})
