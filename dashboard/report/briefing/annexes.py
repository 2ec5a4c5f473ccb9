"""The annexes of a briefing, in their order and lettered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from string import ascii_uppercase

from dashboard.report.briefing import (
    annex_evidence,
    annex_logs,
    annex_matrix,
    annex_overrides,
    annex_robustness,
    annex_terms,
    annex_weights,
    annex_workshop,
)
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import Section
from dashboard.report.briefing.names import Annex


def _workshop(findings: Findings) -> Section:
    if findings.brief.workshop is None:
        raise ValueError("a briefing without the record of a workshop has no annex of one")
    return annex_workshop.section(findings.brief.workshop)


_MAKERS: Mapping[Annex, Callable[[Findings], Section]] = {
    "terms": annex_terms.section,
    "matrix": annex_matrix.section,
    "weights": annex_weights.section,
    "robustness": annex_robustness.section,
    "workshop": _workshop,
    "evidence": annex_evidence.section,
    "overrides": annex_overrides.section,
    "logs": annex_logs.section,
}


def annexes(findings: Findings) -> tuple[Section, ...]:
    """The annexes that the brief asks for; the kicker of each says its letter and its subject."""
    made = [_MAKERS[name](findings) for name in findings.brief.annexes]
    return tuple(
        replace(section, kicker=f"Annex {letter}, {section.kicker}", new_page=letter == "A")
        for letter, section in zip(ascii_uppercase, made, strict=False)
    )
