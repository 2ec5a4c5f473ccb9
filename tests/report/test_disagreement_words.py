"""What the page Who disagrees says, and the rows of its tables."""

from __future__ import annotations

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.question import Question
from dashboard.report import disagreement_words as words
from dashboard.report import division_words as divided
from dashboard.report.disagreement_rows import (
    agreement_rows,
    concession_rows,
    part_rows,
    rank_rows,
)
from dashboard.robustness.perspectives import Panel, division, panel
from tests.fitted import lead_over, with_limits
from tests.report.questions import make_perspective, make_question

Row = tuple[float, ...]


def made(
    performances: dict[str, Row], *points: Row, own: str | None = None, spread: float = 0.0
) -> Panel:
    question = make_question(
        performances,
        spread=spread,
        perspectives=[make_perspective(f"p{k}", row) for k, row in enumerate(points)],
    )
    return panel(evaluate(question, equal_branch_points(question.branches)), own)


@pytest.fixture(scope="module")
def start(shipped: Question) -> Panel:
    return panel(evaluate(shipped, equal_branch_points(shipped.branches)))


OPPOSED: dict[str, Row] = {"soup": (9, 2), "stew": (2, 8), "bread": (6, 6)}


def test_the_shipped_findings(start: Panel) -> None:
    assert words.finding(start) == (
        "Eight perspectives, three leaders: Sanctuary under four, Status quo under three and "
        "NATO integration under one"
    )
    assert words.agreement_sentence(start) == (
        "The eight perspectives agree weakly on the whole ranking: Kendall's W is 0.45, where 0 is "
        "no agreement and 1 the same ranking."
    )
    assert words.decided_sentence(start) == (
        "Under none of them is the lead larger than its uncertainty: all are too close to call."
    )
    assert words.diversity_sentence(start) == (
        "The weights are as varied as those of 1.2 perspectives with nothing in common would be "
        "(weight diversity, from 1 to 8)."
    )
    assert words.ranks_finding(start) == "Status quo moves most: from rank 1 to rank 7"
    assert words.ranks_sentence(start).startswith(
        "Best and worst rank of each option: Sanctuary 1 to 3, NATO integration 1 to 4, "
    )
    assert words.agreement_finding(start) == (
        "Ukraine and Finance as well as Op-ed authors and Equal branches agree most, Ukraine and "
        "Émigrés least"
    )
    assert words.agreement_sentence_of_pairs(start) == (
        "Ukraine and Finance as well as Op-ed authors and Equal branches put 18 of 21 pairs of "
        "options in the same order; Ukraine and Émigrés put only 6 in the same order."
    )


def test_the_shipped_leads_are_too_close_to_call_by_scipys_count(shipped: Question) -> None:
    for perspective in shipped.perspectives:
        evaluation = evaluate(shipped, perspective_points(shipped, perspective))
        first, second = (shipped.proposals[i].id for i in evaluation.order[:2])
        mean, error = lead_over(evaluation, first, second)
        assert mean < error, perspective.id
    # With low and high as limits, some leads count over every other option.
    limited = with_limits(shipped)
    clear = []
    for perspective in limited.perspectives:
        evaluation = evaluate(limited, perspective_points(limited, perspective))
        first, *others = (limited.proposals[i].id for i in evaluation.order)
        leads = [lead_over(evaluation, first, other) for other in others]
        if all(mean > error for mean, error in leads):
            clear.append(perspective.id)
    assert len(clear) == 2
    assert "human-rights" in clear
    found = panel(evaluate(limited, equal_branch_points(limited.branches)))
    assert words.decided_sentence(found) == (
        "Only under two of eight is the lead larger than its uncertainty; under the others it is "
        "too close to call."
    )


def test_the_shipped_division_and_compromise(start: Panel) -> None:
    found = division(start, 0, 5, (0, 1))
    assert divided.division_finding(start, 0, 5, found) == (
        "Legal safety divides Ukraine and Émigrés most"
    )
    assert divided.division_gaps(start, 0, 5, found) == (
        "With the weights of Ukraine, Status quo is 3.6 points ahead of Sanctuary (too close to "
        "call); with the weights of Émigrés, Sanctuary is 10.4 points ahead of Status quo."
    )
    assert divided.division_sentence(start, 0, 5, found) == (
        "Of the 14.0 points between the two, 5.1 points come from the weight of Legal safety "
        "(2.7\u00a0% of all weight against 16\u00a0%)."
    )
    assert divided.compromise_finding(start) == (
        "Sanctuary is the compromise: it costs nobody more than 4 points"
    )
    assert divided.compromise_sentence(start) == (
        "NATO security would give up most: 4 points, too close to call. The weights of "
        "NATO security would have to move furthest before Sanctuary is level with the lead: "
        "at least 7.6\u00a0% of all weight."
    )
    assert divided.majority_sentence(start) == (
        "Counting each as one vote, a majority prefers Sanctuary to each other option. Whoever "
        "chose the list of perspectives chose the voters."
    )


def test_two_perspectives_are_told_in_pairs_and_not_in_w() -> None:
    found = made(OPPOSED, (1, 0), (0, 1))
    assert (
        words.finding(found) == "Two perspectives, two leaders: soup under one and stew under one"
    )
    assert (
        words.agreement_sentence(found)
        == "P0 and p1 put 0 of 3 pairs of options in the same order."
    )
    assert words.agreement_finding(found) == (
        "Kendall's tau of p0 and p1 is \u22121.00, where 1 is the same order and \u22121 the "
        "reverse"
    )
    assert words.decided_sentence(found) == (
        "No score has a band, so how far scores may be off is unknown: no chance is claimed."
    )
    # Leads of 70 and 60 points, with bands of 1 point to either side.
    assert words.decided_sentence(made(OPPOSED, (1, 0), (0, 1), spread=0.1)) == (
        "Under each of them the lead is larger than its uncertainty."
    )
    assert divided.compromise_finding(found) == (
        "bread is the compromise: it costs nobody more than 30 points"
    )


def test_own_weights_are_named_in_every_sentence() -> None:
    found = made(OPPOSED, (1, 0), (9, 1), own=words.OWN_LABEL)
    assert words.finding(found) == (
        "Two perspectives and your weights, two leaders: soup under two and bread under one"
    )
    parted = division(found, 0, 2, (0, 2))
    assert divided.division_finding(found, 0, 2, parted) == (
        "Criterion 1 divides p0 and your weights most"
    )
    assert divided.division_gaps(found, 0, 2, parted) == (
        "With the weights of p0, soup is 30.0 points ahead of bread; with your weights, bread is "
        "5.0 points ahead of soup."
    )


def test_one_leader_under_all() -> None:
    found = made({"soup": (9, 9), "stew": (2, 8)}, (1, 0), (0, 1))
    assert words.finding(found) == "Soup comes first under both perspectives"
    assert divided.compromise_finding(found) == "soup costs nobody anything: first under all"
    assert divided.compromise_sentence(found) == "Nobody would have to move."
    third = made({"soup": (9, 9), "stew": (2, 8)}, (1, 0), (0, 1), (1, 1))
    assert words.finding(third) == "Soup comes first under all three perspectives"
    assert words.agreement_sentence(third) == (
        "The three perspectives agree almost entirely on the whole ranking: Kendall's W is 1.00, "
        "where 0 is no agreement and 1 the same ranking."
    )
    assert words.agreement_finding(third) == "All of them agree equally well with each other"
    assert words.ranks_finding(third) == "Every option has the same rank under all of them"


def test_four_leaders_are_named_up_to_three() -> None:
    unit: list[Row] = [tuple(float(i == j) for j in range(4)) for i in range(4)]
    best = {f"o{i}": tuple(9.0 if i == j else 1.0 for j in range(4)) for i in range(4)}
    assert words.finding(made(best, *unit)) == (
        "Four perspectives, four leaders: o0 under one, o1 under one, o2 under one and one more"
    )


def test_all_tied() -> None:
    found = made({"a": (5, 5), "b": (5, 5)}, (1, 2), (2, 1), (1, 1))
    assert (
        words.finding(found)
        == "All options are equal on every criterion and tie under three perspectives, so nothing "
        "divides them"
    )
    assert words.agreement_sentence(found) == (
        "How far the rankings agree cannot be calculated: a ranking that ties all alternatives has "
        "no order to compare."
    )
    assert words.agreement_finding(found) == "No two rankings can be compared"
    assert divided.compromise_finding(found) == "a and b cost nobody anything: first under all"
    same = division(found, 0, 1, (0, 1))
    assert divided.division_finding(found, 0, 1, same) == (
        "P0 and p1 see the same gap between these two options"
    )
    assert (
        divided.division_sentence(found, 0, 1, same) == "No criterion turns the one into the other."
    )


def test_a_shared_leader_is_said_first() -> None:
    found = made(OPPOSED, (1, 0), (9, 1))
    parted = division(found, 0, 1, (0, 2))
    assert divided.division_gaps(found, 0, 1, parted).startswith("Both put soup first. With the")


def test_a_part_larger_than_the_whole_is_said_to_be() -> None:
    found = made({"a": (5, 1, 9), "b": (5, 9, 1)}, (8, 1, 1), (2, 5, 3))
    parted = division(found, 0, 1, (0, 1))
    assert parted.gap_b - parted.gap_a == pytest.approx(-16)
    assert parted.parts[1] < -16
    assert divided.division_sentence(found, 0, 1, parted) == (
        "Criterion 1 (10\u00a0% of all weight against 50\u00a0%) alone accounts for "
        f"{-parted.parts[1]:.1f} points, more than the 16.0 points between the two: other "
        "criteria pull back."
    )


def test_a_compromise_that_no_weights_make_lead_is_said_to_be_one() -> None:
    found = made({"soup": (10, 4), "stew": (4, 10), "bread": (6.9, 6.9)}, (1, 0), (0, 1))
    assert divided.compromise_sentence(found) == (
        "P0 would give up most: 31 points. On best estimates no weights bring bread to the lead "
        "for p0 and p1."
    )
    row = concession_rows(found)[0]
    assert (row.moved, row.words) == (None, "no weights do")
    assert row.change == (
        "A mix of 50 % soup and 50 % stew is better by 1.0 points or more under all weights."
    )


def test_a_name_with_a_semicolon_stays_whole() -> None:
    question = make_question(
        {"soup": (10, 4), "stew": (4, 10), "bread": (6.9, 6.9)},
        names={"soup": "Asylum; EU", "stew": "Work; US"},
        perspectives=[make_perspective("one", (1, 0)), make_perspective("two", (0, 1))],
    )
    found = panel(evaluate(question, equal_branch_points(question.branches)))
    assert concession_rows(found)[0].change == (
        "A mix of 50 % Asylum; EU and 50 % Work; US is better by 1.0 points or more under all "
        "weights."
    )


def test_a_tied_compromise_names_all() -> None:
    found = made({"a": (9, 1), "b": (1, 9)}, (1, 0), (0, 1))
    assert (
        divided.compromise_finding(found)
        == "a and b are level as the compromise: at most 80 points each"
    )
    assert divided.compromise_sentence(found).startswith(
        "The figures are those of a. P1 would give up"
    )


def test_majorities_may_run_in_a_circle_or_prefer_nobody() -> None:
    unit: list[Row] = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    circle = made({"a": (9, 1, 5), "b": (5, 9, 1), "c": (1, 5, 9)}, *unit)
    assert divided.majority_sentence(circle).startswith(
        "Counting each as one vote, majorities run in a circle: a beats b, b beats c, c beats a."
    )
    split = made({"a": (9, 1), "b": (1, 9)}, (1, 0), (0, 1))
    assert divided.majority_sentence(split).startswith(
        "Counting each as one vote, no option is preferred to each other one by a majority."
    )


def test_too_few_to_disagree() -> None:
    nobody = make_question({"a": (1,)})
    assert words.nobody(nobody) == (
        "The question holds no perspectives, so there is nobody to disagree",
        (
            "Add perspectives to criteria/perspectives.yaml: a name, the points of each criterion, "
            "and why. Two are enough."
        ),
    )
    one = make_question({"a": (1,)}, perspectives=[make_perspective("p", (1,), "Cooks")])
    assert words.nobody(one)[0] == "Cooks is the only perspective"
    assert words.only_option(one)[0] == "a is the only option, so there is nothing to disagree on"


def test_rows_follow_the_arrays(start: Panel) -> None:
    labels = [start.voices[k].label for k in start.order]
    cells = agreement_rows(start)
    ukraine, emigres = labels.index("Ukraine"), labels.index("Émigrés")
    assert cells[ukraine][emigres].words == "\u22120.43"
    assert cells[ukraine][emigres].strength == pytest.approx((1 - 9 / 21) / 2)
    assert cells[ukraine][ukraine] == cells[emigres][emigres]
    assert (cells[0][0].words, cells[0][0].strength) == ("\u2013", None)
    row, stands = rank_rows(start)[0]
    assert start.evaluation.question.proposals[row].id == "sanctuary"
    assert stands[ukraine] == (3, "44.7")


def test_parts_are_the_largest_first_with_both_weights(start: Panel) -> None:
    rows = part_rows(start, 0, 5, division(start, 0, 5, (0, 1)))
    first = rows[0]
    assert start.evaluation.question.criteria[first.criterion].id == "legal-safety"
    assert (first.weights, first.points) == (("2.7 %", "16 %"), "5.1")
    assert first.part < 0  # towards the second option
    assert len(rows) == 14
    assert [abs(row.part) for row in rows] == sorted((abs(row.part) for row in rows), reverse=True)


def test_who_gives_up_most_comes_first(start: Panel) -> None:
    rows = concession_rows(start)
    assert [(row.regret, row.words, row.within) for row in rows[:5]] == [
        ("4 points", "7.6 %", True),
        ("4 points", "4.8 %", True),
        ("3 points", "2.9 %", True),
        ("2 points", "2.4 %", True),
        ("0 points", "nothing to move", False),
    ]
    assert rows[1].change == (
        "From Ukraine's consent (18.0 to 15.2 %) and Intelligence yield (12.6 to 10.6 %) to Time "
        "to effect (3.6 to 8.4 %)."
    )


def test_parts_that_are_not_shapley_values_are_said_to_be_so() -> None:
    apart = made({"a": (9, 1), "b": (1, 9)}, (1, 0), (0, 1))
    assert divided.split_note(apart, 0, 1, division(apart, 0, 1, (0, 1))).startswith(
        "The two share no weighted criterion, so Shapley values are undefined: "
    )
    many = tuple(float(j) for j in range(1, 23))
    long = made({"a": many, "b": many[::-1]}, many, many[::-1])
    assert divided.split_note(long, 0, 1, division(long, 0, 1, (0, 1))).startswith(
        "The weights differ on 22 criteria, too many for Shapley values: "
    )
