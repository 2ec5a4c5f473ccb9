"""The first page says what the evaluation says: verdict, decision, options, reasons."""

from __future__ import annotations

import re

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.model.weighting import Constraint, Status, Verdict
from dashboard.model.wording import number, whole
from dashboard.report.briefing import front_page
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import Paragraph, Section
from dashboard.report.briefing.tables import (
    constraint_status,
    options_table,
    reading_note,
    shown_rows,
)
from dashboard.robustness.verdict import verdict
from tests.report.briefing.briefs import found, pages, plain, tables_of
from tests.report.questions import make_question

PERSPECTIVES = (
    *("ukraine", "interior", "nato-security", "finance"),
    *("human-rights", "emigres", "op-ed-authors", "equal-branches"),
)


@pytest.fixture(scope="module", params=PERSPECTIVES)
def under(request: pytest.FixtureRequest, shipped: Question) -> Findings:
    return found(shipped, request.param)


def said(section: Section) -> str:
    return " ".join(
        "".join(run.text for run in block.runs)
        for block in section.blocks
        if isinstance(block, Paragraph)
    )


def test_shipped_perspectives_are_those_tested(shipped: Question) -> None:
    assert tuple(p.id for p in shipped.perspectives) == PERSPECTIVES


def test_says_the_verdict_and_one_row_an_option(under: Findings) -> None:
    evaluation, answer = under.evaluation, verdict(under.evaluation)
    first = pages(under)[0]
    assert plain(answer.headline) in first
    assert plain(f"{answer.margin} {answer.change}") in first
    assert plain(evaluation.question.context.disclaimer) in first
    for i in evaluation.order:
        option, rank = evaluation.question.proposals[i], evaluation.ranks[i]
        name, score = option.label, whole(evaluation.scores[i])
        assert re.search(rf"{rank} {name} (rival |{option.name} )?{score} ±\d+ ", first)


def test_drivers_and_all_other_criteria_add_up_to_the_gap_or_are_said_to_be_rounded(
    under: Findings,
) -> None:
    why = front_page.why(under)
    rest = re.fullmatch(r"All other criteria: (\S+)(?: (\(rounded\)))?", said(why))
    gap = re.search(r"is ([\d.]+) points? above", why.title)
    assert rest is not None
    assert gap is not None
    printed = [row[1].text for table in tables_of(why) for row in table.rows]
    added = sum(int(text.replace("\u2212", "-")) for text in (*printed, rest[1]) if text != "<1")
    assert bool(rest[2]) == (added != float(gap[1]))
    assert abs(added - float(gap[1])) <= 1.5


def test_all_other_criteria_are_one_signed_number() -> None:
    question = make_question(
        {
            "a": [10.0, 9.0, 8.0, 7.0, 5.0, 0.0, 0.0, 0.0],
            "b": [0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 1.0, 3.0],
        }
    )
    why = front_page.why(found(question, {f"criterion-{j}": 1.0 for j in range(8)}))
    assert why.title == ("a is 39 points above b: Criterion 0 adds most, Criterion 7 takes most")
    assert [[row[1].text for row in table.rows] for table in tables_of(why)] == [
        ["+13", "+11", "+10"],
        ["\u22124", "\u22123", "\u22121"],
    ]
    assert said(why) == "All other criteria: +13"


@pytest.mark.parametrize(
    ("ours", "theirs", "gap", "printed", "rest"),
    [
        (
            *([5.24, 5.24, 5.0, 5.0], [5.0] * 4, "1 point", ["+1", "+1"]),
            "All other criteria: 0 (rounded)",
        ),
        ([5.12, 5.12], [5.0, 5.0], "1 point", ["+1", "+1"], " The points are rounded."),
        ([6.0, 7.0], [5.0, 5.0], "15 points", ["+10", "+5"], ""),
    ],
)
def test_rounding_that_shows_is_said(
    ours: list[float], theirs: list[float], gap: str, printed: list[str], rest: str
) -> None:
    why = front_page.why(found(make_question({"a": ours, "b": theirs})))
    assert why.title.startswith(f"a is {gap} above b: Criterion ")
    assert [row[1].text for row in tables_of(why)[0].rows] == printed
    assert said(why) == rest


def test_drivers_carry_points_and_raw_numbers(shipped: Question) -> None:
    first = pages(found(shipped, "human-rights"))[0]
    assert "Sanctuary is 6.4 points above Status quo (45.6 against 39.2): Legal safety" in first
    assert "Legal safety: 25 against 6 % of reference pool +7" in first
    assert "Time to effect: 24 against 60 months +3" in first
    assert "Ukraine's consent: 40 against 70 % probability \u22123" in first
    assert "Penetration: level 5.5 against 3 \u22121" in first


def test_no_option_above_the_status_quo_is_said_first(shipped: Question) -> None:
    made = found(shipped, "ukraine")
    headline = plain(verdict(made.evaluation).headline)
    first = pages(made)[0]
    assert f"{headline} No option scores above the status quo under these weights." in first
    assert "Weights: Government of Ukraine" in first


def test_leader_that_fails_a_hard_constraint_is_cautioned(shipped: Question) -> None:
    points = {c.id: 1.0 if c.id == "wealth-security" else 0.0 for c in shipped.criteria}
    points["time-to-effect"] = 1.0
    made = found(shipped, points)
    caution = verdict(made.evaluation).caution
    assert made.evaluation.leaders[0].id == "sanctions-revision"
    assert caution is not None
    texts = pages(made)
    assert f"Caution. {caution}" in texts[0]
    assert len(texts) == 2


def test_table_shows_the_heaviest_criterion_of_each_branch_in_raw_units(shipped: Question) -> None:
    evaluation = found(shipped, "ukraine").evaluation
    table = options_table(evaluation)
    ids = ("legal-safety", "intelligence-yield", "illicit-finance", "ukraine-consent")
    criteria = [shipped.criterion(identifier) for identifier in (*ids, "time-to-effect")]
    assert [column.head for column in table.columns[3:-1]] == [c.label for c in criteria]
    assert [column.unit for column in table.columns[3:-1]] == [c.unit for c in criteria]
    for row, i in zip(table.rows, evaluation.order, strict=True):
        scores = [shipped.proposals[i].scores[c.id] for c in criteria]
        assert [cell.text for cell in row[3:-1]] == [
            number(score.likely, c.decimals or 0) for score, c in zip(scores, criteria, strict=True)
        ]
        assert row[4].below == "\u2013".join(
            number(bound, 1) for bound in (scores[1].low, scores[1].high)
        )
    status = {row[1].text: (row[-1].text, row[-1].after) for row in table.rows}
    assert status["Sanctions revision"] == ("Fails", "No sanctions relief and 1 more")
    assert status["Status quo"] == ("1 met, 4 not bound, 3 not assessed", "")
    assert status["Sanctuary"] == ("On conditions", "Chosen people only and 2 more")


def test_title_of_the_options_counts_failures_and_conditions(shipped: Question) -> None:
    assert front_page.options(found(shipped)).title == (
        "Sanctions revision fails a hard constraint; 5 options meet the constraints only on "
        "conditions"
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ({"a": [7.0], "b": [3.0]}, "Scores run from 30 to 70 of 100"),
        ({"a": [7.0]}, "The only option scores 70 of 100"),
        ({"a": [5.0], "b": [5.0], "c": [5.0]}, "All options score 50 of 100"),
        ({"a": [5.0], "b": [5.02]}, "Both options score about 50 of 100"),
    ],
)
def test_without_constraints_the_title_says_how_far_scores_lie_apart(
    rows: dict[str, list[float]], title: str
) -> None:
    assert front_page.options(found(make_question(rows))).title == title


def test_the_title_says_that_the_only_option_misses_a_minimum() -> None:
    question = make_question({"a": [3.0]}, minima={0: 5.0})
    assert front_page.options(found(question)).title == (
        "The only option scores 30 of 100 and misses a minimum"
    )


def test_minima_and_maxima_are_both_limits() -> None:
    question = make_question({"a": [3.0], "b": [6.0]}, minima={0: 5.0})
    table = options_table(found(question).evaluation)
    assert table.columns[-1].head == "Limits"
    assert table.rows[0][-1].text == "all limits met"


def test_the_note_says_how_wide_the_uncertainty_is_drawn() -> None:
    def note(spread: float) -> str:
        question = make_question({"a": [3.0], "b": [6.0]}, spread=spread)
        return "".join(run.text for run in reading_note(found(question).evaluation))

    assert "\u00b1 is the uncertainty of a score (1.28 standard deviations)." in note(1.0)
    assert "uncertainty" not in note(0.0)


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (["pass", "pass"], "2 met"),
        (["not-bound", "pass", "not-bound"], "1 met, 2 not bound"),
        ([None, "pass"], "1 met, 1 not assessed"),
        (["not-bound", "not-assessed"], "1 not bound, 1 not assessed"),
        ([None, None], "2 not assessed"),
    ],
)
def test_constraints_without_failure_or_condition_are_counted_by_verdict(
    verdicts: list[Verdict | None], words: str
) -> None:
    constraints = tuple(
        Constraint(
            id=f"constraint-{k}",
            ref=None,
            name=f"Constraint {k}",
            text="made up",
            kind="hard",
            status={} if verdict_ is None else {"a": Status(verdict=verdict_)},
        )
        for k, verdict_ in enumerate(verdicts)
    )
    question = make_question({"a": [5.0], "b": [3.0]}).replace(constraints=constraints)
    assert constraint_status(question, question.proposal("a")).text == words
    made = found(question)
    assert words in pages(made)[0]
    assert front_page.options(made).title == "No option is known to fail a constraint"


def test_active_settings_are_disclosed(shipped: Question) -> None:
    made = found(shipped, "ukraine", settings=("earlier-anchors",))
    assert "Switched on for this briefing: Anchors of the first draft." in pages(made)[0]


def test_no_status_quo_compares_with_the_runner_up() -> None:
    text = pages(found(make_question({"a": [5.0, 3.0], "b": [4.0, 9.0]})))[0]
    assert "The question holds no status quo to compare with." in text
    assert "b is 25 points above a: Criterion 1 adds most, Criterion 0 takes most" in text
    assert "Criterion 1: 9 against 3 points +30" in text
    assert "Criterion 0: 4 against 5 points \u22125" in text


def test_ties_are_said_and_compared() -> None:
    question = make_question({"a": [5.0, 3.0], "b": [3.0, 5.0], "c": [1.0, 1.0]})
    text = pages(found(question))[0]
    assert "a and b tie for first with 40 points" in text
    assert "Why: a and b tie" in text


@pytest.mark.parametrize("status_quo", ["only", None])
def test_one_option(status_quo: str | None) -> None:
    text, _ = pages(found(make_question({"only": [5.0]}, status_quo=status_quo)))
    assert "only is the only option, with 50 points" in text
    assert "only is the only option scored" in text


def test_of_many_options_the_best_have_a_row_and_the_status_quo_always() -> None:
    rows = {f"option-{i}": [float(i % 11), float(i % 7)] for i in range(40)}
    question = make_question(rows, status_quo="option-0")
    evaluation = evaluate(question, equal_branch_points(question.branches))
    kept = shown_rows(evaluation)
    assert kept == [*map(int, evaluation.order[:12]), evaluation.index("option-0")]
    text = pages(found(question))[0]
    assert "27 options of lower rank not shown; the attached files have all." in text
    assert "option-0" in text


def test_a_decision_too_long_for_a_title_is_told_in_full(shipped: Question) -> None:
    decision = " ".join(f"word{k}" for k in range(60))
    context = shipped.context.model_copy(update={"decision": decision})
    section = front_page.decision(shipped.replace(context=context))
    assert len(section.title) <= front_page.LONGEST_TITLE
    assert section.title.endswith("…")
    (facts,) = section.blocks
    assert facts.rows[0] == ("In full", decision)  # type: ignore[union-attr]


def test_overridden_scores_are_named_on_the_first_page(shipped: Question) -> None:
    overrides = [
        Override("sanctuary", "accountability", 0.5, 1.0, 7.5, "why"),
        Override("capital-amnesty", "recovery-money", 400.0, 1800.0, 2500.0, None),
    ]
    assert (
        "What if: 2 scores are overridden: Sanctuary on Accountability and Capital amnesty on "
        "Recovery money. No reason is given for 1 of them. An annex has the reasons."
    ) in pages(found(shipped, overrides=overrides))[0]
    assert "overridden: " not in " ".join(pages(found(shipped)))
