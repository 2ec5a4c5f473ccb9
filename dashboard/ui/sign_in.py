"""Who may come in: with accounts set up, staff who signed in with theirs; else anyone on this
machine, and from elsewhere who knows the passphrase.
"""

from __future__ import annotations

import hmac
import math
import secrets
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard.model.errors import InputError
from dashboard.model.wording import counted
from dashboard.ui import remembered
from dashboard.ui.accounts import Accounts, accounts, name_of
from dashboard.ui.addresses import is_loopback
from dashboard.ui.html import element
from dashboard.ui.keys import FAILED_PARAMETER, Key, provider_key
from dashboard.ui.markdown import plain
from dashboard.workshop.limits import AttemptLimit

PASSPHRASE = secrets.token_urlsafe(9)
"""New at each start and printed in the terminal."""

ATTEMPTS = AttemptLimit(most=10, seconds=60)
"""Wrong passphrases by address. Whoever comes from this machine, as all do through a proxy on it
that does not name them, shares one count."""

_PURPOSE = "passphrase"
_CSS = Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8")


def ensure_signed_in() -> None:
    """Go on if the visitor may come in; otherwise ask them to sign in and stop the page."""
    st.html(f"<style>{_CSS}</style>")
    try:
        known = accounts()
    except InputError as error:
        st.title("Counterweight")
        st.error(f"Nobody can sign in, since accounts are set up wrongly. {plain(str(error))}.")
        st.stop()
    if known is not None:
        _ensure_account(known)
    elif _asks_for_passphrase():
        _ensure_passphrase()


def account_line() -> None:
    """Below the page: who is signed in, with the way out. Nothing where nobody has to."""
    known = accounts()
    if known is None and not _asks_for_passphrase():
        return
    who = "with the passphrase" if known is None else f"as {name_of(st.user.to_dict())}"
    with st.container(key=Key.ACCOUNT, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", f"Signed in {who}", class_="cw-soft"), width="content")
        _sign_out_button("Sign out", by_account=known is not None)


# ------------------------------------------------------------------------------ accounts


def _ensure_account(known: Accounts) -> None:
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        _ask_for_account(known)
        st.stop()
    refusal = known.refusal(claims)
    if refusal is not None:
        st.title("Counterweight")
        # As HTML, since Markdown would make a link of the address.
        words = f"{refusal} Ask whoever runs the server."
        st.html(element("div", element("p", words), class_="cw-alert", role="alert"))
        _sign_out_button("Use another account", by_account=True)
        st.stop()


def _ask_for_account(known: Accounts) -> None:
    st.title("Counterweight")
    here = st.context.url
    if here is not None and not f"{here.lower()}/".startswith(f"{known.origin}/"):
        link = element("a", known.origin, href=known.origin, target="_self")
        words = "Signing in works at one address only. Open "
        st.html(element("p", words, link, ".", class_="cw-lead cw-elsewhere"))
        return
    st.html(element("p", "The pages are for staff: sign in with your account.", class_="cw-lead"))
    if st.query_params.pop(FAILED_PARAMETER, None) is not None:
        st.error(
            "Signing in did not work: the provider could not be reached, refused, or gave an "
            "answer that does not hold. Try again; if it stays so, ask whoever runs the server."
        )
    for provider in known.providers:
        label = "Sign in" if provider is None else f"Sign in with {plain(provider)}"
        if st.button(label, type="primary", key=provider_key(provider)):
            try:
                st.login(provider)
            except StreamlitAPIException:
                st.error("Nobody can sign in, since accounts are set up wrongly.")


def _sign_out_button(label: str, *, by_account: bool) -> None:
    if st.button(label, key=Key.SIGN_OUT, type="tertiary", on_click=_leave) and by_account:
        st.logout()


def _leave() -> None:
    """Whoever sits down at this browser next finds nothing of the one before."""
    remembered.forget_everything()
    for key in list(st.session_state):
        if key != Key.SIGN_OUT:
            del st.session_state[key]


# ------------------------------------------------------------------------------ passphrase


def _asks_for_passphrase() -> bool:
    return not is_loopback(st.get_option("server.address"))


def _ensure_passphrase() -> None:
    if _is_passphrase(remembered.recall(_PURPOSE) or ""):
        return
    st.title("Counterweight")
    with st.form("sign-in", border=False):
        given = st.text_input("Passphrase", type="password")
        asked = st.form_submit_button("Sign in", type="primary", key=Key.SIGN_IN)
    if asked:
        _try(given)
    st.stop()


def _try(given: str) -> None:
    """One attempt. It is never held up: a pause here would hold a thread of the server."""
    address = st.context.ip_address
    wait = ATTEMPTS.wait_seconds(address)
    if wait > 0:
        seconds = counted(math.ceil(wait), "second")
        st.error(f"Too many wrong passphrases came from your address. Try again in {seconds}.")
    elif _is_passphrase(given):
        remembered.remember(_PURPOSE, given)
        st.rerun()
    else:
        ATTEMPTS.failed(address)
        st.error("That is not the passphrase. It stands in the terminal where the server runs.")


def _is_passphrase(given: str) -> bool:
    return hmac.compare_digest(given.encode(), PASSPHRASE.encode())
