"""A PDF that nobody vouches for: one clear sentence, and nothing of it is loaded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from dashboard.model.errors import InputError
from dashboard.report.save_file import pdf_child
from dashboard.report.save_file.pdf_parts import MOST_BYTES, pdf_parts
from dashboard.report.save_file.restore import restored


def blank(change: Callable[[pikepdf.Pdf], None] = lambda _: None, **save: object) -> bytes:
    """A PDF of one empty page, with something done to it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        written = io.BytesIO()
        pdf.save(written, **save)  # type: ignore[arg-type]
    return written.getvalue()


def attach(pdf: pikepdf.Pdf, name: str, content: bytes) -> None:
    spec: Any = pikepdf.AttachedFileSpec
    pdf.attachments[name] = spec(pdf, content, filename=name)


def encrypted(**passwords: str) -> bytes:
    return blank(encryption=pikepdf.Encryption(**{"user": "", "owner": "", **passwords}))  # type: ignore[arg-type]


def scripted(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    names = pikepdf.Dictionary(Names=pikepdf.Array(["x", pdf.make_indirect(script)]))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=names)


def bomb(pdf: pikepdf.Pdf) -> None:
    """An attachment of 200 kB that unpacks to 200 MB."""
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    stream = pikepdf.Stream(pdf, packed)
    stream.stream_dict.Filter = pikepdf.Name.FlateDecode
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    files = pikepdf.Dictionary(F=pdf.make_indirect(stream))
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="bomb.json", UF="bomb.json", EF=files)
    held = pikepdf.Dictionary(Names=pikepdf.Array(["bomb.json", pdf.make_indirect(spec)]))
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=held)


def many(pdf: pikepdf.Pdf) -> None:
    spec = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a"))
    names: list[object] = []
    for k in range(pdf_child.MOST_ATTACHMENTS + 1):
        names += [f"{k:06d}", spec]
    held = pikepdf.Dictionary(Names=pikepdf.Array(names))
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=held)


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 no PDF at all", "is no PDF"),
        (b"%PDF-1.7\n" + b"\0" * 1000, "is damaged"),
        (encrypted(user="secret"), "is encrypted"),
        (encrypted(owner="secret"), "is encrypted"),
        (blank(scripted), "holds JavaScript"),
        (blank(many), "attachments, more than any briefing"),
    ],
    ids=["empty", "zip", "damaged", "user", "owner", "script", "many"],
)
def test_is_refused_in_one_sentence(pdf: bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        pdf_parts(pdf, "b.pdf", pages=True)
    (fault,) = refused.value.faults
    assert words in fault.what
    assert fault.file == "b.pdf"
    assert fault.remedy


def test_a_bomb_is_refused_before_it_fills_memory() -> None:
    with pytest.raises(InputError, match=r"unpacks to more than 64 MB|more memory"):
        pdf_parts(blank(bomb), "b.pdf")


def test_one_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(InputError, match="more than any briefing"):
        pdf_parts(b"%PDF-1.7\n" + b"\0" * MOST_BYTES, "b.pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_briefing_gives_nothing_or_all(share: float) -> None:
    whole = blank(lambda pdf: attach(pdf, "a.json", b"{}" * 5000))
    cut = whole[: int(len(whole) * share)]
    assert taken_apart(cut) in ("b.pdf: is damaged", {"a.json": b"{}" * 5000}, {})


def taken_apart(pdf: bytes) -> object:
    """The attachments, or the sentence up to its remedy."""
    try:
        return dict(pdf_parts(pdf, "b.pdf", pages=True).files)
    except InputError as error:
        return str(error).partition(" and cannot")[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        lambda pdf: attach(pdf, "invoice.xml", b"<a/>"),
        lambda pdf: attach(pdf, "../../etc/passwd", b"x"),
    ],
    ids=["none", "others", "traversal"],
)
def test_a_foreign_pdf_is_no_briefing(change: Callable[[pikepdf.Pdf], None]) -> None:
    parts = pdf_parts(blank(change), "letter.pdf", pages=True)
    with pytest.raises(InputError, match=r"letter\.pdf: is no briefing of Counterweight"):
        restored(parts.files, "letter.pdf")


def test_a_page_tree_that_loops_does_not_keep_anybody_waiting() -> None:
    def loop(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    assert taken_apart(blank(loop)) in ("b.pdf: is damaged", {})
