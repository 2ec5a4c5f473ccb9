"""The briefing as a file: its pages, its tags, its fonts, and that nothing can break it."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from itertools import pairwise
from typing import Any

import numpy as np
import pikepdf
import pypdf
import pytest

from dashboard.model.question import Question
from dashboard.model.weighting import Perspective
from dashboard.report.briefing.content import document_of
from dashboard.report.briefing.document import Figure, Table
from dashboard.report.briefing.pdf import briefing_pdf, charts_of, page_images
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.safe_text import COVERED, safe_text
from dashboard.robustness.verdict import verdict
from tests.report.briefing.briefs import HOSTILE, found, packed, pages, plain, tags
from tests.report.briefing.test_front_page import PERSPECTIVES
from tests.report.questions import make_question


@pytest.mark.parametrize("perspective", PERSPECTIVES)
@pytest.mark.parametrize(("length", "count"), [("one-page", 1), ("two-pages", 2)])
def test_has_as_many_pages_as_asked_for_and_says_on_each_what_it_is(
    shipped: Question, perspective: str, length: str, count: int
) -> None:
    made = found(shipped, perspective, length=length, author="Desk officer", assurer="Analyst")
    texts = pages(made)
    assert len(texts) == count
    question, inputs = made.question.fingerprint[:12], input_fingerprint(made.evaluation)[:12]
    for number, text in enumerate(texts, start=1):
        assert f"question {question} · inputs {inputs}" in text
        assert "Open sources only · Ways out for Russian officials" in text
        assert ("Author: Desk officer, assured by Analyst · 4 March 2026 · version 1.2.3") in text
        assert f"The tool informs and does not decide · Page {number} of {count}" in text


@pytest.mark.parametrize("seed", [*range(6), 9, 16])
@pytest.mark.parametrize(("length", "count"), [("one-page", 1), ("two-pages", 2)])
def test_has_as_many_pages_under_any_weights(
    shipped: Question, seed: int, length: str, count: int
) -> None:
    """Long reasons, a caution above them, whoever leads."""
    random = np.random.default_rng(seed)
    points = random.dirichlet(np.ones(len(shipped.criteria)) * random.choice([0.3, 1, 3])) * 100
    weights = {c.id: float(p) for c, p in zip(shipped.criteria, points, strict=True)}
    assert len(pages(found(shipped, weights, samples=200, length=length))) == count


def test_own_marking_stands_on_every_page_in_place_of_the_questions(shipped: Question) -> None:
    for text in pages(found(shipped, marking="Official: sensitive")):
        assert "Official: sensitive · Ways out" in text
        assert "Open sources only" not in text


def test_that_nobody_is_named_is_said(shipped: Question) -> None:
    for text in pages(found(shipped)):
        assert "No author named, not assured" in text


def test_sections_come_in_the_order_of_a_decision_brief(shipped: Question) -> None:
    text = " ".join(pages(found(shipped, "finance")))
    heads = [
        *("Decision needed:", "Options:", "Why:", "For ", "Who disagrees:"),
        *("What would change it:", "Before it starts:", "Confidence:"),
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_same_input_same_bytes_other_date_other_bytes(shipped: Question) -> None:
    first = briefing_pdf(found(shipped, "finance"))
    assert briefing_pdf(found(shipped, "finance")) == first
    other = datetime.date(2026, 3, 5)
    assert briefing_pdf(found(shipped, "finance", date=other)) != first


def test_neither_clock_nor_locale_nor_time_zone_changes_a_byte(shipped: Question) -> None:
    code = (
        "import hashlib; from pathlib import Path;"
        "from tests.report.briefing.briefs import found; from dashboard.model.load import "
        "load_question; from dashboard.report.briefing.pdf import briefing_pdf;"
        "pdf = briefing_pdf(found(load_question(Path('.')), 'ukraine'));"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    digests = set()
    for zone, language in (("Pacific/Kiritimati", "C"), ("America/Adak", "de_DE.UTF-8")):
        env = {"TZ": zone, "LC_ALL": language, "LANG": language, "PATH": "/usr/bin:/bin"}
        run = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_hostile_names_are_printed_as_they_are_or_as_codes() -> None:
    rows = {key: [float(k), 10.0 - k / 2, 3.0] for k, key in enumerate(HOSTILE)}
    question = make_question(
        rows,
        spread=0.4,
        names=HOSTILE,
        status_quo="h3",
        title=f"{HOSTILE['h0']} \U0001f600 {'T' * 290}",
    )
    texts = pages(found(question))
    everything = packed("".join(texts))
    for name in HOSTILE.values():
        assert packed(safe_text(name)) in everything
    assert "[U+1F600]smile[U+2764]" in everything
    assert "Characters that the fonts of this document lack are printed as codes" in " ".join(texts)
    for text in texts:
        assert "Page" in text


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_marking_author_or_weights_can_break_a_page(shipped: Question, name: str) -> None:
    made = found(shipped, marking=name[:60], author=name[:40], assurer=name[:40])
    for text in pages(made):
        assert packed(safe_text(name[:40])) in packed(text)


def test_every_covered_character_can_be_printed() -> None:
    every = "".join(chr(c) for first, last in COVERED for c in range(first, last + 1))
    assert len(pages(found(make_question({"a": [1.0]}, title=every)))) >= 1


def test_greek_and_cyrillic_are_printed_as_they_are() -> None:
    names = {
        "a": "Πρόταση άλφα",
        "b": "Предложение два",
        "c": "Größe über Łódź",
    }
    question = make_question({key: [float(k)] for k, key in enumerate("abc")}, names=names)
    text = packed("".join(pages(found(question))))
    for name in names.values():
        assert packed(name) in text


@pytest.mark.parametrize("branch_sizes", [[60], [6] * 10, [1] * 60])
def test_two_hundred_options_and_sixty_criteria(branch_sizes: list[int]) -> None:
    rows = {f"option-{i}": [float((i * 7 + j * 3) % 11) for j in range(60)] for i in range(200)}
    perspectives = tuple(
        Perspective(
            id=f"p-{k}",
            ref=None,
            name=f"Perspective {k}",
            points={f"criterion-{j}": float((j * k) % 5 + 1) for j in range(60)},
            justification="made up",
        )
        for k in range(12)
    )
    question = make_question(
        rows,
        spread=1.0,
        branch_sizes=branch_sizes,
        status_quo="option-7",
        perspectives=perspectives,
    )
    made = found(question, samples=50)
    texts = pages(made)
    evaluation = made.evaluation
    for i in evaluation.order[:12]:
        assert f"{evaluation.ranks[i]} {question.proposals[i].name} " in texts[0]
    assert "not shown; the attached files have all" in " ".join(texts)
    for place, text in enumerate(texts, start=1):
        assert f"Page {place} of {len(texts)}" in text
        assert input_fingerprint(evaluation)[:12] in text


def test_is_tagged_pdf_ua_1_and_pdf_a_3a(shipped: Question) -> None:
    made = found(shipped, "ukraine")
    document = document_of(made)
    with pikepdf.open(io.BytesIO(briefing_pdf(made))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["dc:title"] == (
                f"Ways out for Russian officials: {verdict(made.evaluation).headline}"
            )
        elements = list(tags(pdf.Root.StructTreeRoot))
        names = [str(element.S) for element in elements]
        headings = [int(name[2:]) for name in names if re.fullmatch(r"/H\d", name)]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
        tables = [block for block in document.blocks() if isinstance(block, Table)]
        assert names.count("/Table") == names.count("/THead") == len(tables)
        figures = [block for block in document.blocks() if isinstance(block, Figure)]
        spoken = [plain(str(element.Alt)) for element in elements if element.S == "/Figure"]
        assert spoken == [plain(safe_text(figure.alt)) for figure in figures]


def test_bookmarks_are_the_titles_of_the_sections(shipped: Question) -> None:
    made = found(shipped, "ukraine")
    reader = pypdf.PdfReader(io.BytesIO(briefing_pdf(made)))
    (top,), below = reader.outline[:1], reader.outline[1]
    document = document_of(made)
    assert not isinstance(top, list)
    assert plain(str(top["/Title"])) == plain(document.headline)
    titles = [plain(str(mark["/Title"])) for mark in below if not isinstance(mark, list)]
    assert titles == [plain(safe_text(f"{s.kicker}: {s.title}")) for s in document.sections]


def test_all_that_is_on_a_page_is_tagged_or_an_artefact(shipped: Question) -> None:
    with pikepdf.open(io.BytesIO(briefing_pdf(found(shipped, "ukraine")))) as pdf:
        for page in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in ("BDC", "BMC"):
                    depth += 1
                elif operator == "EMC":
                    depth -= 1
                elif operator in ("Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh"):
                    assert depth > 0, instruction
            assert depth == 0


def test_all_fonts_are_the_bundled_ones_and_embedded(shipped: Question) -> None:
    names: set[str] = set()
    reader: Any = pypdf.PdfReader(io.BytesIO(briefing_pdf(found(shipped, "ukraine"))))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            held = font.get_object()
            names.add(str(held["/BaseFont"]).split("+")[1])
            (inner,) = held["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert names == {"IBMPlexSans", "IBMPlexSans-Italic", "IBMPlexSans-SmBld"}


def test_page_images_are_the_pages(shipped: Question) -> None:
    document = document_of(found(shipped, "ukraine"))
    images = page_images(document, charts_of(found(shipped, "ukraine"), document), dpi=50)
    assert len(images) == 2
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_importing_the_module_does_not_import_what_is_slow() -> None:
    code = (
        "import sys, dashboard.report.briefing.pdf;"
        "slow = {'altair', 'typst', 'vl_convert', 'skcriteria', 'pandas'};"
        "sys.exit(bool(slow & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
