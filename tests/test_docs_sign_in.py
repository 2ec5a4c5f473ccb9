"""docs/sign-in.md and the code say the same."""

from __future__ import annotations

import re
import tomllib

from dashboard.ui import sign_in
from dashboard.ui.accounts import STAFF_VARIABLE, Accounts, checked_accounts
from dashboard.ui.remembered import SECONDS, cookie_name
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")


def example() -> str:
    found = re.search(r"^```toml\n(.*?)^```$", DOCUMENT, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_complete_but_for_a_secret_that_everybody_could_read() -> None:
    secrets = tomllib.loads(example())
    placeholder = secrets["auth"]["cookie_secret"]
    assert placeholder == "at least 32 random characters"
    assert len(placeholder) < 32  # copied as it stands, it opens to nobody
    secrets["auth"]["cookie_secret"] = "0f" * 32
    assert checked_accounts(secrets, None) == Accounts(
        (None,), "https://board.example", frozenset({"ministry.example", "anna@institute.example"})
    )


def test_the_example_of_the_variable_is_the_list_of_the_file() -> None:
    (listed,) = re.findall(rf'`{STAFF_VARIABLE}="([^"]+)"`', DOCUMENT)
    assert listed.split(",") == tomllib.loads(example())["staff"]["allow"]


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"remembered for {SECONDS // 3600} hours" in DOCUMENT
    limit = sign_in.ATTEMPTS
    assert (limit._most, limit._seconds) == (10, 60)
    assert "After ten wrong ones within a minute" in DOCUMENT
    assert cookie_name().startswith("counterweight_")
