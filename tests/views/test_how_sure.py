"""The page How sure through Streamlit's test runner, on the shipped question and on odd ones."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.question import Question
from dashboard.robustness.assessment import assess
from dashboard.robustness.readings import sample
from dashboard.robustness.workers import Workers
from dashboard.ui import cached, sampling_box
from dashboard.ui.keys import Key
from dashboard.ui.question_folder import Opened
from tests.report.questions import make_question
from tests.views.test_pages import (
    RIGHTS_HEADING,
    SHIPPED_HEADING,
    choose,
    heading,
    opened,
    words,
)

PAGE = "how_sure"
LONG = "2,000,000"
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def _no_runs_left() -> Iterator[None]:
    cached.sampling_desk.cache_clear()
    yield
    cached.sampling_desk.cache_clear()


class Desk:
    """A question that is in no folder."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def open(self) -> Opened:
        return Opened(self.question, ())


def shown(question: Question, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    desk = Desk(question)
    monkeypatch.setattr(cached, "question_folder", lambda _: desk)
    # The fixture of all pages clears what it finds under this name.
    monkeypatch.setattr(desk, "cache_clear", lambda: None, raising=False)
    app = opened(PAGE)
    assert not app.exception
    return app


def open_all(app: AppTest) -> AppTest:
    """Every table that is made when it is opened."""
    for key in (
        Key.SHARES, Key.CENTRES, Key.ALL_WEIGHTS, Key.ALL_FLIPS, Key.ALL_CHECKS, Key.SCENARIOS
    ):  # fmt: skip
        app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def test_the_page_says_how_far_the_ranking_can_be_trusted() -> None:
    app = opened(PAGE)
    assert heading(app) == SHIPPED_HEADING
    said = words(app)
    assert (
        f"{SHIPPED_HEADING} Moving 0.5 % of all weight brings Capital amnesty level with the lead."
        in said
    )
    assert "With these weights it is very unlikely (15 %) that Sanctuary comes first" in said
    assert "confidence in the evidence behind Sanctuary is low for 49 %" in said
    assert "Weights: Equal branches, as no weights were chosen." in said
    assert "Capital amnesty 33 % 40 to 53 72 %" in said
    assert "Recovery money Yield 10 % Fragile +0.8 points 0 % to 11 % above 11 %:" in said
    assert "5 of 36 modelling choices change the leader" in said
    assert "Sanctuary leads in 4 of 6 scenarios" in said
    assert "Central weights" not in said


def test_the_page_follows_the_weights() -> None:
    app = opened(PAGE)
    choose(app, "human-rights")
    assert heading(app) == RIGHTS_HEADING
    said = words(app)
    assert (
        f"{RIGHTS_HEADING} Moving 7.6 % of all weight brings Status quo level with the lead."
        in said
    )
    assert "Weights: Human-rights NGOs." in said


def test_another_reading_of_the_weights_changes_the_shares() -> None:
    app = opened(PAGE)
    app.button_group(key=Key.READING).set_value("All weights").run()
    said = words(app)
    assert "All weights: all possible weights; the scores vary as well." in said
    assert "Capital amnesty 24 % 33 to 53 65 %" in said


def test_shape_correlation_and_seed_are_those_asked_for() -> None:
    app = opened(PAGE)
    assert app.button_group(key=Key.DISTRIBUTION).help.startswith(
        "Low and high are the 10th and 90th percentile unless the question says otherwise; "
    )
    app.text_input(key=Key.SEED).set_value("7")
    app.slider(key=Key.CORRELATION).set_value(0.5)
    app.button_group(key=Key.DISTRIBUTION).set_value("PERT").run()
    said = words(app)
    assert "20,000 samples, seed 7;" in said
    assert "PERT distributions, errors of one option correlated by 0.5." in said


def test_a_seed_that_cannot_be_read_is_refused_beside_its_field_and_stays() -> None:
    app = opened(PAGE)
    app.text_input(key=Key.SEED).set_value("1,5").run()
    said = words(app)
    assert "Give a whole number from 0 to 2147483647. Until then the figures are of seed 0." in said
    assert "20,000 samples, seed 0;" in said
    assert app.text_input(key=Key.SEED).value == "1,5"


def test_every_table_opens() -> None:
    said = words(open_all(opened(PAGE)))
    assert "Rank acceptability: share of the samples" in said
    assert "First under them 50 % 49 % 14 % 40 % 46 % 59 % 19 %" in said
    assert "Range of Legal safety 25 % wider Sanctuary nothing changes" in said
    assert "United States leaves allied tasks 1 best 2 0.5" in said


def test_the_weights_can_be_read_by_branch() -> None:
    app = open_all(opened(PAGE))
    app.button_group(key=Key.WEIGHTS_ORDER).set_value("By branch").run()
    said = words(app)
    assert "Consent The whole branch 20 % Sensitive \u22122.1 points 18 % to 33 %" in said


class Held:
    """Sampling that stands at a quarter until it is let go, and fails if it is told to."""

    def __init__(self, fails: bool = False) -> None:
        self.fails, self.go, self.begun = fails, False, 0
        self._sample = sample

    def __call__(self, evaluation, sampling, workers: Workers, errors):  # type: ignore[no-untyped-def]
        self.begun += 1
        if self.fails:
            raise ValueError("inside")
        assert workers.progress is not None
        assert workers.cancelled is not None
        workers.progress(1, 4)
        while not self.go:
            time.sleep(0.005)
            if workers.cancelled():
                break
        few = sampling._replace(samples=3_000)
        return self._sample(evaluation, few, workers, errors)


def until_said(app: AppTest, sentence: str) -> None:
    end = time.monotonic() + PATIENCE
    while sentence not in words(app) + "".join(e.proto.text for e in app.get("progress")):
        assert time.monotonic() < end, words(app)
        time.sleep(0.02)
        app.run()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    work = Held()
    monkeypatch.setattr(sampling_box, "sample", work)
    return work


def test_many_samples_are_drawn_beside_the_page(held: Held) -> None:
    app = opened(PAGE)
    app.selectbox(key=Key.SAMPLES).set_value(2_000_000).run()
    until_said(app, f"25 % of {LONG} samples are drawn; until then the figures are of 20,000.")
    assert "20,000 samples, seed 0" in words(app)
    app.button_group(key=Key.READING).set_value("Nearby").run()
    held.go = True
    until_said(app, "3,000 samples, seed 0")
    assert not app.get("progress")
    assert held.begun == 1


def test_a_run_can_be_stopped_and_begun_again(held: Held) -> None:
    app = opened(PAGE)
    app.selectbox(key=Key.SAMPLES).set_value(2_000_000).run()
    until_said(app, "25 % of")
    app.button(key=Key.STOP).click().run()
    until_said(app, f"Stopped after 25 % of {LONG} samples. The figures are of 20,000 samples.")
    assert held.begun == 1
    held.go = True
    app.button(key=Key.AGAIN).click().run()
    until_said(app, "3,000 samples, seed 0")
    assert held.begun == 2


def test_a_run_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling_box, "sample", Held(fails=True))
    app = opened(PAGE)
    app.selectbox(key=Key.SAMPLES).set_value(200_000).run()
    until_said(
        app,
        "The run ended with a fault of kind ValueError; the terminal where the server runs has "
        "the details. The figures are of 20,000 samples.",
    )
    assert not app.exception


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        (make_question({"soup": (5,)}), "soup is the only option, so there is no ranking to doubt"),
        (
            make_question({"soup": (6,), "salt": (1,)}),
            "soup leads by 50 points On best estimates, no change of weights changes the leader.",
        ),
        (
            make_question({"a": (5, 5), "b": (5, 5), "c": (5, 5)}),
            "All 3 options are equal on every criterion",
        ),
        (
            make_question({"a": (5, 5), "b": (5, 5)}, status_quo="a", spread=1.0),
            "Both options are equal on every criterion",
        ),
        (
            make_question({"a": (6, 1), "b": (1, 6), "c": (0, 0)}, spread=0.5),
            "a and b tie for first with 35 points",
        ),
    ],
    ids=["one option", "one criterion", "all equal", "equal with bands", "two that tie"],
)
def test_odd_questions_fill_the_page(
    question: Question, finding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_all(shown(question, monkeypatch))
    said = words(app)
    assert said.startswith(f"{question.context.title} {finding}")
    assert "nan" not in said.lower().split()
    assert "None" not in said.replace("None of", "")
    assert "scenario" not in said.lower()


def test_thirty_options_on_forty_criteria_with_long_names(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    names = {f"option-{i}": f"{i} {'<b>long</b> *name* ' * 16}" for i in range(30)}
    performances = {option: rng.uniform(2, 8, 40).round(2).tolist() for option in names}
    question = make_question(performances, spread=1.0, branch_sizes=[8] * 5, names=names)
    app = open_all(shown(question, monkeypatch))
    bodies = " ".join(element.proto.body for element in app.get("html"))
    assert "<b>long" not in bodies
    said = words(app)
    assert "7 to 30" in said
    assert said.split().count("Fragile") > 6


def many() -> Question:
    """Sixty options on two criteria; the first leads."""
    rows = {f"option-{i}": (9.0 - i / 10, 3.0 + i / 20) for i in range(60)}
    rows["option-0"] = (9.5, 6.0)
    return make_question(rows, spread=0.2, status_quo="option-59")


class HeldAssessment(Held):
    """The whole assessment, held in the same way."""

    def __init__(self) -> None:
        super().__init__()
        self._sample = assess  # type: ignore[assignment]


@pytest.fixture
def held_assessment(monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldAssessment]:
    cached.assessment_desk.cache_clear()
    work = HeldAssessment()
    monkeypatch.setattr(sampling_box, "assess", work)
    yield work
    cached.assessment_desk.cache_clear()


def test_many_options_are_tested_beside_the_page_with_progress(
    held_assessment: HeldAssessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shown(many(), monkeypatch)
    assert heading(app) == "option-0 leads by 18 points"
    until_said(app, "Testing how far the ranking can be trusted: 25 %")
    held_assessment.go = True
    until_said(app, "3,000 samples, seed 0")
    assert not app.get("progress")
    assert held_assessment.begun == 1
    # Fifty options at a time; the others are one choice away.
    pages = app.selectbox(key=Key.OPTIONS_PAGE)
    assert pages.options == ["1 to 50 of 60", "51 to 60 of 60"]
    assert "option-49 " in words(app)
    assert "option-55 " not in words(app)
    pages.set_value(50).run()
    assert "option-55 " in words(app)
    bodies = [element.proto.body for element in open_all(app).get("html")]
    (shares,) = [body for body in bodies if "Rank acceptability: share" in body]
    assert ("option-55<" in shares, "option-20<" in shares) == (True, False)


def test_the_test_of_many_options_can_be_stopped_and_begun_again(
    held_assessment: HeldAssessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shown(many(), monkeypatch)
    until_said(app, "Testing how far the ranking can be trusted: 25 %")
    app.button(key=Key.STOP).click().run()
    until_said(app, "Stopped after 25 % of the work. Without it nothing can be said here.")
    assert heading(app) == "option-0 leads by 18 points"
    held_assessment.go = True
    app.button(key=Key.AGAIN).click().run()
    until_said(app, "3,000 samples, seed 0")
    assert held_assessment.begun == 2
