"""Proposals carried out together: what a package performs, by the rules of the question.

The order is fixed, because it matters: members are combined, interaction deltas are added, and the
result is clamped to the anchors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dashboard.methods.arrays import Floats, performance
from dashboard.model.combination import CombinationRule
from dashboard.model.question import Question


def package_performance(
    question: Question,
    members: Sequence[str],
    without: Iterable[tuple[frozenset[str], str]] = (),
) -> Floats:
    """The likely raw performances of a package.

    Parameters
    ----------
    members : ids of the proposals carried out together, one or more.
    without : interaction deltas to leave out, as (the two proposals, the criterion).

    Returns
    -------
    (n,) performances in the unit of each criterion, within its anchors.

    Raises
    ------
    ValueError : no members, one named twice or unknown, or a criterion without a combination rule.

    Source: the question's own combination rules and interactions (``proposals/combination.yaml``,
    ``proposals/interactions.yaml``).
    """
    _check(question, members)
    raw = performance(question).likely
    rows = {proposal.id: raw[i] for i, proposal in enumerate(question.proposals)}
    status_quo = question.status_quo
    base = rows[status_quo.id] if status_quo else np.zeros(raw.shape[1])
    parts = np.array([rows[member] for member in members])
    rules = {c: rule for rule in question.combination.rules for c in rule.criteria}
    combined = np.empty(raw.shape[1])
    for j, criterion in enumerate(question.criteria):
        if criterion.id not in rules:
            raise ValueError(f"{criterion.id} has no combination rule")
        combined[j] = _combine(rules[criterion.id], parts[:, j], float(base[j]))
    combined += _interaction(question, set(members), set(without))
    spans = np.array([criterion.span for criterion in question.criteria])
    return np.clip(combined, spans[:, 0], spans[:, 1])


def _combine(rule: CombinationRule, parts: Floats, base: float) -> float:
    """One criterion of the members (k,), against the status quo ``base``."""
    if rule.rule == "minimum":
        return float(parts.min())
    if rule.rule == "sum-over-status-quo":
        return base + float((parts - base).sum())
    # What one member has reached, another cannot reach again.
    ceiling = rule.ceiling if rule.ceiling is not None else np.nan
    room = ceiling - base
    return ceiling - room * float(np.prod((ceiling - parts) / room)) if room else ceiling


def _interaction(
    question: Question, members: set[str], without: set[tuple[frozenset[str], str]]
) -> Floats:
    """(n,) likely deltas of all pairs that are in the package."""
    deltas = np.zeros(len(question.criteria))
    columns = {criterion.id: j for j, criterion in enumerate(question.criteria)}
    for interaction in question.interactions.interactions:
        pair = frozenset(interaction.between)
        if not pair <= members:
            continue
        for criterion, delta in interaction.deltas.items():
            if (pair, criterion) not in without:
                deltas[columns[criterion]] += delta.likely
    return deltas


def _check(question: Question, members: Sequence[str]) -> None:
    if not members:
        raise ValueError("a package needs a member")
    if len(set(members)) != len(members):
        raise ValueError("a proposal is in the package twice")
    known = {proposal.id for proposal in question.proposals}
    unknown = sorted(set(members) - known)
    if unknown:
        raise ValueError(f"unknown proposals: {', '.join(unknown)}")
