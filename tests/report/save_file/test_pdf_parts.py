"""A PDF that nobody vouches for: one clear sentence, and nothing of it is loaded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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


def held(pdf: pikepdf.Pdf, *names: str) -> list[object]:
    """Entries of a tree of names, each an attachment."""
    entries: list[object] = []
    for name in names:
        stream = pdf.make_indirect(pikepdf.Stream(pdf, b"{}"))
        files = pikepdf.Dictionary(F=stream)
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=name, EF=files)
        entries += [name, pdf.make_indirect(spec)]
    return entries


def test_two_attachments_of_one_name_are_refused() -> None:
    def twice(pdf: pikepdf.Pdf) -> None:
        names = pikepdf.Array(held(pdf, "inputs.json", "inputs.json"))
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))

    with pytest.raises(InputError, match="has two attachments of the same name"):
        pdf_parts(blank(twice), "b.pdf")


def test_a_tree_of_names_that_loops_does_not_keep_anybody_waiting() -> None:
    def loop(pdf: pikepdf.Pdf) -> None:
        tree = pdf.make_indirect(pikepdf.Dictionary())
        tree.Kids = pikepdf.Array([tree, tree])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)

    assert taken_apart(blank(loop)) in ("b.pdf: is damaged", {})


def test_a_stream_of_objects_that_is_a_bomb_is_refused() -> None:
    """500 MB of spaces in two megabytes, where the catalogue should be."""
    packed = zlib.compress(b"1 0 " + b" " * 500_000_000, 1)
    head = (
        b"%PDF-1.5\n2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>stream\n"
    )
    body = head + packed + b"\nendstream\nendobj\n"
    start = len(body)
    rows = b"".join(
        bytes(row)
        for row in ([0, 0, 0, 0], [2, 0, 2, 0], [1, 0, 9, 0], [1, *start.to_bytes(3, "big")])
    )
    table = (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 3 0]/Root 1 0 R/Length 16>>stream\n"
        + rows
        + b"\nendstream\nendobj\nstartxref\n"
        + str(start).encode()
        + b"\n%%EOF\n"
    )
    with pytest.raises(InputError, match="needs more memory to be read than any briefing"):
        pdf_parts(body + table, "b.pdf")


def test_a_crash_of_the_reader_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "__file__", "/nowhere/at/all.py")
    with pytest.raises(InputError, match="the reader of PDFs gave up on it"):
        pdf_parts(blank(), "b.pdf")


def test_it_is_read_beside_many_threads() -> None:
    pdf = blank(lambda made: attach(made, "a.json", b"{}"))
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: dict(pdf_parts(pdf, "b.pdf").files), range(32)))
    assert found == [{"a.json": b"{}"}] * 32
