"""A briefing comes back as what it was made from, and an edit anywhere in it is found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dashboard.methods.second_opinions import second_opinions
from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Findings, findings
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.report.extra_fonts import FontName, read_fonts
from dashboard.report.save_file.contents import inputs_data, layout_data, save_files
from dashboard.report.save_file.pdf_parts import pdf_parts
from dashboard.report.save_file.restore import restored, restored_brief
from dashboard.report.save_file.verify import Verification, sentences, verify
from tests.conftest import ROOT
from tests.hostile import KINDS, write_hostile
from tests.report.briefing.briefs import VERSION, found
from tests.report.made_fonts import made_font

REASON = "a ruling \u2014 \u201cx\u201d"
OVERRIDES = (Override("sanctuary", "accountability", 0.5, 1.0, 7.5, REASON),)


def made(question: Question) -> Findings:
    """A briefing with everything that can be set."""
    asked = found(
        question,
        "human-rights",
        settings=("earlier-anchors",),
        overrides=OVERRIDES,
        length="full",
        annexes=("weights",),
        marking="Official",
        author="Desk officer",
    ).brief
    return findings(asked, second_opinions(asked.evaluation))


@pytest.fixture(scope="module")
def saved(shipped: Question) -> bytes:
    return briefing_pdf(made(shipped))


def attached(pdf: pikepdf.Pdf, name: str, content: bytes) -> pikepdf.AttachedFileSpec:
    spec: Any = pikepdf.AttachedFileSpec
    made: pikepdf.AttachedFileSpec = spec(pdf, content, filename=name)
    return made


def checked(pdf: bytes) -> Verification:
    return verify(pdf, "b.pdf", briefing_pdf, version=VERSION)


def with_file(pdf: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same PDF with one attachment changed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spec = document.attachments[name]
        content = change(spec.get_file().read_bytes())
        document.attachments[name] = attached(document, name, content)
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def test_everything_comes_back_from_the_pdf(shipped: Question, saved: bytes) -> None:
    brief, first = restored_brief(pdf_parts(saved, "b.pdf").files, "b.pdf"), made(shipped).brief
    assert brief.question.fingerprint == shipped.fingerprint
    assert brief.evaluation.question.fingerprint == first.evaluation.question.fingerprint
    assert dict(brief.weighting.points) == dict(first.weighting.points)
    assert replace(brief.weighting, points={}) == replace(first.weighting, points={})
    assert brief.layout == first.layout
    assert (brief.settings, brief.overrides) == (first.settings, first.overrides)
    assert (brief.sampling, brief.errors) == (first.sampling, first.errors)


def test_made_again_from_what_came_back_it_is_the_same_file(saved: bytes) -> None:
    brief = restored_brief(pdf_parts(saved, "b.pdf").files, "b.pdf")
    assert briefing_pdf(findings(brief, second_opinions(brief.evaluation))) == saved


def test_attachments_are_all_that_it_rests_on(shipped: Question, saved: bytes) -> None:
    files = pdf_parts(saved, "b.pdf").files
    assert dict(files) == save_files(made(shipped))
    names = {"manifest.json", "question.json", "inputs.json", "layout.json", "results.json"}
    assert names <= set(files)
    assert {"seeds_question.yaml", "criteria_value-tree.yaml", "proposals_sanctuary.yaml"} <= set(
        files
    )
    results = json.loads(files["results.json"])
    assert results["seed"] == 0
    assert results["methods"][0]["method"] == "Weighted sum"


def test_each_attachment_says_what_it_is_to_the_rest(saved: bytes) -> None:
    with pikepdf.open(io.BytesIO(saved)) as pdf:
        relations = {str(spec.UF): str(spec.AFRelationship) for spec in pdf.Root.AF}
    assert relations["results.json"] == "/Data"
    assert relations["seeds_question.yaml"] == "/Source"


def test_as_it_was_written_it_verifies_byte_for_byte(saved: bytes) -> None:
    result = checked(saved)
    assert result.same
    assert result.byte_for_byte
    first, *_, last = sentences(result)
    assert first.startswith("Same: results, pages and attachments follow from the inputs")
    assert "They are no signature" in last


def test_a_changed_result_is_named_with_both_figures(saved: bytes) -> None:
    def higher(content: bytes) -> bytes:
        data = json.loads(content)
        data["ranking"][0]["score"] += 1.0
        return json.dumps(data).encode()

    result = checked(with_file(saved, "results.json", higher))
    assert not result.same
    assert result.changes == ("results.json was changed since the briefing was written",)
    assert [one.place for one in result.results] == ["ranking > status-quo > score"]
    assert set(result.data()["results"][0]) == {"place", "in_file", "calculated"}
    assert any("ranking > status-quo > score is " in said for said in sentences(result))


def test_a_changed_score_is_found_by_hash_fingerprint_figures_and_pages(saved: bytes) -> None:
    def higher(content: bytes) -> bytes:
        assert b"likely: 25" in content
        return content.replace(b"likely: 25", b"likely: 26")

    result = checked(with_file(saved, "proposals_sanctuary.yaml", higher))
    assert not result.same
    assert any("proposals_sanctuary.yaml was changed" in change for change in result.changes)
    assert any("question.json is another question" in change for change in result.changes)
    assert any("the fingerprint of the question" in change for change in result.changes)
    assert result.results
    assert {one.page for one in result.lines} >= {1}


def test_a_changed_file_is_not_opened(saved: bytes) -> None:
    changed = with_file(saved, "inputs.json", lambda content: content.replace(b"Desk", b"Desc"))
    same = with_file(saved, "inputs.json", lambda content: content + b" ")
    for pdf in (changed, same):
        files = pdf_parts(pdf, "b.pdf").files
        if files["inputs.json"] == pdf_parts(saved, "b.pdf").files["inputs.json"]:
            continue
        with pytest.raises(InputError, match="was changed since the briefing was written"):
            restored_brief(files, "b.pdf")


def test_a_changed_page_is_named_by_page_and_line(saved: bytes) -> None:
    with pikepdf.open(io.BytesIO(saved)) as pdf:
        page = pdf.pages[0]
        drawn = pdf.make_stream(b"BT /F0 1 Tf ET 0.9 0 0 rg 60 700 200 40 re f")
        page.contents_add(drawn)
        written = io.BytesIO()
        pdf.save(written)
    result = checked(written.getvalue())
    assert not result.same
    assert result.pictures == (1,)
    assert "Pages: page 1 looks different, though its text is the same." in list(sentences(result))


def test_a_page_taken_out_is_told(saved: bytes) -> None:
    with pikepdf.open(io.BytesIO(saved)) as pdf:
        del pdf.pages[-1]
        written = io.BytesIO()
        pdf.save(written)
    result = checked(written.getvalue())
    assert not result.same
    assert result.pages[0] == result.pages[1] - 1


def test_another_version_is_told_and_does_not_make_it_differ(saved: bytes) -> None:
    result = verify(saved, "b.pdf", briefing_pdf, version="9.9.9")
    assert result.same
    assert any("written by Counterweight 1.2.3, and this is 9.9.9" in s for s in sentences(result))


def test_a_newer_format_says_so(saved: bytes) -> None:
    files = dict(pdf_parts(saved, "b.pdf").files)
    manifest = json.loads(files["manifest.json"]) | {"format": 2}
    files["manifest.json"] = json.dumps(manifest).encode()
    with pytest.raises(InputError, match="is of format 2, from a newer Counterweight"):
        restored(files, "b.pdf")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("inputs.json", b"{", "inputs.json: is no JSON"),
        ("inputs.json", b"[]", "it holds no keys"),
        ("inputs.json", b'{"a": 1, "a": 2}', "holds a key twice"),
        ("inputs.json", b"\xff", "is not UTF-8 text"),
        ("layout.json", b"{}", "is missing"),
        ("layout.json", b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}", "nested more than"),
        ("criteria_value-tree.yaml", b"a: [", "value-tree.yaml"),
        ("seeds_question.yaml", b"title: NO\n", "question.yaml"),
        ("manifest.json", b'{"format": 1}', "is missing"),
    ],
)
def test_files_that_cannot_be_read_are_named(
    saved: bytes, name: str, content: bytes, words: str
) -> None:
    files: dict[str, Any] = dict(pdf_parts(saved, "b.pdf").files)
    files[name] = content
    with pytest.raises(InputError) as refused:
        restored(files, "b.pdf")
    assert words in str(refused.value)


def test_a_workshops_copy_with_settings_keeps_them(shipped: Question) -> None:
    from dashboard.model.settings import with_settings  # noqa: PLC0415

    room = with_settings(shipped, ["earlier-anchors"])
    first = found(room, "ukraine")
    files = save_files(findings(first.brief, ()))
    back = restored_brief(files, "b.pdf")
    assert back.question.fingerprint == room.fingerprint
    assert back.question.active_settings == ("earlier-anchors",)


@pytest.mark.parametrize("folder", ["docs/example", "tests/data/minimal"])
def test_other_questions_come_back_and_verify(folder: str) -> None:
    pdf = briefing_pdf(again(load_question(ROOT / folder)))
    assert checked(pdf).byte_for_byte


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_come_back_and_verify(kind: str, tmp_path: Path) -> None:
    question = load_question(write_hostile(ROOT / "docs" / "example", tmp_path, KINDS[kind]))
    # Two of the directions are in scripts that the bundled fonts lack.
    given = [made_font(tmp_path / "f.ttf", *KINDS[kind])] if kind == "directions" else []
    pdf = briefing_pdf(again(question, fonts=read_fonts(given)))
    back = restored_brief(pdf_parts(pdf, "b.pdf").files, "b.pdf")
    assert back.question.fingerprint == question.fingerprint
    assert checked(pdf).byte_for_byte


def again(question: Question, **layout: Any) -> Findings:
    """Findings with what the other methods say, which ``verify`` asks too."""
    asked = found(question, **layout).brief
    return findings(asked, second_opinions(asked.evaluation))


def test_what_stands_in_a_brief_stands_in_the_file(shipped: Question) -> None:
    """Whoever adds a field to one of these has to say how it comes back."""
    brief = found(shipped, "ukraine", fonts=(FontName("Given", "0" * 64),)).brief
    inputs, layout = inputs_data(brief), layout_data(brief)
    assert set(inputs["weighting"]) == {field.name for field in fields(brief.weighting)}
    assert set(layout) == {field.name for field in fields(brief.layout)}
    assert set(inputs["sampling"]) == set(brief.sampling._fields)
    assert set(inputs["score_errors"]) == set(brief.errors._fields)
    told = {"question", "workshop", "layout", "weighting", "settings", "overrides", "sampling"}
    assert {field.name for field in fields(brief)} == told | {"errors"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda data: data["weighting"]["points"].popitem(),
            "points are not those of the criteria",
        ),
        (lambda data: data["weighting"].update(perspective="moon"), "unknown perspective 'moon'"),
        (lambda data: data["weighting"].update(locked=["moon"]), "locked criterion is not in"),
        (lambda data: data.update(settings=["moon"]), "unknown setting 'moon'"),
        (lambda data: data["overrides"][0].update(criterion="moon"), "unknown criterion 'moon'"),
        (lambda data: data["overrides"][0].update(low=99), "likely (1) is below low (99)"),
        (lambda data: data["sampling"].update(samples=10**9), "sampling > samples"),
        (lambda data: data.update(more=1), "more is an unknown key"),
    ],
)
def test_inputs_that_do_not_fit_the_question_are_refused(
    saved: bytes, change: Callable[[Any], object], words: str
) -> None:
    files: dict[str, Any] = dict(pdf_parts(saved, "b.pdf").files)
    data = json.loads(files["inputs.json"])
    change(data)
    files["inputs.json"] = json.dumps(data).encode()
    with pytest.raises(InputError) as refused:
        restored(files, "b.pdf")
    assert words in str(refused.value)
    assert "inputs.json was changed since the briefing was written" in str(refused.value)
