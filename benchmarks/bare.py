"""Bare Streamlit apps to measure against, started like the dashboard."""

from __future__ import annotations

import sys
from pathlib import Path

APPS = Path(__file__).parent / "apps"


def bare_app(script: str) -> tuple[str, ...]:
    """The command that serves a script of ``apps``; ``{port}`` stands for the port."""
    options = {
        "port": "{port}",
        "address": "127.0.0.1",
        "headless": "true",
    }
    server = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    quiet = ("--browser.gatherUsageStats", "false", "--browser.serverAddress", "localhost")
    return (sys.executable, "-m", "streamlit", "run", str(APPS / script), *server, *quiet)
