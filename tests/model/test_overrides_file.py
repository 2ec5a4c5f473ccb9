"""A file of overrides: read, or refused with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.overrides import Override
from dashboard.model.overrides_file import read_overrides_file
from tests.conftest import ROOT

QUESTION = load_question(ROOT / "tests" / "data" / "minimal")
FIRST, SECOND = (proposal.id for proposal in QUESTION.proposals[:2])


def read(tmp_path: Path, text: str) -> tuple[Override, ...]:
    path = tmp_path / "changed"
    path.write_text(text, encoding="utf-8")
    return read_overrides_file(path, QUESTION)


def entry(proposal: str = FIRST, numbers: str = "low: 1, likely: 2.5, high: 3") -> str:
    return f"{{proposal: {proposal}, criterion: noise, {numbers}, reason: new figures}}"


def test_yaml_is_read(tmp_path: Path) -> None:
    text = f"- {entry()}\n- {entry(SECOND)}\n"
    assert read(tmp_path, text) == (
        Override(FIRST, "noise", 1.0, 2.5, 3.0, "new figures"),
        Override(SECOND, "noise", 1.0, 2.5, 3.0, "new figures"),
    )


def test_json_is_read(tmp_path: Path) -> None:
    text = (
        f'[{{"proposal": "{FIRST}", "criterion": "noise", "likely": 2, "low": 1, "high": 3, '
        '"reason": "<b>new</b>"}]'
    )
    assert read(tmp_path, text) == (Override(FIRST, "noise", 1.0, 2.0, 3.0, "<b>new</b>"),)


def test_an_empty_list_overrides_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "[]") == ()


NO_LIST = (
    "/changed, line 1: is no list of overrides; write '- {proposal: ID, criterion: ID, low: 1, "
    "likely: 2, high: 3, reason: why}', one a line"
)
WHY = "criterion: noise, low: 1, likely: 2, high: 3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [NO_LIST]),
        ("proposal: x\n", [NO_LIST]),
        (
            "- 3\n",
            [
                (
                    "/changed, line 1: overrides > entry 1 should be a set of keys, but is 3; "
                    "write one 'key: value' a line"
                )
            ],
        ),
        (
            f"- {entry(numbers='low: 3, likely: 2, high: 4')}\n",
            [
                (
                    "/changed, line 1: overrides > entry 1: likely (2) is below low (3); "
                    "put low <= likely <= high"
                )
            ],
        ),
        (
            f"- {{proposal: {FIRST}, {WHY}, reason: ''}}\n- {{proposal: {SECOND}, {WHY}}}\n",
            [
                "/changed, line 1: overrides > entry 1 > reason is empty; fill it in",
                "/changed, line 2: overrides > entry 2 > reason is missing; add it",
            ],
        ),
        (
            f"- {entry()}\n- {entry()}\n",
            [
                (
                    f"/changed, line 2: the score of {FIRST} on noise is overridden twice; "
                    "override it once"
                )
            ],
        ),
        (
            f"- {entry(f'{FIRST}x')}\n",
            [f"/changed, line 1: unknown proposal '{FIRST}x'; did you mean '{FIRST}'?"],
        ),
        (
            f"- {entry().replace('high', 'hihg')}\n",
            [
                (
                    "/changed, line 1: overrides > entry 1 > hihg is an unknown key; "
                    "did you mean 'high'?"
                )
            ],
        ),
        (
            f"- {entry(numbers='low: 1e3, likely: .inf, high: ten')}\n",
            [
                (
                    "/changed, line 1: '1e3' is not a plain number; "
                    "write 1000, or '1e3' in quotes if it is text"
                ),
                ("/changed, line 1: .inf is not a number to calculate with; give a finite number"),
            ],
        ),
    ],
)
def test_all_faults_are_named(text: str, expected: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    found = [message.removeprefix(str(tmp_path)) for message in str(caught.value).splitlines()]
    assert sorted(found) == sorted(expected)


def test_a_reason_has_500_characters_at_most(tmp_path: Path) -> None:
    text = entry().replace("new figures", "x" * 500)
    assert len(read(tmp_path, f"- {text}")[0].reason or "") == 500
    with pytest.raises(InputError, match="use at most 500 characters"):
        read(tmp_path, f"- {text.replace('xx', 'xxx', 1)}")


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_overrides_file(tmp_path / "nowhere", QUESTION)
