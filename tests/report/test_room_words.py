"""Sentences of a room, held to small rooms whose figures are plain."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.methods.evaluate import evaluate, values_of
from dashboard.report import room_dividing_words as divided
from dashboard.report import room_words as words
from dashboard.robustness.room import room
from dashboard.robustness.room_ballots import RoundBallots
from tests.fitted import lead_over
from tests.report.questions import make_question
from tests.report.rooms import CHILDREN, COOKS, GUESTS, Votes, ballots, latest, made

TWO = make_question({"soup": (10.0, 0.0), "bread": (0.0, 10.0)})
NARROW = make_question({"soup": (10.0, 0.0), "bread": (0.0, 10.0)}, spread=0.1)
FOUR = make_question(
    {
        "soup": (10.0, 0.0, 0.0, 0.0),
        "bread": (0.0, 10.0, 0.0, 0.0),
        "rice": (0.0, 0.0, 10.0, 0.0),
        "figs": (0.0, 0.0, 0.0, 10.0),
    }
)
FOR_SOUP, FOR_BREAD, LEVEL = (0.8, 0.2), (0.3, 0.7), (0.5, 0.5)


def own(j: int) -> list[float]:
    return [0.7 if i == j else 0.1 for i in range(4)]


@pytest.mark.parametrize(
    ("votes", "title"),
    [
        ([(FOR_SOUP, 1)], "The only ballot puts soup first"),
        ([(FOR_SOUP, 2)], "Both ballots put soup first"),
        ([(FOR_SOUP, 1200)], "All 1,200 ballots put soup first"),
        ([(FOR_SOUP, 12), (FOR_BREAD, 8)], "soup comes first on 12 of 20 ballots, bread on 8"),
        ([(FOR_SOUP, 3), (FOR_BREAD, 3)], "Soup and bread come first on 3 of 6 ballots each"),
        ([(LEVEL, 4)], "All options tie for first on every ballot, so nothing divides the room"),
        ([(LEVEL, 1)], "All options tie for first on the only ballot, so nothing divides the room"),
        # A tie counts for both.
        ([(FOR_SOUP, 2), (LEVEL, 1)], "All 3 ballots put soup first"),
    ],
)
def test_the_title_says_who_comes_first(votes: Votes, title: str) -> None:
    assert words.finding(made(TWO, votes), TWO) == title


def test_the_title_names_four_leaders_and_no_more() -> None:
    votes = [(own(0), 4), (own(1), 3), (own(2), 2), (own(3), 1)]
    title = words.finding(made(FOUR, votes), FOUR)
    assert title == "soup comes first on 4 of 10 ballots, bread on 3, rice on 2 and figs on 1"
    six = make_question({f"o{i}": [10.0 if i == j else 0.0 for j in range(6)] for i in range(6)})
    spread = [([0.5 if i == j else 0.1 for i in range(6)], 6 - j) for j in range(6)]
    assert words.finding(made(six, spread), six) == (
        "o0 comes first on 6 of 21 ballots, o1 on 5, o2 on 4 and three more options on some"
    )


def test_one_option_and_no_ballot_have_titles_of_their_own() -> None:
    one = make_question({"soup": (10.0, 0.0)})
    found = made(one, [(FOR_SOUP, 3)])
    assert words.finding(found, one) == "soup is the only option, so there is nothing to rank"
    assert divided.pair_sentence(latest(found), one) == "There is only one option."
    empty = room(
        values_of(TWO), [RoundBallots(4, np.empty((0, 2)), (), ())], [], small_groups=False
    )
    assert words.finding(empty, TWO) == "Nobody voted in round 4"
    assert words.over(empty, rehearsal=True) == (
        "Rehearsal: simulated people · Round 4 · 0 ballots"
    )
    assert words.hidden_sentence(empty) == ""


def test_what_is_decided_is_counted() -> None:
    """Bands of 20 points to either side: at (0.8, 0.2) the lead is 35 on average and the
    uncertainty of the difference 21; at (0.55, 0.45) they are 6 and 18."""
    question = make_question({"soup": (10.0, 0.0), "bread": (0.0, 10.0)}, spread=0.0)
    wide = make_question({"soup": (8.0, 2.0), "bread": (2.0, 8.0)}, spread=2.0)
    near = (0.55, 0.45)
    said = words.decided_sentence(latest(made(wide, [(FOR_SOUP, 3), (near, 2)])))
    assert said == (
        "On 3 of 5 ballots the lead is larger than its uncertainty; on the other 2 it is too close "
        "to call."
    )
    for weights, expected in ((FOR_SOUP, (35.353, 20.681)), (near, (5.892, 17.822))):
        points = dict(zip((c.id for c in wide.criteria), weights, strict=True))
        found = lead_over(evaluate(wide, points), "soup", "bread")
        assert found == pytest.approx(expected, abs=0.001)
    assert words.decided_sentence(latest(made(wide, [(near, 2)]))) == (
        "On no ballot is the lead larger than its uncertainty: all are too close to call."
    )
    assert words.decided_sentence(latest(made(NARROW, [(near, 2)]))) == (
        "On every ballot the lead is larger than its uncertainty."
    )
    tied = words.decided_sentence(latest(made(NARROW, [(near, 2), (LEVEL, 1)])))
    assert tied == (
        "On 2 of 3 ballots the lead is larger than its uncertainty. 1 ballot ties for first."
    )
    assert words.decided_sentence(latest(made(question, [(near, 2)]))) == (
        "No score has a band, so how far scores may be off is unknown: no chance is claimed."
    )


def test_the_mean_weights_decide_nothing_within_the_uncertainty() -> None:
    """Scores 53 and 47 under the mean, and an uncertainty of their difference of 18 points."""
    wide = make_question({"soup": (8.0, 2.0), "bread": (2.0, 8.0)}, spread=2.0)
    found = latest(made(wide, [((0.55, 0.45), 2)]))
    assert words.mean_finding(found, wide) == ("No clear winner: soup is only 6 points ahead")
    assert words.mean_sentence(found, wide) == (
        "This is under the room's mean weights. bread is within the uncertainty of the difference "
        "(18 points): too close to call."
    )
    far = latest(made(wide, [(FOR_SOUP, 3)]))
    assert words.mean_sentence(far, wide) == (
        "This is under the room's mean weights. bread is next; the lead is larger than its "
        "uncertainty (21 points)."
    )
    clear = latest(made(TWO, [(FOR_SOUP, 1), (FOR_BREAD, 2)]))
    # Mean (0.467, 0.533): bread leads by 7, and has the most first places too.
    assert words.mean_finding(clear, TWO) == (
        "bread leads by 6.7 points (53.3 against 46.7, rounded)"
    )
    # Mean (0.6, 0.4), though two of three have bread first.
    other = latest(made(TWO, [((1.0, 0.0), 1), ((0.4, 0.6), 2)]))
    assert words.mean_sentence(other, TWO).endswith("The most first places, though, go to bread.")
    level = latest(made(TWO, [(FOR_SOUP, 1), ((0.2, 0.8), 1)]))
    assert words.mean_finding(level, TWO) == "soup and bread tie for first with 50 points"


def test_agreement_and_diversity() -> None:
    split = latest(made(TWO, [((1.0, 0.0), 1), ((0.0, 1.0), 1)]))
    assert words.agreement_finding(split) == "The 2 ballots hardly agree on the whole ranking"
    assert words.agreement_sentence(split).startswith("Kendall's W is 0.00, where 0 is no")
    assert words.diversity_sentence(split) == (
        "The weights are as varied as 2.0 ballots with nothing in common would be (weight "
        "diversity, from 1 to 2)."
    )
    same = latest(made(TWO, [(FOR_SOUP, 3)]))
    assert words.agreement_finding(same) == "The 3 ballots give the same ranking"
    most = latest(made(TWO, [(FOR_SOUP, 19), (FOR_BREAD, 1)]))
    assert words.agreement_finding(most) == "The 20 ballots agree strongly on the whole ranking"
    one = latest(made(TWO, [(FOR_SOUP, 1)]))
    assert words.agreement_finding(one) == "There is only one ballot, so nothing to agree with"
    assert words.diversity_sentence(one) == "Weight diversity takes two ballots or more."
    level = latest(made(TWO, [(LEVEL, 2)]))
    assert words.agreement_sentence(level) == (
        "Kendall's W is undefined: a ranking that ties all alternatives has no order to compare."
    )


def test_what_divides_and_which_way() -> None:
    """Gaps 60 and -40: both criteria divide alike, since two weights mirror each other."""
    found = latest(made(TWO, [(FOR_SOUP, 5), (FOR_BREAD, 5)]))
    assert divided.dividing_finding(found, TWO) == (
        "Criterion 0 and Criterion 1 divide the room most, about alike"
    )
    assert divided.pair_sentence(found, TWO) == (
        "soup and bread are disputed most: 5 ballots have soup ahead, 5 bread."
    )
    assert divided.share_sentence(found, TWO) == (
        "The gap between the two differs between ballots with a standard deviation of 50 points. "
        "Criterion 0 accounts for 50\u00a0% of its variance. More weight on Criterion 0 favours "
        "soup."
    )
    assert divided.sides_sentence(found, TWO) == (
        "Its mean weight is 80\u00a0% on ballots that have soup ahead and 30\u00a0% on those that "
        "have bread ahead."
    )
    few = latest(made(TWO, [(FOR_SOUP, 5), (FOR_BREAD, 1), (LEVEL, 1)]))
    assert divided.sides_sentence(few, TWO).startswith("The mean weights of the two sides are hid")
    assert divided.pair_sentence(few, TWO) == (
        "soup and bread are disputed most: 5 ballots have soup ahead, 1 bread, and 1 has them "
        "level."
    )


def test_where_all_have_the_same_ahead_only_the_lead_differs() -> None:
    found = latest(made(TWO, [(FOR_SOUP, 2), ((0.9, 0.1), 1)]))
    assert divided.dividing_finding(found, TWO) == (
        "Criterion 0 makes the size of the lead differ most"
    )
    assert divided.pair_sentence(found, TWO) == (
        "Every ballot has soup ahead of bread, its nearest rival."
    )
    assert divided.sides_sentence(found, TWO) == ""
    same = latest(made(TWO, [(FOR_SOUP, 2)]))
    assert divided.dividing_finding(same, TWO) == "No criterion divides the room"
    assert divided.share_sentence(same, TWO) == "Every ballot sees the same gap between the two."


def test_a_share_above_the_whole_says_that_others_pull_back() -> None:
    question = make_question({"soup": (10.0, 5.0), "bread": (0.0, 0.0)})
    found = latest(made(question, [((0.9, 0.1), 1), ((0.1, 0.9), 1)]))
    assert "more than all of that spread (200\u00a0%): other criteria pull back" in (
        divided.share_sentence(found, question)
    )


def test_the_compromise_and_who_would_move() -> None:
    """Soup costs those for bread 40 points; bread costs those for soup 60."""
    votes = {"cooks": [(FOR_SOUP, 6)], "guests": [(FOR_SOUP, 2), (FOR_BREAD, 3)]}
    found = latest(made(NARROW, votes, groups=[COOKS, GUESTS]))
    assert divided.compromise_finding(found, NARROW) == (
        "Soup is the compromise: it costs nobody more than 40 points"
    )
    assert divided.compromise_sentence(found, NARROW) == (
        "3 of 11 ballots give something up for soup, all of them more than the uncertainty of the "
        "difference under their own weights. The mean over all ballots is 11 points."
    )
    unknown = latest(made(TWO, votes, groups=[COOKS, GUESTS]))
    assert divided.compromise_sentence(unknown, TWO) == (
        "3 of 11 ballots give something up for soup. The mean over all ballots is 11 points."
    )
    assert divided.movers_sentence(found) == (
        "Guests would give up most: up to 40 points, on 3 of 5 ballots."
    )
    alike = latest(made(TWO, [(FOR_SOUP, 3)]))
    assert divided.compromise_finding(alike, TWO) == (
        "Soup costs nobody anything: first on every ballot"
    )
    assert divided.compromise_sentence(alike, TWO) == "Nobody would have to move."
    one = latest(made(NARROW, [(FOR_SOUP, 3), (FOR_BREAD, 1)]))
    assert divided.compromise_sentence(one, NARROW).startswith(
        "1 of 4 ballots gives something up for soup, more than the uncertainty of the difference "
        "under their own weights."
    )


def test_hidden_groups_are_counted_and_named_with_the_reason() -> None:
    groups = [COOKS, GUESTS, CHILDREN]
    votes = {
        "cooks": [(FOR_SOUP, 9)],
        "guests": [(FOR_BREAD, 6)],
        "children": [(FOR_BREAD, 2)],
    }
    found = made(TWO, votes, groups=groups)
    assert words.hidden_sentence(found) == (
        "Two of 3 groups are hidden. Children has fewer than 5 ballots. Guests is hidden too: the "
        "room's totals minus the other groups would give the rest away."
    )
    assert words.groups_finding(latest(found), TWO) == ("soup leads by 60 points")
    # The finding says of the only one whether its lead is decided.
    assert words.groups_sentence(latest(found)) == (
        "This is under the mean weights of Cooks, the one group shown."
    )
    allowed = made(TWO, votes, groups=groups, small_groups=True)
    assert words.hidden_sentence(allowed) == (
        "Groups of fewer than 5 are shown too: the facilitator set it so at the start."
    )
    assert words.groups_finding(latest(allowed), TWO) == (
        "Three groups, two leaders: bread first in two and soup first in one"
    )
    assert words.groups_sentence(latest(allowed)) == ""  # nothing is known of any error
    known = made(NARROW, votes, groups=groups, small_groups=True)
    assert words.groups_sentence(latest(known)) == (
        "In each of them the lead is larger than its uncertainty."
    )
    tiny = made(TWO, {"cooks": [(FOR_SOUP, 2)]}, groups=groups)
    assert words.groups_finding(latest(tiny), TWO) == "No group is shown by itself"
    assert words.hidden_sentence(tiny) == (
        "The only group with a ballot is hidden. Cooks has fewer than 5 ballots. With only 2 "
        "ballots, the figures of the whole room may tell who weighted how."
    )


def test_movement_by_hand() -> None:
    """Of ten, two go over: each moves half of all weight, so 10 % on average."""
    found = made(TWO, [(FOR_SOUP, 6), (FOR_BREAD, 4)], [(FOR_SOUP, 4), (FOR_BREAD, 6)])
    moved = found.movement
    assert moved is not None
    assert divided.movement_finding(moved) == (
        "From round 1 to round 2, 2 of 10 changed their first choice"
    )
    assert divided.moved_sentence(moved) == (
        "Those who voted in both moved 10\u00a0% of all weight on average, 50\u00a0% at most. 10 "
        "voted in both rounds; nobody joined or left."
    )
    assert divided.changes_sentence(moved, TWO) == ("First choices changed: 2 from soup to bread.")
    assert divided.concordance_sentence(moved) == (
        "Agreement stayed as it was: Kendall's W is 0.04 in both rounds."
    )
    more = made(TWO, [(FOR_SOUP, 6), (FOR_BREAD, 4)], [(FOR_SOUP, 9), (FOR_BREAD, 1)]).movement
    assert more is not None
    assert divided.concordance_sentence(more).startswith(
        "The room agrees more than before: Kendall's W went from 0.04 to 0.64"
    )


def test_movement_that_is_hidden_says_why() -> None:
    joined = made(TWO, [(FOR_SOUP, 8)], [(FOR_SOUP, 9)]).movement
    assert joined is not None
    assert divided.movement_finding(joined) == (
        "From round 1 to round 2, those who stayed moved none of their weight on average"
    )
    assert divided.changes_sentence(joined, TWO).startswith(
        "Who changed their first choice is hidden: fewer than 5 joined or left"
    )
    assert divided.moved_sentence(joined) == (
        "Nobody who voted in both moved any weight. 8 voted in both rounds, 1 joined and nobody "
        "left."
    )
    rounds = [ballots(1, {"": [(FOR_SOUP, 6)]}), ballots(2, {"": [(FOR_SOUP, 6)]}, "q")]
    others = room(values_of(TWO), rounds, [], small_groups=False).movement
    assert others is not None
    assert divided.movement_finding(others) == "Nobody voted in both round 1 and round 2"
    few = made(TWO, [(FOR_SOUP, 3)], [(FOR_SOUP, 9)]).movement
    assert few is not None
    assert divided.movement_finding(few) == (
        "From round 1 to round 2, too few stayed to say how they moved"
    )
    assert divided.changes_sentence(few, TWO) == (
        "How they moved is hidden: fewer than 5 voted in both rounds."
    )
