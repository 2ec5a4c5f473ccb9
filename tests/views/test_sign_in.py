"""Who is let past the first script, through Streamlit's own test runner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.model.errors import InputError
from dashboard.ui import sign_in
from dashboard.ui.accounts import Accounts
from dashboard.ui.keys import Key
from dashboard.ui.remembered import VAULT
from dashboard.workshop.limits import AttemptLimit
from tests.views.test_pages import ENTRY, LOAD_SECONDS, heading, words

WRONG = "That is not the passphrase. It stands in the terminal where the server runs."
STAFF = Accounts((None, "okta"), "http://board.example", frozenset({"ministry.example"}))


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On this machine only, unless a test says otherwise; with a count of attempts of its own."""
    monkeypatch.setattr(sign_in, "ATTEMPTS", AttemptLimit(10, 60))
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


def entry() -> AppTest:
    return AppTest.from_file(str(ENTRY), default_timeout=LOAD_SECONDS)


def attempt(app: AppTest, passphrase: str) -> list[str]:
    app.text_input[0].set_value(passphrase)
    app.button(key=Key.SIGN_IN).click().run()
    return [error.value for error in app.error]


def test_on_this_machine_nobody_signs_in_or_out() -> None:
    app = entry().run()
    assert "ahead" in heading(app)
    assert "Signed in" not in words(app)
    assert Key.SIGN_OUT not in [button.key for button in app.button]


def test_after_ten_wrong_passphrases_the_right_one_has_to_wait_too() -> None:
    config.set_option("server.address", "0.0.0.0")
    app = entry().run()
    for _ in range(10):
        assert attempt(app, "wrong") == [WRONG]
    (said,) = attempt(app, sign_in.PASSPHRASE)
    assert said.startswith("Too many wrong passphrases came from your address. Try again in ")
    assert words(app) == ""


def test_signing_out_forgets_the_visit_and_the_browser() -> None:
    config.set_option("server.address", "0.0.0.0")
    app = entry().run()
    assert attempt(app, sign_in.PASSPHRASE) == []
    handle = app.session_state[Key.BROWSER]
    assert VAULT.get(handle, "passphrase") == sign_in.PASSPHRASE
    assert "Signed in with the passphrase" in words(app)
    app.button(key=Key.SIGN_OUT).click().run()
    assert words(app) == ""
    assert not VAULT.is_known(handle)
    assert Key.CHOICE not in app.session_state


def test_what_a_session_claims_to_hold_has_to_be_known() -> None:
    config.set_option("server.address", "0.0.0.0")
    app = entry()
    app.session_state[Key.BROWSER] = "made up"
    app.run()
    assert words(app) == ""


def test_accounts_are_asked_for_on_every_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "accounts", lambda: STAFF)
    app = entry()
    app.user = {"is_logged_in": False}
    app.run()
    assert words(app) == "The pages are for staff: sign in with your account."
    assert [button.label for button in app.button] == ["Sign in", "Sign in with okta"]
    app = entry()  # as where Streamlit knows nothing of accounts
    app.run()
    assert words(app) == "The pages are for staff: sign in with your account."


def test_staff_are_let_in_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "accounts", lambda: STAFF)
    app = entry()
    app.user = {"is_logged_in": True, "email": "anna@ministry.example", "email_verified": True}
    app.run()
    assert "ahead" in heading(app)
    assert "Signed in as anna@ministry.example" in words(app)


def test_others_are_told_why_not_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "accounts", lambda: STAFF)
    app = entry()
    app.user = {"is_logged_in": True, "email": "<b>@evil.example", "email_verified": True}
    app.run()
    assert words(app) == (
        "The account <b>@evil.example is not in the list of staff. Ask whoever runs the server."
    )
    assert [button.label for button in app.button] == ["Use another account"]


def test_accounts_that_are_set_up_wrongly_let_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise InputError.one("secrets.toml", None, "[auth] has no client_id", "add it")

    monkeypatch.setattr(sign_in, "accounts", broken)
    app = entry()
    app.user = {"is_logged_in": True, "email": "anna@ministry.example", "email_verified": True}
    app.run()
    assert not app.exception
    (error,) = app.error
    assert error.value.startswith("Nobody can sign in, since accounts are set up wrongly.")
    assert "client\\_id" in error.value
    assert words(app) == ""
    assert not app.button
