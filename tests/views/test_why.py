"""The page Why through Streamlit's own test runner: the pair, its margin, and overridden scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.choice import choose_override
from dashboard.ui.copy_link import link_data
from dashboard.ui.keys import STATE_PARAMETER, Key, undo_key
from dashboard.ui.question_folder import Opened, QuestionFolder
from tests.report.questions import make_question
from tests.views.test_pages import heading, opened, words

CELL = ("sanctuary", "accountability")
LOWER = Override(*CELL, 0.5, 1.0, 7.5, "the court report of 2025")


def overridden(app: AppTest, *overrides: Override) -> AppTest:
    """As the form does, once it has been checked."""
    for override in overrides:
        app.session_state[Key.CHOICE] = choose_override(app.session_state[Key.CHOICE], override)
    return app.run()


def with_form(app: AppTest) -> AppTest:
    """The page with the form open, which is made then."""
    app.session_state[Key.WHAT_IF] = True
    return app.run()


NUMBERS = (Key.WHAT_IF_LOW, Key.WHAT_IF_LIKELY, Key.WHAT_IF_HIGH)


def fill(app: AppTest, low: str, likely: str, high: str) -> None:
    for key, value in zip(NUMBERS, (low, likely, high), strict=True):
        app.text_input(key=key).set_value(value)


def numbers_in(app: AppTest) -> list[str | None]:
    """What stands in the three fields."""
    return [app.text_input(key=key).value for key in NUMBERS]


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def show(question: Question, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page on a question made on the spot."""
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(question, ()))
    return opened("why")


def test_the_steps_lead_from_the_second_option_to_the_first() -> None:
    shown = words(opened("why"))
    assert "Criterion 46 48 50 52 54 Points Capital amnesty 45.4 For Sanctuary +9.3" in shown
    assert "Accountability and rule of law weight 10 % level 6 level 3 +3.0 points" in shown
    assert "For Capital amnesty \u22128.8 Recovery money for Ukraine" in shown
    assert "No difference Intelligence and enforcement yield" in shown
    assert "Weights: Equal branches, as no weights were chosen." in shown


def test_the_margin_and_the_table_are_made_when_they_are_opened() -> None:
    app = opened("why")
    assert "draws level" not in words(app)
    app.session_state[Key.MARGIN] = True
    app.session_state[Key.STEPS] = True
    shown = words(app.run())
    assert (
        "Capital amnesty draws level with Sanctuary once at least 0.5 % of all weight moves"
        in shown
    )
    assert "Recovery money 10 % 11 % Capital amnesty" in shown
    assert "Time to effect either may be ahead \u22126.5 to +7.5" in shown
    assert "Recovery money 10 % \u22124.9 ±3.8 49.8" in shown


def test_a_score_is_overridden_and_everything_follows() -> None:
    app = with_form(opened("why"))
    assert numbers_in(app) == ["4.5", "6", "7.5"]
    fill(app, "0,5", "1", "7.5")
    app.text_area(key=Key.WHAT_IF_REASON).set_value(" the court report of 2025\n")
    app.button(key=Key.WHAT_IF_SUBMIT).click().run()
    assert not app.exception
    assert app.session_state[Key.CHOICE].overrides == (LOWER,)
    shown = words(app)
    assert "What if. 1 score is overridden: Sanctuary on Accountability." in shown
    assert "You can review and undo it on the Why page." in shown
    assert heading(app) == "Capital amnesty is 4.5 points ahead of Sanctuary"  # the pair stays
    assert (
        "1. Sanctuary on Accountability level 6 (4.5 to 7.5) → now level 1 (0.5 to 7.5) "
        "the court report of 2025 Sanctuary scores 40.9 instead of 45.9, rank 7 instead of 1. "
        "Capital amnesty leads instead of Sanctuary."
    ) in shown
    assert "Overridden: level 6 (4.5 to 7.5) in the files. the court report of 2025" in shown
    assert app.text_area(key=Key.WHAT_IF_REASON).value == ""
    app.switch_page("views/weigh.py").run()
    assert heading(app) == (
        "No clear winner: Capital amnesty is only 0.6 points ahead (45.4 against 44.8)"
    )
    assert "1 score is overridden." in words(app)


@pytest.mark.parametrize(
    ("numbers", "reason", "sentence"),
    [
        (("3", "2", "4"), "a reason", "Likely (2) is below low (3); put low <= likely <= high."),
        (("1", "2", ""), "a reason", "Give a number for high."),
        (
            ("1", "2", "1,200"),
            "a reason",
            "“1,200” can be read in two ways. Do you mean 1.2 or 1200? Type the one that you mean.",
        ),
        (
            ("1", "about 2", "3"),
            "a reason",
            (
                "“about 2” is not a number. Type digits alone, with a point or a comma for "
                "decimals, such as 1.8 or 1,8."
            ),
        ),
        (
            ("1", "2", "3"),
            "  ",
            "The reason is missing; say in a few words why the score should be different.",
        ),
        (
            ("1", "2", "3"),
            "x" * 501,
            "The reason has 501 characters; shorten it to 500 or fewer.",
        ),
    ],
)
def test_a_mistake_is_said_in_a_sentence_and_nothing_typed_is_lost(
    numbers: tuple[str, str, str], reason: str, sentence: str
) -> None:
    app = with_form(opened("why"))
    fill(app, *numbers)
    app.text_area(key=Key.WHAT_IF_REASON).set_value(reason)
    app.button(key=Key.WHAT_IF_SUBMIT).click().run()
    assert sentence in words(app)
    assert app.session_state[Key.CHOICE].overrides == ()
    assert numbers_in(app) == list(numbers)
    assert app.text_area(key=Key.WHAT_IF_REASON).value == reason


def test_another_score_brings_its_numbers_and_keeps_the_reason() -> None:
    app = with_form(opened("why"))
    fill(app, "9", "8", "7")
    app.text_area(key=Key.WHAT_IF_REASON).set_value("half written")
    app.button(key=Key.WHAT_IF_SUBMIT).click().run()
    assert "Likely (8) is below low (9)" in words(app)
    app.selectbox(key=Key.WHAT_IF_PROPOSAL).select("status-quo").run()
    app.selectbox(key=Key.WHAT_IF_CRITERION).select("time-to-effect").run()
    assert app.text_input(key=Key.WHAT_IF_LIKELY).value == "60"
    assert "Likely (8) is below low (9)" not in words(app)
    assert app.text_area(key=Key.WHAT_IF_REASON).value == "half written"


def test_overrides_are_undone_one_by_one_and_all_at_once() -> None:
    other = Override("status-quo", "retaliation", 9.0, 9.0, 9.0, "measured")
    app = overridden(opened("why"), LOWER, other)
    assert [b.label for b in app.button if "Undo" in b.label] == ["Undo 1", "Undo 2", "Undo all"]
    app.button(key=undo_key(*CELL)).click().run()
    assert app.session_state[Key.CHOICE].overrides == (other,)
    overridden(app, LOWER)
    app.button(key=Key.UNDO_ALL).click().run()
    assert app.session_state[Key.CHOICE].overrides == ()
    assert "overridden" not in words(app)
    assert STATE_PARAMETER not in app.query_params


def test_the_link_brings_the_override_without_its_reason() -> None:
    first = overridden(opened("why"), LOWER)
    second = opened("why", **{STATE_PARAMETER: first.query_params[STATE_PARAMETER]})
    shown = words(second)
    assert "Sanctuary on Accountability level 6 (4.5 to 7.5)" in shown
    assert "No reason given; a link does not carry any." in shown
    assert "court report" not in shown


def test_every_page_says_that_a_score_is_overridden() -> None:
    app = overridden(opened(), LOWER)
    for page in ("weigh", "why", "matrix", "evidence"):
        app.switch_page(f"views/{page}.py").run()
        assert "1 score is overridden: Sanctuary on Accountability." in words(app)


@pytest.mark.parametrize(
    "reason",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\u202e reversed \u202c שלום",
        "😀 *bold* #panic() $x$ :material/delete:",
    ],
)
def test_a_hostile_reason_is_shown_harmless(reason: str) -> None:
    app = with_form(opened("why"))
    fill(app, "0,5", "1", "7.5")
    app.text_area(key=Key.WHAT_IF_REASON).set_value(reason)
    app.button(key=Key.WHAT_IF_SUBMIT).click().run()
    assert "<script>" not in markup(app)
    assert "<img" not in markup(app)
    assert "1. Sanctuary on Accountability" in words(app)
    plain = " ".join(reason.split())
    assert words(app).count(plain) == 2  # in the list, and in the score that was opened


def test_a_link_that_is_too_long_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {f"option-{i}": [float((i * j) % 10) for j in range(40)] for i in range(30)}
    question = make_question(rows)
    app = show(question, monkeypatch)
    app.switch_page("views/weigh.py").run()
    numbers = [Override(p.id, c.id, 0.1, 0.1 + i * j / 1234.5, 9.87654321, "why not")
               for i, p in enumerate(question.proposals)
               for j, c in enumerate(question.criteria)
               if i * j / 1234.5 < 9]  # fmt: skip
    overridden(app, *numbers)
    assert not app.exception
    told = link_data(question, app.session_state[Key.CHOICE], "question")
    assert told["query"] is None
    assert told["said"].startswith("This holds more than a link can carry safely (4 kB)")
    assert STATE_PARAMETER not in app.query_params
    app.switch_page("views/why.py").run()
    assert f"{len(numbers) - 30} more follow as these are undone." in words(app)


def test_an_edit_that_takes_an_option_away_takes_its_override_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = make_question({"a": (9.0, 2.0), "b": (4.0, 6.0), "c": (1.0, 1.0)})
    app = show(before, monkeypatch)
    overridden(
        app,
        Override("a", "criterion-0", 1.0, 1.0, 1.0, "one"),
        Override("c", "criterion-0", 1.0, 2.0, 3.0, "two"),
    )
    after = before.replace(proposals=before.proposals[:2])
    monkeypatch.setattr(QuestionFolder, "open", lambda _: Opened(after, ()))
    app.run()
    assert [warning.value for warning in app.warning] == [
        (
            "The question was edited. An overridden score does not fit it any more and was taken "
            "back: c on criterion-0."
        )
    ]
    assert [o.cell for o in app.session_state[Key.CHOICE].overrides] == [("a", "criterion-0")]


DEGENERATE: dict[str, dict[str, Any]] = {
    "one option": {"performances": {"a": (1.0, 2.0)}},
    "one criterion": {"performances": {"a": (1.0,), "b": (2.0,)}},
    "all equal": {"performances": {"a": (5.0, 5.0), "b": (5.0, 5.0)}},
    "nothing anywhere": {"performances": {"a": (0.0, 0.0), "b": (0.0, 0.0)}},
    "with a status quo": {"performances": {"a": (3.0, 0.0), "b": (2.0, 9.0)}, "status_quo": "b"},
    "large, with long names": {
        "performances": {f"o{i}": [float((i * j) % 11) for j in range(40)] for i in range(30)},
        "names": {f"o{i}": f"<b>{i}" + "N" * 295 for i in range(30)},
        "spread": 1.0,
    },
}


@pytest.mark.parametrize("made", DEGENERATE.values(), ids=DEGENERATE)
def test_every_question_has_a_page(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    app = show(make_question(**made), monkeypatch)
    app.session_state[Key.MARGIN] = True
    app.session_state[Key.STEPS] = True
    app.run()
    first = app.session_state[Key.QUESTION].proposals[0].id
    overridden(app, Override(first, "criterion-0", 6.0, 7.0, 11.0, "different"))
    assert not app.exception
    assert heading(app)
    assert "<b>" not in markup(app)
    assert not {"nan", "inf"} & set(words(app).lower().replace("%", " ").split())


def test_nothing_of_a_file_is_read_as_markup_by_streamlit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Labels of widgets are Markdown: what comes from a file stays out of them."""
    question = make_question(
        {"a": (9.0,), "b": (4.0,)}, names={"a": ":material/delete: **a**", "b": "[b](//x)"}
    )
    app = overridden(show(question, monkeypatch), Override("a", "criterion-0", 1, 2, 3, "x"))
    labels = [widget.label for kind in (app.button, app.selectbox, app.text_input)
              for widget in kind]  # fmt: skip
    assert labels
    assert [label for label in labels if "material" in label or "//x" in label] == []


def test_the_form_is_made_when_it_is_first_opened_and_stays_when_it_is_closed() -> None:
    app = opened("why")
    assert len(app.text_input) == 0
    with_form(app)
    app.session_state[Key.WHAT_IF] = False
    assert len(app.run().text_input) == 3
