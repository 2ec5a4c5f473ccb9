"""Who may come in: anyone on this machine; from elsewhere, who knows the passphrase."""

from __future__ import annotations

import hmac
import secrets
import time

import streamlit as st

from dashboard.ui.addresses import is_loopback
from dashboard.ui.keys import Key

PASSPHRASE = secrets.token_urlsafe(9)
"""Made anew at each start and printed in the terminal."""

_PAUSE_AFTER_A_WRONG_ONE = 1.0


def ensure_signed_in() -> None:
    """Go on if the visitor may come in; otherwise ask for the passphrase and stop the page."""
    if is_loopback(st.get_option("server.address")) or st.session_state.get(Key.SIGNED_IN):
        return
    st.title("Counterweight")
    with st.form("sign-in", border=False):
        given = st.text_input("Passphrase", type="password")
        asked = st.form_submit_button("Sign in", type="primary", key=Key.SIGN_IN)
    if asked and hmac.compare_digest(given.encode(), PASSPHRASE.encode()):
        st.session_state[Key.SIGNED_IN] = True
        st.rerun()
    if asked:
        time.sleep(_PAUSE_AFTER_A_WRONG_ONE)
        st.error("That is not the passphrase. It stands in the terminal where the server runs.")
    st.stop()
