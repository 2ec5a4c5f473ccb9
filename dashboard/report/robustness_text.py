"""An assessment as text for a terminal."""

from __future__ import annotations

import textwrap

from dashboard.methods.ranks import best_first
from dashboard.model.wording import listed, performance, weight_percent, whole
from dashboard.robustness.assessment import Assessment, Flip, TooClose
from dashboard.robustness.combined_flip import NoFlip
from dashboard.robustness.statement import share_percent, statement

_WIDTH = 96


def robustness_text(assessment: Assessment, whose: str) -> str:
    """The statement first, then the tables it is made from."""
    question = assessment.evaluation.question
    lines = [question.context.title, f"Weights: {whose}", *_settings(assessment), ""]
    for sentence in statement(assessment).sentences:
        lines += [*textwrap.wrap(sentence, _WIDTH), ""]
    for heading, rows in (
        ("Share of samples at rank 1, and better than the status quo", _acceptability(assessment)),
        ("Weights: the leader leads from ... to ...", _stability(assessment)),
        ("What it takes to lead", _flips(assessment)),
        ("Ranks under each scenario", _scenarios(assessment)),
        ("Perspectives", _disagreement(assessment)),
        ("Veto thresholds", _vetoes(assessment)),
        ("Health checks", _health(assessment)),
    ):
        if rows:
            lines += [heading, *(f"  {row}".rstrip() for row in rows), ""]
    return "\n".join([*lines, *textwrap.wrap(question.context.disclaimer, _WIDTH)])


def _settings(assessment: Assessment) -> list[str]:
    return [f"Setting on: {s}" for s in assessment.evaluation.question.active_settings]


def _labels(assessment: Assessment) -> list[str]:
    return [proposal.label for proposal in assessment.evaluation.question.proposals]


def _acceptability(assessment: Assessment) -> list[str]:
    found, labels = assessment.sampled, _labels(assessment)
    question, order = assessment.evaluation.question, assessment.evaluation.order
    status_quo = question.status_quo
    width = max(map(len, labels))
    given, near, anything = found.scores, found.near, found.any_weights
    heads = "".join(f"{head:>10}" for head in ("these", "nearby", "all", "10-90 %"))
    rows = [f"{'weights:':<{width}} {heads}  beats status quo"]
    low, high = given.band
    for i in order:
        shares = [share_percent(float(a.ranks.value[i, 0])) for a in (given, near, anything)]
        band = f"{whole(float(low.value[i]))}-{whole(float(high.value[i]))}"
        beats = ""
        if status_quo is not None and question.proposals[i].id != status_quo.id:
            row = assessment.evaluation.index(status_quo.id)
            beats = share_percent(float(given.better_than(row).value[i]))
        cells = "".join(f"{cell:>10}" for cell in (*shares, band))
        rows.append(f"{labels[i]:<{width}} {cells}  {beats}")
    error = float(given.ranks.error.max()) * 100
    size = f"{given.samples:,} samples, seed {given.seed}"
    return [*rows, f"{size}; standard error at most {error:.1f} percentage points"]


def _stability(assessment: Assessment) -> list[str]:
    labels = _labels(assessment)
    width = max(len(node.name) for node in assessment.nodes)
    rows = []
    for node, found in zip(assessment.nodes, assessment.stability, strict=True):
        if found.leader is None:
            rows.append(f"{node.name:<{width}}  {found.undefined}")
            continue
        ends = [
            f"{labels[row]} leads {where}"
            for row, where in ((found.leader.below, "below"), (found.leader.above, "above"))
            if row is not None
        ]
        low, high = weight_percent(found.leader.low), weight_percent(found.leader.high)
        rows.append(
            f"{node.name:<{width}}  {weight_percent(found.now):>6}: {low:>6} to {high:>6}  "
            f"{'; '.join(ends) or 'whatever its weight'}"
        )
    return rows


def _flips(assessment: Assessment) -> list[str]:
    labels = _labels(assessment)
    return [
        f"{labels[row]}: {_flip(flip, labels)}"
        for row, flip in enumerate(assessment.flips)
        if flip is not None
    ]


def _flip(flip: Flip, labels: list[str]) -> str:
    if isinstance(flip, TooClose):
        return flip.reason
    if isinstance(flip, NoFlip):
        parts = [
            f"{share * 100:.0f} % {labels[i]}" for i, share in enumerate(flip.mixture) if share > 0
        ]
        return f"no weights do; a mix of {listed(parts)} is always {flip.margin:.1f} points better"
    return f"{weight_percent(flip.least_moved.moved)} of all weight has to move"


def _scenarios(assessment: Assessment) -> list[str]:
    analysis, labels = assessment.scenarios, _labels(assessment)
    if len(analysis.cases) == 1:
        return []
    rows = []
    for k, case in enumerate(analysis.cases):
        ranked = best_first(analysis.ranks[k])
        named = ", ".join(f"{analysis.ranks[k, i]} {labels[i]}" for i in ranked)
        rows.append(f"{'As written' if case is None else case.name}: {named}")
    best = listed([labels[i] for i in analysis.least_worst_regret])
    regret = analysis.worst_regret[analysis.least_worst_regret[0]].regret
    return [*rows, f"Least worst regret: {best}, {regret:.1f} points"]


def _disagreement(assessment: Assessment) -> list[str]:
    found, votes = assessment.disagreement, assessment.majority
    if found is None or votes is None:
        return []
    labels, question = _labels(assessment), assessment.evaluation.question
    w = found.concordance.w
    rows = [f"Kendall's W: {found.concordance.reason if w is None else f'{w:.2f}'}"]
    compromise = found.compromise
    rows.append(
        f"Compromise (least worst regret): {labels[compromise.alternative]}, at most "
        f"{compromise.worst_regret:.1f} points behind anyone's favourite"
    )
    winner = "none" if votes.winner is None else labels[votes.winner]
    rows.append(f"Preferred to each other option by a majority: {winner}")
    rows += [f"Cycle: {' > '.join(labels[i] for i in (*c, c[0]))}" for c in votes.cycles]
    dividing = [
        question.criteria[pair.division.criterion].label
        for pair in assessment.divisions
        if pair.division is not None and pair.division.criterion is not None
    ]
    if dividing:
        most = max(dict.fromkeys(dividing), key=dividing.count)
        rows.append(f"Divides most pairs of perspectives: {most} ({dividing.count(most)} pairs)")
    return rows


def _vetoes(assessment: Assessment) -> list[str]:
    question = assessment.evaluation.question
    rows = []
    for veto in assessment.vetoes:
        criterion = question.criteria[veto.criterion]
        holds = "holds" if veto.holds else "fails"
        rows.append(
            f"{question.proposals[veto.alternative].label}, {criterion.label} "
            f"{performance(veto.threshold, criterion)}: {holds}, probability "
            f"{share_percent(veto.probability)}"
        )
    return rows


def _health(assessment: Assessment) -> list[str]:
    return [f"{finding.severity}: {finding.sentence}" for finding in assessment.health]
