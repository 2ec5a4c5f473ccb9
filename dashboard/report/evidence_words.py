"""What the page Evidence says of the weight on each kind of evidence, made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.methods.evaluate import Evaluation
from dashboard.model.entry import Entry
from dashboard.model.evidence_share import evidence_counts
from dashboard.model.overrides import Cell
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.record import BY_DEFINITION, OWN_JUDGEMENT, Confidence
from dashboard.model.wording import CLASS_WORDS, band, counted, listed, points, weight_percent
from dashboard.report.override_words import cell_words
from dashboard.robustness.evidence_weight import (
    CONFIDENCES,
    GROUNDS,
    EvidenceShares,
    EvidenceUse,
    Ground,
    Support,
    confidence_shares,
    ground_of,
    ground_shares,
)

GROUND_WORDS: Mapping[Ground, str] = {
    "fact-and-source": "Public fact and source text",
    "fact": "Public fact",
    "source": "Source text",
    "judgement": "Judgement alone",
}
CONFIDENCE_WORDS: Mapping[Confidence, str] = {
    "high": "High",
    "moderate": "Moderate",
    "low": "Low",
}
BESIDE = (
    "A score that names a fact or the source text may rest on judgement beside it. Each criterion "
    "counts with its weight, once for each option."
)
PARAGRAPH = "paragraph-"


# ----------------------------------------------------------------------------------- shares


def judgement_finding(evaluation: Evaluation) -> str:
    """The heading: the share of the weight that rests on judgement alone."""
    share = float(ground_shares(evaluation).overall[GROUNDS.index("judgement")])
    if share == 0:
        return "None of the weight rests on judgement alone"
    return f"{_kept(share)} of the weight rests on judgement alone"


def _kept(share: float) -> str:
    """A percentage that a heading never breaks before its sign."""
    return weight_percent(share).replace(" ", "\u00a0")


def judgement_lead(evaluation: Evaluation) -> str:
    """For which option least and most, and how many scores that is."""
    proposals = evaluation.question.proposals
    alone = ground_shares(evaluation).by_option[:, GROUNDS.index("judgement")]
    counts = evidence_counts(evaluation.question)
    count = f"{counts.judgement_only} of {counted(counts.scores, 'score')} "
    count += "names" if counts.judgement_only == 1 else "name"
    count += " neither a public fact nor the source text."
    least, most = int(alone.argmin()), int(alone.argmax())
    if weight_percent(alone[least]) == weight_percent(alone[most]):
        return count
    return (
        f"That is the mean over the options: least for {proposals[least].label} "
        f"({weight_percent(alone[least])}), most for {proposals[most].label} "
        f"({weight_percent(alone[most])}). {count}"
    )


def share_rows(evaluation: Evaluation) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Word and share of the weight, by ground and by confidence; each list sums to 1."""
    grounds, confidences = ground_shares(evaluation), confidence_shares(evaluation)
    return (
        [(GROUND_WORDS[g], float(s)) for g, s in zip(GROUNDS, grounds.overall, strict=True)],
        [
            (CONFIDENCE_WORDS[c], float(s))
            for c, s in zip(CONFIDENCES, confidences.overall, strict=True)
        ],
    )


def shares_sentence(evaluation: Evaluation) -> str:
    """Both bars in words, for those who cannot see them."""
    by_ground, by_confidence = share_rows(evaluation)
    grounds = listed([f"{weight_percent(s)} {word.lower()}" for word, s in by_ground])
    confidence = listed([f"{word.lower()} for {weight_percent(s)}" for word, s in by_confidence])
    return f"Of the weight rests: {grounds}. Confidence in the evidence is {confidence}."


def option_rows(evaluation: Evaluation) -> list[list[str]]:
    """By option, its share of the weight on judgement alone, and on evidence of low confidence."""
    alone = _column(ground_shares(evaluation), GROUNDS.index("judgement"))
    low = _column(confidence_shares(evaluation), CONFIDENCES.index("low"))
    return [[weight_percent(a), weight_percent(b)] for a, b in zip(alone, low, strict=True)]


def _column(shares: EvidenceShares, column: int) -> list[float]:
    return [float(share) for share in shares.by_option[:, column]]


# ---------------------------------------------------------------------- evidence and its scores


def evidence_name(question: Question, evidence: str) -> str:
    """A piece of evidence by a short name."""
    if evidence == BY_DEFINITION:
        return "By definition of the criterion"
    if evidence == OWN_JUDGEMENT:
        return "The scorer's own judgement"
    if evidence.startswith(PARAGRAPH):
        return f"Source text, paragraph {evidence.removeprefix(PARAGRAPH)}"
    return question.source_labels[evidence]


def evidence_key(evidence: str) -> str | None:
    """The entry of the register that holds a piece of evidence."""
    if evidence in (BY_DEFINITION, OWN_JUDGEMENT):
        return None
    if evidence.startswith(PARAGRAPH):
        return f"paragraph.{evidence.removeprefix(PARAGRAPH)}"
    return f"source.{evidence}"


def use_finding(use: EvidenceUse) -> str:
    """What the loss of one piece of evidence would do at most."""
    if not use.supports:
        return "No score names a source or a paragraph"
    first = use.supports[0]
    if not first.sole:
        return "No single source or paragraph is all that a score rests on beside judgement"
    name = evidence_name(use.evaluation.question, first.evidence)
    return (
        f"Without {_inside(name)}, {counted(len(first.sole), 'score')} with "
        f"{_kept(first.sole_weight)} of the weight would be left with judgement alone"
    )


def _inside(name: str) -> str:
    return name.replace("Source text, ", "") if name.startswith("Source text, ") else f"“{name}”"


USE_NOTE = (
    "Counted are scores that name nothing else but judgement. A score that rests on judgement "
    "alone has no other ground to lose: what it names tells what is judged. Overridden scores are "
    "the reader's and are left out."
)


def use_rows(use: EvidenceUse) -> list[tuple[str, list[str]]]:
    """By evidence id: scores that name it with their weight, scores with no other ground."""
    return [
        (
            support.evidence,
            [
                str(len(support.cited)),
                weight_percent(support.cited_weight),
                str(len(support.sole)),
                weight_percent(support.sole_weight),
            ],
        )
        for support in use.supports
    ]


def entry_finding(entry: Entry, support: Support | None) -> str:
    """The heading over a claim, a paragraph or a source, and over any other entry."""
    if entry.evidence is None:
        return entry.title
    subject = {"Claims": "The paragraph of this claim", "Paragraphs": entry.title}.get(
        entry.group, "This source"
    )
    if support is None:
        return f"{subject} is named by no score"
    return (
        f"{subject} stands behind {counted(len(support.cited), 'score')}, with "
        f"{_kept(support.cited_weight)} of the weight"
    )


def entry_loss(support: Support) -> str:
    """What would happen if it fell."""
    if not support.sole:
        return (
            "If it fell, every one of them would keep another ground, or rests on judgement alone "
            "as it is."
        )
    left = counted(len(support.sole), "score")
    verb = "keeps" if len(support.sole) == 1 else "keep"
    return (
        f"If it fell, {left} with {weight_percent(support.sole_weight)} of the weight {verb} "
        "judgement alone."
    )


# ---------------------------------------------------------------------------------- one score


def score_finding(evaluation: Evaluation, cell: Cell) -> str:
    """The heading over one score."""
    question = evaluation.question
    proposal, criterion = question.proposal(cell[0]), question.criterion(cell[1])
    i, j = evaluation.index(proposal.id), question.criteria.index(criterion)
    score = proposal.scores[criterion.id]
    return (
        f"{cell_words(question, cell)}: {band(score, criterion)}, worth "
        f"{points(float(evaluation.values[i, j])) if evaluation.values[i, j] else 'nothing'}"
    )


def score_lead(evaluation: Evaluation, cell: Cell, use: EvidenceUse) -> str:
    """What it rests on, how much weight is on it."""
    question = evaluation.question
    score = question.proposal(cell[0]).scores[cell[1]]
    weight = evaluation.weights[question.criteria.index(question.criterion(cell[1]))]
    share = use.weight([cell])
    among = (
        f"; of the weight over all {len(question.proposals)} options, {weight_percent(share)} is "
        "on this score"
        if len(question.proposals) > 1
        else ""
    )
    return (
        f"{grounds_words(score)} Confidence in the evidence: {score.confidence}. The criterion has "
        f"{weight_percent(float(weight))} of the weight{among}."
    )


def grounds_words(score: Score) -> str:
    """'It rests on judgement alone.', or on what else."""
    if ground_of(score) == "judgement":
        return "It rests on judgement alone."
    return f"It rests on {listed([CLASS_WORDS[kind] for kind in score.evidence_class])}."


def claims_first(cells: Sequence[Cell], criteria: Sequence[str]) -> tuple[list[Cell], list[Cell]]:
    """Scores on criteria that a claim bears on, and the others that name its paragraph."""
    bears = [cell for cell in cells if cell[1] in criteria]
    return bears, [cell for cell in cells if cell not in bears]
