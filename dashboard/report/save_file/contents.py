"""What is attached to a briefing: all that it was made from, and what came out of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from dashboard.model.question import Question
from dashboard.model.question_files import question_files
from dashboard.report.briefing.brief import Brief, Findings
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.results import opinion_results
from dashboard.report.robustness_results import robustness_results
from dashboard.report.save_file import records

MOST_PAIRED = 60
"""Options up to which the results hold a share for each pair of them."""


def save_files(findings: Findings) -> dict[str, bytes]:
    """The attachments by name, in a fixed order: equal findings give equal bytes.

    The question stands there twice: as the YAML files of its folder, which a briefing is opened
    from, and as one JSON for other programs. Names have no slash, which viewers refuse.
    """
    brief = findings.brief
    question = _question(_Kept(brief.question.fingerprint, brief.question))
    files = {
        **question,
        records.INPUTS: json_bytes(inputs_data(brief)),
        records.LAYOUT: json_bytes(layout_data(brief)),
        records.RESULTS: json_bytes(results_data(findings), dense=not _is_small(findings)),
    }
    if brief.workshop is not None:
        files[records.WORKSHOP] = json_bytes(brief.workshop)
    return {records.MANIFEST: json_bytes(_manifest(findings, files)), **files}


@dataclass(frozen=True)
class _Kept:
    """A question that is told from others by its fingerprint."""

    fingerprint: str
    question: Question = field(compare=False)


@lru_cache(maxsize=4)
def _question(kept: _Kept) -> Mapping[str, bytes]:
    """The files of a question, which most briefings of a server have in common."""
    question = kept.question
    data = question.model_dump(mode="json", by_alias=True)
    texts = question_files(question.replace(active_settings=()))
    return {
        records.QUESTION: json_bytes(data, dense=len(question.proposals) > MOST_PAIRED),
        **{flat_name(path): text.encode() for path, text in texts.items()},
    }


def flat_name(path: str) -> str:
    """``seeds_question.yaml`` for ``seeds/question.yaml``."""
    return path.replace("/", "_", 1)


def inputs_data(brief: Brief) -> dict[str, Any]:
    """As ``records.InputsFile`` has it."""
    given = brief.weighting.points
    points = {criterion.id: float(given[criterion.id]) for criterion in brief.question.criteria}
    return {
        "weighting": {**vars(brief.weighting), "points": points},
        "settings": list(brief.settings),
        "settings_within": list(brief.question.active_settings),
        "overrides": [asdict(override) for override in brief.overrides],
        "sampling": brief.sampling._asdict(),
        "score_errors": brief.errors._asdict(),
    }


def layout_data(brief: Brief) -> dict[str, Any]:
    """As ``records.LayoutFile`` has it; fonts only where any was given."""
    layout = {**vars(brief.layout), "date": brief.layout.date.isoformat()}
    fonts = [asdict(font) for font in layout.pop("fonts")]
    return {**layout, "fonts": fonts} if fonts else layout


def results_data(findings: Findings) -> dict[str, Any]:
    """What ``robustness --json`` prints, and the ranks that other methods give.

    Of more than ``MOST_PAIRED`` options the shares of pairs are left out: they would be megabytes
    that nobody reads, and follow from the inputs like all the rest.
    """
    weighting = findings.brief.weighting
    perspective = weighting.perspective if weighting.origin == "perspective" else None
    return {
        **robustness_results(findings.assessment, perspective, every_pair=_is_small(findings)),
        "methods": opinion_results(findings.evaluation, findings.opinions),
    }


def _is_small(findings: Findings) -> bool:
    return len(findings.question.proposals) <= MOST_PAIRED


def json_bytes(data: Mapping[str, Any], *, dense: bool = False) -> bytes:
    """JSON that can be read and compared line by line, unless it is dense; NaN is an error."""
    indent, separators = (None, (",", ":")) if dense else (1, None)
    text = json.dumps(
        data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    )
    return f"{text}\n".encode()


def _manifest(findings: Findings, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "format": records.FORMAT,
        "program": records.PROGRAM,
        "version": findings.brief.layout.version,
        "question": findings.brief.question.fingerprint,
        "inputs": input_fingerprint(findings.evaluation),
        "note": records.NO_SIGNATURE,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
