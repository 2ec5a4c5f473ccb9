"""The waterfall of a pair as HTML: every step opens to the reasons behind its two scores."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.methods.evaluate import Evaluation
from dashboard.model.entry import with_names
from dashboard.model.proposals import Proposal
from dashboard.model.wording import (
    CLASS_WORDS,
    band,
    listed,
    number,
    performance,
    signed,
    swing,
    weight_percent,
)
from dashboard.report.override_words import was_words
from dashboard.robustness.waterfall import Step, Waterfall
from dashboard.ui.html import (
    Markup,
    colours,
    element,
    joined,
    mark,
    range_bar,
    reason_markup,
)
from dashboard.ui.terms import criterion_meaning, option_name

_MOST_TICKS = 6


class Axis(NamedTuple):
    """From ``low`` to ``high`` points, with a tick each ``step``."""

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """Where a score stands, in percent of the width."""
        return (value - self.low) / (self.high - self.low) * 100

    @property
    def ticks(self) -> list[float]:
        first, last = math.ceil(self.low / self.step), math.floor(self.high / self.step)
        return [k * self.step for k in range(first, last + 1)]


def axis(least: float, most: float) -> Axis:
    """A little wider than what it shows, with round ticks of 1, 2 or 5 times a power of ten."""
    spare = max((most - least) * 0.04, 0.5)
    low, high = least - spare, most + spare
    rough = (high - low) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough)
    return Axis(low, high, step)


def waterfall_html(
    evaluation: Evaluation, first: Proposal, second: Proposal, fall: Waterfall
) -> Markup:
    """From the second option's score, step by step, to the first one's."""
    scale = axis(*fall.span)
    groups: tuple[tuple[str, tuple[Step, ...], Proposal], ...] = (
        (f"For {first.label}", fall.up, first),
        (f"For {second.label}", fall.down, second),
        ("No difference", fall.level, first),
    )
    if first.id == second.id:
        groups = (("Every criterion", fall.level, first),)
    return element(
        "div",
        _head(scale),
        _end(evaluation, second, fall.second_score, scale),
        *(
            joined(_group(evaluation, (first, second), scale, *group))
            for group in groups
            if group[1]
        ),
        _end(evaluation, first, fall.first_score, scale) if first.id != second.id else "",
        class_="cw-fall",
    )


def _head(scale: Axis) -> Markup:
    ticks = joined(
        element("span", number(tick, 2), class_="tick", style=f"left:{scale.at(tick):.2f}%")
        for tick in scale.ticks
    )
    return element(
        "div",
        element("span", "Criterion"),
        element("span", ticks, class_="axis", aria_hidden="true"),
        element("span", "Points", class_="points"),
        class_="row head",
    )


def _end(evaluation: Evaluation, proposal: Proposal, score: float, scale: Axis) -> Markup:
    look = evaluation.question.looks[proposal.id]
    dot = element("span", mark(look), class_="dot", style=f"left:{scale.at(score):.2f}%")
    name = option_name(proposal, look)
    return element(
        "div",
        element("span", name, class_="what"),
        element("span", dot, class_="track", style=_grid(scale), aria_hidden="true"),
        element("span", number(score, 1), class_="points"),
        class_="row end",
    )


def _group(
    evaluation: Evaluation,
    pair: tuple[Proposal, Proposal],
    scale: Axis,
    title: str,
    steps: tuple[Step, ...],
    favoured: Proposal,
) -> Iterator[Markup]:
    total = sum(step.difference.contribution for step in steps)
    said = "" if title.startswith(("No ", "Every ")) else signed(total)
    yield element(
        "h3", element("span", title), element("span", said, class_="points"), class_="row group"
    )
    for step in steps:
        yield _step(evaluation, pair, scale, step, favoured)


def _step(
    evaluation: Evaluation,
    pair: tuple[Proposal, Proposal],
    scale: Axis,
    step: Step,
    favoured: Proposal,
) -> Markup:
    question, criterion = evaluation.question, step.difference.criterion
    sides = pair[:1] if pair[0].id == pair[1].id else pair
    raw = joined(
        (
            element(
                "span",
                mark(question.looks[p.id]),
                element("span", performance(p.scores[criterion.id].likely, criterion)),
                class_="cw-side",
            )
            for p in sides
        ),
    )
    weight = f"weight {weight_percent(step.difference.weight)}"
    what_if = [p for p in sides if question.overridden(p.id, criterion.id)]
    flag = element("span", "what if", class_="cw-flag") if what_if else ""
    points = joined(
        [signed(step.difference.contribution), element("span", " points", class_="cw-sr")]
    )
    summary = element(
        "summary",
        element(
            "span",
            element("span", criterion.name, flag, class_="name"),
            element("span", element("span", weight), raw, class_="cw-meta facts"),
            class_="what",
        ),
        _track(evaluation, step, scale, favoured),
        element("span", points, class_="points"),
        class_="row",
    )
    reasons = element("div", *(_reasons(evaluation, p, step) for p in sides), class_="cw-why")
    meaning = element("p", criterion_meaning(criterion), class_="cw-meta cw-meaning")
    return element("details", summary, meaning, reasons)


def _track(evaluation: Evaluation, step: Step, scale: Axis, favoured: Proposal) -> Markup:
    start, end = scale.at(step.start), scale.at(step.end)
    left, width = min(start, end), abs(end - start)
    bar = element(
        "i",
        style=f"left:{left:.2f}%;width:{width:.2f}%",
        class_="pale" if step.undecided else None,
    )
    lines = joined(
        element("s", class_=side, style=f"left:{place:.2f}%")
        for side, place in (("from", start), ("to", end))
    )
    style = f"{colours(evaluation.question.looks[favoured.id])};{_grid(scale)}"
    return element("span", lines, bar, class_="track", style=style, aria_hidden="true")


def _grid(scale: Axis) -> str:
    """Where the lines of the ticks begin and how far they are apart, for the style."""
    share = scale.step / (scale.high - scale.low) * 100
    return f"--from:{scale.at(scale.ticks[0]) if scale.ticks else 0:.3f}%;--step:{share:.3f}%"


def _reasons(evaluation: Evaluation, proposal: Proposal, step: Step) -> Markup:
    """One score: number, band, class, confidence, rationale, sources; and what a reader changed."""
    question, criterion = evaluation.question, step.difference.criterion
    score, look = proposal.scores[criterion.id], question.looks[proposal.id]
    row, column = evaluation.index(proposal.id), question.criteria.index(criterion)
    bar = range_bar(
        evaluation.values_least[row, column],
        evaluation.values[row, column],
        evaluation.values_most[row, column],
        look,
    )
    held = question.overridden(proposal.id, criterion.id)
    kinds = listed([CLASS_WORDS[kind] for kind in (held.was if held else score).evidence_class])
    confidence = (held.was if held else score).confidence
    rests = f"Rests on {kinds}. Confidence in the evidence: {confidence}."
    changed: list[Markup] = []
    if held:
        words = f"Overridden: {was_words(question, held)} in the files. "
        reason = reason_markup(held)
        now = "The number now rests on the reader's judgement; confidence: low."
        changed = [
            element("p", element("strong", words), reason, class_="cw-changed"),
            element("p", now, class_="cw-meta"),
            element("p", "What the files say of their number:", class_="cw-meta"),
        ]
    return element(
        "div",
        element("h4", option_name(proposal, look)),
        element("p", element("strong", band(score, criterion))),
        bar,
        element("p", f"On a scale {swing(criterion)}; right is better.", class_="cw-meta"),
        *changed,
        element("p", with_names(question, score.rationale)),
        element("p", with_names(question, score.working), class_="cw-meta")
        if score.working
        else "",
        element("p", rests, class_="cw-meta"),
        element("ul", joined(element("li", question.evidence_label(e)) for e in score.evidence)),
    )


def gap_bar(least: float, gap: float, most: float, scale: Axis) -> Markup:
    """What the bands on one criterion do to a gap: from least to most, with a line at no gap."""
    left, width = scale.at(least), scale.at(most) - scale.at(least)
    return element(
        "span",
        element("i", style=f"left:{left:.2f}%;width:{max(width, 0.5):.2f}%"),
        element("b", style=f"left:{scale.at(gap):.2f}%"),
        element("s", style=f"left:{scale.at(0):.2f}%"),
        class_="cw-gap",
        aria_hidden="true",
    )
