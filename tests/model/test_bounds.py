"""Hard bounds hold for scores of options, of settings, and for what a reader types."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.overrides import Override, typed_override, with_overrides
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.yaml_text import yaml_text
from tests.small_questions import Table, write_table

DELAY = Table(
    {"Time": {"Delay": (10.0, 0.0)}},
    {"Fast": [(0.0, 1.0, 3.0)], "Slow": [(2.0, 5.0, 9.0)]},
    criteria={"Delay": {"lower_bound": 0}},
)


def with_setting(folder: Path, low: float) -> Path:
    setting = {
        "id": "early",
        "name": "An early start",
        "why": "Made up.",
        "scores": {"fast": {"delay": {"low": low, "likely": 1, "high": 3}}},
    }
    (folder / "criteria/settings.yaml").write_text(
        yaml_text({"settings": [setting]}), encoding="utf-8"
    )
    return folder


def test_a_setting_may_not_put_a_number_beyond_a_bound(tmp_path: Path) -> None:
    folder = with_setting(write_table(tmp_path / "q", DELAY), 0.0)
    assert len(load_question(folder).settings) == 1
    with pytest.raises(InputError) as raised:
        load_question(with_setting(folder, -2.0))
    (fault,) = raised.value.faults
    assert fault.file == "criteria/settings.yaml"
    assert fault.line is not None
    assert fault.what == "low (-2) of Delay is below lower_bound (0)"


def test_an_override_may_not_put_a_number_beyond_a_bound(tmp_path: Path) -> None:
    question = load_question(write_table(tmp_path / "q", DELAY))
    with pytest.raises(InputError, match=r"low \(-1\) of Delay is below lower_bound \(0\)"):
        with_overrides(question, [Override("fast", "delay", -1.0, 1.0, 3.0, "A guess.")])
    override, faults = typed_override(question, ("fast", "delay"), ["-1", "1", "3"], "A guess.")
    assert override is None
    assert "Low (-1) of Delay is below lower_bound (0); give a number within the bounds." in str(
        faults
    )
    changed = with_overrides(question, [Override("fast", "delay", 0.0, 1.0, 3.0, "A guess.")])
    assert changed.proposal("fast").scores["delay"].low == 0


def test_a_score_survives_being_written_out_in_full(shipped: Question) -> None:
    """As a workshop keeps its copy of a question: with None for every key that is left out."""
    mean = Score.model_validate(
        {
            "mean": 5,
            "sd": 2,
            "class": ("judgement",),
            "confidence": "low",
            "evidence": ("own-judgement",),
            "rationale": "Made up.",
        }
    )
    for score in (mean, *shipped.proposals[0].scores.values()):
        assert Score.model_validate(score.model_dump(by_alias=True)) == score
