"""A document explains its own words: in full in the annex, Word and Excel, else as it fits."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest

from dashboard.model.question import Question
from dashboard.report.briefing.content import document_of
from dashboard.report.briefing.document import Paragraph
from dashboard.report.briefing.tables import IN_FULL
from dashboard.report.forms import FORMS
from tests.report.briefing.briefs import found, pages, tables_of
from tests.report.questions import make_question

NAMES = {
    "rain": ("Rainwater harvesting", "RWH", "A roof collects rain into a tank at each house."),
    "filter": ("Pond sand filter", "PSF", "A bed of sand cleans the water of a shared pond."),
    "aquifer": ("Managed aquifer recharge", "MAR", "Wells let fresh water into the ground."),
}
DEFINITION = "The share of days on which a tap gives water that may be drunk."


def water(repeat: int = 1, longer: str = "", **made: Any) -> Question:
    """Options known by their initials, the first criterion by a short name."""
    keys = [f"{key}-{k}" for k in range(repeat) for key in NAMES]
    rows = {key: [10.0 - k / len(keys), 3.0 + k / len(keys), 5.0] for k, key in enumerate(keys)}
    question = make_question(rows, spread=0.3, branch_sizes=[1, 2], **made)
    options = []
    for option in question.proposals:
        name, short, summary = NAMES[option.id.rpartition("-")[0]]
        given = {"name": name + longer, "short_name": short, "summary": summary}
        options.append(option.model_copy(update=given))
    (first, *others) = question.branches
    supply = {"short_name": "Supply", "name": "Safe supply", "definition": DEFINITION}
    criterion = first.criteria[0].model_copy(update=supply)
    branches = (first.model_copy(update={"criteria": (criterion,)}), *others)
    tree = question.tree.model_copy(update={"branches": branches})
    return question.replace(tree=tree, proposals=tuple(options))


def words() -> list[str]:
    """Everything that has to be said of the options and of the criterion."""
    return [text for name in NAMES.values() for text in name] + [
        "Supply",
        "Safe supply",
        DEFINITION,
    ]


def form(ending: str) -> Any:
    return next(form.make for form in FORMS if form.ending == ending)


@pytest.mark.parametrize(("length", "count"), [("one-page", 1), ("two-pages", 2)])
def test_a_short_form_with_room_explains_every_name(length: str, count: int) -> None:
    made = pages(found(water(), length=length, samples=50))
    assert len(made) == count
    text = " ".join(made)
    for said in words():
        assert said in text
    # The options on the page where they are ranked; a subject is told once.
    assert made[0].count("What the options are") == 1
    assert text.count("What the options are") == text.count("How the criteria are defined") == 1
    assert IN_FULL in made[0]


def test_the_annex_has_every_name_in_full() -> None:
    made = found(water(), length="full", samples=50)
    (section,) = [s for s in document_of(made).sections if s.id == "annex-terms"]
    options, criteria = tables_of(section)
    assert [(row[0].text, row[0].below, row[1].text) for row in options.rows] == [
        (short, name, summary) for name, short, summary in NAMES.values()
    ]
    supply = next(row for row in criteria.rows if row[0].text == "Supply")
    assert (supply[0].below, supply[1].text) == ("Safe supply", DEFINITION)
    text = " ".join(pages(made))
    assert "Annex A, what the names mean: 3 options and 3 criteria, with their full names" in text
    assert IN_FULL not in text


def test_word_has_no_attachments_to_look_names_up_in() -> None:
    made = found(water(), samples=50)

    def note(*, explained: bool) -> str:
        document = document_of(made, explained=explained)
        (section,) = [s for s in document.sections if s.id == "options"]
        paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
        return "".join(run.text for paragraph in paragraphs for run in paragraph.runs)

    assert IN_FULL in note(explained=False)
    assert IN_FULL not in note(explained=True)
    assert "Full names, summaries and definitions: at the end of this document." in (
        note(explained=True)
    )


def test_word_explains_every_name_whatever_its_length() -> None:
    for length in ("one-page", "two-pages", "full"):
        word = docx.Document(io.BytesIO(form(".docx")(found(water(), length=length), None)))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*cells, *(paragraph.text for paragraph in word.paragraphs)])
        for said in words():
            assert said in text


def test_excel_explains_every_name() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(".xlsx")(found(water(), samples=50), None)))
    rows = [row[:4] for row in book["Names"].values]
    for name, short, summary in NAMES.values():
        assert ("Option", short, name, summary) in rows
    assert ("Criterion", "Supply", "Safe supply", DEFINITION) in rows


@pytest.mark.parametrize("repeat", [1, 2, 4, 10])
@pytest.mark.parametrize("longer", ["", " for each household of the delta" * 6])
@pytest.mark.parametrize(("length", "count"), [("one-page", 1), ("two-pages", 2)])
def test_a_short_form_never_grows_by_what_it_explains(
    repeat: int, longer: str, length: str, count: int
) -> None:
    question = water(repeat, longer, status_quo="rain-0")
    assert len(pages(found(question, length=length, samples=50))) == count


def test_a_full_page_explains_nothing_and_says_where_it_stands(shipped: Question) -> None:
    (text,) = pages(found(shipped, length="one-page", samples=50))
    assert IN_FULL in text
    assert "How the criteria are defined" not in text


def test_a_summary_that_only_repeats_a_name_is_not_printed_twice() -> None:
    question = water()
    (first, *others) = question.proposals
    same = first.model_copy(update={"summary": f"{first.name}."})
    text = " ".join(pages(found(question.replace(proposals=(same, *others)), samples=50)))
    assert "RWH, Rainwater harvesting. " in text
    assert "RWH, Rainwater harvesting:" not in text
