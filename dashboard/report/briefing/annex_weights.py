"""Annex: the weights, what each trades, whose they are, and how perspectives differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.weights import equal_branch_points, normalise_points
from dashboard.model.question import Question
from dashboard.model.weighting import Perspective
from dashboard.model.wording import (
    CLASS_WORDS,
    counted,
    listed,
    names_or_count,
    number,
    swing,
    weight_percent,
)
from dashboard.report.briefing.annex_parts import (
    LONGEST_TEXT,
    cited_words,
    in_even_parts,
    left_out,
    note,
    say,
)
from dashboard.report.briefing.brief import Brief, Findings, Weighting
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Section,
    Table,
)
from dashboard.report.safe_text import shorten
from dashboard.robustness.readings import perspective_weights

PERSPECTIVES_A_TABLE = 8
MOST_PERSPECTIVES = 24
RULE = "the same for every branch, split equally inside it"


def section(findings: Findings) -> Section:
    brief, evaluation = findings.brief, findings.evaluation
    return Section(
        "annex-weights",
        "the weights",
        weights_finding(evaluation),
        (
            Facts(tuple(elicitation(brief))),
            *_weights(brief, evaluation),
            *_side_by_side(brief, evaluation),
            *_perspectives(brief, evaluation.question),
        ),
        dense=True,
    )


def weights_finding(evaluation: Evaluation) -> str:
    """Which branch weighs most and which least; criteria where there is only one branch."""
    question = evaluation.question
    if len(question.criteria) == 1:
        return f"{question.criteria[0].label} is the only criterion and has all the weight"
    several = len(question.branches) > 1
    shares = evaluation.branch_weights if several else evaluation.weights
    named = question.branches if several else question.criteria
    labels = [one.label for one in named]
    nouns = ("branch", "branches") if several else ("criterion", "criteria")
    if np.ptp(shares) <= TIE_TOLERANCE:
        each = weight_percent(float(shares[0]))
        everyone = f"Both {nouns[1]}" if len(labels) == 2 else f"All {counted(len(labels), *nouns)}"
        return f"{everyone} have the same weight, {each} each"
    most, least = (
        _level(labels, shares, float(end), nouns) for end in (shares.max(), shares.min())
    )
    return (
        f"{most[0]} {'weigh' if most[1] else 'weighs'} most, with "
        f"{weight_percent(float(shares.max()))}{' each' if most[1] else ''}; "
        f"{least[0]} least, with {weight_percent(float(shares.min()))}{' each' if least[1] else ''}"
    )


def _level(
    labels: list[str], shares: Floats, end: float, nouns: tuple[str, str]
) -> tuple[str, bool]:
    """The names at one end, or how many they are; and whether they are several."""
    held = [
        name
        for name, share in zip(labels, shares, strict=True)
        if abs(share - end) <= TIE_TOLERANCE
    ]
    return names_or_count(held, *nouns), len(held) > 1


# ------------------------------------------------------------------------------ how elicited


def elicitation(brief: Brief) -> list[tuple[str, str]]:
    """Whose weights these are, how they were given, and on what ground."""
    question, weighting = brief.question, brief.weighting
    facts = [("Whose", f"{weighting.label}."), ("How they came about", origin_words(brief))]
    locked = [
        criterion.label for criterion in question.criteria if criterion.id in weighting.locked
    ]
    if locked:
        facts.append(("Locked", f"{listed(locked)}: kept in place while others were moved."))
    if brief.perspective is not None:
        facts += _ground(question, brief.perspective)
    if question.weighting.question:
        facts.append(("What was asked", question.weighting.question))
    if question.weighting.disclaimer:
        facts.append(("Of the perspectives", question.weighting.disclaimer))
    return facts


def origin_words(brief: Brief) -> str:
    """How the weights came about; of equal branches it is said what they are."""
    weighting, question = brief.weighting, brief.question
    if weighting.origin == "default":
        equal = normalise_points(list(equal_branch_points(question.branches).values()))
        said = "Nobody chose them"
        if np.allclose(brief.evaluation.weights, equal, rtol=0, atol=TIE_TOLERANCE):
            said += f": {RULE}"
        return f"{said}. A start, not an opinion."
    if weighting.origin == "room":
        return "They come out of a workshop, whose ballots are secret; its annex has the record."
    name = _perspective_name(question, weighting)
    if weighting.origin == "perspective":
        return f"They are those of the perspective {name}, as the question's analyst wrote them."
    if brief.perspective is not None:
        saved = f", saved as \u201c{weighting.name}\u201d" if weighting.name else ""
        same = f"They are the same as those of the perspective {brief.perspective.name}."
        return f"Set by whoever had this briefing made{saved}. {same}"
    start = f", starting from the perspective {name}" if name else ""
    saved = f" Saved as \u201c{weighting.name}\u201d." if weighting.name else ""
    return f"Set by whoever had this briefing made{start}.{saved}"


def _perspective_name(question: Question, weighting: Weighting) -> str:
    known = {perspective.id: perspective.name for perspective in question.perspectives}
    return known.get(weighting.perspective or "", weighting.perspective or "")


def _ground(question: Question, perspective: Perspective) -> list[tuple[str, str]]:
    rests = listed([CLASS_WORDS[kind] for kind in perspective.evidence_class])
    facts = [
        ("Why these weights", perspective.justification),
        ("They rest on", _rests_on(question, perspective)),
        ("Class of evidence", f"{rests[:1].upper()}{rests[1:]}." if rests else "Not stated."),
        (
            "Confidence",
            f"{perspective.confidence.capitalize()}, in the evidence for them."
            if perspective.confidence
            else "Not stated.",
        ),
    ]
    if perspective.rule:
        facts.append(("Rule", f"{RULE[:1].upper()}{RULE[1:]}."))
    return facts


def _rests_on(question: Question, perspective: Perspective) -> str:
    cited = cited_words(question, perspective.evidence, 90)
    return f"{cited}." if cited else "No evidence is named."


# ------------------------------------------------------------------------------- the weights


def _weights(brief: Brief, evaluation: Evaluation) -> list[Block]:
    """Points, weights, and what a weight trades."""
    question, given = evaluation.question, brief.weighting.points
    rows: list[tuple[Cell, ...]] = []
    j = 0
    for b, branch in enumerate(question.branches):
        whole = float(evaluation.branch_weights[b])
        total = number(sum(given[c.id] for c in branch.criteria), 2)
        rows.append(
            (
                Cell(branch.label, bold=True),
                Cell(""),
                Cell(total, bold=True),
                Cell(weight_percent(whole), bold=True),
                Cell(""),
            )
        )
        for criterion in branch.criteria:
            weight = float(evaluation.weights[j])
            inside = weight_percent(weight / whole) if whole > 0 else "\u2013"
            locked = "locked" if criterion.id in brief.weighting.locked else ""
            rows.append(
                (
                    Cell(criterion.label, note=locked),
                    Cell(swing(criterion), small=True),
                    Cell(number(given[criterion.id], 2)),
                    Cell(weight_percent(weight)),
                    Cell(inside, muted=True),
                )
            )
            j += 1
    return [
        Heading("Points and weights, and the swing that each trades"),
        Table(
            "Points and weights",
            (
                Column("Branch and criterion", width=2.2),
                Column("Swing: worst to best anchor", width=2.2),
                Column("Points", align="right", width=0.7),
                Column("Weight", align="right", width=0.7),
                Column("In its branch", align="right", width=0.8),
            ),
            tuple(rows),
        ),
        note(
            "Weights are the points made to sum to 100 %. A weight is the worth of its whole swing."
        ),
    ]


# ------------------------------------------------------------------------------ perspectives


def _side_by_side(brief: Brief, evaluation: Evaluation) -> list[Block]:
    question = evaluation.question
    if not question.perspectives:
        return [
            Heading("Perspectives"),
            say("The question holds no perspectives to set beside these weights."),
        ]
    shown = list(question.perspectives)[:MOST_PERSPECTIVES]
    weights = perspective_weights(question)[: len(shown)]
    parts = in_even_parts(range(len(shown)), PERSPECTIVES_A_TABLE)
    left = left_out(len(question.perspectives) - len(shown), "perspective")
    return [
        Heading("Weights of all perspectives side by side"),
        say(spread_finding(question, weights, [p.short_name or p.name for p in shown])),
        *(_compared(brief, evaluation, shown, weights, part) for part in parts),
        *([note(left)] if left else []),
    ]


def spread_finding(question: Question, weights: Floats, names: Sequence[str]) -> str:
    """The criterion on whose weight the perspectives differ most.

    Parameters
    ----------
    weights : (p, n) of the perspectives.
    names : (p) of the perspectives.
    """
    if len(names) == 1:
        return f"{names[0]} is the only perspective."
    spread = np.ptp(weights, axis=0)
    j = int(np.argmax(spread))
    if spread[j] <= TIE_TOLERANCE:
        return "All perspectives have the same weights."
    least, most = int(np.argmin(weights[:, j])), int(np.argmax(weights[:, j]))
    return (
        f"They differ most on {question.criteria[j].label}: from "
        f"{weight_percent(float(weights[least, j]))} ({names[least]}) to "
        f"{weight_percent(float(weights[most, j]))} ({names[most]})."
    )


def _compared(
    brief: Brief,
    evaluation: Evaluation,
    shown: Sequence[Perspective],
    weights: Floats,
    part: Sequence[int],
) -> Table:
    """The weights of this briefing first; of a perspective as it stands, it is marked instead."""
    question, chosen = evaluation.question, brief.perspective
    marked = [chosen is not None and shown[k].id == chosen.id for k in part]
    own = (
        [] if chosen is not None else [Column("This briefing", align="right", bold=True, tint=True)]
    )

    def row(label: str, columns: Sequence[int], *, bold: bool) -> tuple[Cell, ...]:
        held = [float(weights[k, list(columns)].sum()) for k in part]
        mine = [float(evaluation.weights[list(columns)].sum())] if own else []
        return (
            Cell(label, bold=bold),
            *(Cell(weight_percent(share), bold=bold) for share in (*mine, *held)),
        )

    rows, start = [], 0
    for branch in question.branches:
        columns = range(start, start + len(branch.criteria))
        rows.append(row(branch.label, columns, bold=True))
        rows += [
            row(c.label, [j], bold=False) for c, j in zip(branch.criteria, columns, strict=True)
        ]
        start += len(branch.criteria)
    return Table(
        "Weights of all perspectives side by side",
        (
            Column("Branch and criterion", width=2.2),
            *own,
            *(
                Column(shown[k].short_name or shown[k].name, align="right", bold=mine, tint=mine)
                for k, mine in zip(part, marked, strict=True)
            ),
        ),
        tuple(rows),
    )


def _perspectives(brief: Brief, question: Question) -> list[Block]:
    """Why each perspective weighs as it does; the one chosen has been told already."""
    chosen = brief.perspective
    others = [p for p in question.perspectives if chosen is None or p.id != chosen.id]
    shown = others[:MOST_PERSPECTIVES]
    if not shown:
        return []
    rows = tuple(
        (
            Cell(perspective.name, bold=True, small=True),
            Cell(
                shorten(perspective.justification, LONGEST_TEXT),
                below=_rests_on(question, perspective),
            ),
            Cell(
                listed([CLASS_WORDS[kind] for kind in perspective.evidence_class]) or "not stated",
                small=True,
            ),
            Cell(perspective.confidence or "not stated", small=True),
        )
        for perspective in shown
    )
    return [
        Heading("Why each perspective weighs so"),
        Table(
            "Why each perspective weighs so",
            (
                Column("Perspective", width=1.2),
                Column("Reason, and what it rests on", width=4),
                Column("Class", width=0.9),
                Column("Confidence", width=0.8),
            ),
            rows,
        ),
    ]
