"""What differs between two questions, group by group, in words and units that a reader knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model.errors import digits
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import (
    CLASS_WORDS,
    VERDICT_WORDS,
    band,
    listed,
    swing,
    with_band,
    with_unit,
)
from dashboard.report.save_file.tree_differences import ABSENT, tree_differences


@dataclass(frozen=True)
class Change:
    """One thing that differs: what, and how it was and is; ``ABSENT`` where there is none."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Group:
    """All changes of one kind, in the order in which to read them."""

    name: str
    changes: tuple[Change, ...]


def question_differences(was: Question, now: Question) -> tuple[Group, ...]:
    """The groups in which something differs; none where the fingerprints are equal.

    Settings and overrides are no part of it: both questions as their files say.
    """
    if was.fingerprint == now.fingerprint:
        return ()
    kinds: tuple[tuple[str, Callable[[Question, Question], Iterable[Change]]], ...] = (
        ("Texts of the question", _texts),
        ("Options", _options),
        ("Criteria", _criteria),
        ("Anchors", _anchors),
        ("Scores", _scores),
        ("Evidence of scores", _evidence),
        ("Constraints", _constraints),
        ("Other parts of the question", _rest),
    )
    return grouped((name, find(was, now)) for name, find in kinds)


def grouped(found: Iterable[tuple[str, Iterable[Change]]]) -> tuple[Group, ...]:
    """The groups that hold a change."""
    groups = (Group(name, tuple(changes)) for name, changes in found)
    return tuple(group for group in groups if group.changes)


def _texts(was: Question, now: Question) -> Iterator[Change]:
    return _by_path(_dumped(was)["context"], _dumped(now)["context"])


def _options(was: Question, now: Question) -> Iterator[Change]:
    before = {proposal.id: proposal.name for proposal in was.proposals}
    after = {proposal.id: proposal.name for proposal in now.proposals}
    return _came_and_went(before, after)


def _criteria(was: Question, now: Question) -> Iterator[Change]:
    before, after = (
        {c.id: f"{c.name} ({branch.name})" for branch in q.branches for c in branch.criteria}
        for q in (was, now)
    )
    yield from _came_and_went(before, after)


def _came_and_went(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for identifier in dict.fromkeys((*before, *after)):
        one, other = before.get(identifier, ABSENT), after.get(identifier, ABSENT)
        if one != other:
            yield Change(identifier, one, other)


def _anchors(was: Question, now: Question) -> Iterator[Change]:
    for one, other in _shared_criteria(was, now):
        if (one.worst, one.best, one.unit) != (other.worst, other.best, other.unit):
            yield Change(one.label, *_apart((swing(one), swing(other)), _exact_swing, one, other))
        if one.curve != other.curve:
            yield Change(f"{one.label}, curve", _curve(one), _curve(other))


def _exact_swing(criterion: Criterion) -> str:
    ends = f"from {digits(criterion.worst)} to {digits(criterion.best)}"
    return f"{ends} {criterion.unit}"


def _curve(criterion: Criterion) -> str:
    if criterion.curve is None:
        return "straight"
    return ", ".join(f"{digits(x)} is worth {digits(v)}" for x, v in criterion.curve)


def _shared_criteria(was: Question, now: Question) -> Iterator[tuple[Criterion, Criterion]]:
    after = {criterion.id: criterion for criterion in now.criteria}
    return ((c, after[c.id]) for c in was.criteria if c.id in after)


Cells = Iterator[tuple[str, tuple[Score, Criterion], tuple[Score, Criterion]]]


def _shared_cells(was: Question, now: Question) -> Cells:
    """Each score that both have: its name, and both with their criterion."""
    after = {proposal.id: proposal for proposal in now.proposals}
    for proposal in was.proposals:
        other = after.get(proposal.id)
        if other is None:
            continue
        for one, two in _shared_criteria(was, now):
            name = f"{proposal.label} on {one.label}"
            yield name, (proposal.scores[one.id], one), (other.scores[two.id], two)


def _scores(was: Question, now: Question) -> Iterator[Change]:
    for name, (one, criterion), (other, second) in _shared_cells(was, now):
        if _numbers(one) != _numbers(other):
            words = band(one, criterion), band(other, second)
            yield Change(name, *_apart(words, _exact_band, (one, criterion), (other, second)))


def _numbers(score: Score) -> tuple[float, float, float]:
    return score.low, score.likely, score.high


def _exact_band(cell: tuple[Score, Criterion]) -> str:
    low, likely, high = map(digits, _numbers(cell[0]))
    return with_unit(with_band(low, likely, high), cell[1].unit)


def _apart(words: tuple[str, str], exact: Callable[[Any], str], was: Any, now: Any) -> Any:
    """The words, or with all digits where the usual ones do not show the difference."""
    return words if words[0] != words[1] else (exact(was), exact(now))


def _evidence(was: Question, now: Question) -> Iterator[Change]:
    for name, (one, _), (other, _) in _shared_cells(was, now):
        pairs = (
            ("evidence", ", ".join(one.evidence), ", ".join(other.evidence)),
            ("class", _classes(one), _classes(other)),
            ("confidence", one.confidence, other.confidence),
            ("rationale", one.rationale, other.rationale),
            ("working", one.working or ABSENT, other.working or ABSENT),
        )
        yield from (Change(f"{name}, {what}", a, b) for what, a, b in pairs if a != b)


def _classes(score: Score) -> str:
    return listed([CLASS_WORDS[kind] for kind in score.evidence_class])


def _constraints(was: Question, now: Question) -> Iterator[Change]:
    before = {constraint.id: constraint for constraint in was.constraints}
    after = {constraint.id: constraint for constraint in now.constraints}
    named = ({key: c.name for key, c in held.items()} for held in (before, after))
    yield from _came_and_went(*named)
    options = {p.id: p.label for p in was.proposals if p.id in {o.id for o in now.proposals}}
    for key in (key for key in before if key in after):
        for option, label in options.items():
            one, other = before[key].status_of(option), after[key].status_of(option)
            if one != other:
                words = (VERDICT_WORDS[one.verdict], VERDICT_WORDS[other.verdict])
                if words[0] == words[1]:
                    words = (one.note or ABSENT, other.note or ABSENT)
                yield Change(f"{label} on {after[key].name}", *words)


def _rest(was: Question, now: Question) -> Iterator[Change]:
    """What no other group tells, by its place in the files."""
    shared = {p.id for p in was.proposals} & {p.id for p in now.proposals}
    return _by_path(_without_told(was, shared), _without_told(now, shared))


def _by_path(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    return (Change(one.place, one.was, one.now) for one in tree_differences(was, now))


def _dumped(question: Question) -> dict[str, Any]:
    return question.model_dump(mode="json", by_alias=True)


def _without_told(question: Question, options: set[str]) -> dict[str, Any]:
    """The question as plain data, less what the other groups tell."""
    data = _dumped(question)
    del data["context"]
    data["proposals"] = [p | {"scores": None} for p in data["proposals"] if p["id"] in options]
    told = {"worst": None, "best": None, "curve": None, "unit": None, "name": None}
    data["criteria"] = [c | told for b in data["tree"]["branches"] for c in b["criteria"]]
    data["tree"]["branches"] = [b | {"criteria": None} for b in data["tree"]["branches"]]
    data["constraints"] = [c | {"status": None, "name": None} for c in data["constraints"]]
    return data
