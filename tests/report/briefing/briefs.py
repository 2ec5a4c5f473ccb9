"""Briefings made for tests, and the text that is read back from them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
import pypdf

from dashboard.methods.second_opinions import Opinion
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief, Findings, Layout, Weighting, findings
from dashboard.report.briefing.document import Section, Table
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.robustness.acceptability import Sampling

DATE = datetime.date(2026, 3, 4)
VERSION = "1.2.3"
HOSTILE = {
    "h0": '#panic("x")',
    "h1": "*b* _i_ `c` $x$ <label> @ref",
    "h2": "<script>alert(1)</script>",
    "h3": "\U0001f600 smile \u2764",
    "h4": "a\u200eb\u202ec\x07d\ue000e",
    "h5": "N" * 300,
    "h6": ("long name " * 30).strip(),
    "h7": '"];#eval("1")//\\',
    "h8": "half\u5b57 \u211d \uff21",
    "h9": "= Heading\n- item",
    "h10": "\u0301\u200d\ufeff\ufffd",
}


def found(
    question: Question,
    weights: str | Mapping[str, float] | None = None,
    *,
    opinions: tuple[Opinion, ...] = (),
    settings: tuple[str, ...] = (),
    overrides: Sequence[Override] = (),
    workshop: Mapping[str, Any] | None = None,
    samples: int = 1_000,
    **layout: Any,
) -> Findings:
    """The findings under a perspective, given points, or equal branches."""
    if isinstance(weights, str):
        perspective = question.perspective(weights)
        points = perspective_points(question, perspective)
        weighting = Weighting(points, perspective.name, "perspective", weights)
    elif weights is None:
        weighting = Weighting(equal_branch_points(question.branches), "Own weights")
    else:
        weighting = Weighting(weights, "Own weights")
    made = Brief(
        question,
        weighting,
        Layout(**{"date": DATE, "version": VERSION, **layout}),
        settings=settings,
        overrides=tuple(overrides),
        sampling=Sampling(samples=samples, seed=0),
        workshop=workshop,
    )
    return findings(made, opinions)


def pages(made: Findings | bytes) -> list[str]:
    """The text of each page in one line, without the spaces that only lay it out."""
    pdf = made if isinstance(made, bytes) else briefing_pdf(made)
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return [plain(text) for text in texts]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


def packed(text: str) -> str:
    """Without any space, for names that break over lines."""
    return re.sub(r"\s", "", text.replace("\u200b", ""))


def tables_of(section: Section) -> list[Table]:
    """The tables of a section, those side by side too."""
    return list(_tables(section.blocks))


def _tables(blocks: Sequence[Any]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        for part in getattr(block, "parts", ()):
            yield from _tables(part)


def tags(node: Any) -> Iterator[Any]:
    """All elements of a structure tree, in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)
