"""Signing in: with an account, and with the passphrase that a browser is remembered by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import Page, expect

from dashboard.ui.lan import base_addresses
from tests.e2e.axe import violations_crosswise
from tests.e2e.conftest import NewPage, Serve
from tests.e2e.network import Seen, Server, free_port, running_server
from tests.e2e.oidc_provider import Provider, running_provider
from tests.e2e.pages import SETTLED, open_page

LEAD = "h1.cw-title"
ACCOUNTS: Mapping[str, Mapping[str, Any]] = {
    "Anna": {"email": "anna@ministry.example", "email_verified": True},
    "Mallory": {"email": "mallory@large.example", "email_verified": True},
    "Unverified": {"email": "bert@ministry.example"},
}
EVERYWHERE = {"COUNTERWEIGHT_MAY_LISTEN_ANYWHERE": "1"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider(ACCOUNTS) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, provider: Provider) -> str:
    """A home folder whose secrets name the provider."""
    return home_with(tmp_path, provider.secrets_toml("http://127.0.0.1:{port}/oauth2callback"))


def home_with(folder: Path, secrets_toml: str) -> str:
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(secrets_toml, encoding="utf-8")
    return str(folder)


def sign_in_as(page: Page, server: Server, who: str) -> None:
    open_page(page, server, "/why")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=who).click()
    page.locator(SETTLED).wait_for()


def test_staff_sign_in_with_their_account_and_out_again(
    serve: Serve,
    provider: Provider,
    home: str,
    page: Page,
    new_page: NewPage,
    seen: Callable[[Page], Seen],
) -> None:
    # On a loopback address too: who sets accounts up means them.
    server = serve(HOME=home, COUNTERWEIGHT_STAFF="ministry.example")
    assert "Staff: ministry.example." in server.output
    assert "assphrase" not in server.output
    assert "Phones" not in server.output
    open_page(page, server)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator(LEAD)).to_have_count(0)
    assert violations_crosswise(page) == {}
    sign_in_as(page, server, "Anna")
    expect(page.locator(LEAD)).to_be_visible()
    expect(page.get_by_text("Signed in as anna@ministry.example")).to_be_visible()
    open_page(page, server, "/matrix")
    expect(page.locator(LEAD)).to_be_visible()
    stranger = new_page()
    open_page(stranger, server, "/matrix")
    expect(stranger.locator(LEAD)).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert provider.ended == 1
    open_page(page, server, "/matrix")
    expect(page.locator(LEAD)).to_have_count(0)
    assert seen(page) == Seen(outside=[], errors=[])


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("Mallory", "The account mallory@large.example is not in the list of staff."),
        ("Unverified", "does not say that the address bert@ministry.example is verified."),
    ],
)
def test_an_account_that_is_not_staff_is_refused_and_may_be_changed(
    serve: Serve, home: str, page: Page, who: str, why: str
) -> None:
    server = serve(HOME=home, COUNTERWEIGHT_STAFF="ministry.example")
    sign_in_as(page, server, who)
    expect(page.get_by_role("alert")).to_contain_text(why)
    expect(page.locator(LEAD)).to_have_count(0)
    assert violations_crosswise(page) == {}
    page.get_by_role("button", name="Use another account").click()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Anna").click()
    expect(page.locator(LEAD)).to_be_visible()


def test_without_a_list_every_account_comes_in_and_the_terminal_says_so(
    serve: Serve, home: str, page: Page
) -> None:
    server = serve(HOME=home)
    assert "Every account of the provider counts as staff." in server.output
    sign_in_as(page, server, "Mallory")
    expect(page.locator(LEAD)).to_be_visible()


def test_under_another_name_the_page_says_where_to_sign_in(
    serve: Serve, home: str, page: Page
) -> None:
    server = serve(HOME=home)
    page.goto(f"http://localhost:{server.port}/")
    link = page.get_by_role("link", name=server.url)
    expect(link).to_be_visible()
    assert violations_crosswise(page) == {}
    link.click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.url.startswith(server.url)


def test_accounts_set_up_wrongly_let_nobody_in(serve: Serve, tmp_path: Path, page: Page) -> None:
    secrets_toml = '[auth]\nredirect_uri = "http://127.0.0.1/oauth2callback"\n'
    server = serve(HOME=home_with(tmp_path, secrets_toml))
    open_page(page, server, "/why")
    expect(page.get_by_role("alert")).to_contain_text("[auth] has no cookie_secret; add it")
    expect(page.locator(LEAD)).to_have_count(0)
    assert "[auth] has no cookie_secret" in server.output
    assert violations_crosswise(page) == {}


# ------------------------------------------------------------------------------ the passphrase


def passphrase(server: Server) -> str:
    found = re.search(r"Passphrase for the pages: (\S+)", server.output)
    assert found is not None
    return found[1]


def enter(page: Page, server: Server) -> None:
    open_page(page, server)
    page.get_by_label("Passphrase").fill(passphrase(server))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(LEAD)).to_be_visible()


def cookies(page: Page) -> list[tuple[str, str]]:
    found = page.context.cookies()
    return [(c["name"], c["value"]) for c in found if c["name"].startswith("counterweight")]


def test_a_reload_and_a_second_tab_need_no_passphrase_until_one_signs_out(
    serve: Serve, page: Page, new_page: NewPage, seen: Callable[[Page], Seen]
) -> None:
    server = serve("--address", "0.0.0.0", **EVERYWHERE)
    for address in base_addresses(server.port, "0.0.0.0"):
        assert address in server.output.partition("Phones on the same network reach it at:")[2]
    with page.expect_response("**/remembered") as answered:
        enter(page, server)
    assert answered.value.status == 204
    (cookie,) = [c for c in page.context.cookies() if c["name"] == f"counterweight_{server.port}"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert cookies(page)
    assert passphrase(server) not in cookie["value"]
    assert page.evaluate("document.cookie").find("counterweight") == -1
    open_page(page, server, "/why")
    expect(page.locator(LEAD)).to_be_visible()
    second = page.context.new_page()
    open_page(second, server, "/matrix")
    expect(second.locator(LEAD)).to_be_visible()
    stranger = new_page()
    open_page(stranger, server, "/matrix")
    expect(stranger.get_by_label("Passphrase")).to_be_visible()

    expect(page.get_by_text("Signed in with the passphrase")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Passphrase")).to_be_visible()
    open_page(second, server, "/matrix")
    expect(second.get_by_label("Passphrase")).to_be_visible()
    enter(page, server)
    # A copy from before the sign-out.
    stranger.context.add_cookies(
        [{"name": cookie["name"], "value": cookie["value"], "url": server.url}]
    )
    open_page(stranger, server, "/matrix")
    expect(stranger.get_by_label("Passphrase")).to_be_visible()
    assert seen(page) == Seen(outside=[], errors=[])


def test_too_many_wrong_passphrases_have_to_wait(serve: Serve, page: Page) -> None:
    server = serve("--address", "0.0.0.0", **EVERYWHERE)
    open_page(page, server)
    for number in range(10):
        page.get_by_label("Passphrase").fill(f"wrong {number}")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_timeout(50)
        page.locator(SETTLED).wait_for()
    expect(page.get_by_role("alert")).to_contain_text("That is not the passphrase")
    page.get_by_label("Passphrase").fill(passphrase(server))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Too many wrong passphrases")
    expect(page.locator(LEAD)).to_have_count(0)


def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    tmp_path_factory: pytest.TempPathFactory, provider: Provider, home: str, page: Page
) -> None:
    provider.signing = RSAKey.generate_key(2048)
    # Not by `serve`: Streamlit writes why the token was refused, with its traceback.
    folder = tmp_path_factory.mktemp("server")
    with running_server(folder, environment={"HOME": home}) as server:
        sign_in_as(page, server, "Anna")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("gave an answer that does not hold")
        expect(page.locator(LEAD)).to_have_count(0)
        assert "failed" not in page.url
        assert "OAuth token exchange failed" in server.output
        assert server.outside == []


def test_a_provider_that_does_not_answer_is_said_on_the_page(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, page: Page
) -> None:
    gone = Provider(f"http://127.0.0.1:{free_port()}", ACCOUNTS)
    home = home_with(tmp_path, gone.secrets_toml("http://127.0.0.1:{port}/oauth2callback"))
    folder = tmp_path_factory.mktemp("server")
    with running_server(folder, environment={"HOME": home}) as server:
        open_page(page, server, "/why")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("the provider could not be reached")
        assert violations_crosswise(page) == {}
        assert server.outside == []
