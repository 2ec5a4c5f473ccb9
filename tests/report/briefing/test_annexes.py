"""The annexes: in their order, with findings for titles, for any question there is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.model.wording import LIKELIHOOD_KEY, cell_percent, share_percent
from dashboard.report.briefing.annex_parts import cited_words
from dashboard.report.briefing.annexes import annexes
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import Figure, Heading, Items, Paragraph, Section
from dashboard.report.briefing.figures import FIGURES, figure_svg
from dashboard.report.briefing.names import ANNEXES
from dashboard.report.how_sure import finding
from dashboard.report.matrix_words import dominance_finding
from dashboard.report.stability_chart import drawn_rows
from tests.fitted import fitted_triangle
from tests.report.briefing.briefs import HOSTILE, found, packed, pages, plain, tables_of
from tests.report.questions import make_question, tender

OVERRIDE = Override("sanctuary", "accountability", 0.5, 1.0, 7.5, "a new ruling says so")


@pytest.fixture(scope="module")
def full(shipped: Question) -> Findings:
    return found(shipped, "ukraine", length="full", overrides=[OVERRIDE])


def by_id(made: Findings) -> dict[str, Section]:
    return {section.id.removeprefix("annex-"): section for section in annexes(made)}


def texts(section: Section) -> list[str]:
    said = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            said.append("".join(run.text for run in block.runs))
        if isinstance(block, Items):
            said += ["".join(run.text for run in item) for item in block.items]
        if isinstance(block, Heading):
            said.append(block.text)
    return said


def test_come_in_order_and_lettered(full: Findings) -> None:
    kickers = [section.kicker for section in annexes(full)]
    assert [kicker[:8] for kicker in kickers] == [f"Annex {letter},"[:8] for letter in "ABCDEFG"]
    assert list(by_id(full)) == [name for name in ANNEXES if name != "workshop"]


def test_only_those_asked_for_and_what_must_be_told(shipped: Question) -> None:
    one = found(shipped, "ukraine", length="one-page", annexes=("logs",), overrides=[OVERRIDE])
    assert list(by_id(one)) == ["overrides", "logs"]
    assert annexes(found(shipped, "ukraine")) == ()


def test_matrix_holds_every_number_and_adds_up(full: Findings) -> None:
    section, evaluation = by_id(full)["matrix"], full.evaluation
    assert section.title == dominance_finding(evaluation)
    contributions = tables_of(section)[-1]
    scores = [cell.text for cell in contributions.foot[2:]]
    wanted = [f"{evaluation.scores[i]:.1f}" for i in evaluation.order]
    assert scores == wanted
    performances = tables_of(section)[0]
    names = [row[0].text for row in performances.rows]
    assert all(criterion.label in names for criterion in full.question.criteria)


def test_overridden_score_is_told_with_its_reason(full: Findings) -> None:
    rows = [[cell.text for cell in row] for row in tables_of(by_id(full)["overrides"])[0].rows]
    assert any("a new ruling says so" in " ".join(row) for row in rows)
    assert packed("a new ruling says so") in packed(" ".join(pages(full)))


def test_a_missing_reason_is_muted_and_said_to_be_missing(shipped: Question) -> None:
    made = found(shipped, "ukraine", overrides=[replace(OVERRIDE, reason=None)])
    (row,) = tables_of(by_id(made)["overrides"])[0].rows
    assert (row[-1].text, row[-1].muted) == ("No reason given; a link does not carry any.", True)
    printed = " ".join(" ".join(pages(made)).split())
    assert "No reason is given. An annex has the numbers." in printed


def test_weights_are_those_of_the_evaluation(full: Findings) -> None:
    (table, *_) = tables_of(by_id(full)["weights"])
    cells = {row[0].text: [cell.text for cell in row] for row in table.rows}
    criterion = full.question.criteria[0]
    share = float(full.evaluation.weights[0])
    assert f"{share * 100:.1f} %" in cells[criterion.label]


def test_robustness_says_samples_seed_and_shares(full: Findings) -> None:
    section, sampled = by_id(full)["robustness"], full.assessment.sampled
    assert section.title == finding(full.assessment)
    assert any("1,000 samples, seed 0; standard error" in text for text in texts(section))
    table = tables_of(section)[0]
    leader = full.evaluation.order[0]
    shares = [cell_percent(float(r.ranks.value[leader, 0])) for _, _, r in sampled.readings()]
    assert [cell.text for cell in table.rows[0][1:]] == shares


def test_a_missed_minimum_has_a_probability_only_where_the_score_has_a_band() -> None:
    made = by_id(found(tender(), length="full", samples=50))["robustness"]
    best = "Bid C on Criterion 1: the best estimate misses the threshold of 5 points"
    assert f"{best}; the probability that it is met is less than 1 %." in texts(made)
    exact = make_question({"bid": [3.0, 3.8], "other": [2.0, 8.0]}, minima={1: 5.0})
    said = texts(by_id(found(exact, length="full", samples=50))["robustness"])
    assert "bid on Criterion 1: the best estimate misses the threshold of 5 points." in said
    assert "probability" not in " ".join(said)


def test_of_many_missed_minima_the_first_are_printed_and_the_others_counted() -> None:
    rows = {f"bid-{i}": [3.0 + i / 10, 3.8] for i in range(18)}
    made = found(make_question(rows, minima={1: 5.0}), length="full", samples=50)
    said = texts(by_id(made)["robustness"])
    assert "18 performances miss their veto threshold" in said
    assert sum("misses the threshold" in text for text in said) == 15
    assert "3 performances not shown; the attached files have all." in said


def test_pairs_that_are_nearly_dominated_are_all_counted() -> None:
    rows = {f"o{i}": [5 + i / 100, 5 - i / 100] for i in range(12)}
    made = found(make_question(rows, spread=1.0), length="full", samples=50)
    shown = len(next(t for t in tables_of(by_id(made)["matrix"]) if "but for one" in t.name).rows)
    assert f"{132 - shown} more such findings not shown; the attached files have all." in (
        texts(by_id(made)["matrix"])
    )


def test_likelihood_and_confidence_never_share_a_sentence(full: Findings) -> None:
    for section in annexes(full):
        for text in texts(section):
            for sentence in re.split(r"(?<=[.!?]) ", text):
                likely = any(re.search(rf"\b{word}\b", sentence) for word, _ in LIKELIHOOD_KEY)
                assert not (likely and "onfidence" in sentence), sentence


def test_every_figure_has_a_maker_and_its_sentence(full: Findings) -> None:
    figures = [b for s in annexes(full) for b in s.blocks if isinstance(b, Figure)]
    assert [figure.chart for figure in figures] == [
        "rank-acceptability",
        "stability",
        "benefit-cost",
    ]
    for figure in figures:
        assert figure.alt == FIGURES[figure.chart].sentence(full)
        assert figure_svg(full, figure.chart).startswith("<svg")


@pytest.mark.parametrize("name", FIGURES)
def test_charts_fit_the_schema_that_is_not_checked_when_they_are_made(
    full: Findings, name: str
) -> None:
    FIGURES[name].chart(full).to_dict(validate=True)


def test_equal_findings_give_equal_charts(full: Findings) -> None:
    for name in FIGURES:
        assert figure_svg(full, name) == figure_svg(full, name)


def test_stability_is_drawn_for_the_weights_nearest_to_a_new_leader(full: Findings) -> None:
    rows = drawn_rows(full.assessment)
    distances = [row.fragility.distance for row in rows]
    near = [distance for distance in distances if distance is not None]
    assert near == sorted(near)
    assert distances[len(near) :] == [None] * (len(distances) - len(near))


def test_sources_stand_with_their_addresses(full: Findings) -> None:
    text = packed(" ".join(pages(full)))
    for source in full.question.sources:
        for address in source.addresses:
            assert packed(address) in text


def test_logs_and_all_caveats_are_printed(full: Findings) -> None:
    text = " ".join(pages(full))
    for caveat in full.question.context.caveats:
        assert plain(caveat) in text
    for entry in full.question.logs:
        assert plain(entry.text) in text


@pytest.mark.parametrize(
    "rows", [{"only": [5.0]}, {"a": [5.0, 3.0], "b": [4.0, 9.0]}], ids=["one", "two"]
)
def test_a_question_with_nothing_but_scores_has_all_annexes_too(
    rows: dict[str, list[float]],
) -> None:
    made = found(make_question(rows), length="full")
    expected = ["terms", "matrix", "weights", "robustness", "evidence", "logs"]
    assert list(by_id(made)) == expected
    text = packed(" ".join(pages(made)))
    for section in annexes(made):
        assert packed(section.title) in text


def test_performances_that_miss_a_veto_are_told_and_so_is_that_none_does() -> None:
    def told(*thresholds: float) -> str:
        question = make_question({"a": [5.0, 8.0], "b": [9.0, 7.0]}, spread=2.0)
        (branch,) = question.branches
        limits = dict(enumerate(thresholds))
        criteria = tuple(
            criterion.model_copy(update={"veto": limits.get(j)})
            for j, criterion in enumerate(branch.criteria)
        )
        tree = question.tree.model_copy(
            update={"branches": (branch.model_copy(update={"criteria": criteria}),)}
        )
        made = found(question.replace(tree=tree), length="full")
        return " ".join(texts(by_id(made)["robustness"]))

    assert "veto" not in told()
    assert "No option misses a veto threshold by its best estimate." in told(4.0, 6.0)
    # Of the triangle with its tip at 5 and a tenth beyond 3 and 7 each, 26 % lie above 6.
    share = float(fitted_triangle(3.0, 5.0, 7.0).sf(6.0))
    assert share == pytest.approx(0.262, abs=0.001)
    assert "1 performance misses its veto threshold" in told(6.0)
    assert "2 performances miss their veto threshold" in told(6.0, 7.5)
    assert (
        "a on Criterion 0: the best estimate misses the threshold of 6 points; the probability "
        f"that it is met is {share_percent(share)}."
    ) in told(6.0)


def test_hostile_names_pass_through_every_annex() -> None:
    rows = {key: [float(k), 10.0 - k / 2, 3.0] for k, key in enumerate(HOSTILE)}
    made = found(make_question(rows, spread=0.4, names=HOSTILE, status_quo="h3"), length="full")
    text = packed(" ".join(pages(made)))
    assert all(packed(section.kicker) in text for section in annexes(made))


def test_two_hundred_options_and_sixty_criteria_stay_legible() -> None:
    rows = {f"option-{i}": [float((i * 7 + j * 3) % 11) for j in range(60)] for i in range(200)}
    question = make_question(rows, spread=1.0, branch_sizes=[6] * 10, status_quo="option-7")
    texts_ = pages(found(question, samples=50, length="full"))
    everything = " ".join(texts_)
    assert len(texts_) < 60
    assert "not shown; the attached files have all" in everything
    assert (
        "Values and contributions are not printed, as there are more than 30 criteria" in everything
    )
    assert "Contributions: value times weight" not in everything


def test_paragraphs_that_are_cited_stand_together_in_runs(shipped: Question) -> None:
    cited = ["paragraph-11", "paragraph-14", "paragraph-13", "paragraph-15", "own-judgement"]
    assert cited_words(shipped, cited, 90) == (
        "Source text, paragraphs 11, 13 to 15; The scorer's own judgement"
    )
    assert cited_words(shipped, ["paragraph-3"], 90) == "Source text, paragraph 3"
