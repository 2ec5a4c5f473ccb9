"""What the secrets say of accounts: complete, or one sentence on what is wrong."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.config_option import ConfigOption

from dashboard.model.errors import InputError
from dashboard.ui.accounts import (
    STAFF_VARIABLE,
    Accounts,
    accounts,
    checked_accounts,
    forget_accounts,
    name_of,
)

SECRET = "s" * 32
BY_DEFAULT = ConfigOption.DEFAULT_DEFINITION
ONE = {
    "redirect_uri": "https://board.example/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "counterweight",
    "client_secret": "hidden",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
PROVIDER = {key: ONE[key] for key in ("client_id", "client_secret", "server_metadata_url")}
SHARED = {key: ONE[key] for key in ("redirect_uri", "cookie_secret")}
ANNA = {"email": "Anna@Ministry.Example", "email_verified": True}


def checked(auth: Any, listed: str | None = None, **more: Any) -> Accounts | None:
    return checked_accounts({"auth": auth, **more}, listed)


def with_staff(*allow: str, **more: Any) -> Accounts:
    found = checked(ONE, staff={"allow": list(allow), **more})
    assert found is not None
    return found


def test_without_a_section_there_are_no_accounts() -> None:
    assert checked_accounts({}, None) is None
    assert checked_accounts({"database": {"password": "x"}}, None) is None


def test_one_provider_or_several() -> None:
    assert checked(ONE) == Accounts((None,), "https://board.example")
    several = {**SHARED, "okta": PROVIDER, "entra": PROVIDER}
    assert checked(several) == Accounts(("okta", "entra"), "https://board.example")
    assert checked({**ONE, "okta": PROVIDER, "client_kwargs": {"prompt": "login"}}) == Accounts(
        (None, "okta"), "https://board.example"
    )


def test_the_port_in_the_address_is_the_server_s_own() -> None:
    found = checked({**ONE, "redirect_uri": "http://localhost:{port}/oauth2callback"})
    assert found is not None
    assert found.origin == f"http://localhost:{config.get_option('server.port')}"
    assert found.host == "localhost"


@pytest.mark.parametrize(
    ("auth", "what"),
    [
        ({}, "[auth] has no redirect_uri"),
        ("text", "auth is no section"),
        ({**ONE, "cookie_secret": ""}, "[auth] has no cookie_secret"),
        ({**ONE, "cookie_secret": 12345}, "[auth] has no cookie_secret"),
        ({**ONE, "cookie_secret": "xxx"}, "cookie_secret is shorter than 32 characters"),
        (SHARED, "[auth] has no client_id"),
        ({**ONE, "client_secret": " "}, "[auth] has no client_secret"),
        ({**SHARED, "okta": {"client_id": "x"}}, "[auth.okta] has no client_secret"),
        ({**SHARED, "my_own": PROVIDER}, "[auth.my_own] has an underscore in its name"),
        (
            {**ONE, "server_metadata_url": "login.example"},
            "server_metadata_url in [auth] is no web address",
        ),
        *(
            (
                {**ONE, "redirect_uri": uri},
                "redirect_uri is not the address of the dashboard with /oauth2callback behind it",
            )
            for uri in (
                "board.example/oauth2callback",
                "https://board.example/",
                "https:///oauth2callback",
                "https://board.example:x/oauth2callback",
                "ftp://board.example/oauth2callback",
            )
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_without_a_secret(auth: Any, what: str) -> None:
    with pytest.raises(InputError) as refused:
        checked(auth)
    (fault,) = refused.value.faults
    assert (fault.file, fault.what) == ("secrets.toml", what)
    assert fault.remedy.endswith("and start the server again")
    assert SECRET not in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https://Board.example/oauth2callback", "https://board.example/oauth2callback"),
        ("HTTPS://board.example/oauth2callback", "https://board.example/oauth2callback"),
        ("https://board.example:443/oauth2callback", "https://board.example/oauth2callback"),
        ("http://[FD00::5]:80/oauth2callback", "http://[fd00::5]/oauth2callback"),
        ("https://me@board.example/oauth2callback", "https://board.example/oauth2callback"),
        ("https://board.example/oauth2callback?x", "https://board.example/oauth2callback"),
    ],
)
def test_an_address_that_no_browser_would_say_in_these_letters_is_refused(
    written: str, right: str
) -> None:
    with pytest.raises(InputError) as refused:
        checked({**ONE, "redirect_uri": written})
    assert refused.value.faults[0].remedy == f"write it as {right} and start the server again"
    assert checked({**ONE, "redirect_uri": right}) is not None


@pytest.mark.parametrize(
    ("staff", "listed", "what"),
    [
        ({"allow": "ministry.example"}, None, "allow in [staff] is no list of texts"),
        ({"allow": [1]}, None, "allow in [staff] is no list of texts"),
        ({"allow": []}, None, "the list of staff names nobody"),
        ({"trust_unverified": True}, None, "[staff] has no list under allow"),
        ({"allow": ["a.example"], "trust_unverified": "yes"}, None, "trust_unverified is neither"),
        ("text", None, "staff is no section"),
        ({}, "", "the list of staff names nobody"),
        ({}, " , ", "the list of staff names nobody"),
        ({}, "*", "'*' in the list of staff is neither an address nor a domain"),
        ({}, "*.example", "'*.example' in the list of staff is neither an address nor a domain"),
        ({}, "example", "'example' in the list of staff is neither an address nor a domain"),
        ({}, "a b@x.example", "'a b@x.example' in the list of staff is neither an address nor"),
    ],
)
def test_a_list_of_staff_that_cannot_be_meant_opens_to_nobody(
    staff: Any, listed: str | None, what: str
) -> None:
    with pytest.raises(InputError) as refused:
        checked(ONE, listed, staff=staff)
    assert refused.value.faults[0].what.startswith(what)


@pytest.mark.parametrize("secrets", [{"staff": {"allow": ["a.example"]}}, {}])
def test_a_list_of_staff_without_accounts_is_a_mistake(secrets: dict[str, Any]) -> None:
    listed = None if secrets else "a.example"
    with pytest.raises(InputError, match="there is a list of staff, but no"):
        checked_accounts(secrets, listed)


def test_without_packages_nobody_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="the package authlib is missing"):
        checked(ONE)


def test_the_variable_goes_before_the_secrets() -> None:
    found = checked(ONE, "@Ministry.Example, bert@other.example", staff={"allow": ["x.example"]})
    assert found is not None
    assert found.staff == frozenset({"ministry.example", "bert@other.example"})


def test_staff_are_those_of_the_list_and_without_one_everybody() -> None:
    domain, person = with_staff("ministry.example"), with_staff("anna@ministry.example")
    assert domain.refusal(ANNA) is None
    assert person.refusal(ANNA) is None
    everybody = checked(ONE)
    assert everybody is not None
    assert everybody.refusal({}) is None


@pytest.mark.parametrize(
    "email",
    [
        "bert@ministry.example",
        "anna@ministry.example.evil.example",
        "anna@evilministry.example",
        "anna@sub.ministry.example",
        "anna@evil.example@ministry.example",
        " anna@ministry.example",
        "anna@ministry.example\n",
        "ministry.example",
        "",
        None,
        ["anna@ministry.example"],
    ],
)
def test_what_only_looks_like_staff_is_refused(email: Any) -> None:
    refusal = with_staff("anna@ministry.example").refusal({"email": email, "email_verified": True})
    assert refusal is not None


def test_a_domain_takes_no_address_in_which_it_only_occurs() -> None:
    staff = with_staff("ministry.example")
    for email in ("a@x.ministry.example", "a@ministry.example.x", "a@b@ministry.example"):
        assert staff.refusal({"email": email, "email_verified": True}) is not None


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_that_is_not_verified_counts_only_where_that_is_wanted(verified: Any) -> None:
    claims = {"email": "anna@ministry.example", "email_verified": verified}
    assert with_staff("ministry.example").refusal(claims) == (
        "Your provider does not say that the address anna@ministry.example is verified."
    )
    assert with_staff("ministry.example", trust_unverified=True).refusal(claims) is None


def test_a_person_is_called_by_the_first_name_that_is_there() -> None:
    assert name_of({"name": "Anna", "email": "anna@x.example"}) == "anna@x.example"
    assert name_of({"name": "Anna", "email": " "}) == "Anna"
    assert name_of({"email": 3}) == "an account without a name"


# ------------------------------------------------------------------------------ the file


@pytest.fixture
def secrets_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where Streamlit looks for its secrets, and nowhere else."""
    file = tmp_path / "secrets.toml"
    monkeypatch.delenv(STAFF_VARIABLE, raising=False)
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)], BY_DEFAULT)
    st.secrets._reset()
    forget_accounts()
    yield file
    config.set_option("secrets.files", before, BY_DEFAULT)
    st.secrets._reset()
    forget_accounts()


def write(file: Path) -> None:
    lines = [f'{key} = "{value}"' for key, value in ONE.items()]
    file.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")


def test_the_file_is_read_once(secrets_file: Path) -> None:
    write(secrets_file)
    found = accounts()
    assert found is not None
    secrets_file.unlink()
    assert accounts() is found


def test_without_a_file_there_are_no_accounts(secrets_file: Path) -> None:
    assert accounts() is None


@pytest.mark.parametrize("content", [b"[auth", b"\xff\xfe\x00", b"auth = 1\nauth = 2\n"])
def test_a_file_that_cannot_be_read_is_no_open_door(secrets_file: Path, content: bytes) -> None:
    secrets_file.write_bytes(content)
    with pytest.raises(InputError, match="the file cannot be read as TOML"):
        accounts()
    secrets_file.unlink()  # as an editor does before it writes again
    with pytest.raises(InputError, match="the file cannot be read as TOML"):
        accounts()


def test_a_folder_in_its_place_is_no_open_door(secrets_file: Path) -> None:
    secrets_file.mkdir()
    with pytest.raises(InputError, match="the file cannot be read as TOML"):
        accounts()


def test_a_place_that_may_not_be_looked_at_is_no_open_door(
    secrets_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(InputError, match="the file cannot be reached"):
        accounts()


def test_a_file_that_was_asked_for_by_name_has_to_be_there(secrets_file: Path) -> None:
    config.set_option("secrets.files", [str(secrets_file)], "a flag")
    with pytest.raises(InputError, match=r"a file named in secrets\.files is not there"):
        accounts()
