"""A file of weights that somebody brings: read as YAML or JSON, or refused in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.weights_file import read_weights_file
from tests.conftest import ROOT

QUESTION = load_question(ROOT / "tests" / "data" / "minimal")


def read(tmp_path: Path, text: str | bytes) -> dict[str, float]:
    path = tmp_path / "weights"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_weights_file(path, QUESTION)


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return [message.removeprefix(str(tmp_path)) for message in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "price: 40\nriders: 0\nnoise: 2.5\n",
        "# mine\nnoise: 2.5\nriders: 0\nprice: 40\n",
        '{"price": 40, "riders": 0, "noise": 2.5}',
        '{\n\t"noise": 2.5,\r\n\t"price": 40.0,\n\t"riders": 0\n}\n',
        b"\xef\xbb\xbfprice: 40\r\nriders: 0\r\nnoise: 2.5",
    ],
)
def test_yaml_and_json_are_read_in_the_order_of_the_tree(text: str | bytes, tmp_path: Path) -> None:
    points = read(tmp_path, text)
    assert points == {"price": 40.0, "riders": 0.0, "noise": 2.5}
    assert list(points) == ["price", "riders", "noise"]
    assert all(type(value) is float for value in points.values())


GOOD = "price: 40\nriders: 0\nnoise: 20\n"
DIGITS = "write plain digits, such as 40"
TURNED = (
    "or another number from 0; if less of it is better, swap worst and best of that criterion in "
    "criteria/value-tree.yaml"
)
PLAIN = "give a number from 0 to 1,000,000,000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GOOD.replace("noise: 20\n", ""),
            ["/weights: the points for 'noise' are missing; add them; 0 is allowed if meant"],
        ),
        (
            GOOD.replace("noise", "nois"),
            ["/weights, line 3: unknown criterion 'nois'; did you mean 'noise'?"],
        ),
        (
            GOOD + "beauty: 5\n",
            [
                (
                    "/weights, line 4: unknown criterion 'beauty'; take it out, or use one of: "
                    "noise, price, riders"
                )
            ],
        ),
        (
            GOOD.replace("20", "'20'"),
            [
                (
                    "/weights, line 3: the points for 'noise' should be a number, but are "
                    "the text '20'; write 20, without quotes"
                )
            ],
        ),
        (
            GOOD.replace("20", "true"),
            [
                (
                    f"/weights, line 3: the points for 'noise' should be a number, but are true; "
                    f"{DIGITS}"
                )
            ],
        ),
        (
            GOOD.replace("20", ""),
            [
                (
                    f"/weights, line 3: the points for 'noise' should be a number, but are empty; "
                    f"{DIGITS}"
                )
            ],
        ),
        (
            GOOD.replace("20", "[20]"),
            [
                (
                    "/weights, line 3: the points for 'noise' should be a number, but are a list; "
                    f"{DIGITS}"
                )
            ],
        ),
        (
            GOOD.replace("20", "-20"),
            [f"/weights, line 3: the points for 'noise' are -20; give 20 {TURNED}"],
        ),
        (
            GOOD.replace("20", "2000000000"),
            [f"/weights, line 3: the points for 'noise' are 2000000000; {PLAIN}"],
        ),
        (
            GOOD.replace("20", "2e1"),
            [
                (
                    "/weights, line 3: '2e1' is not a plain number; write 20, "
                    "or '2e1' in quotes if it is text"
                )
            ],
        ),
        (
            GOOD.replace("20", ".nan"),
            [("/weights, line 3: .nan is not a number to calculate with; give a finite number")],
        ),
        (
            GOOD.replace("20", "9" * 500),
            [
                (
                    f"/weights, line 3: '{'9' * 57}...' has more than 15 digits before the point; "
                    "take a larger unit, or put it in quotes if it is text"
                )
            ],
        ),
        (
            GOOD + "price: 50\n",
            ["/weights, line 4: the key 'price' is already used in line 1; keep one of the two"],
        ),
        (
            "price: 0\nriders: 0.0\nnoise: 0\n",
            ["/weights, line 1: all points are zero; give at least one above 0"],
        ),
        (
            "- price\n- riders\n",
            ["/weights, line 1: does not hold points; write one 'criterion-id: points' a line"],
        ),
        ("", ["/weights, line 1: does not hold points; write one 'criterion-id: points' a line"]),
        (
            "perspectives:\n  - id: mine\n    points: {price: 1}\n",
            [
                (
                    "/weights, line 1: names no criterion of this question; write one "
                    "'criterion-id: points' a line, such as 'price: 40'"
                )
            ],
        ),
        (
            '{"price": 40, "riders": 0, "noise": 20',
            ["/weights, line 1: a bracket [ or { is opened and never closed; close it with ] or }"],
        ),
        (
            b"price: 40\nr\xefders: 0\n",
            ["/weights, line 2: is not UTF-8 text; save it again with encoding UTF-8"],
        ),
    ],
)
def test_a_fault_is_one_sentence(text: str | bytes, expected: list[str], tmp_path: Path) -> None:
    assert faults(tmp_path, text) == expected


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    assert faults(tmp_path, "price: -1\nriders: NO\nloudness: 3\n") == [
        "/weights: the points for 'noise' are missing; add them; 0 is allowed if meant",
        f"/weights, line 1: the points for 'price' are -1; give 1 {TURNED}",
        (
            "/weights, line 2: NO without quotes means false to YAML; "
            "write 'NO' in quotes if it is text, or false if it is not"
        ),
        (
            "/weights, line 3: unknown criterion 'loudness'; take it out, or use one of: "
            "noise, price, riders"
        ),
    ]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(No such file or directory\)"):
        read_weights_file(tmp_path / "nowhere.yaml", QUESTION)
