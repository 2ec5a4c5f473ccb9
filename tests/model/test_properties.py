"""Whatever is fed to the loader: it loads, or it says what is wrong. Nothing else is raised."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.yaml_tree import parse_yaml_tree
from tests.conftest import ROOT
from tests.model.generated import IDS, NUMBERS, TEXTS, dumped, questions

MINIMAL = ROOT / "tests" / "data" / "minimal"
FILES = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*.yaml"))
SHIPPED = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("seeds", "criteria", "proposals")
    for path in (ROOT / folder).glob("*.yaml")
)


# ---------------------------------------------------------------------- good questions come back


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


def write(folder: Path, files: dict[str, Any], **options: Any) -> None:
    for name in ("seeds", "criteria", "proposals"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    for name, data in files.items():
        (folder / name).write_text(dumped(data, **options), encoding="utf-8")


def law_of(written: dict[str, Any]) -> stats.rv_frozen:
    """The distribution of a score that is given as a mean with a standard deviation."""
    mean, sd = written["mean"], written["sd"]
    if written.get("distribution") == "log-normal":
        spread = np.sqrt(np.log1p((sd / mean) ** 2))
        return stats.lognorm(spread, scale=mean / np.sqrt(1 + (sd / mean) ** 2))
    return stats.norm(mean, sd)


@settings(max_examples=60)
@given(files=questions())
def test_a_question_that_is_written_comes_back_as_it_was(
    files: dict[str, Any], folder: Path
) -> None:
    write(folder, files)
    question = load_question(folder)
    context = files["seeds/question.yaml"]
    bands = context.get("bands", "percentiles")
    assert question.context.bands == (tuple(bands) if isinstance(bands, list) else bands)
    assert question.context.model_dump(include=set(context) - {"bands"}) == {
        key: value for key, value in context.items() if key != "bands"
    }
    shared = files["criteria/value-tree.yaml"].get("shared_errors", [])
    for kept, entry in zip(question.tree.shared_errors, shared, strict=True):
        assert list(kept.criteria) == entry["criteria"]
        assert (list(kept.proposals), kept.why) == (entry.get("proposals", []), entry["why"])
    (branch,) = files["criteria/value-tree.yaml"]["branches"]
    for criterion, written in zip(question.criteria, branch["criteria"], strict=True):
        assert criterion.model_dump(include=set(written)) == written
    (perspective,) = files["criteria/perspectives.yaml"]["perspectives"]
    assert question.perspectives[0].points == perspective["points"]
    outside = 0
    for proposal in question.proposals:
        written = files[f"proposals/{proposal.id}.yaml"]
        assert (proposal.name, proposal.summary) == (written["name"], written["summary"])
        for criterion in question.criteria:
            score, expected = proposal.scores[criterion.id], written["scores"][criterion.id]
            assert score.rationale == expected["rationale"]
            if "mean" in expected:
                assert (score.mean, score.sd) == (expected["mean"], expected["sd"])
                assert score.likely == expected["mean"]
                assert score.family == expected.get("distribution", "normal")
                assert (score.low, score.high) == pytest.approx(
                    law_of(expected).ppf([0.1, 0.9]) if score.sd else (score.mean, score.mean)
                )
            else:
                numbers = (score.low, score.likely, score.high)
                assert numbers == tuple(expected[key] for key in ("low", "likely", "high"))
                own = expected.get("bands")
                assert score.bands == (tuple(own) if isinstance(own, list) else own)
                assert score.family is None
            smallest, largest = sorted((criterion.worst, criterion.best))
            # Of a mean with its standard deviation only the mean is held against the anchors.
            held = [score.likely] if score.family else [score.low, score.likely, score.high]
            outside += any(not smallest <= value <= largest for value in held)
    assert sum("outside its anchors" in fault.what for fault in question.warnings) == outside


@settings(max_examples=25)
@given(files=questions())
def test_the_layout_of_the_files_leaves_the_fingerprint_alone(
    files: dict[str, Any], folder: Path
) -> None:
    prints = set()
    for options in (
        {"sort_keys": False},
        {"sort_keys": True, "indent": 7},
        {"default_flow_style": True, "allow_unicode": True, "width": 10_000},
    ):
        write(folder, files, **options)
        prints.add(load_question(folder).fingerprint)
    assert len(prints) == 1


# ------------------------------------------------------------- bad input is said, and only said

_PIECES = st.sampled_from(
    [
        *(
            "a",
            "b",
            ": ",
            ":",
            "- ",
            "-",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            " ",
            "#",
            "'",
            '"',
            "[",
            "]",
        ),
        *(
            "{",
            "}",
            ",",
            "?",
            "? ",
            "&a ",
            "*a",
            "!",
            "!!int ",
            "|",
            ">",
            ">-",
            "%",
            "@",
            "`",
            "---",
        ),
        *(
            "...",
            "<<",
            "NO",
            "012",
            "1e-3",
            ".nan",
            "0b12",
            "0x",
            "1_0",
            "9" * 5000,
            "\r",
            "\ufeff",
        ),
        *(
            "\x00",
            "\x85",
            "\u2028",
            "2026-02-30",
            "~",
            "\\",
            "é",
            "1e999999999",
            "=",
            "-.inf",
            "\ud800",
        ),
    ]
)


@settings(max_examples=400)
@given(text=st.text() | st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_data_or_faults(text: str) -> None:
    tree = parse_yaml_tree(text, "any.yaml")
    lines = text.count("\n") + text.count("\r") + 1
    for fault in tree.faults:
        assert fault.file == "any.yaml"
        assert fault.line is not None
        assert 1 <= fault.line <= lines
        assert fault.what
        assert fault.remedy
        assert len(str(fault)) < 400
        assert "\n" not in str(fault)


VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS | IDS | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "name", "tram", "price"]), inner)
    ),
    max_leaves=8,
)


@st.composite
def replaced(draw: st.DrawFn) -> tuple[str, Any]:
    """A file of the minimal question in which one value is anything at all."""
    name = draw(st.sampled_from(FILES))
    data = yaml.safe_load((MINIMAL / name).read_text(encoding="utf-8"))
    place, key = data, draw(st.sampled_from(list(data)))
    while isinstance(place[key], (dict, list)) and place[key] and draw(st.integers(0, 3)):
        place = place[key]
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
    place[key] = draw(VALUES)
    return name, data


@settings(max_examples=300)
@given(change=replaced())
def test_any_value_in_any_place_loads_or_is_an_input_error(
    change: tuple[str, Any], folder: Path
) -> None:
    name, data = change
    for part in ("seeds", "criteria", "proposals"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(MINIMAL / part, folder / part)
    (folder / name).write_text(dumped(data), encoding="utf-8")
    _loads_or_says_why(folder)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """A shipped file with some of its bytes replaced, taken out, put in or said twice."""
    name = draw(st.sampled_from(SHIPPED))
    raw = (ROOT / name).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from([0, 1, 1, 2, 5, 40, 400])))
        inserted = draw(
            st.binary(max_size=4)
            | st.sampled_from([b"\n", b": ", b"- ", b"\t", b"'", b"[", b"*a", b"NO", b"1e9", b""])
            | st.just(raw[start:end] * 2)
        )
        raw = raw[:start] + inserted + raw[end:]
    return name, raw


@pytest.fixture(scope="module")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("mutated")
    for name in ("seeds", "criteria", "proposals"):
        shutil.copytree(ROOT / name, copy / name)
    return copy


@settings(max_examples=120)
@given(mutation=mutations())
def test_mutated_bytes_of_a_shipped_file_load_or_are_an_input_error(
    mutation: tuple[str, bytes], shipped_copy: Path
) -> None:
    name, raw = mutation
    (shipped_copy / name).write_bytes(raw)
    try:
        _loads_or_says_why(shipped_copy)
    finally:
        shutil.copyfile(ROOT / name, shipped_copy / name)


def _loads_or_says_why(folder: Path) -> None:
    try:
        load_question(folder)
    except InputError as error:
        faults = error.faults
    else:
        return
    assert len(set(map(str, faults))) == len(faults)
    assert all(fault.what and fault.remedy for fault in faults)
