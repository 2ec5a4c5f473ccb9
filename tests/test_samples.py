"""The samples in the documents are what this version writes of the shipped question."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import __version__
from dashboard.model.question import Question
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.report.save_file.pdf_parts import pdf_parts
from dashboard.report.save_file.restore import restored_brief
from dashboard.report.save_file.verify import sentences, verify
from tests.conftest import ROOT

SAMPLES = ROOT / "docs" / "samples"


def test_there_are_two() -> None:
    assert sorted(path.name for path in SAMPLES.iterdir()) == ["full.pdf", "two-pages.pdf"]


@pytest.mark.parametrize("name", ["two-pages.pdf", "full.pdf"])
def test_follows_from_its_inputs_as_this_version_writes_it(name: str) -> None:
    """If wording or look was changed on purpose, make them again: `make samples`."""
    path: Path = SAMPLES / name
    found = verify(path.read_bytes(), name, briefing_pdf, version=__version__)
    assert found.same, list(sentences(found))


def test_is_of_the_shipped_question(shipped: Question) -> None:
    for path in SAMPLES.iterdir():
        brief = restored_brief(pdf_parts(path.read_bytes(), path.name).files, path.name)
        assert brief.question.fingerprint == shipped.fingerprint
