"""A dashboard whose page has a fault of the program: what `app.py` shows then, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from dashboard.ui import mishap

CONFIG = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": False,
}

app = st.App(Path(__file__).with_name("failing_page.py"), on_script_error=mishap.show)

if __name__ == "__main__":
    app.run(config={**CONFIG, "server.port": int(sys.argv[1])})
