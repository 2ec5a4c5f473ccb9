"""Every page begins with fresh caches, on a server bound to this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit import config

from dashboard.ui.cached import opinion_desk, question_folder


@pytest.fixture(autouse=True)
def _on_loopback() -> Iterator[None]:
    """Fresh caches, and a server bound to this machine only, as the configuration has it."""
    st.cache_data.clear()
    st.cache_resource.clear()
    question_folder.cache_clear()
    opinion_desk.cache_clear()
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)
