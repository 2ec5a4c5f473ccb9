"""Bands worked out by SciPy: what the fits and errors of the dashboard are held against."""

from __future__ import annotations

import numpy as np
from scipy import optimize, stats

from dashboard.methods.evaluate import Evaluation
from dashboard.model.question import Question


def fitted_triangle(
    low: float, likely: float, high: float, below: float = 0.1, above: float = 0.1
) -> stats.rv_frozen:
    """The triangle with its mode at ``likely``, ``below`` of it under ``low`` and ``above`` of it
    over ``high``: two equations for its two ends, solved by a root finder."""
    width = high - low

    def misses(ends: tuple[float, float]) -> tuple[float, float]:
        # How far the ends lie beyond low and high, in widths of the band; never inwards.
        down, up = ends[0] ** 2, ends[1] ** 2
        base = 1 + down + up
        left, right = down + (likely - low) / width, up + (high - likely) / width
        return down**2 - below * base * left, up**2 - above * base * right

    found = optimize.root(misses, (0.7, 0.7))
    assert max(map(abs, misses(found.x))) < 1e-9
    start, end = low - found.x[0] ** 2 * width, high + found.x[1] ** 2 * width
    return stats.triang((likely - start) / (end - start), start, end - start)


def with_limits(question: Question) -> Question:
    """The same question, with low and high as the ends of what there can be."""
    return question.replace(context=question.context.model_copy(update={"bands": "limits"}))


def lead_over(evaluation: Evaluation, first: str, second: str) -> tuple[float, float]:
    """Mean of the lead of one option over another, and 1.28 of its standard deviations, in points.

    Each performance is taken at 4,000 even quantiles of SciPy's distribution; its value is read off
    the curve, and criteria and options add up as independent.
    """
    shares = (np.arange(4000) + 0.5) / 4000
    outside = {"percentiles": 0.1, "limits": 0.0}[str(evaluation.question.context.bands)]
    mean = variance = 0.0
    for sign, identifier in ((1, first), (-1, second)):
        scores = evaluation.question.proposal(identifier).scores
        for weight, criterion in zip(evaluation.weights, evaluation.question.criteria, strict=True):
            band = scores[criterion.id]
            levels = np.full(len(shares), band.likely)
            if band.low < band.high and outside:
                levels = fitted_triangle(band.low, band.likely, band.high).ppf(shares)
            elif band.low < band.high:
                width = band.high - band.low
                law = stats.triang((band.likely - band.low) / width, band.low, width)
                levels = law.ppf(shares)
            values = np.interp(levels, *np.array(sorted(criterion.points)).T)
            mean += sign * weight * float(values.mean())
            variance += weight**2 * float(values.var())
    return mean, 1.28 * variance**0.5
