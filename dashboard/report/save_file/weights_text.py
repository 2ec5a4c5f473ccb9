"""Weights and overridden scores of a brief as files that the command line reads again."""

from __future__ import annotations

from dashboard.model.wording import printable
from dashboard.model.yaml_text import yaml_list, yaml_text
from dashboard.report.briefing.brief import Brief


def weights_text(brief: Brief) -> str:
    """What ``--weights`` reads: points by criterion, and above them whose they are."""
    points = {c.id: float(brief.weighting.points[c.id]) for c in brief.question.criteria}
    whose = " ".join(printable(brief.weighting.label).split())
    return f"# Weights: {whose}\n{yaml_text(points)}"


def overrides_text(brief: Brief) -> str:
    """What ``--override`` reads; a reason that is missing stays missing (``null``)."""
    return yaml_list(
        [
            {
                "proposal": o.proposal,
                "criterion": o.criterion,
                "low": o.low,
                "likely": o.likely,
                "high": o.high,
                "reason": o.reason,
            }
            for o in brief.overrides
        ]
    )
