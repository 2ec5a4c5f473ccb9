"""Rows of an assessment for a terminal: pairs, structure, scenarios, perspectives."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.methods.evaluate import are_equal
from dashboard.methods.ranks import TIE_TOLERANCE, best_first
from dashboard.model.side_by_side import apart, gap_between
from dashboard.model.wording import counted, listed, named_or_counted, signed, weight_percent
from dashboard.report.left_out import LISTED_BESIDE, NAMED_IN_A_ROW, shortened
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.combined_flip import NoFlip
from dashboard.robustness.concordance import TauMatrix
from dashboard.robustness.condorcet import Majority
from dashboard.robustness.disagreement import Compromise
from dashboard.robustness.pair_margin import Flip, PairMargin, TooClose
from dashboard.robustness.readings import NEAR
from dashboard.robustness.statement import cheapest_flip

_BARS = 5

_READINGS = {
    "given_weights": "these: the weights above",
    "weights_nearby": f"nearby: each within {NEAR * 100:.0f} percentage points of these",
    "same_order": "order: all weights in the order of these; equal ones may go either way",
    "all_weights": "all: all possible weights",
    "perspectives": "people: the perspectives of the question in turn",
    "stated_weights": "stated: all weights that fulfil the statements",
}


def reading_words(key: str) -> str:
    """What a column of shares assumes about the weights."""
    return _READINGS[key]


def labels(assessment: Assessment) -> list[str]:
    """Of the options, in the order of the question."""
    return [proposal.label for proposal in assessment.evaluation.question.proposals]


def amount(share: float) -> str:
    """How much of all weight has to move, for the middle of a sentence: 'less than 0.1 %'."""
    said = weight_percent(share)
    # What moves is never nothing, though so little of it may round to that.
    least, most = "less than 0.1 %", "more than 99.9 %"
    return {"0 %": least, "less than 0.1 %": least, "more than 99.9 %": most}.get(said, said)


def level_words(assessment: Assessment) -> str:
    """The least change of weights that ends the lead; empty where none is known."""
    found = cheapest_flip(assessment)
    if found is None:
        return ""
    row, least = found
    rival = assessment.evaluation.question.proposals[row].label
    return f"Moving {amount(least.moved)} of all weight brings {rival} level with the lead"


def flip_words(flip: Flip, names: list[str]) -> str:
    """How much weight has to move, or why none would do."""
    if isinstance(flip, TooClose):
        return flip.reason
    if isinstance(flip, NoFlip):
        return f"on best estimates no weights do; {outdone_by(flip, names)}"
    if flip.least_moved.moved <= TIE_TOLERANCE:
        return "nothing has to move, it is level"
    moved = f"{amount(flip.least_moved.moved)} of all weight has to move"
    return f"{moved} to draw level; no weights do more" if flip.ties_only else moved


def outdone_by(flip: NoFlip, names: list[str], mix: str = "a mix") -> str:
    """What is better than an option under all weights; ``mix`` opens a sentence as 'A mix'."""
    parts = [(share, names[i]) for i, share in enumerate(flip.mixture) if share > 0]
    better = parts[0][1]
    if len(parts) > 1:
        better = f"{mix} of {named_or_counted([f'{s * 100:.0f} % {name}' for s, name in parts])}"
    return f"{better} is better by {flip.margin:.1f} points or more under all weights"


def pair_sections(assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    """The first pair, which is the one asked for, with a heading."""
    for pair in assessment.pairs[:1]:
        names = labels(assessment)
        first, second = names[pair.first], names[pair.second]
        heading = f"{first} against {second}: {_gap(assessment, pair)}"
        yield heading, _pair_rows(assessment, pair, names)


def _gap(assessment: Assessment, pair: PairMargin) -> str:
    evaluation = assessment.evaluation
    if are_equal(evaluation, [pair.first, pair.second]):
        return "equal on every criterion"
    if pair.tornado.gap <= TIE_TOLERANCE:
        return "level"
    first, second = (float(evaluation.scores[i]) for i in (pair.first, pair.second))
    return gap_between(first, second, tenths=True).ahead


def _pair_rows(assessment: Assessment, pair: PairMargin, names: list[str]) -> list[str]:
    width = max(len(node.name) for node in assessment.nodes)
    rows = [f"For {names[pair.second]} to draw level: {flip_words(pair.flip, names)}"]
    rows.append("Level where one weight alone is ...")
    level = []
    for node, crossing in zip(assessment.nodes, pair.crossings, strict=True):
        if crossing.at is None:
            level.append(f"{node.name:<{width}}  {crossing.reason}")
            continue
        ahead = None if crossing.ahead_above is None else names[crossing.ahead_above]
        above = "" if ahead is None else f", above it {ahead} is ahead"
        at, now = apart(crossing.at, crossing.now)
        level.append(f"{node.name:<{width}}  {at:>6} (now {now}){above}")
    rows += shortened(level, LISTED_BESIDE, "weights", every=assessment.complete)
    criteria = assessment.evaluation.question.criteria
    moving = [bar for bar in pair.tornado.bars if bar.swing > TIE_TOLERANCE]
    if moving:
        rows.append("The gap with the bands on one criterion moved, widest first")
    for bar in moving[:_BARS]:
        turns = "; either may be ahead" if bar.reverses else ""
        name = criteria[bar.criterion].label
        rows.append(f"{name:<{width}}  {signed(bar.least):>6} to {signed(bar.most):>6}{turns}")
    return rows


def structure_rows(assessment: Assessment) -> list[str]:
    """The checks that change the leader; of the others only how many there are."""
    names = dict(zip(_ids(assessment), labels(assessment), strict=True))
    checks = assessment.structure
    rows = [
        f"{check.what}: {named_or_counted([names[leader] for leader in check.leaders])} "
        f"{'leads' if len(check.leaders) == 1 else 'tie for first'}"
        for check in checks
        if check.leader_changes
    ]
    order = sum(check.order_changes and not check.leader_changes for check in checks)
    same = len(checks) - len(rows) - order
    changing = counted(order, "check changes", "checks change")
    nothing = counted(same, "check changes", "checks change")
    return [*rows, f"{changing} only the order below the leader; {nothing} nothing"]


def _ids(assessment: Assessment) -> list[str]:
    return [proposal.id for proposal in assessment.evaluation.question.proposals]


def scenario_rows(assessment: Assessment) -> list[str]:
    """Ranks in each scenario, and the worst that each option comes to."""
    analysis, names = assessment.scenarios, labels(assessment)
    if len(analysis.cases) == 1:
        return []
    titles = ["As written" if case is None else case.name for case in analysis.cases]
    rows = []
    for k, title in enumerate(titles):
        ranked = best_first(analysis.ranks[k])
        named = [f"{analysis.ranks[k, i]} {names[i]}" for i in ranked]
        said = ", ".join(shortened(named, NAMED_IN_A_ROW, "options", every=assessment.complete))
        rows.append(f"{title}: {said}")
    width = max(map(len, names))
    regrets = [
        f"{names[i]:<{width}}  {worst.regret:>5.1f}  {titles[worst.case]}"
        for i, worst in sorted(enumerate(analysis.worst_regret), key=lambda entry: entry[1].regret)
    ]
    return [
        *rows,
        "Worst regret, points behind the best of that scenario",
        *shortened(regrets, LISTED_BESIDE, "options", every=assessment.complete),
    ]


def perspective_rows(assessment: Assessment) -> list[str]:
    """How far people agree, what divides them, and what they could settle on."""
    found, votes = assessment.disagreement, assessment.majority
    if found is None or votes is None:
        return []
    names, w = labels(assessment), found.concordance.w
    compromise = found.compromise
    people = len(assessment.evaluation.question.perspectives)
    best = listed([names[i] for i in compromise.ties])
    return [
        *_tau_rows(assessment, found.tau),
        f"Kendall's W: {found.concordance.reason if w is None else f'{w:.2f}'}",
        f"Weights differ like those of {found.diversity.beta:.1f} perspectives of {people}",
        f"Least worst regret: {best}, {compromise.worst_regret:.1f} points behind any favourite",
        *_move_rows(assessment, compromise),
        *_majority_rows(votes, names),
        *_dividing_rows(assessment),
    ]


def _tau_rows(assessment: Assessment, tau: TauMatrix) -> list[str]:
    people = [perspective.name for perspective in assessment.evaluation.question.perspectives]
    width = max(map(len, people)) + 3
    rows = ["Kendall's tau: 1 where two rank all alike, -1 where one reverses the other"]
    rows.append(" " * width + "".join(f"{column + 1:>6}" for column in range(len(people))))
    for row, name in enumerate(people):
        cells = "".join("     -" if t is None else f"{t:>6.2f}" for t in tau.tau[row])
        rows.append(f"{f'{row + 1} {name}':<{width}}{cells}")
    return rows


def _move_rows(assessment: Assessment, compromise: Compromise) -> Iterator[str]:
    names, people = labels(assessment), assessment.evaluation.question.perspectives
    for move in compromise.moves:
        if move.regret > TIE_TOLERANCE:
            favourites = named_or_counted([names[i] for i in move.favourites])
            name = people[move.perspective].name
            yield f"- {name} would give up {move.regret:.1f} points from {favourites}"


def _majority_rows(votes: Majority, names: list[str]) -> Iterator[str]:
    winner = "none" if votes.winner is None else names[votes.winner]
    yield f"Preferred to each other option by a majority: {winner}"
    if votes.loser is not None:
        yield f"Each other option is preferred to: {names[votes.loser]}"
    yield from (f"Cycle: {' > '.join(names[i] for i in (*c, c[0]))}" for c in votes.cycles)


def _dividing_rows(assessment: Assessment) -> list[str]:
    criteria = assessment.evaluation.question.criteria
    dividing = [
        criteria[pair.division.criterion].label
        for pair in assessment.divisions
        if pair.division is not None and pair.division.criterion is not None
    ]
    counts = [(dividing.count(name), name) for name in dict.fromkeys(dividing)]
    counts.sort(key=lambda entry: -entry[0])
    if not counts:
        return []
    return [f"Divides pairs of perspectives: {listed([f'{name} {n}' for n, name in counts])}"]
