"""Weights and overridden scores of a brief as files that the command line reads again."""

from __future__ import annotations

from dashboard.model.wording import printable
from dashboard.model.yaml_text import yaml_list, yaml_text
from dashboard.report.briefing.brief import Brief
from dashboard.report.override_words import NO_REASON


def weights_text(brief: Brief) -> str:
    """What ``--weights`` reads: points by criterion, and above them whose they are."""
    points = {c.id: float(brief.weighting.points[c.id]) for c in brief.question.criteria}
    whose = " ".join(printable(brief.weighting.label).split())
    return f"# Weights: {whose}\n{yaml_text(points)}"


def overrides_text(brief: Brief) -> str:
    """What ``--override`` reads; a reason that came by no link is said to be missing."""
    return yaml_list(
        [
            {
                "proposal": o.proposal,
                "criterion": o.criterion,
                "low": o.low,
                "likely": o.likely,
                "high": o.high,
                "reason": o.reason or NO_REASON,
            }
            for o in brief.overrides
        ]
    )
