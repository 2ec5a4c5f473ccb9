"""What the server remembers of a browser, and who gets the cookie for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.ui.remembered import PATH, SECONDS, Vault, route

KEY = b"k" * 32
NAME = "counterweight_8501"
OURS = "http://testserver"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(clock: Clock) -> Vault:
    return Vault(KEY, clock)


@pytest.fixture
def client(vault: Vault) -> Iterator[TestClient]:
    with client_of(vault) as client:
        yield client


def client_of(vault: Vault, base_url: str = OURS) -> TestClient:
    return TestClient(Starlette(routes=[route(vault, lambda: NAME)]), base_url=base_url)


def posted(client: TestClient, ticket: str | bytes, **headers: str) -> int:
    return client.post(PATH, content=ticket, headers={"Origin": OURS, **headers}).status_code


def kept(vault: Vault, value: str = "the key", purpose: str = "facilitator") -> str:
    """The handle of a browser of which one value is kept."""
    handle = vault.open()
    vault.put(handle, purpose, value)
    return handle


def recalled(vault: Vault, cookie: str, purpose: str = "facilitator") -> str | None:
    """What a visit that begins with this cookie finds."""
    handle = vault.read(cookie)
    return None if handle is None else vault.get(handle, purpose)


def cookie_for(client: TestClient, vault: Vault, handle: str) -> str:
    assert posted(client, vault.ticket(handle)) == 204
    return str(client.cookies[NAME])


def test_a_ticket_buys_a_cookie_that_scripts_cannot_read_and_foreign_pages_do_not_send(
    client: TestClient, vault: Vault
) -> None:
    handle = kept(vault)
    assert not vault.has_cookie(handle)
    answer = client.post(PATH, content=vault.ticket(handle), headers={"Origin": OURS})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["cache-control"] == "no-store"
    value, *attributes = answer.headers["set-cookie"].split("; ")
    assert set(attributes) == {"HttpOnly", f"Max-Age={SECONDS}", "Path=/", "SameSite=strict"}
    assert recalled(vault, value.removeprefix(f"{NAME}=")) == "the key"
    assert "the key" not in value
    assert vault.has_cookie(handle)


def test_where_the_browser_comes_by_https_the_cookie_never_goes_without(vault: Vault) -> None:
    # The proxy speaks plain http to the server; the page that asks came by https.
    with client_of(vault, "http://board.example") as client:
        answer = client.post(
            PATH, content=vault.ticket(kept(vault)), headers={"Origin": "https://board.example"}
        )
    assert answer.status_code == 204
    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_a_ticket_is_good_once(client: TestClient, vault: Vault) -> None:
    ticket = vault.ticket(kept(vault))
    assert [posted(client, ticket), posted(client, ticket)] == [204, 403]


def test_a_ticket_is_good_for_a_minute(client: TestClient, vault: Vault, clock: Clock) -> None:
    early, late = vault.ticket(kept(vault)), vault.ticket(kept(vault))
    clock.now += 59
    assert posted(client, early) == 204
    clock.now += 1
    assert posted(client, late) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://testserver:81"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "elsewhere.example"},
    ],
)
def test_a_post_of_a_foreign_page_is_refused_and_its_ticket_stays_good(
    client: TestClient, vault: Vault, headers: Mapping[str, str]
) -> None:
    ticket = vault.ticket(kept(vault))
    assert posted(client, ticket, **headers) == 403
    assert NAME not in client.cookies
    assert posted(client, ticket) == 204


def test_a_post_that_does_not_say_where_it_comes_from_is_refused(
    client: TestClient, vault: Vault
) -> None:
    assert client.post(PATH, content=vault.ticket(kept(vault))).status_code == 403


def test_a_post_that_is_too_long_is_refused_unread(client: TestClient) -> None:
    assert posted(client, "x" * 201) == 413
    assert posted(client, "x" * 5_000_000) == 413


@pytest.mark.parametrize("word", ["", "guess", b"\xff\xfe", "\x00", "x" * 200])
def test_a_ticket_that_was_never_made_is_refused(client: TestClient, word: str | bytes) -> None:
    assert posted(client, word) == 403
    assert NAME not in client.cookies


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_posts_are_answered(client: TestClient, method: str) -> None:
    assert client.request(method, PATH, headers={"Origin": OURS}).status_code == 405


def test_a_forged_cookie_stands_for_nothing(client: TestClient, vault: Vault) -> None:
    cookie = cookie_for(client, vault, kept(vault))
    handle, made, signature = cookie.split(".")
    other = kept(vault, "another's key")
    for forged in (
        "",
        handle,
        f"{other}.{made}.{signature}",
        f"{handle}.{made}.{signature[:-2]}AA",
        f"{handle}.{made}",
        "\u00fc.\u00fc.\u00fc",
        "x" * 100_000,
    ):
        assert vault.read(forged) is None
    assert Vault(b"another key", lambda: 1_800_000_000.0).read(cookie) is None


def test_a_cookie_ends_after_twelve_hours(client: TestClient, vault: Vault, clock: Clock) -> None:
    cookie = cookie_for(client, vault, kept(vault))
    clock.now += SECONDS - 1
    assert recalled(vault, cookie) == "the key"
    clock.now += 1
    assert recalled(vault, cookie) is None


def test_a_clock_that_is_set_back_signs_nobody_out(
    client: TestClient, vault: Vault, clock: Clock
) -> None:
    cookie = cookie_for(client, vault, kept(vault))
    clock.now -= 3600
    assert recalled(vault, cookie) == "the key"
    assert posted(client, vault.ticket(kept(vault))) == 204


def test_a_restart_forgets_everything_although_the_key_is_the_same(
    client: TestClient, vault: Vault, clock: Clock
) -> None:
    cookie = cookie_for(client, vault, kept(vault))
    assert Vault(KEY, clock).read(cookie) is None


def test_a_value_that_was_forgotten_is_gone_for_who_copied_the_cookie(
    client: TestClient, vault: Vault
) -> None:
    handle = kept(vault)
    vault.put(handle, "other", "stays")
    copied = cookie_for(client, vault, handle)
    vault.drop(handle, "facilitator")
    assert recalled(vault, copied) is None
    assert recalled(vault, copied, "other") == "stays"


def test_after_signing_out_an_old_cookie_stays_dead_when_the_browser_signs_in_again(
    client: TestClient, vault: Vault
) -> None:
    handle = kept(vault)
    copied, waiting = cookie_for(client, vault, handle), vault.ticket(handle)
    vault.close(handle)
    assert posted(client, waiting) == 403
    again = cookie_for(client, vault, kept(vault))
    assert recalled(vault, copied) is None
    assert recalled(vault, again) == "the key"


def test_two_tabs_that_began_without_a_cookie_end_up_with_the_same(
    client: TestClient, vault: Vault
) -> None:
    first, second = kept(vault, "one", "first"), kept(vault, "two", "second")
    early = cookie_for(client, vault, first)
    late = cookie_for(client, vault, second)
    assert early != late
    for cookie in (early, late):
        assert (recalled(vault, cookie, "first"), recalled(vault, cookie, "second")) == (
            "one",
            "two",
        )
    vault.put(first, "third", "3")
    assert recalled(vault, late, "third") == "3"
    vault.close(second)
    assert vault.read(early) is None
    assert vault.read(late) is None


def test_a_forged_cookie_beside_a_ticket_brings_nothing_along(
    client: TestClient, vault: Vault
) -> None:
    victim = kept(vault, "another's key")
    mine = vault.open()
    forged = f"{NAME}={victim}.AAAA.BBBB"
    assert posted(client, vault.ticket(mine), Cookie=forged) == 204
    assert recalled(vault, str(client.cookies[NAME])) is None
    assert vault.get(victim, "facilitator") == "another's key"


def test_values_of_one_browser_are_not_another_s(client: TestClient, vault: Vault) -> None:
    kept(vault, "mine")
    assert vault.get(vault.open(), "facilitator") is None


def test_memory_is_bounded(vault: Vault) -> None:
    first = kept(vault)
    early = vault.ticket(first)
    for number in range(5_000):
        vault.put(first, str(number), "value")
        vault.ticket(first)
    assert vault.get(first, "4999") == "value"
    assert vault.get(first, "4899") is None
    assert vault.redeem(early, None) is None
    for _ in range(5_000):
        vault.open()
    assert not vault.is_known(first)
    assert len(vault._browsers) == len(vault._tickets) == 4_096
