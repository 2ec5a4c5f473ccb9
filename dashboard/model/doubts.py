"""What files may say and probably do not mean: ``check`` asks, and changes nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dashboard.model.anchors import LineOf, outside_anchors
from dashboard.model.errors import Fault, digits, quoted
from dashboard.model.remedies import logarithmic_remedy

if TYPE_CHECKING:
    from dashboard.model.proposals import Band
    from dashboard.model.question import Question
    from dashboard.model.value_tree import Criterion

Points = Mapping[str, float]

_PERCENT = re.compile(r"%|\bper ?cent(age)?\b|\bpct\b", re.IGNORECASE)
_LOGARITHM = re.compile(r"\blog", re.IGNORECASE)
_CLOSE = 0.005
"""How near to 1 the sum of shares is that people round to two decimals."""

_HIGH = 10.0
"""Points among which a fraction is next to nothing."""


def warnings(question: Question, line_of: LineOf) -> tuple[Fault, ...]:
    """All that a person should look at once more, sorted by file and line."""
    found = [
        *outside_anchors(question, line_of),
        *_fractions(question, line_of),
        *_perspectives(question, line_of),
        *_logarithms(question, line_of),
    ]
    return tuple(sorted(found, key=lambda fault: (fault.file, fault.line or 0, fault.what)))


def _fractions(question: Question, line_of: LineOf) -> Iterator[Fault]:
    """A score of 0.35 on a criterion in percent: is it 35 %?"""
    for criterion in question.criteria:
        if not _is_in_percent(question, criterion):
            continue
        for proposal in question.proposals:
            score = proposal.scores[criterion.id]
            if not _is_a_fraction(score, criterion):
                continue
            file, trail = f"proposals/{proposal.id}.yaml", ("scores", criterion.id, "likely")
            overridden = question.overridden(proposal.id, criterion.id) is not None
            place = f"overridden score of {proposal.id}" if overridden else file
            line = None if overridden else line_of(file, trail)
            unit = " %" if _PERCENT.search(criterion.unit) else ""
            given, meant = digits(score.likely), digits(round(score.likely * 100, 10))
            smallest, largest = criterion.span
            what = (
                f"{criterion.name} is {given}{unit}, between anchors of {digits(smallest)} and "
                f"{digits(largest)}"
            )
            remedy = f"do you mean {meant}{unit}? Then write {meant}; else leave it"
            yield Fault(place, line, what, remedy)


def _is_in_percent(question: Question, criterion: Criterion) -> bool:
    """By its unit; or by anchors of 0 and 100, where no option is above 1."""
    if _PERCENT.search(criterion.unit):
        return True
    highest = max(proposal.scores[criterion.id].high for proposal in question.proposals)
    return criterion.span == (0.0, 100.0) and highest <= 1


def _is_a_fraction(score: Band, criterion: Criterion) -> bool:
    """Whether a band between 0 and 1 would be as good a one a hundred times as large."""
    smallest, largest = criterion.span
    fraction = 0 < score.likely < 1 and score.low >= 0 and score.high <= 1
    return fraction and smallest <= score.likely * 100 <= largest


def _perspectives(question: Question, line_of: LineOf) -> Iterator[Fault]:
    file = "criteria/perspectives.yaml"
    given = [(p.name, p.points) for p in question.perspectives if p.points is not None]
    for index, perspective in enumerate(question.perspectives):
        if perspective.points is None:
            continue
        others = [points for name, points in given if points is not perspective.points]
        line = line_of(file, ("perspectives", index, "points"))
        for what, remedy in points_doubts(perspective.points, others):
            yield Fault(file, line, f"{perspective.name}: {what}", remedy)


def weights_file_doubts(points: Points, question: Question, file: str) -> tuple[Fault, ...]:
    """Questions about a file of weights, held beside the perspectives of the question."""
    others = [p.points for p in question.perspectives if p.points is not None]
    return tuple(Fault(file, None, *doubt) for doubt in points_doubts(points, others))


def points_doubts(points: Points, others: Sequence[Points]) -> Iterable[tuple[str, str]]:
    """What is odd about points and what to do: fractions where others are from 0 to 100."""
    fractions = {key: value for key, value in points.items() if 0 < value < 1}
    if not fractions:
        return
    key, fraction = next(iter(fractions.items()))
    meant = digits(round(fraction * 100, 10))
    most, total = max((max(other.values()) for other in others), default=0.0), sum(points.values())
    if math.isclose(total, 1, abs_tol=_CLOSE) and most > 1:
        what = f"the points are fractions that sum to 1, while others go up to {digits(most)}"
        remedy = (
            f"do you mean percent? Then write {meant} for {digits(fraction)}; only proportions "
            "count, so the ranking stays as it is"
        )
        yield what, remedy
    # Percentages that add up are what they say.
    elif max(points.values()) >= _HIGH and not math.isclose(total, 100, abs_tol=100 * _CLOSE):
        highest = digits(max(points.values()))
        what = f"the points for {quoted(key)} are {digits(fraction)}, beside others up to {highest}"
        yield what, f"do you mean {meant}? Then write {meant}; else leave it"


def _logarithms(question: Question, line_of: LineOf) -> Iterator[Fault]:
    """A scale that is called logarithmic and has no curve is a straight line."""
    file = "criteria/value-tree.yaml"
    for b, branch in enumerate(question.tree.branches):
        for c, criterion in enumerate(branch.criteria):
            if criterion.curve is not None or not _LOGARITHM.search(criterion.scale):
                continue
            line = line_of(file, ("branches", b, "criteria", c, "scale"))
            what = (
                f"the scale of {criterion.name} is called {quoted(criterion.scale)}, but its value "
                "runs along a straight line"
            )
            yield Fault(file, line, what, logarithmic_remedy(criterion.worst, criterion.best))
