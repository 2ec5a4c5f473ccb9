"""The words of the product, a plain sentence each, and the key of likelihood and of confidence."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.robustness.likelihood import WORDS


class Entry(NamedTuple):
    """A word as pages say it, what it means, and the literature's word where that is another."""

    term: str
    meaning: str
    art: str = ""


GLOSSARY = (
    Entry(
        "Anchor", "The two performances worth 0 and 100; fixed in the files, whatever is scored."
    ),
    Entry("Branch", "A group of criteria; its weight is the sum of theirs."),
    Entry(
        "Central weights",
        "The average of all sampled weights under which an option comes first: for whom it leads.",
        "central weight vector",
    ),
    Entry(
        "Confidence",
        "How good the evidence behind a score is: low, moderate or high. It is no likelihood.",
    ),
    Entry(
        "Confidence factor",
        "How often an option comes first at its own central weights, when only scores are unsure.",
    ),
    Entry(
        "Constraint",
        "A condition that an option meets or fails, beside all scores; a hard one should be met.",
    ),
    Entry("Contribution", "What one criterion adds to a score: partial value times weight."),
    Entry(
        "Criterion",
        "One thing that matters and can be scored on its own, with a unit and a direction.",
        "attribute",
    ),
    Entry(
        "Dominance",
        "On best estimates, one option is at least as good on every criterion and better on one; "
        "no weights can undo it.",
    ),
    Entry(
        "Evidence class",
        "What a score rests on: the source text, a public fact, or judgement.",
    ),
    Entry(
        "Kendall's W",
        "How much several rankings agree: 1 if they are the same, near 0 if they share nothing.",
        "coefficient of concordance",
    ),
    Entry(
        "Low, likely, high",
        "The band of a score: low and high are the 10th and 90th percentile unless the question "
        "says otherwise; likely is the most probable value.",
    ),
    Entry(
        "Option",
        "Anything that is ranked: a proposal, the status quo or a rival.",
        "alternative",
    ),
    Entry(
        "Override",
        "A score of your own in the place of the files', with a reason; it can be undone.",
    ),
    Entry(
        "Pairwise winning index",
        "The share of samples in which one option scores more than another.",
    ),
    Entry(
        "Partial value",
        "What a performance is worth, from 0 at its worst anchor to 100 at its best.",
        "value function",
    ),
    Entry("Performance", "The raw figure of an option on a criterion, in the criterion's unit."),
    Entry("Perspective", "A named set of weights: how one group might weigh the criteria."),
    Entry("Points", "What a person gives to a swing; only their proportions count."),
    Entry("Rank", "The place in the order; options that tie share the better rank."),
    Entry("Rank acceptability", "The share of samples in which an option takes a rank."),
    Entry(
        "Reference option",
        "What proposals are measured against: the status quo, or a rival that others favour.",
    ),
    Entry("Regret", "How many points an option falls short of the best one in a scenario."),
    Entry("Scenario", "A way the world may turn out, with the scores that would then hold."),
    Entry("Score", "The overall value of an option, 0 to 100: the sum of its contributions."),
    Entry(
        "Stability interval",
        "How far one weight can move, the others in proportion, before another option leads.",
    ),
    Entry(
        "Status quo",
        "Carrying on as today: what every proposal has to be better than.",
        "null option",
    ),
    Entry(
        "Swing",
        "The step from the worst anchor of a criterion to its best: what its weight is given for.",
    ),
    Entry(
        "Uncertainty",
        "How far a score, or the difference of two, may be off: 1.28 standard deviations. A lead "
        "within it is too close to call.",
        "score error",
    ),
    Entry(
        "Weight",
        "How much a criterion's swing counts, as a share of all; weights sum to 100 %.",
        "swing weight",
    ),
)
"""In the order of the alphabet."""

LIKELIHOOD_RULE = (
    "A share of samples is said in these words and nothing finer, after the US Intelligence "
    "Community Directive 203. It holds within this model and these weights: a share of 99 % is "
    "no promise."
)

CONFIDENCE_RULE = (
    "Confidence is about the evidence, likelihood about the outcome; the two never share a "
    "sentence."
)

CONFIDENCE = (
    ("high", "Several good sources agree, little is assumed, and other readings were examined."),
    ("moderate", "The sources are credible, but thin or not fully of one mind."),
    ("low", "The sources are few, in fragments, or the score is inferred."),
)

FIRST_STEPS = (
    "Start from a perspective or move a weight; the ranking follows.",
    "The title says who leads, by how much, and what would change it.",
    "Ask Why and How sure, then share the link or the briefing.",
)
"""How to begin, in three sentences."""


def likelihood_rows() -> list[tuple[str, str]]:
    """Each likelihood word with the range it stands for, least first."""
    return [(w.word, f"{round(w.low * 100)} to {round(w.high * 100)} %") for w in WORDS]
