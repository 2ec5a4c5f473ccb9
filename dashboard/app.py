"""The ASGI entry: the Streamlit pages with their security headers, in one process on one port.

Start it with ``counterweight serve`` or ``streamlit run dashboard/app.py``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.security_headers import SecurityHeaders
from dashboard.ui.question_folder import served_folder
from dashboard.ui.sign_in import announce


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    announce(served_folder())
    yield


app = st.App(
    Path(__file__).with_name("main.py"),
    lifespan=_lifespan,
    middleware=[Middleware(SecurityHeaders)],
)

if __name__ == "__main__":
    app.run()
