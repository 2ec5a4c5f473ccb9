"""Whether a briefing says what follows from what is attached to it.

Three things are looked at: whether the attachments are as they were written; whether the attached
results follow from the attached inputs; and whether the pages are those that follow from both.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion, second_opinions
from dashboard.model.errors import shortened
from dashboard.model.wording import counted
from dashboard.report.briefing.brief import Findings, findings
from dashboard.report.save_file.contents import results_data
from dashboard.report.save_file.pdf_parts import Page, pdf_parts
from dashboard.report.save_file.records import NO_SIGNATURE
from dashboard.report.save_file.restore import restored
from dashboard.report.save_file.tree_differences import TreeDifference, tree_differences

MOST_KEPT = 1_000
"""Differences of one kind that are kept; of more it is said that there are more."""

_LONGEST_COMPARED = 2_000
"""Lines of a page up to which moved lines are told from changed ones; longer pages are none."""


@dataclass(frozen=True)
class LineDifference:
    """A line of a page. ``was`` as the file has it, ``should`` as it follows; one may be empty."""

    page: int
    line: int
    was: str
    should: str


@dataclass(frozen=True)
class Verification:
    """What was found.

    ``version`` : of the program that wrote the briefing; ``now`` : of this one.
    ``changes`` : attachments that are not as they were written, a sentence each.
    ``results`` : figures that do not follow from the inputs; ``was`` in the file, ``now`` as
    calculated.
    ``lines`` : text of pages that does not follow. ``pictures`` : numbers of pages that look
    different though their text is the same. ``pages`` : how many there are, and should be.
    """

    version: str
    now: str
    question: str
    inputs: str
    byte_for_byte: bool
    changes: tuple[str, ...]
    results: tuple[TreeDifference, ...]
    lines: tuple[LineDifference, ...]
    pictures: tuple[int, ...]
    pages: tuple[int, int]
    workshop: bool

    @property
    def same(self) -> bool:
        found = (self.changes, self.results, self.lines, self.pictures)
        return not any(found) and self.pages[0] == self.pages[1]

    def data(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "same": self.same,
            **asdict(self),
            "results": [
                {"place": one.place, "in_file": one.was, "calculated": one.now}
                for one in self.results
            ],
            "sentences": list(sentences(self)),
        }


def verify(
    pdf: bytes,
    name: str,
    make: Callable[[Findings], bytes],
    opinions: Callable[[Evaluation], tuple[Opinion, ...]] = second_opinions,
    *,
    version: str,
) -> Verification:
    """Calculate and set a briefing again, and compare.

    Parameters
    ----------
    make : makes the PDF of what was found (``briefing_pdf``).
    opinions : asks the other methods.
    version : of this program.

    Raises
    ------
    InputError : the file is no briefing, or cannot be read.
    """
    parts = pdf_parts(pdf, name, pages=True)
    held = restored(parts.files, name)
    found = findings(held.brief, opinions(held.brief.evaluation))
    calculated = json.loads(json.dumps(results_data(found), allow_nan=False))
    again = make(found)
    pages = parts.pages if again == pdf else pdf_parts(again, name, pages=True).pages
    lines = tuple(islice(_lines(parts.pages, pages), MOST_KEPT))
    different = {one.page for one in lines}
    both = enumerate(zip(parts.pages, pages, strict=False), start=1)
    return Verification(
        version=held.manifest.version,
        now=version,
        question=held.brief.question.fingerprint,
        inputs=held.manifest.inputs,
        byte_for_byte=again == pdf,
        changes=held.changes,
        results=tuple(islice(tree_differences(held.results, calculated), MOST_KEPT)),
        lines=lines,
        pictures=tuple(
            number
            for number, (is_, should) in both
            if is_.picture != should.picture and number not in different
        ),
        pages=(len(parts.pages), len(pages)),
        workshop=held.brief.workshop is not None,
    )


def _lines(have: tuple[Page, ...], should: tuple[Page, ...]) -> Iterator[LineDifference]:
    """Of the pages that both have."""
    for number, (is_, right) in enumerate(zip(have, should, strict=False), start=1):
        for at, was, now in _changed(is_.lines, right.lines):
            yield LineDifference(number, at, was, now)


def _changed(have: tuple[str, ...], should: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Line number, text as it is, text as it should be."""
    if have == should:
        return
    if max(len(have), len(should)) > _LONGEST_COMPARED:
        yield 1, f"{len(have):,} lines", f"{len(should):,} lines"
        return
    matcher = difflib.SequenceMatcher(None, have, should, autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(i1 - i0, j1 - j0)):
            was = have[i0 + step] if i0 + step < i1 else ""
            now = should[j0 + step] if j0 + step < j1 else ""
            yield min(i0 + step, max(i1 - 1, i0)) + 1, was, now


# ------------------------------------------------------------------------------ in words

SHOWN = 12
"""Differences of one kind that are named; the rest are counted."""


def sentences(found: Verification) -> Iterator[str]:
    """The verdict, each difference, and what was not looked at."""
    yield _verdict(found)
    yield f"Fingerprints: question {found.question[:12]}, inputs {found.inputs[:12]}."
    for change in found.changes:
        yield f"Attachments: {change}."
    yield from _some(
        "Results",
        [
            f"{one.place} is {shortened(one.was)}, calculated {shortened(one.now)}"
            for one in found.results
        ],
        "figure differs",
        "figures differ",
    )
    yield from _some("Pages", list(map(_line_words, found.lines)), "line differs", "lines differ")
    for number in found.pictures:
        yield f"Pages: page {number} looks different, though its text is the same."
    if found.pages[0] != found.pages[1]:
        yield f"Pages: there are {found.pages[0]}, and there should be {found.pages[1]}."
    if found.version != found.now:
        yield (
            f"It was written by Counterweight {found.version}, and this is {found.now}: another "
            "version may calculate or word things differently."
        )
    if found.workshop:
        yield (
            "Its annex on a workshop is printed from what is attached; the ballots are not in the "
            "file. Where the workshop is kept, `counterweight workshop verify` checks them."
        )
    yield NO_SIGNATURE


def _verdict(found: Verification) -> str:
    if not found.same:
        return "Not the same: this briefing is not what follows from what is attached to it."
    if found.byte_for_byte:
        return (
            "Same: results, pages and attachments follow from the inputs, byte for byte as this "
            "version writes them."
        )
    return (
        "Same: results and pages follow from the inputs, in text and look. The file was written "
        "differently, so links and properties were not compared."
    )


def _line_words(one: LineDifference) -> str:
    place = f"page {one.page}, line {one.line}"
    if not one.was:
        return f"{place} lacks \u201c{one.should}\u201d"
    if not one.should:
        return f"{place} has \u201c{one.was}\u201d, which does not follow"
    return f"{place} is \u201c{one.was}\u201d, and should be \u201c{one.should}\u201d"


def _some(title: str, found: list[str], one: str, many: str) -> Iterator[str]:
    yield from (f"{title}: {words}." for words in found[:SHOWN])
    if left := len(found) - SHOWN if len(found) > SHOWN else 0:
        more = " or more" if len(found) == MOST_KEPT else ""
        yield f"{title}: {counted(left, f'more {one}', f'more {many}')}{more}."
