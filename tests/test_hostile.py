"""The hostile questions are what they claim to be, and can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.load import load_question
from tests.conftest import ROOT
from tests.hostile import KINDS, write_hostile


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_hostile_and_the_question_can_be_read(kind: str, tmp_path: Path) -> None:
    source = ROOT / "docs" / "example"
    before = load_question(source)
    question = load_question(write_hostile(source, tmp_path, KINDS[kind]))
    assert [p.id for p in question.proposals] == [p.id for p in before.proposals]
    names = [
        question.context.title,
        *(p.name for p in question.proposals),
        *(b.name for b in question.branches),
        *(c.name for c in question.criteria),
        *(c.unit for c in question.criteria),
        *(s.rationale for p in question.proposals for s in p.scores.values()),
        *(p.name for p in question.perspectives),
        *(s.name for s in question.settings),
        *(c.name for c in question.constraints),
        *(s.addresses[0] for s in question.sources),
        *(scenario.name for scenario in question.scenarios.scenarios),
    ]
    assert {name[:6] for name in names} == {text[:6] for text in KINDS[kind]}
