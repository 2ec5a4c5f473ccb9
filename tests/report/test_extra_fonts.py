"""Scripts that the bundled fonts lack are refused before a PDF is made, or set in a given font."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pypdf
import pypdfium2
import pytest

from dashboard.cli import main
from dashboard.model.errors import InputError
from dashboard.model.question import Question
from dashboard.model.question_files import question_files
from dashboard.report.briefing.figures import can_be_drawn, figure_svg
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.report.extra_fonts import FontName, coverage, read_fonts
from dashboard.report.forms import FORMS
from dashboard.report.safe_text import right_to_left, safe_text, unprintable_words
from dashboard.report.save_file.pdf_parts import pdf_parts
from dashboard.report.save_file.restore import restored_brief
from dashboard.report.save_file.verify import verify
from tests.report.briefing.briefs import found, packed, pages
from tests.report.made_fonts import made_font
from tests.report.questions import make_question

BUSES, METRO, TITLE = "حافلات سريعة", "مترو الأنفاق", "خيارات النقل"
DRUGS, SURGERY = "药物治疗", "介入治疗"


def arabic() -> Question:
    names = {"a": BUSES, "b": METRO}
    return make_question({"a": [9.0, 8.0], "b": [3.0, 2.0]}, names=names, title=TITLE)


def chinese() -> Question:
    names = {"a": DRUGS, "b": SURGERY}
    return make_question({"a": [9.0], "b": [3.0]}, names=names)


def form(ending: str) -> Any:
    return next(form.make for form in FORMS if form.ending == ending)


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> FontName:
    path = tmp_path_factory.mktemp("fonts") / "arabic.ttf"
    return read_fonts([made_font(path, BUSES, METRO, TITLE)])[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The Arabic question as files."""
    for name, text in question_files(arabic()).items():
        path = tmp_path / "question" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "question"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plain words, Größe, Київ and Ω", []),
        ("a smile \U0001f600, a heart ❤ and a tick ✔", []),
        ("a symbol of words \ufdfd", []),
        ("ten year 年 plan", ["年"]),
        (f"{BUSES} or {DRUGS}", ["حافلات", "سريعة", DRUGS]),
        ("rainwater জল", ["জল"]),
        ("\u211d, \U0001d400 and \uff21 have a plain form", []),
        ("half字", []),
        ("字字a", ["字字a"]),
        ("字a", []),
        ("\u0301\u200d\ufeff\ufffd", []),
    ],
)
def test_a_word_is_refused_where_the_fonts_lack_more_than_half_of_its_letters(
    text: str, words: list[str]
) -> None:
    assert unprintable_words(text) == words


def test_a_font_that_has_the_letters_makes_the_word_printable(font: FontName) -> None:
    also = coverage([font])
    assert unprintable_words(f"{BUSES} or {METRO}", also) == []
    assert unprintable_words(f"{BUSES} or {DRUGS}", also) == [DRUGS]
    assert safe_text(BUSES, also) == BUSES
    assert safe_text("❤", also) == "[U+2764]"


def test_what_runs_from_right_to_left_keeps_its_order() -> None:
    assert right_to_left("Plain.") == "Plain."
    assert right_to_left(f"{BUSES}.") == f"\u2067{BUSES}.\u2069"
    mixed = right_to_left(f"leads {BUSES}: {METRO} adds")
    assert mixed == f"leads {BUSES}:\u200e {METRO} adds"


@pytest.mark.parametrize("length", ["one-page", "two-pages", "full"])
@pytest.mark.parametrize("ending", [".pdf", ".zip"])
def test_a_pdf_of_codes_is_refused_with_the_way_out(length: str, ending: str) -> None:
    with pytest.raises(InputError) as refused:
        form(ending)(found(chinese(), length=length, samples=50), None)
    assert str(refused.value) == (
        f"briefing (PDF): the fonts of the PDF have no letters for “{DRUGS}” and “{SURGERY}”; "
        "give a font that has them with --font FILE (brief, serve and verify take it), or take the "
        "briefing as Word or Excel, which need none"
    )


def test_names_that_only_a_chart_shows_are_refused_too() -> None:
    question = make_question({"a": [9.0], "b": [3.0]})
    (branch,) = question.branches
    named = branch.model_copy(update={"name": "负担"})
    tree = question.tree.model_copy(update={"branches": (named,)})
    with pytest.raises(InputError, match="no letters for “负担”"):
        briefing_pdf(found(question.replace(tree=tree), samples=50))


def test_a_stray_emoji_is_printed_as_a_code_with_a_note() -> None:
    names = {"a": "Lunch \U0001f600", "b": "Dinner"}
    text = " ".join(pages(found(make_question({"a": [9.0], "b": [3.0]}, names=names))))
    assert "Lunch [U+1F600]" in text
    assert "Characters that the fonts of this document lack are printed as codes" in text


def test_word_and_excel_carry_the_text_as_it_is() -> None:
    made = found(chinese(), samples=50)
    assert not can_be_drawn(made)
    word = docx.Document(io.BytesIO(form(".docx")(made, None)))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert f"{DRUGS} leads by 60 points" in texts
    assert not any("[U+" in text for text in texts)
    # The chart needs letters that no font at hand has: its sentence stands in its place.
    assert len(word.inline_shapes) == 0
    (told,) = [text for text in texts if text.startswith("A chart stands here in words")]
    assert DRUGS in told
    book = openpyxl.load_workbook(io.BytesIO(form(".xlsx")(made, None)))
    assert [row[0] for row in book["Ranks"].values if row[0] in (DRUGS, SURGERY)] == [
        DRUGS,
        SURGERY,
    ]


def test_set_in_a_given_font_it_is_read_and_the_font_is_inside(font: FontName) -> None:
    pdf = briefing_pdf(found(arabic(), samples=50, fonts=(font,)))
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf))
    names = set()
    for page in reader.pages:
        for held in page["/Resources"]["/Font"].values():
            (inner,) = held.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(str(held.get_object()["/BaseFont"]).split("+")[1])
    assert "TestScript" in names
    assert "IBMPlexSans" in names
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:conformance"] == "A"
    assert "[U+" not in packed("".join(pages(pdf)))


def test_arabic_letters_stand_from_right_to_left_on_the_page(font: FontName) -> None:
    """By their places on the page: the first letter of a name is its rightmost one."""
    pdf = briefing_pdf(found(arabic(), samples=50, fonts=(font,)))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    places: dict[str, list[tuple[float, float]]] = {}
    for k, code in enumerate(_codes(text)):
        left, bottom, _, top = text.get_charbox(k)
        places.setdefault(chr(code), []).append((left, (bottom + top) / 2))
    first, last = "ح", "ع"  # both in this name alone
    assert len(places[first]) == len(places[last]) > 3
    for left, line in places[first]:
        beside = [x for x, y in places[last] if abs(y - line) < 8]
        assert beside
        assert min(abs(left - x) for x in beside if x < left) < 90


def _codes(text: Any) -> list[int]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    return [pdfium.FPDFText_GetUnicode(text, k) for k in range(text.count_chars())]


def test_charts_use_the_given_font_too(font: FontName) -> None:
    made = found(arabic(), samples=50, fonts=(font,))
    assert can_be_drawn(made)
    svg = figure_svg(made, "ranking")
    assert BUSES in svg
    assert "Test Script" in svg
    assert "[U+" not in svg


def test_the_briefing_records_its_font_and_is_set_again_with_the_same_file(
    font: FontName, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = briefing_pdf(found(arabic(), samples=50, fonts=(font,)))
    files = pdf_parts(pdf, "b.pdf").files
    assert json.loads(files["layout.json"])["fonts"] == [
        {"family": "Test Script", "sha256": font.sha256}
    ]
    assert restored_brief(files, "b.pdf").layout.fonts == (font,)
    checked = verify(pdf, "b.pdf", briefing_pdf, lambda _: (), version="1.2.3")
    assert checked.same
    assert checked.byte_for_byte
    monkeypatch.setattr("dashboard.report.extra_fonts._HELD", {})
    with pytest.raises(InputError) as refused:
        verify(pdf, "b.pdf", briefing_pdf, lambda _: (), version="1.2.3")
    assert str(refused.value) == (
        f"the briefing: is set in the font “Test Script” (SHA-256 {font.sha256[:12]}), which was "
        "not given; give that file with --font FILE"
    )


def test_a_briefing_in_the_bundled_fonts_says_nothing_of_fonts() -> None:
    files = pdf_parts(briefing_pdf(found(make_question({"a": [1.0]}), samples=50)), "b.pdf").files
    assert "fonts" not in json.loads(files["layout.json"])


def test_on_the_command_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where, output = ["--question", str(folder)], tmp_path / "b.pdf"
    assert main(["check", *where]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith(
        "warning: the fonts of the PDF have no letters for 6 words, such as “خيارات” and “النقل”; "
        "give a font that has them with --font FILE"
    )
    assert "No faults, 1 warning." in captured.out
    asked = ["brief", *where, "--samples", "50", "--output", str(output)]
    assert main(asked) == 2
    assert not output.exists()
    assert "or take the briefing as Word or Excel" in capsys.readouterr().err
    given = ["--font", str(made_font(tmp_path / "a.ttf", BUSES, METRO, TITLE, family="Given"))]
    assert main(["check", *where, *given]) == 0
    assert "No faults, 0 warnings." in capsys.readouterr().out
    assert main([*asked, *given]) == 0
    assert main(["verify", str(output), *given]) == 0
    assert "Same: results, pages and attachments follow" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"no font at all", "is no font"),
        (b"", "is no font"),
    ],
)
def test_a_file_that_is_no_font_is_refused(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_fonts([path])
    assert f"x.ttf: {said}; give a TrueType or OpenType font" in str(refused.value)
