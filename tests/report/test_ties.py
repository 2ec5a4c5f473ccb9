"""Ties, dominance and certain scores, in every sentence of an assessment and in its data."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.second_opinions import second_opinions
from dashboard.model.proposals import Score
from dashboard.model.question import Question
from dashboard.report import how_sure, room_words
from dashboard.report.briefing.document import Cell
from dashboard.report.briefing.tables import ranks_tables, under_perspectives
from dashboard.report.briefing.words import flip_finding, method_sentence
from dashboard.report.disagreement_words import decided_sentence
from dashboard.report.disagreement_words import finding as disagreement_finding
from dashboard.report.how_sure_rows import firsts_rows, flip_rows
from dashboard.report.opinion_words import opinions_finding
from dashboard.report.robustness_results import robustness_results
from dashboard.report.robustness_text import robustness_text
from dashboard.report.room_dividing_words import pair_sentence
from dashboard.report.room_rows import StandingRow, standing_rows
from dashboard.report.terminal import ranking_text
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.perspectives import Panel, panel
from dashboard.robustness.room import room
from dashboard.robustness.room_ballots import NO_GROUP, RoundBallots
from dashboard.robustness.statement import statement
from dashboard.robustness.verdict import verdict
from dashboard.ui.bump_chart import bump_chart, near_key
from tests.report.questions import make_perspective, make_question
from tests.report.rooms import latest, made

FEW = Sampling(samples=200, seed=3)


def weighed(question: Question, points: Sequence[float] | None = None) -> Evaluation:
    given = points or [1.0] * len(question.criteria)
    return evaluate(question, dict(zip((c.id for c in question.criteria), given, strict=True)))


def assessed(question: Question, points: Sequence[float] | None = None) -> Assessment:
    return assess(weighed(question, points), FEW)


EQUAL = {"soup": (5.0, 3.0), "stew": (5.0, 3.0), "salt": (4.0, 3.5)}


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_equal_options_are_called_equal_in_every_sentence(spread: float) -> None:
    people = [make_perspective("one", (3, 1)), make_perspective("two", (2, 1))]
    question = make_question(EQUAL, spread=spread, perspectives=people)
    found = assessed(question, (2, 1))
    said = statement(found)
    assert said.who.startswith("soup and stew are equal and come first, with 43 points.")
    assert said.weights.startswith(
        "The leaders are equal on every criterion, so no change of weights can part them."
    )
    # A chance is claimed only where scores have bands.
    likely = ", so they are equally likely to come first" if spread else ""
    assert said.likelihood == f"soup and stew are equal on every criterion{likely}."
    assert how_sure.finding(found) == (
        "soup and stew are equal and come first, with 43 points: no weights can part them"
    )
    assert how_sure.firsts_sentence(found, found.sampled.scores) == said.likelihood
    assert flip_finding(found) == (
        "The leaders are equal on every criterion, so no change of weights can part them"
    )
    assert disagreement_finding(panel(found.evaluation)) == (
        "soup and stew are equal on every criterion, and come first under both perspectives"
    )
    whole = robustness_text(found, "mine")
    assert "soup against stew: equal on every criterion" in whole
    for claim in ("may part them", "almost certain", "put soup first"):
        assert claim not in whole


def nothing_open(found: Panel, question: Question) -> tuple[Cell, ...]:
    """No place calls a lead too close to call; the last row of the table of ranks."""
    assert "cw-near" not in bump_chart(found, None, "Ranks")
    assert near_key(found) == ""
    assert [row.undecided for row in _standings(question)] == [False, False, False]
    (foot,) = [
        table.foot for table in ranks_tables(found.evaluation, under_perspectives(question), None)
    ]
    assert foot
    return foot


def test_leaders_that_are_equal_are_nowhere_too_close_to_call() -> None:
    people = [make_perspective("one", (3, 1)), make_perspective("two", (2, 1))]
    question = make_question(EQUAL, spread=0.1, perspectives=people)
    found = panel(weighed(question, (2, 1)))
    assert decided_sentence(found) == (
        "Under each of them the options that lead are equal on every criterion."
    )
    foot = nothing_open(found, question)
    assert [(cell.text, cell.muted) for cell in foot[1:]] == [("tie", False), ("tie", False)]


def test_some_leads_clear_some_open_and_some_shared_by_equals() -> None:
    options = {"soup": (5.0, 5.0), "stew": (5.0, 5.0), "salt": (9.0, 0.0)}
    weights = {"one": (1, 2), "two": (1, 0), "three": (7, 3), "four": (6, 5)}
    people = [make_perspective(name, points) for name, points in weights.items()]
    question = make_question(options, spread=0.5, perspectives=people)
    assert decided_sentence(panel(weighed(question))) == (
        "Four perspectives: under two the lead is larger than its uncertainty, under one the lead "
        "is too close to call and under one the options that lead are equal on every criterion."
    )


def test_without_bands_no_tie_is_called_too_close() -> None:
    people = [make_perspective("one", (1, 1)), make_perspective("two", (1, 1))]
    question = make_question({"soup": (5, 3), "stew": (3, 5), "salt": (1, 1)}, perspectives=people)
    found = panel(weighed(question))
    foot = nothing_open(found, question)
    assert [cell.muted for cell in foot[1:]] == [False, False]


def _standings(question: Question) -> list[StandingRow]:
    return standing_rows(latest(made(question, [((0.5, 0.5), 3)])).whole)


def test_other_methods_cannot_part_equal_options_either() -> None:
    alike = weighed(make_question({"soup": (5.0, 3.0), "stew": (5.0, 3.0)}))
    opinions = second_opinions(alike)
    assert sum(opinion.ranks is not None for opinion in opinions) == 1
    assert opinions_finding(alike, opinions) == (
        "The options are equal on every criterion, so no method can part them"
    )
    assert "1 of 1 methods" not in ranking_text(alike, "mine", opinions)
    assert method_sentence(alike, opinions).startswith("The options are equal on every criterion")
    beside = weighed(make_question(EQUAL), (2, 1))
    assert opinions_finding(beside, second_opinions(beside)) == (
        "4 of 4 methods put soup and stew, which are equal, level in first place"
    )


def test_leaders_that_tie_without_being_equal_may_be_parted() -> None:
    rows = {"soup": (6.0, 4.0), "stew": (4.0, 6.0), "salt": (1.0, 1.0)}
    found = assessed(make_question(rows))
    assert found.verdict.headline == "soup and stew tie for first with 50 points"
    assert (
        found.verdict.change
        == "The leaders have the same score; a change of weights may part them."
    )
    assert "With the scores as they are, soup comes first or ties for first with" in (
        statement(found).likelihood
    )
    banded = assessed(make_question(rows, spread=0.5))
    assert "that soup comes first or ties for first" in statement(banded).likelihood


def test_some_of_those_that_tie_can_be_equal() -> None:
    found = verdict(weighed(make_question({"a": (6, 4), "b": (4, 6), "c": (6, 4)})))
    assert found.change == (
        "The leaders have the same score; a change of weights may part them, but not those that "
        "are equal on every criterion (a and c)."
    )


def widened(question: Question, option: str, criterion: str, high: float) -> Question:
    """One band reaches further up."""
    proposals = []
    for proposal in question.proposals:
        scores = dict(proposal.scores)
        if proposal.id == option:
            score: Score = scores[criterion].model_copy(update={"high": high})
            scores[criterion] = score
        proposals.append(proposal.model_copy(update={"scores": scores}))
    return question.replace(proposals=tuple(proposals))


def test_equal_best_estimates_with_other_bands_are_not_called_equal() -> None:
    question = widened(make_question({"a": (5, 5), "b": (5, 5)}), "b", "criterion-0", 7.0)
    found = verdict(weighed(question))
    assert found.headline == "a and b tie for first with 50 points"
    assert found.change == (
        "The leaders have equal best estimates on every criterion, so no change of weights can "
        "part them; only their bands differ."
    )


def test_an_option_that_is_worse_on_one_criterion_never_would_lead() -> None:
    found = assessed(make_question({"route-a": (6.0, 8.0), "route-b": (6.0, 4.0)}))
    said = statement(found)
    assert said.weights == "No change of a single weight would put another option first."
    assert found.verdict.switch is None
    assert flip_finding(found) == (
        "On best estimates, no change of weights puts another option before route-a"
    )
    (row,) = flip_rows(found)
    assert (row.words, row.change.endswith("It can draw level and no more.")) == ("50 %", True)
    text = robustness_text(found, "mine")
    assert "-0 %" not in text
    assert "route-b: 50 % of all weight has to move to draw level; no weights do more" in text
    assert "100 % (now 50 %)" in text  # where the two are level


def test_one_pair_is_never_beyond_all_weights_and_undecided_at_once() -> None:
    """A domination on best estimates can lie within the bands; each claim says what it rests on."""
    found = assessed(make_question({"a": (6.0, 6.0), "b": (6.0, 5.5)}, spread=2.0))
    sentences = {finding.kind: finding.sentence for finding in found.health}
    # 1.28 standard deviations: of a triangle with the tenths 2 to either side, 3.618 / sqrt(6).
    assert sentences["near-tie"] == (
        "a and b are 2.5 points apart (60.0 against 57.5), and the uncertainty of their difference "
        "is 19 points: their order is too close to call."
    )
    assert sentences["dominated"] == (
        "On best estimates b is nowhere better and somewhere worse than a: only errors in the "
        "scores, and no weights, could put it above."
    )
    assert "no weights put" not in robustness_text(found, "mine").lower()


def flipped(likely: float, decimals: int) -> str:
    """One criterion, a band that is just wide enough, and two options that are very near."""
    question = make_question({"a": (4.0,), "b": (likely,)}, spread=1.0)
    branch = question.branches[0]
    criterion = branch.criteria[0].model_copy(update={"decimals": decimals})
    tree = question.tree.model_copy(
        update={"branches": (branch.model_copy(update={"criteria": (criterion,)}),)}
    )
    return statement(assessed(question.replace(tree=tree))).scores


@pytest.mark.parametrize(
    ("likely", "decimals", "moved"),
    [
        (3.5, 0, "a went from 4 points past 3.5 points, 50 % of the way"),
        (3.96, 1, "a went from 4 points past 3.96 points, 4 % of the way"),
        (3.99999, 0, "b went from 3.99999 points past 4 points, less than 1 % of the way"),
        (
            4.0 - 1e-8,
            0,
            "a went from 4 points past 3.99999999 points, less than 1 % of the way",
        ),
        (4.0 - 1e-10, 0, "a fell slightly from 4 points."),
        (4.0, 0, "a fell slightly from 4 points."),
    ],
)
def test_no_score_goes_from_a_number_past_the_same_number(
    likely: float, decimals: int, moved: str
) -> None:
    assert f"if Criterion 0 of {moved}" in flipped(likely, decimals)


def test_the_band_of_a_certain_score_is_that_score() -> None:
    rows = {"a": (7.3, 1.1, 4.0), "b": (2.0, 6.7, 9.9), "c": (1.0, 1.0, 1.0)}
    # With fixed weights and no band at all nothing varies, so it is no reading.
    exactly = robustness_results(assessed(make_question(rows), (3, 1, 3)), None)
    assert "given_weights" not in exactly["acceptability"]
    found = assessed(widened(make_question(rows), "c", "criterion-0", 2.0), (3, 1, 3))
    data = robustness_results(found, None)
    for row, option in enumerate(("a", "b")):
        exact = float(found.evaluation.scores[row])
        assert data["acceptability"]["given_weights"][option]["score_band"] == [exact, exact]
        assert data["acceptability"]["given_weights"][option]["score_band_error"] == [0, 0]
    shown = {row.row: row.score for row in firsts_rows(found, found.sampled.scores)}
    assert (shown[0], shown[1]) == ("50", "61")
    assert re.fullmatch(r"1\d to 1\d", shown[2])


def test_a_room_does_not_dispute_two_equal_options() -> None:
    valued = weighed(make_question({"soup": (9, 1), "stew": (9, 1), "bread": (1, 9)}))
    weights = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]])
    cast = RoundBallots(1, weights, (NO_GROUP,) * 3, ("a", "b", "c"))
    result = room(valued, [cast], [], small_groups=True).latest
    assert result is not None
    question = valued.question
    assert result.dividing.pair == (0, 2)
    assert room_words.finding(room(valued, [cast], [], small_groups=True), question) == (
        "Soup and stew are equal on every criterion, and come first on 2 of 3 ballots"
    )
    under_mean = room_words.mean_finding(result, question)
    assert under_mean == "soup and stew are equal and come first, with 63 points"
    twins = weighed(make_question({"soup": (9, 1), "stew": (9, 1)}))
    seen = room(twins, [cast], [], small_groups=True)
    assert room_words.finding(seen, twins.question) == (
        "All options are equal on every criterion, so nothing divides the room"
    )
    assert seen.latest is not None
    assert pair_sentence(seen.latest, twins.question) == (
        "soup and stew are equal on every criterion, so nobody can dispute them."
    )


small = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=1, max_size=4)
points = st.lists(st.integers(0, 4), min_size=3, max_size=3).filter(any)


def named(rows: Sequence[Sequence[float]]) -> dict[str, Sequence[float]]:
    return {f"o{i}": row for i, row in enumerate(rows)}


@settings(max_examples=30)
@given(small, points)
def test_certain_scores_are_their_own_bands_whatever_they_are(
    rows: list[list[int]], given_points: list[int]
) -> None:
    found = assess(weighed(make_question(named(rows)), given_points), Sampling(50, 1))
    low, high = found.sampled.scores.band
    assert low.value.tolist() == high.value.tolist() == found.evaluation.scores.tolist()
    # With all weights, the score of an option that is worth the same everywhere is certain too.
    for i, row in enumerate(rows):
        if len({*row}) == 1:
            ends = (float(end.value[i]) for end in found.sampled.any_weights.band)
            assert [*ends] == [float(found.evaluation.scores[i])] * 2


tiny = st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=2, max_size=4)


@settings(max_examples=150)
@given(tiny, st.lists(st.integers(0, 2), min_size=2, max_size=2).filter(any))
def test_sentences_of_small_whole_numbers_say_what_the_numbers_say(
    rows: list[list[int]], given_points: list[int]
) -> None:
    evaluation = weighed(make_question(named(rows)), given_points)
    found = verdict(evaluation)
    leaders = [evaluation.index(leader.id) for leader in found.leaders]
    alike = len({tuple(rows[i]) for i in leaders}) == 1 and len(leaders) > 1
    assert ("are equal and come first" in found.headline) == alike
    assert ("may part them" in found.change) == (len(leaders) > 1 and not alike)
    if would := re.match(r"o(\d) would lead", found.change):
        assert not any(
            all(a >= b for a, b in zip(other, rows[int(would[1])], strict=True))
            and other != rows[int(would[1])]
            for other in rows
        )
    if found.headline.startswith("o") and "leads by" in found.headline:
        figures = [float(figure) for figure in re.findall(r"[\d.]+", found.headline)[1:]]
        best, second = np.sort(evaluation.scores)[::-1][:2]
        assert figures[0] == pytest.approx(best - second, abs=0.5)
        if len(figures) == 1:
            assert np.floor(best + 0.5) - np.floor(second + 0.5) == figures[0]


def test_a_claim_that_nothing_ends_the_lead_needs_proof() -> None:
    found = assessed(make_question({"a": (6.0, 6.0), "b": (6.0, 4.0)}))
    assert how_sure.shift_sentence(found) == (
        "On best estimates, no change of weights changes the leader."
    )
    rival = assessed(make_question({"a": (6.0, 6.0), "b": (6.5, 4.0)}))
    assert how_sure.shift_sentence(rival) == (
        "Moving 30\u00a0% of all weight brings b level with the lead."
    )
