"""What differs between two briefings, and what that does to the order of the options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.model.side_by_side import apart
from dashboard.model.wording import counted, listed, with_band, with_unit
from dashboard.report.briefing.brief import Brief
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.override_words import cell_words
from dashboard.report.save_file.question_differences import (
    Change,
    Group,
    grouped,
    question_differences,
)
from dashboard.report.save_file.tree_differences import ABSENT, tree_differences
from dashboard.robustness.verdict import verdict

LEAST = 1e-9
"""Weights (of 1) and scores (points) nearer than this are the same."""


@dataclass(frozen=True)
class Side:
    """One of the two briefings. ``leaders`` : the options at rank 1, by id."""

    title: str
    date: str
    weights: str
    version: str
    question: str
    inputs: str
    headline: str
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class RankRow:
    """An option in both; None where a briefing does not have it. Scores in points."""

    id: str
    name: str
    rank_was: int | None
    rank_now: int | None
    score_was: float | None
    score_now: float | None


@dataclass(frozen=True)
class Cause:
    """Who leads where only the weights, or only the data, are those of the second briefing.

    The data are the question with its settings and overrides. ``reason`` : why it cannot be asked.
    """

    weights_only: str | None
    data_only: str | None
    sentence: str
    reason: str | None = None


@dataclass(frozen=True)
class Differences:
    """``groups`` : what the results rest on. ``printed`` : what is only printed differently."""

    was: Side
    now: Side
    groups: tuple[Group, ...]
    printed: tuple[Change, ...]
    ranks: tuple[RankRow, ...]
    cause: Cause | None

    @property
    def same(self) -> bool:
        return not self.groups

    @property
    def moved(self) -> tuple[RankRow, ...]:
        """The options whose rank differs."""
        return tuple(row for row in self.ranks if row.rank_was != row.rank_now)

    def data(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"same": self.same, **asdict(self), "sentences": list(sentences(self))}


def differences(was: Brief, now: Brief) -> Differences:
    """Compare two briefings; the question of each as its files say, then what is done to it."""
    groups = (
        *question_differences(was.question, now.question),
        *grouped(
            (
                ("Settings", _settings(was, now)),
                ("Overridden scores", _overrides(was, now)),
                ("Weights", _weights(was.evaluation, now.evaluation)),
                ("Sampling", _sampling(was, now)),
                ("Workshop", _workshop(was, now)),
            )
        ),
    )
    return Differences(
        was=_side(was),
        now=_side(now),
        groups=groups,
        printed=tuple(_printed(was, now)),
        ranks=_ranks(was.evaluation, now.evaluation),
        cause=_cause(was.evaluation, now.evaluation) if groups else None,
    )


def _side(brief: Brief) -> Side:
    evaluation = brief.evaluation
    found = verdict(evaluation)
    return Side(
        title=brief.question.context.title,
        date=brief.layout.date.isoformat(),
        weights=brief.weighting.label,
        version=brief.layout.version,
        question=brief.question.fingerprint,
        inputs=input_fingerprint(evaluation),
        headline=found.headline,
        leaders=tuple(leader.id for leader in found.leaders),
    )


# ------------------------------------------------------------------------------ what differs


def _settings(was: Brief, now: Brief) -> Iterator[Change]:
    names = {s.id: s.name for brief in (was, now) for s in brief.question.settings}
    for identifier, name in names.items():
        one, other = identifier in was.settings, identifier in now.settings
        if one != other:
            yield Change(name, *("on" if on else "off" for on in (one, other)))


def _overrides(was: Brief, now: Brief) -> Iterator[Change]:
    before = {override.cell: override for override in was.overrides}
    after = {override.cell: override for override in now.overrides}
    for cell in dict.fromkeys((*before, *after)):
        one, other = before.get(cell), after.get(cell)
        if one != other:
            question = now.question if other else was.question
            words = _override(was.question, one), _override(now.question, other)
            yield Change(cell_words(question, cell), *words)


def _override(question: Question, override: Override | None) -> str:
    """Its numbers, all digits that they have, and the reason."""
    if override is None:
        return "as in the files"
    numbers = with_band(*(f"{one:.10g}" for one in (override.low, override.likely, override.high)))
    unit = question.criterion(override.criterion).unit
    reason = f": {override.reason}" if override.reason else " (no reason given)"
    return f"{with_unit(numbers, unit)}{reason}"


def _weights(was: Evaluation, now: Evaluation) -> Iterator[Change]:
    """Each weight in percent, the largest differences first."""
    before, after = _weights_by_criterion(was), _weights_by_criterion(now)
    labels = {c.id: c.label for e in (was, now) for c in e.question.criteria}
    moved = {key: abs(after.get(key, 0.0) - before.get(key, 0.0)) for key in labels}
    for key in sorted(labels, key=lambda key: -moved[key]):
        one, other = before.get(key), after.get(key)
        if one is not None and other is not None:
            if moved[key] > LEAST:
                yield Change(labels[key], *apart(one, other))
        else:
            words = (ABSENT if w is None else f"{w * 100:.1f} %" for w in (one, other))
            yield Change(labels[key], *words)


def _weights_by_criterion(evaluation: Evaluation) -> dict[str, float]:
    ids = [criterion.id for criterion in evaluation.question.criteria]
    return dict(zip(ids, evaluation.weights.tolist(), strict=True))


def _sampling(was: Brief, now: Brief) -> Iterator[Change]:
    one = was.sampling._asdict() | was.errors._asdict()
    other = now.sampling._asdict() | now.errors._asdict()
    return (Change(d.place, d.was, d.now) for d in tree_differences(one, other))


def _workshop(was: Brief, now: Brief) -> Iterator[Change]:
    found = tree_differences(was.workshop or {}, now.workshop or {})
    return (Change(d.place, d.was, d.now) for d in found)


def _printed(was: Brief, now: Brief) -> Iterator[Change]:
    one = vars(was.layout) | {"date": was.layout.date.isoformat(), "weights": was.weighting.label}
    other = vars(now.layout) | {"date": now.layout.date.isoformat(), "weights": now.weighting.label}
    return (Change(d.place, d.was, d.now) for d in tree_differences(one, other))


# ------------------------------------------------------------------------------ what it does


def _ranks(was: Evaluation, now: Evaluation) -> tuple[RankRow, ...]:
    """In the order of the second briefing, then those that only the first one has."""
    before, after = _placed(was), _placed(now)
    names = {p.id: p.label for e in (was, now) for p in e.question.proposals}
    rows = []
    for key in dict.fromkeys((*after, *before)):
        (rank_was, score_was), (rank_now, score_now) = (
            held.get(key, (None, None)) for held in (before, after)
        )
        rows.append(RankRow(key, names[key], rank_was, rank_now, score_was, score_now))
    return tuple(rows)


def _placed(evaluation: Evaluation) -> dict[str, tuple[int, float]]:
    proposals = evaluation.question.proposals
    return {
        proposals[i].id: (int(evaluation.ranks[i]), float(evaluation.scores[i]))
        for i in evaluation.order
    }


def _cause(was: Evaluation, now: Evaluation) -> Cause | None:
    """Each half of the change by itself."""
    before, after = _weights_by_criterion(was), _weights_by_criterion(now)
    if before.keys() != after.keys():
        reason = "The criteria differ, so neither's weights can be given to the other's data."
        return Cause(None, None, reason, reason)
    same_weights = all(abs(before[key] - after[key]) <= LEAST for key in before)
    same_data = was.question.fingerprint == now.question.fingerprint
    if same_weights and same_data:
        return None
    weights_only, data_only = evaluate(was.question, after), evaluate(now.question, before)
    if same_weights or same_data:
        part = "data" if same_weights else "weights"
        sentence = f"Only the {part} differ, so all that changes in the order comes from them."
    else:
        sentence = (
            f"With only the weights changed, the headline is “{verdict(weights_only).headline}”. "
            f"With only the data changed, it is “{verdict(data_only).headline}”. "
            f"{_what_it_takes(was, now, weights_only, data_only)}"
        )
    return Cause(verdict(weights_only).headline, verdict(data_only).headline, sentence)


def _what_it_takes(
    was: Evaluation, now: Evaluation, weights_only: Evaluation, data_only: Evaluation
) -> str:
    """Which half brings the new leader."""
    old, new = _leading(was), _leading(now)
    if old == new:
        return "The same leads in both briefings."
    by_weights, by_data = _leading(weights_only) == new, _leading(data_only) == new
    if by_weights and by_data:
        return "Either of the two changes by itself brings the new leader."
    if by_weights or by_data:
        return f"The change of the {'weights' if by_weights else 'data'} brings the new leader."
    return "It takes both changes together to bring the new leader."


def _leading(evaluation: Evaluation) -> set[str]:
    return {proposal.id for proposal in evaluation.leaders}


# ------------------------------------------------------------------------------ in words


def sentences(found: Differences) -> Iterator[str]:
    """The results, in the order of reading; the groups and the table say the rest."""
    if found.same:
        yield "No difference in question, settings, weights or sampling."
        if found.was.version != found.now.version:
            yield f"The first is by version {found.was.version}, the second by {found.now.version}."
        return
    before, after = found.was, found.now
    names = {row.id: row.name for row in found.ranks}
    if before.leaders == after.leaders:
        yield f"{_names(names, after.leaders)} in both."
    else:
        first, second = _names(names, before.leaders), _names(names, after.leaders)
        yield f"{first} in the first, {second} in the second."
    yield f"First: {before.headline}. Second: {after.headline}."
    if found.cause is not None:
        yield found.cause.sentence
    yield _moved_words(found)


def _names(names: dict[str, str], leaders: tuple[str, ...]) -> str:
    verb = "has" if len(leaders) == 1 else "share"
    return f"{listed([names[key] for key in leaders])} {verb} rank 1"


def _moved_words(found: Differences) -> str:
    both = [row for row in found.ranks if row.rank_was is not None and row.rank_now is not None]
    moved = sum(row.rank_was != row.rank_now for row in both)
    if not both:
        return "No option is in both briefings."
    if not moved:
        return "No option that both have changes its rank."
    change = "changes" if moved == 1 else "change"
    return f"{moved} of {counted(len(both), 'option')} that both have {change} rank."
