"""An assessment as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from dashboard.model.side_by_side import beyond
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import cell_percent, listed, performance, share_percent, weight_percent
from dashboard.report.how_sure_rows import band_words
from dashboard.report.left_out import (
    LISTED,
    LISTED_BESIDE,
    first_of_each_kind,
    more_of_each_kind,
    shortened,
)
from dashboard.report.override_words import reader_lines
from dashboard.report.robustness_rows import (
    flip_words,
    labels,
    pair_sections,
    perspective_rows,
    reading_words,
    scenario_rows,
    structure_rows,
)
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.fragility import nearest_first
from dashboard.robustness.stability import NodeStability
from dashboard.robustness.statement import statement

_WIDTH = 96
_HEAVIEST = 3


def robustness_text(assessment: Assessment, whose: str) -> str:
    """The statement first, then the tables it is made from.

    Where not every option was examined, tables are cut, and say what they leave out.
    """
    question = assessment.evaluation.question
    known = assessment.sampled.known
    lines = [question.context.title, f"Weights: {whose}", *reader_lines(question), ""]
    for sentence in statement(assessment).sentences:
        lines += [*textwrap.wrap(sentence, _WIDTH), ""]
    for heading, rows in (
        (
            f"Share of samples at rank 1{', and better than the status quo' if known else ''}",
            _acceptability(assessment),
        ),
        (
            f"Central weights{', and the confidence factor under them' if known else ''}",
            _centres(assessment),
        ),
        ("Weights: the leader leads from ... to ..., the order holds ...", _stability(assessment)),
        ("What it takes to lead", _flips(assessment)),
        *pair_sections(assessment),
        ("Structural checks", structure_rows(assessment)),
        ("Ranks under each scenario", scenario_rows(assessment)),
        ("Perspectives", perspective_rows(assessment)),
        ("Veto thresholds", _vetoes(assessment)),
        ("Health checks", _health(assessment)),
    ):
        if rows:
            lines += [heading, *(f"  {row}".rstrip() for row in rows), ""]
    return "\n".join([*lines, *textwrap.wrap(question.context.disclaimer, _WIDTH)])


def _acceptability(assessment: Assessment) -> list[str]:
    found, names = assessment.sampled, labels(assessment)
    question, order = assessment.evaluation.question, assessment.evaluation.order
    status_quo = question.status_quo
    reference = None if status_quo is None else assessment.evaluation.index(status_quo.id)
    width = max(map(len, names))
    readings = list(found.readings())
    heads = "".join(f"{heading:>12}" for _, heading, _ in readings)
    beside = "   10-90 %  beats status quo" if found.known else ""
    head = f"{'weights:':<{width}}{heads}{beside}"
    rows = []
    given = found.scores
    low, high = given.band
    beaten = None if reference is None else given.better_than(reference).value
    for i in order:
        shares = [cell_percent(float(a.ranks.value[i, 0])) for _, _, a in readings]
        band = band_words(float(low.value[i]), float(high.value[i]), "-")
        beats = ""
        if beaten is not None and i != reference:
            beats = cell_percent(float(beaten[i]))
        cells = "".join(f"{share:>12}" for share in shares)
        more = f" {band:>9}  {beats}" if found.known else ""
        rows.append(f"{names[i]:<{width}}{cells}{more}")
    error = max(float(reading.ranks.error.max()) for _, _, reading in readings) * 100
    size = f"{given.samples:,} samples, seed {given.seed}"
    said = [f"{reading_words(key)}" for key, _, _ in readings]
    rows = shortened(rows, LISTED, "options", every=assessment.complete)
    return [head, *rows, *said, f"{size}; standard error at most {error:.1f} percentage points"]


def _centres(assessment: Assessment) -> list[str]:
    """Under all weights: which weights are typical of those who put an option first."""
    found, names = assessment.sampled.any_weights, labels(assessment)
    criteria = assessment.evaluation.question.criteria
    rows = []
    for row in assessment.examined if not assessment.complete else range(len(names)):
        label = names[row]
        centre = found.centres[row] if found.centres else None
        if centre is None:
            continue
        if centre.weights is None:
            rows.append(f"{label}: {centre.reason}")
            continue
        weighed = sorted(zip(centre.weights.tolist(), criteria, strict=True), key=_falling)
        named = [f"{c.label} {weight_percent(w)}" for w, c in weighed[:_HEAVIEST]]
        said = f"most on {listed(named)}"
        # Without bands no score varies, so a confidence factor would be a claim out of nothing.
        if assessment.sampled.known and centre.confidence is not None:
            said = f"{share_percent(centre.confidence)}; {said}"
        rows.append(f"{label}: {said}")
    return shortened(rows, LISTED_BESIDE, "options", every=assessment.complete, total=len(names))


def _falling(weighed: tuple[float, Criterion]) -> float:
    return -weighed[0]


def _stability(assessment: Assessment) -> list[str]:
    names = labels(assessment)
    width = max(len(node.name) for node in assessment.nodes)
    rows = []
    for row in _weights_order(assessment):
        node, found = assessment.nodes[row], assessment.stability[row]
        if found.leader is None:
            rows.append(f"{node.name:<{width}}  {found.undefined}")
            continue
        ends = [
            f"{names[leads]} leads {beyond(end, found.now, above=above)}"
            for leads, end, above in (
                (found.leader.below, found.leader.low, False),
                (found.leader.above, found.leader.high, True),
            )
            if leads is not None
        ]
        low, high = weight_percent(found.leader.low), weight_percent(found.leader.high)
        rows.append(
            f"{node.name:<{width}}  {weight_percent(found.now):>6}: {low:>6} to {high:>6}  "
            f"{'; '.join([*ends, _order(found)]) if ends else 'whatever its weight'}"
        )
    return shortened(rows, LISTED_BESIDE, "weights", every=assessment.complete)


def _weights_order(assessment: Assessment) -> Sequence[int]:
    """As in the question; where the list is cut, those nearest to another leader first."""
    if assessment.complete:
        return range(len(assessment.nodes))
    return [near.node for near in nearest_first(assessment.stability)]


def _order(found: NodeStability) -> str:
    """Where the whole order stays as it is."""
    if found.order is None:
        return "order undefined"
    # With a decimal: the order holds in intervals that are often narrower than a percentage point.
    return f"order {found.order.low * 100:.1f} to {found.order.high * 100:.1f} %"


def _flips(assessment: Assessment) -> list[str]:
    names = labels(assessment)
    complete, flips = assessment.complete, assessment.flips
    rows = [
        f"{names[row]}: {flip_words(flip, names)}"
        for row in (range(len(names)) if complete else assessment.examined)
        if (flip := flips[row]) is not None
    ]
    others = len(names) - len(assessment.verdict.leaders)
    return shortened(rows, LISTED_BESIDE, "options", every=complete, total=others)


def _vetoes(assessment: Assessment) -> list[str]:
    question = assessment.evaluation.question
    rows = []
    for veto in assessment.vetoes:
        criterion = question.criteria[veto.criterion]
        option = question.proposals[veto.alternative]
        said = "holds" if veto.holds else "fails"
        if option.scores[criterion.id].has_band:
            said = f"{said}, probability {share_percent(veto.probability)}"
        threshold = performance(veto.threshold, criterion)
        rows.append(f"{option.label}, {criterion.label} {threshold}: {said}")
    return shortened(rows, LISTED_BESIDE, "thresholds", every=assessment.complete)


def _health(assessment: Assessment) -> list[str]:
    findings = assessment.health
    if assessment.complete:
        return [f"{finding.severity}: {finding.sentence}" for finding in findings]
    rows = [f"{finding.severity}: {finding.sentence}" for finding in first_of_each_kind(findings)]
    more = more_of_each_kind(findings)
    return [
        *rows,
        *(
            f"... and {count:,} more findings of kind {kind}; --all shows them"
            for kind, count in more.items()
        ),
    ]
