"""Numbers of the command line: a decimal comma works, a mark of thousands is asked about."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli_arguments
from dashboard.cli import main
from tests.conftest import ROOT

MINIMAL = str(ROOT / "tests" / "data" / "minimal")


def test_numbers_may_have_a_comma() -> None:
    assert cli_arguments.correlation("0,5") == 0.5
    assert cli_arguments.samples("20,000") == 20_000
    assert cli_arguments.samples("20.000") == 20_000
    assert cli_arguments.seed("7") == 7
    assert cli_arguments.seed(str(2**63 - 1)) == 2**63 - 1


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (cli_arguments.correlation, "1,8", "Give a number from 0 to 1."),
        (cli_arguments.correlation, "high", "is not a number. Type digits alone"),
        (cli_arguments.samples, "1,8", "Give a whole number from 1 to 100000000."),
        (cli_arguments.seed, "-1", "Give a whole number from 0 to 1000000000000000."),
        (cli_arguments.seed, "1e3", "is not a number. Type digits alone"),
    ],
)
def test_anything_else_is_refused(read: Callable[[str], float], text: str, words: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=words):
        read(text)


def test_check_looks_at_a_file_of_weights_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shares.yaml").write_text("price: 0.5\nriders: 0.3\nnoise: 0.2\n", encoding="utf-8")
    assert main(["check", "--question", MINIMAL, "--weights", "shares.yaml"]) == 0
    printed = capsys.readouterr()
    assert printed.err == (
        "warning: shares.yaml: the points are fractions that sum to 1, while others go up to 100; "
        "do you mean percent? Then write 50 for 0.5; only proportions count, so the ranking stays "
        "as it is\n"
    )
    assert "No faults, 1 warning." in printed.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "price: 1,200\nriders: 1\nnoise: 1\n",
            (
                "odd.yaml, line 1: the points for 'price' should be a number, but are the text "
                "'1,200'; do you mean 1.2 or 1200? Write that one, with a point for decimals and "
                "no mark for thousands\n"
            ),
        ),
        (
            "price: 1\nriders: 1,8\nnoise: 1\n",
            (
                "odd.yaml, line 2: the points for 'riders' should be a number, but are the text "
                "'1,8'; write 1.8, without quotes\n"
            ),
        ),
        (
            "price: 1\nriders: 1\nnoise: -2\n",
            (
                "odd.yaml, line 3: the points for 'noise' are -2; give 2 or another number from 0; "
                "if less of it is better, swap worst and best of that criterion in "
                "criteria/value-tree.yaml\n"
            ),
        ),
        (
            '{"price": 1,8, "riders": 3, "noise": 2}',
            (
                "odd.yaml, line 1: the key '8' is not a word; a comma ends an entry here: write "
                "1.8 with a point if that is one number\n"
            ),
        ),
        (
            "money: 1\nriders: 1\nnoise: 2\nprice: 1\n",
            (
                "odd.yaml, line 1: unknown criterion 'money'; it is a branch: give points to each "
                "of its criteria, price\n"
            ),
        ),
    ],
)
def test_a_file_of_weights_is_refused_with_what_to_write(
    text: str,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    assert main(["rank", "--question", MINIMAL, "--weights", "odd.yaml"]) == 2
    assert capsys.readouterr().err == message
