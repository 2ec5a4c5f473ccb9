"""The briefing: one evaluation as a PDF that can be handed to a minister's office.

Text of the question reaches Typst only as JSON strings, which the template sets as text: it can
never become mark-up or code. Nothing is read but the template and the bundled fonts; equal input
gives equal bytes.
"""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.second_opinions import Opinion
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.weighting import Perspective
from dashboard.model.wording import CONFIDENCE_KEY, LIKELIHOOD_KEY, counted, points
from dashboard.report.briefing import tables, words
from dashboard.report.briefing.annex_workshop import (
    FINGERPRINT_DIGITS,
    WorkshopAnnex,
    annex_content,
)
from dashboard.report.charts import FONTS, chart_sentence, chart_svg, ranking_chart
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.override_words import (
    now_words,
    overrides_line,
    reason_words,
    was_words,
)
from dashboard.report.safe_text import is_code_inside, safe_text, safe_tree, shorten
from dashboard.robustness.verdict import Verdict, verdict

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("briefing.typ")
MOST_CAVEATS = 3


def briefing_pdf(
    evaluation: Evaluation,
    *,
    weights: str,
    perspective: Perspective | None,
    date: datetime.date,
    version: str,
    opinions: tuple[Opinion, ...] = (),
    workshop: WorkshopAnnex | None = None,
) -> bytes:
    """The briefing as PDF/UA-1 and PDF/A-3a: two pages for a question of the usual size.

    Parameters
    ----------
    weights : whose weights these are, in words; printed beside the result.
    perspective : the perspective they are taken from as it stands, if any; its column is marked.
    date, version : of the briefing and of the program, printed on every page.
    opinions : what other methods say; without them the briefing says that none was run.
    workshop : the record of a workshop, printed as an annex.
    """
    import typst  # noqa: PLC0415  (with Altair and vl-convert it would slow every start)

    content = briefing_content(evaluation, weights, perspective, date, version, opinions, workshop)
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={
            "content": json.dumps(content),
            "chart": chart_svg(ranking_chart(evaluation, "print")),
        },
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(midnight.timestamp()),
    )
    return pdf


@cache
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def briefing_content(
    evaluation: Evaluation,
    weights: str,
    perspective: Perspective | None,
    date: datetime.date,
    version: str,
    opinions: tuple[Opinion, ...] = (),
    workshop: WorkshopAnnex | None = None,
) -> dict[str, Any]:
    """Everything the template prints, in the order of the page, safe to set as text."""
    question, answer = evaluation.question, verdict(evaluation)
    others = tables.under_perspectives(question)
    content: dict[str, Any] = safe_tree(
        {
            "headline": answer.headline,
            "weights": weights,
            "bottom": _bottom_line(evaluation, answer),
            "decision": _decision(question),
            "options": tables.options_table(evaluation),
            "settings": _active_settings(question),
            "overrides": _overrides(question),
            "disclaimer": question.context.disclaimer,
            "why": _why(evaluation, answer),
            "disagree": _disagree(evaluation, others, perspective),
            "change": _change(evaluation, answer, opinions),
            "next": _next_steps(evaluation),
            "confidence": _confidence(evaluation, answer),
            "keys": {
                "likelihood": [list(pair) for pair in LIKELIHOOD_KEY],
                "confidence": [list(pair) for pair in CONFIDENCE_KEY.items()],
            },
            "workshop": workshop and annex_content(workshop, question.fingerprint),
            "footer": {
                "title": shorten(question.context.title, 70),
                "marking": shorten(question.context.marking, 60),
                "date": words.long_date(date),
                "version": shorten(version, 30),
                "question": question.fingerprint[:FINGERPRINT_DIGITS],
                "inputs": input_fingerprint(evaluation)[:FINGERPRINT_DIGITS],
            },
        }
    )
    content["coded"] = is_code_inside(json.dumps(content))
    # These two are never broken: one is the title of the file, the other is spoken.
    content["document"] = safe_text(shorten(f"{question.context.title}: {answer.headline}", 300))
    content["chart"] = safe_text(chart_sentence(evaluation))
    content["date"] = [date.year, date.month, date.day]
    return content


def _bottom_line(evaluation: Evaluation, answer: Verdict) -> dict[str, Any]:
    return {
        "question": evaluation.question.context.title,
        "beats": words.above_status_quo(evaluation),
        "margin": answer.margin,
        "change": answer.change,
        "caution": answer.caution or "",
    }


def _decision(question: Question) -> list[list[str]]:
    context = question.context
    lines = [
        ("Decision needed", context.decision),
        ("Who decides", context.decision_makers or "Not stated in the question."),
        ("Who must agree", context.must_agree or "Nobody is named in the question."),
        ("Deadline", context.decision_deadline or "None set in the question."),
        ("Concerns", context.target_group),
        ("Horizon and money", "; ".join(filter(None, (context.horizon, context.money)))),
    ]
    return [[label, text] for label, text in lines if text]


def _active_settings(question: Question) -> str:
    names = {setting.id: setting.name for setting in question.settings}
    active = [names.get(identifier, identifier) for identifier in question.active_settings]
    return f"Switched on for this briefing: {'; '.join(active)}." if active else ""


def _overrides(question: Question) -> dict[str, Any]:
    """The line of the first page, and a row for each score that the reader changed."""
    line = overrides_line(question, [held.override for held in question.overrides])
    return {
        "line": line and f"What if: {line} The last section has the reasons.",
        "rows": [
            [
                question.proposal(held.override.proposal).label,
                question.criterion(held.override.criterion).label,
                was_words(question, held),
                now_words(question, held),
                reason_words(held),
            ]
            for held in question.overrides
        ],
    }


def _why(evaluation: Evaluation, answer: Verdict) -> dict[str, Any]:
    leader, other = answer.leaders[0], words.comparator(evaluation, answer)
    if other is None:
        return {"heading": f"What {leader.label} scores", "sides": [], "rest": []}
    helping, hurting, rest = words.drivers(evaluation, leader, other)
    scores = evaluation.scores
    gap = float(scores[evaluation.index(leader.id)] - scores[evaluation.index(other.id)])
    return {
        "heading": words.why(leader, other, gap),
        "sides": [
            {"title": f"For {leader.label}", "rows": [d._asdict() for d in helping]},
            {"title": f"Against {leader.label}", "rows": [d._asdict() for d in hurting]},
        ],
        "rest": list(rest),
    }


def _disagree(
    evaluation: Evaluation, others: dict[str, Evaluation], perspective: Perspective | None
) -> dict[str, Any]:
    question = evaluation.question
    if not others:
        text = "The question holds no perspectives, so there is nobody to compare with."
        return {"lead": text, "divide": "", "note": "", "tables": []}
    leaders = {identifier: other.leaders for identifier, other in others.items()}
    return {
        "lead": words.who_leads(leaders, question),
        "divide": words.dividing_sentence(evaluation, others),
        "note": question.weighting.disclaimer or "",
        "tables": tables.ranks_tables(evaluation, others, perspective),
    }


def _change(
    evaluation: Evaluation, answer: Verdict, opinions: tuple[Opinion, ...]
) -> list[list[str]]:
    """Pairs of a lead-in and a sentence."""
    lines = [["Weights", answer.change]]
    if answer.runner_up is not None:
        near = [p for p in answer.within_error if p not in answer.leaders]
        text = f"The median score error is {points(answer.error)}, the lead {points(answer.gap)}."
        if near and not answer.clear:
            count = counted(len(near), "option lies", "options lie")
            text += f" {count} within the error of the first place: read them as equal."
        lines.append(["Scores", text])
    lines.append(["Methods", words.method_sentence(evaluation, opinions)])
    return lines


def _next_steps(evaluation: Evaluation) -> dict[str, Any]:
    """What the leader needs first; where the status quo leads, what the best contender needs."""
    question = evaluation.question
    ordered = [question.proposals[i] for i in evaluation.order]
    contenders = [p for p in ordered if p.kind != "status-quo"]
    if not contenders:
        return {"lead": "Nothing has to be in place.", "lists": [], "note": ""}
    subject = contenders[0]
    lead = f"What {subject.label} needs before it starts."
    if ordered[0] is not subject:
        lead = f"{ordered[0].label} needs nothing to start. {subject.label}, if taken up, needs:"
    held = [
        ("Preconditions", list(subject.preconditions)),
        ("Conditions of constraints", _conditions(question, subject)),
        ("Gates", [g.text for g in question.interactions.gates if subject.id in g.proposals]),
        ("Sequence", list(question.interactions.sequence)),
    ]
    lists = [{"title": title, "items": items} for title, items in held if items]
    if not lists:
        lead = f"The question records no preconditions, gates or steps for {subject.label}."
    return {
        "lead": lead,
        "lists": lists,
        "note": shorten(question.interactions.sequence_note or "", 260),
    }


def _conditions(question: Question, proposal: Proposal) -> list[str]:
    found = [(c, c.status_of(proposal.id)) for c in question.constraints]
    return [
        f"{constraint.name}: {status.note or constraint.text}"
        for constraint, status in found
        if status.verdict == "conditional"
    ]


def _confidence(evaluation: Evaluation, answer: Verdict) -> dict[str, Any]:
    question = evaluation.question
    context = question.context
    caveats = list(context.caveats[:MOST_CAVEATS])
    left = len(context.caveats) - len(caveats)
    return {
        "sentence": words.confidence_sentence(evaluation, answer.leaders[0]),
        "evidence": context.evidence_until or "not stated in the question",
        "scored": context.scored_by or "not stated in the question",
        "disclosure": question.disclosure.disclosure or "",
        "caveats": caveats,
        "left": f"{counted(left, 'more caveat')} in the question." if left > 0 else "",
    }
