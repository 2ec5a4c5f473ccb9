"""A name carries what it stands for, escaped, in every table that shows it."""

from __future__ import annotations

import html

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report.disagreement_rows import part_rows
from dashboard.robustness.perspectives import division, panel
from dashboard.ui.constraint_table import constraint_table
from dashboard.ui.disagreement_tables import parts_table
from dashboard.ui.matrix_tables import near_table, performance_table
from dashboard.ui.room_parts import group_weights_table, shares_table
from dashboard.ui.terms import criterion_meaning, criterion_name, option_meaning, option_name, term
from dashboard.ui.weights_component import component_data
from tests.report.questions import make_perspective, make_question, tender
from tests.report.rooms import latest, made


def test_an_option_tells_its_full_name_and_what_it_is(shipped: Question) -> None:
    option = shipped.proposal("nato-integration")
    meaning = option_meaning(option)
    assert meaning == f"{option.name}. {option.summary}"
    shown = option_name(option, shipped.looks[option.id])
    assert '<button aria-description="' in shown
    assert 'class="cw-term"' in shown
    assert ">NATO integration</button>" in shown


def test_a_criterion_tells_its_definition_and_unit(shipped: Question) -> None:
    criterion = shipped.criterion("ukraine-consent")
    assert criterion.definition in criterion_meaning(criterion)
    assert criterion_meaning(criterion).endswith(f" Unit: {criterion.unit}.")
    assert f">{html.escape(criterion.label)}</button>" in criterion_name(criterion)


def test_nothing_that_is_told_becomes_markup() -> None:
    shown = term("<b>a</b>", "\"><script>alert('x')</script>")
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert shown.count("<") == 2


def test_a_summary_that_holds_the_name_does_not_repeat_it() -> None:
    (option,) = make_question({"a": [1.0]}, names={"a": "Pond sand filter"}).proposals
    short = option.model_copy(update={"short_name": "PSF", "summary": "Pond sand filter."})
    assert option_meaning(short) == "Pond sand filter."


def test_the_matrix_and_the_weights_explain_every_name(shipped: Question) -> None:
    from dashboard.methods.evaluate import evaluate  # noqa: PLC0415
    from dashboard.methods.weights import equal_branch_points  # noqa: PLC0415
    from dashboard.ui.choice import default_choice  # noqa: PLC0415

    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    matrix = performance_table(evaluation)
    assert matrix.count("cw-term") == len(shipped.proposals) + len(shipped.criteria)
    data = component_data(evaluation, default_choice(shipped))
    assert [a["meaning"] for a in data["alternatives"]] == [
        option_meaning(option) for option in shipped.proposals
    ]


def explained(markup: str, criterion: int = 0) -> bool:
    """Whether a criterion of ``make_question`` explains itself."""
    return 'class="cw-term"' in markup and (f">Criterion {criterion}</button>" in markup)


def equal(question: Question) -> Evaluation:
    return evaluate(question, equal_branch_points(question.branches))


def test_criteria_explain_themselves_in_every_table() -> None:
    options = {"a": (9.0, 1.0), "b": (1.0, 9.0)}
    people = [make_perspective("one", (1, 2)), make_perspective("two", (2, 1))]
    question = make_question(options, perspectives=people)
    found = panel(equal(question))
    parted = division(found, 0, 1, (0, 1))
    assert explained(parts_table(found, (0, 1), parted, part_rows(found, 0, 1, parted), "Parts"))
    result = latest(made(question, [((0.8, 0.2), 9), ((0.3, 0.7), 8)]))
    assert explained(shares_table(result, question))
    assert explained(group_weights_table(result, question))
    assert explained(constraint_table(tender()), 1)
    near = make_question({"a": [1.0, 1.0], "b": [5.2, 2.0], "c": [5.0, 4.0]}, spread=1.0)
    pairs = near_table(equal(near))
    assert explained(pairs)
    assert ">b</button>" in pairs
