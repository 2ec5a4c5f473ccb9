"""What the page How sure says: each finding, and the rows of its tables."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.combination import Scenario, ScenarioChange, ScenariosFile
from dashboard.model.question import Question
from dashboard.model.value_tree import SharedError
from dashboard.model.wording import weight_percent
from dashboard.report import how_sure as words
from dashboard.report import how_sure_rows as rows
from dashboard.report.briefing.words import flip_finding
from dashboard.robustness.acceptability import Acceptability, Estimate, Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.fragility import Fragility, Level, nearest_first
from dashboard.robustness.lead import NO_BANDS
from dashboard.robustness.pair_margin import TooClose
from dashboard.robustness.readings import ScoreErrors
from dashboard.robustness.scenarios import under_scenario
from dashboard.robustness.score_lines import HOLDS_ALL
from tests.fitted import lead_over
from tests.report.questions import make_question

FEW = Sampling(samples=2_000, seed=1)


def equal(question: Question) -> Evaluation:
    return evaluate(question, equal_branch_points(question.branches))


def assessed(question: Question) -> Assessment:
    return assess(equal(question), FEW)


@pytest.fixture(scope="module")
def start(shipped: Question) -> Assessment:
    """The shipped question without a choice of weights."""
    return assess(equal(shipped), Sampling(samples=20_000, seed=0))


@pytest.fixture(scope="module")
def rights(shipped: Question) -> Assessment:
    points = perspective_points(shipped, shipped.perspective("human-rights"))
    return assess(evaluate(shipped, points), FEW)


def with_firsts(assessment: Assessment, *shares: float, error: float = 0.0) -> Acceptability:
    """The reading of the given weights with other shares of the first rank."""
    given = assessment.sampled.scores
    ranks = given.ranks.value.copy()
    ranks[:, 0] = shares
    return replace(given, ranks=Estimate(ranks, np.full_like(ranks, error)))


def test_the_finding_gives_the_lead_and_the_next_sentence_what_would_end_it(
    start: Assessment, rights: Assessment
) -> None:
    assert words.finding(start) == start.verdict.headline
    assert words.finding(start) == (
        "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), but Capital "
        "amnesty comes first more often"
    )
    assert words.shift_sentence(start) == (
        "Moving 0.5\u00a0% of all weight brings Capital amnesty level with the lead."
    )
    assert words.finding(rights) == (
        "No clear winner: Sanctuary is only 6.3 points ahead (45.6 against 39.3)"
    )
    assert words.shift_sentence(rights) == (
        "Moving 7.6\u00a0% of all weight brings Status quo level with the lead."
    )


NOTHING_ENDS_IT = "On best estimates, no change of weights changes the leader."
MAY_PART = "The leaders have the same score; a change of weights may part them."


@pytest.mark.parametrize(
    ("performances", "finding", "shift"),
    [
        ({"soup": (5,)}, "soup is the only option, so there is no ranking to doubt", ""),
        (
            {"soup": (5, 5), "stew": (5, 5)},
            "Both options are equal on every criterion, so there is no order to trust",
            "",
        ),
        (
            {"soup": (6, 4), "stew": (4, 6)},
            "Both options tie with 50 points, so there is no order to trust",
            MAY_PART,
        ),
        (
            {"soup": (6, 4), "stew": (4, 6), "salt": (1, 1)},
            "soup and stew tie for first with 50 points",
            MAY_PART,
        ),
        (
            {"soup": (5, 5), "stew": (5, 5), "salt": (1, 1)},
            "soup and stew are equal and come first, with 50 points: no weights can part them",
            "",
        ),
        (
            {**{f"soup-{i}": (5, 5) for i in range(4)}, "salt": (1, 1)},
            "4 options are equal and come first, with 50 points: no weights can part them",
            "",
        ),
        ({"soup": (6, 6), "salt": (1, 1)}, "soup leads by 50 points", NOTHING_ENDS_IT),
        (
            # All weight on the first criterion makes them level, and no more.
            {"soup": (6, 6), "salt": (6, 1)},
            "soup leads by 25 points",
            NOTHING_ENDS_IT,
        ),
    ],
)
def test_odd_questions_have_a_finding_of_their_own(
    performances: dict[str, tuple[float, ...]], finding: str, shift: str
) -> None:
    found = assessed(make_question(performances))
    assert (words.finding(found), words.shift_sentence(found)) == (finding, shift)


def test_a_flip_that_rounding_decides_is_left_out(start: Assessment) -> None:
    unknown = replace(start, flips=(None, TooClose("too close to tell")))
    assert words.finding(unknown) == words.finding(start)
    assert words.shift_sentence(unknown) == ""
    assert words.flips_finding(unknown) == "0 of 1 other option can be made to lead"
    first = next(flip for flip in start.flips if isinstance(flip, CombinedFlip))
    mixed = replace(start, flips=(None, NoFlip(np.zeros(7), np.zeros(14), 1.0), first))
    rival = start.evaluation.question.proposals[2].label
    assert words.shift_sentence(mixed) == (
        f"Moving {weight_percent(first.least_moved.moved)} of all weight brings {rival} level "
        "with the lead."
    ).replace(" %", "\u00a0%")


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (1e-10, "less than 0.1\u00a0%"),
        (0.0004, "less than 0.1\u00a0%"),
        (0.3, "30\u00a0%"),
        (0.9996, "more than 99.9\u00a0%"),
    ],
)
def test_what_has_to_move_is_an_amount_in_a_sentence(
    moved: float, said: str, start: Assessment
) -> None:
    """'Moving less than 0.1 %' is no English."""
    first = next(flip for flip in start.flips if isinstance(flip, CombinedFlip))
    least = replace(first, least_moved=replace(first.least_moved, moved=moved))
    found = replace(start, flips=(None, None, least))
    label = start.evaluation.question.proposals[2].label
    sentence = f"Moving {said} of all weight brings {label} level with the lead"
    assert words.shift_sentence(found) == f"{sentence}."
    assert flip_finding(found) == sentence.replace("\u00a0", " ")


def test_the_one_most_often_first_need_not_be_the_leader(
    start: Assessment, rights: Assessment
) -> None:
    assert words.firsts_finding(start, start.sampled.scores) == (
        "Capital amnesty comes first most often, in 33\u00a0% of samples, "
        "though Sanctuary leads on best estimates"
    )
    found = words.firsts_finding(rights, rights.sampled.scores)
    assert re.fullmatch("Sanctuary comes first most often, in \\d\\d\u00a0% of samples", found)


TIE = {"a": (6.0, 4.0), "b": (4.0, 6.0)}


def test_the_one_most_often_first_may_be_one_of_those_that_tie() -> None:
    two = assessed(make_question(TIE, spread=1.0))
    assert words.firsts_finding(two, with_firsts(two, 0.1, 0.9)) == (
        "b comes first most often, in 90\u00a0% of samples, though it ties with a on best estimates"
    )
    beside = assessed(make_question({**TIE, "c": (4.0, 5.5)}, spread=1.0))
    assert words.firsts_finding(beside, with_firsts(beside, 0.1, 0.2, 0.7)) == (
        "c comes first most often, in 70\u00a0% of samples, though a and b tie for first on best "
        "estimates"
    )
    many = {f"o{i}": (6.0 - i / 2, 4.0 + i / 2) for i in range(5)}
    most = assessed(make_question(many, spread=1.0))
    assert words.firsts_finding(most, with_firsts(most, 0.1, 0.6, 0.1, 0.1, 0.1)) == (
        "o1 comes first most often, in 60\u00a0% of samples, though it ties with 4 other options "
        "on best estimates"
    )


def test_no_change_of_weights_is_said_to_part_options_whose_bands_alone_differ() -> None:
    question = make_question({"a": (5, 5), "b": (5, 5), "c": (1, 1)})
    options = []
    for option in question.proposals:
        held = option.scores["criterion-0"]
        wider = held.model_copy(update={"high": 7.0}) if option.id == "b" else held
        options.append(
            option.model_copy(update={"scores": {**option.scores, "criterion-0": wider}})
        )
    found = assessed(question.replace(proposals=tuple(options)))
    no_weights = (
        "The leaders have equal best estimates on every criterion, so no change of weights can "
        "part them; only their bands differ"
    )
    assert words.finding(found) == "a and b tie for first with 50 points"
    assert words.shift_sentence(found) == f"{no_weights}."
    assert flip_finding(found) == no_weights


def test_shares_within_two_standard_errors_are_about_equal() -> None:
    found = assessed(make_question({"soup": (6, 1), "stew": (1, 5)}))
    assert words.firsts_finding(found, with_firsts(found, 0.51, 0.49, error=0.01)) == (
        "soup and stew come first about equally often"
    )
    assert words.firsts_finding(found, with_firsts(found, 0.52, 0.48, error=0.01)) == (
        "soup comes first most often, in 52\u00a0% of samples"
    )


def test_chances_are_said_in_likelihood_words_and_name_their_option(start: Assessment) -> None:
    assert words.firsts_sentence(start, start.sampled.scores) == (
        "Read this way, it is very unlikely (15 %) that Sanctuary comes first, and it is likely "
        "(66 %) that Sanctuary is better than Status quo."
    )
    rows = {"soup": (6, 1), "stew": (1, 4)}
    alone = assessed(make_question(rows, spread=0.1, status_quo="soup"))
    assert words.firsts_sentence(alone, alone.sampled.scores) == (
        "Read this way, it is almost certain (more than 99 %) that soup comes first."
    )
    exact = assessed(make_question(rows, status_quo="soup"))
    assert words.firsts_sentence(exact, exact.sampled.near) == (
        "soup comes first with more than 99 % of these weights."
    )
    tied = assessed(make_question(TIE))
    assert words.firsts_sentence(tied, with_firsts(tied, 0.49, 0.51)) == (
        "a comes first or ties for first with 49 % of these weights."
    )


def test_the_chance_of_equal_leaders_against_the_status_quo_is_that_of_each() -> None:
    alike = {"a": (8, 8), "b": (8, 8), "s": (1, 1)}
    found = assessed(make_question(alike, spread=0.5, status_quo="s"))
    equal = "a and b are equal on every criterion, so they are equally likely to come first."
    assert words.firsts_sentence(found, found.sampled.scores) == (
        f"{equal} For each of them it is almost certain (more than 99 %) that it is better than s."
    )
    among = assessed(make_question(alike, spread=0.5, status_quo="b"))
    assert words.firsts_sentence(among, among.sampled.scores) == equal


def test_without_bands_that_is_said_once(start: Assessment) -> None:
    found = assessed(make_question({"soup": (6, 1), "stew": (1, 4)}))
    near = found.sampled.near
    page = " ".join(
        [
            words.chances(found),
            words.reading_meaning("weights_nearby", bands=False),
            words.firsts_sentence(found, near),
            words.sampling_line(found, near),
        ]
    )
    assert page.count(NO_BANDS) == page.lower().count("band") == 1
    assert page.count("taken as exact") == 1


def test_the_samples_are_counted_with_their_error(start: Assessment, shipped: Question) -> None:
    assert words.sampling_line(start, start.sampled.scores) == (
        "20,000 samples, seed 0; standard error of a share at most 0.3 percentage points. "
        "Scores drawn from triangular distributions, errors independent."
    )
    other = assess(equal(shipped), FEW, errors=ScoreErrors("pert", 0.3))
    assert "Scores drawn from PERT distributions, errors of one option correlated by 0.3." in (
        words.sampling_line(other, other.sampled.scores)
    )
    certain = assessed(make_question({"soup": (6, 6), "salt": (1, 1)}))
    line = words.sampling_line(certain, certain.sampled.scores)
    assert "standard error of a share below 0.1 percentage points" in line


def given_as(question: Question, option: str, criterion: str, family: str) -> Question:
    """One score with a mean and a standard deviation instead of a band."""
    proposals = []
    for proposal in question.proposals:
        scores = dict(proposal.scores)
        if proposal.id == option:
            held = scores[criterion]
            changes = {"mean": held.likely, "sd": 0.4, "distribution": family}
            scores[criterion] = held.model_copy(update=changes)
        proposals.append(proposal.model_copy(update={"scores": scores}))
    return question.replace(proposals=tuple(proposals))


def test_the_samples_name_the_families_and_the_shared_errors() -> None:
    question = make_question({"soup": (6, 1), "stew": (1, 5)}, spread=0.5)
    mixed = given_as(question, "soup", "criterion-0", "normal")
    found = assessed(mixed)
    line = words.sampling_line(found, found.sampled.scores)
    assert "Scores drawn from triangular and normal distributions, errors independent." in line
    found = assessed(given_as(mixed, "stew", "criterion-1", "log-normal"))
    line = words.sampling_line(found, found.sampled.scores)
    assert "Scores drawn from triangular, normal and log-normal distributions, " in line
    every = question
    for option in ("soup", "stew"):
        for criterion in ("criterion-0", "criterion-1"):
            every = given_as(every, option, criterion, "normal")
    found = assessed(every)
    assert "drawn from normal distributions" in words.sampling_line(found, found.sampled.scores)


def sharing(question: Question) -> Question:
    shared = SharedError(criteria=("criterion-0",), why="One study.")
    return question.replace(tree=question.tree.model_copy(update={"shared_errors": (shared,)}))


def test_errors_that_the_question_says_are_shared_are_not_called_independent() -> None:
    rows = {"soup": (6, 1), "stew": (1, 5)}
    shared, apart = sharing(make_question(rows, spread=0.5)), "but for those that the question says"
    found = assessed(shared)
    assert words.sampling_line(found, found.sampled.scores).endswith(
        f"errors independent, {apart} are shared."
    )
    found = assess(equal(shared), FEW, errors=ScoreErrors("triangular", 0.3))
    assert words.sampling_line(found, found.sampled.scores).endswith(
        f"errors of one option correlated by 0.3, {apart} are shared."
    )
    # Of scores that are exact there is no error to share.
    exact = assessed(sharing(make_question(rows)))
    assert apart not in words.sampling_line(exact, exact.sampled.near)


def test_every_reading_that_the_question_has_is_named_and_explained(shipped: Question) -> None:
    keys = words.reading_keys(shipped)
    assert keys == [
        "given_weights", "weights_nearby", "same_order", "all_weights", "perspectives"
    ]  # fmt: skip
    assert words.reading_keys(make_question({"soup": (5,)}, spread=1.0)) == keys[:-1]
    # With fixed weights and exact scores nothing varies.
    assert words.reading_keys(make_question({"soup": (5,)})) == keys[1:-1]
    assert words.reading_meaning("weights_nearby") == (
        "Nearby: each within 5 percentage points of these; the scores vary as well."
    )
    assert words.reading_meaning("weights_nearby", bands=False) == (
        "Nearby: each within 5 percentage points of these; scores are taken as exact."
    )
    assert words.centres_reading("given_weights") == "all_weights"
    assert words.centres_reading("same_order") == "same_order"


@pytest.mark.parametrize(
    ("levels", "finding"),
    [
        (
            ("fragile", "fragile", "firm"),
            (
                "2 of 3 weights are fragile: "
                "moved alone by 2 percentage points or less, another option leads"
            ),
        ),
        (
            ("sensitive", "firm", None),
            (
                "1 of 2 weights is sensitive: "
                "moved alone by 10 percentage points or less, another option leads"
            ),
        ),
        (
            ("firm", "firm"),
            "Moved alone by 10 percentage points, none of 2 weights changes the leader",
        ),
        ((None, None), "No weight can be moved against another"),
    ],
)
def test_the_stability_finding_counts_the_worst_level(
    levels: tuple[Level | None, ...], finding: str
) -> None:
    assert words.stability_finding([Fragility(i, level) for i, level in enumerate(levels)]) == (
        finding
    )


def test_a_row_of_a_weight_names_both_ends(start: Assessment, shipped: Question) -> None:
    nearest = nearest_first(start.stability)
    first = rows.stability_row(start, nearest[0])
    assert (first.name, first.inside, first.between) == ("Recovery money", "Yield", "0 % to 11 %")
    assert first.distance == "+0.8 points"
    labels = [proposal.label for proposal in shipped.proposals]
    assert [(end.where, labels[end.leads]) for end in first.takes_over] == [
        ("above 11 %", "Capital amnesty")
    ]
    second = rows.stability_row(start, nearest[1])
    assert [(end.where, labels[end.leads]) for end in second.takes_over] == [
        ("below 5.6 %", "Capital amnesty"),
        ("above 40 %", "Status quo"),
    ]
    assert second.distance == "\u22121.1 points"


def test_a_weight_that_cannot_move_says_why() -> None:
    found = assessed(make_question({"soup": (6,), "stew": (1,)}))
    row = rows.stability_row(found, nearest_first(found.stability)[0])
    assert (row.low, row.reason) == (None, HOLDS_ALL)
    assert words.stability_finding(nearest_first(found.stability)) == (
        "No weight can be moved against another"
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Fragility(0, "firm"), "never"),
        (Fragility(0, "fragile", 0.0, True, 1), "level now"),
        (Fragility(0, "fragile", 0.0004, False, 1), "\u2212less than 0.1 points"),
        (Fragility(0, "firm", 0.1234, True, 1), "+12.3 points"),
    ],
)
def test_distances_in_words(found: Fragility, said: str) -> None:
    assert rows.distance_words(found) == said


def test_branches_come_before_their_criteria() -> None:
    question = make_question({"soup": (1, 2, 3), "stew": (3, 2, 1)}, branch_sizes=[1, 2])
    assert list(rows.by_branch(assessed(question))) == [(3, [0]), (4, [1, 2])]


def test_flips_say_from_where_to_where(start: Assessment, shipped: Question) -> None:
    flips = rows.flip_rows(start)
    assert [shipped.proposals[row.row].label for row in flips][:2] == [
        "Capital amnesty",
        "Finance advisers",
    ]
    assert flips[0].words == "0.5 %"
    assert (
        flips[0].change == "From Illicit finance (6.7 to 6.2 %) to Recovery money (10.0 to 10.5 %)."
    )
    assert words.flips_finding(start) == (
        "Each of the 6 other options can be made to lead by weights alone"
    )


def test_an_option_that_no_weights_put_first_has_its_proof_and_comes_last() -> None:
    question = make_question({"salt": (1, 1), "soup": (6, 1), "stew": (1, 5.5)})
    found = assessed(question)
    flips = rows.flip_rows(found)
    assert [(row.row, row.moved is None) for row in flips] == [(2, False), (0, True)]
    assert flips[1].words == "cannot lead"
    assert re.fullmatch(
        "A mix of .* is better by .* points or more under all weights.", flips[1].change
    )
    assert words.flips_finding(found) == (
        "1 of 2 other options can be made to lead; on best estimates 1 option cannot lead under "
        "any weights"
    )


def test_a_name_with_a_semicolon_or_a_small_letter_stays_as_it_is() -> None:
    names = {"soup": "eBay; EU"}
    found = assessed(make_question({"soup": (6, 6), "stew": (1, 1)}, names=names))
    (row,) = rows.flip_rows(found)
    assert row.change == "eBay; EU is better by 50.0 points or more under all weights."


def test_what_rounding_decides_is_not_known(start: Assessment) -> None:
    (row,) = rows.flip_rows(replace(start, flips=(None, TooClose("too close to tell"))))
    assert (row.words, row.change) == ("not known", "Too close to tell.")


@pytest.mark.parametrize(
    ("performances", "finding"),
    [
        ({"soup": (6, 6), "salt": (1, 1)}, "On best estimates no weights put another option first"),
        ({"soup": (6, 1), "stew": (1, 5)}, "The other option can be made to lead by weights alone"),
        ({"soup": (5, 5), "stew": (5, 5)}, "All options lead together"),
    ],
)
def test_the_flips_finding_counts(performances: dict[str, tuple[float, ...]], finding: str) -> None:
    assert words.flips_finding(assessed(make_question(performances))) == finding


def test_the_modelling_choices_add_up(start: Assessment) -> None:
    assert words.structure_finding(start) == "5 of 36 modelling choices change the leader"
    assert words.structure_sentence(start) == (
        "If made differently, 19 more would change the order below the leader, and 12 would change "
        "nothing."
    )
    checks = rows.check_rows(start)
    assert len(checks) == 36
    assert [check.leader_changes for check in checks] == [True] * 5 + [False] * 31
    assert checks[0].what == "Range of Illicit finance 25 % wider"
    sure = assessed(make_question({"soup": (6, 6), "salt": (1, 1)}))
    assert words.structure_finding(sure).startswith("None of ")
    assert " more would " not in words.structure_sentence(sure)


def test_scenarios_say_who_stays_and_who_regrets_least(start: Assessment) -> None:
    assert words.scenarios_finding(start) == "Sanctuary leads in 4 of 6 scenarios"
    assert words.regret_sentence(start) == (
        "Sanctuary has the least worst regret: it is at most 1 point behind the best, whichever "
        "way the world goes. Scenarios carry no probabilities."
    )


def test_the_worst_case_of_each_option_is_marked_once(start: Assessment) -> None:
    table = rows.scenario_rows(start)
    assert [title for title, _ in table][:2] == ["As written", "Ceasefire or frozen front"]
    columns = list(zip(*(cells for _, cells in table), strict=True))
    assert [sum(cell.worst for cell in column) for column in columns] == [1] * 7
    assert [cell.rank for cell in table[0][1]] == [1, 2, 3, 4, 5, 6, 7]
    assert [cell.regret for cell in table[0][1]][:2] == ["best", "0.5"]
    leaves = dict(table)["United States leaves allied tasks"][3]
    assert (leaves.regret, leaves.worst, leaves.undecided) == ("6.4", True, True)
    assert rows.scenario_rows(assessed(make_question({"soup": (6, 6), "salt": (1, 1)}))) == []


def test_whether_a_regret_counts_follows_from_the_scores_of_its_own_scenario(
    start: Assessment, shipped: Question
) -> None:
    """Each lead of the best is held against bands of that scenario that SciPy has fitted."""
    points = equal_branch_points(shipped.branches)
    counted = []
    for (title, cells), case in zip(rows.scenario_rows(start), start.scenarios.cases, strict=True):
        then = evaluate(under_scenario(shipped, case) if case else shipped, points)
        best = then.question.proposals[then.order[0]].id
        for row, cell in zip(start.evaluation.order, cells, strict=True):
            other = shipped.proposals[row].id
            mean, error = (0.0, 0.0) if other == best else lead_over(then, best, other)
            assert cell.undecided == (other != best and mean <= error), (title, other)
            if mean > error:
                counted.append((title, other))
    assert counted == [("Penetration scandal in a host state", "ngo-roles")]


@pytest.mark.parametrize(
    ("usual", "changes", "undecided"),
    [
        # 10 points ahead: 1.28 standard deviations are 7.4 points of limits, 13.4 of percentiles.
        ("percentiles", {"bands": "limits"}, False),
        ("limits", {"bands": "percentiles"}, True),
        # The ends that follow from a mean are percentiles, whatever the question takes bands for.
        ("limits", {"mean": 0.0, "sd": 0.780304}, True),
    ],
)
def test_a_scenario_leaves_what_low_and_high_are(
    usual: str, changes: dict[str, object], undecided: bool
) -> None:
    question = make_question({"a": (6.0,), "b": (5.0,)}, spread=1.0)
    proposals = tuple(
        proposal.model_copy(
            update={
                "scores": {
                    key: score.model_copy(update=changes) for key, score in proposal.scores.items()
                }
            }
        )
        for proposal in question.proposals
    )
    moved = ScenarioChange(criteria=("criterion-0",), proposals=("a", "b"), add=0.5)
    question = question.replace(
        context=question.context.model_copy(update={"bands": usual}),
        proposals=proposals,
        scenarios=ScenariosFile(
            scenarios=(Scenario(id="up", ref=None, name="Up", changes=(moved,)),)
        ),
    )
    table = dict(rows.scenario_rows(assessed(question)))
    assert [cell.undecided for cell in table["Up"]] == [False, undecided]


@pytest.mark.parametrize(
    ("options", "heads"),
    [
        (1, ["1"]),
        (8, ["1", "2", "3", "4", "5", "6", "7", "8"]),
        (9, ["1", "2", "3", "4", "5", "6", "7 to 9"]),
        (30, ["1", "2", "3", "4", "5", "6", "7 to 30"]),
    ],
)
def test_the_last_of_many_ranks_are_drawn_as_one(options: int, heads: list[str]) -> None:
    assert rows.rank_heads(options) == heads


def test_segments_of_a_bar_add_up_to_one() -> None:
    rng = np.random.default_rng(0)
    question = make_question(
        {f"o-{i}": rng.uniform(2, 8, 4).tolist() for i in range(12)}, spread=1.0
    )
    found = assessed(question)
    for row in rows.firsts_rows(found, found.sampled.any_weights):
        assert len(row.segments) == 7
        assert sum(row.segments) == pytest.approx(1)
        assert row.beats == ""


def test_the_status_quo_is_not_held_against_itself(start: Assessment, shipped: Question) -> None:
    found = {
        shipped.proposals[row.row].id: row for row in rows.firsts_rows(start, start.sampled.scores)
    }
    assert found["status-quo"].beats == ""
    assert found["status-quo"].first == "2 %"
    assert found["sanctuary"].beats == "66 %"
    assert found["sanctuary"].score == "40 to 50"


def test_an_option_that_is_never_first_has_no_central_weights() -> None:
    found = assessed(make_question({"soup": (6, 6), "salt": (1, 1)}, spread=0.5))
    soup, salt = rows.central_columns(found, found.sampled.any_weights)
    assert soup.confidence == ">99 %"
    assert (salt.confidence, salt.weights) == ("none, never first", ("-", "-"))
    # Without bands no score varies, so there is no confidence factor.
    found = assessed(make_question({"soup": (6, 6), "salt": (1, 1)}))
    soup, salt = rows.central_columns(found, found.sampled.any_weights)
    assert (soup.confidence, salt.confidence, salt.weights) == ("", "", ("-", "-"))
