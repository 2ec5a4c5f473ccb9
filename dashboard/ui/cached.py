"""Everything that is kept between runs; keyed by the whole input, since all users share it."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.second_opinions import Opinion, second_opinions
from dashboard.model.overrides import with_overrides
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.report.briefing.brief import Brief, Findings, findings
from dashboard.report.forms import FORMS, Progress
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.perspectives import Panel, panel
from dashboard.robustness.readings import Sampled, ScoreErrors
from dashboard.robustness.workers import Workers
from dashboard.ui.background import RunDesk
from dashboard.ui.briefs import brief_key
from dashboard.ui.choice import Choice
from dashboard.ui.question_folder import BRIEFING_VARIABLE, Opened, QuestionFolder
from dashboard.ui.served import Served

if TYPE_CHECKING:
    from dashboard.report.save_file.restore import Restored
    from dashboard.report.save_file.verify import Verification
    from dashboard.ui.briefing_preview import Preview
    from dashboard.ui.download import File


@cache
def question_folder(folder: Path) -> QuestionFolder:
    """One reader for each folder, shared by all sessions."""
    return QuestionFolder(folder)


def opened_question(one: Served) -> Opened:
    """A served question as it stands; what came from a briefing stands as it came."""
    if one.question is not None:
        return Opened(one.question, ())
    return question_folder(one.folder).open()


def evaluation_of(question: Question, choice: Choice) -> Evaluation:
    """The evaluation of a choice. Calculating it takes about a millisecond, so it is not kept."""
    switched = with_settings(question, choice.settings)
    return evaluate(with_overrides(switched, choice.overrides), choice.points)


_KEPT = 200


class OpinionDesk:
    """Runs the second opinions on one thread of its own.

    The first call imports scikit-criteria, which takes seconds; no page ever waits for it.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="second-opinions")
        self._lock = Lock()
        self._warm = Event()
        self._results: dict[tuple[str, bytes], Future[tuple[Opinion, ...]]] = {}

    @property
    def ready(self) -> bool:
        """Whether the slow import is behind us, so that an answer takes milliseconds."""
        return self._warm.is_set()

    def ask(self, evaluation: Evaluation) -> Future[tuple[Opinion, ...]]:
        """The opinions on an evaluation, at once or later."""
        key = (evaluation.question.fingerprint, evaluation.weights.tobytes())
        with self._lock:
            if key not in self._results:
                while len(self._results) >= _KEPT:
                    self._results.pop(next(iter(self._results)))
                answer = self._pool.submit(second_opinions, evaluation)
                answer.add_done_callback(lambda _: self._warm.set())
                self._results[key] = answer
            return self._results[key]


@cache
def opinion_desk() -> OpinionDesk:
    """One desk for the whole server."""
    return OpinionDesk()


def evaluation_key(evaluation: Evaluation) -> tuple[str, bytes, bytes]:
    """What two evaluations that are the same have in common: question, weights, performances."""
    raw = evaluation.performance
    performances = b"".join(side.tobytes() for side in (raw.low, raw.likely, raw.high))
    return evaluation.question.fingerprint, evaluation.weights.tobytes(), performances


# Not `cache_data`, which would make a copy for every run: nothing changes an assessment.
@st.cache_resource(
    show_spinner="Testing how far the ranking can be trusted",
    max_entries=50,
    hash_funcs={Evaluation: evaluation_key},
)
def assessment(evaluation: Evaluation, sampling: Sampling, errors: ScoreErrors) -> Assessment:
    """How far a ranking can be trusted; from few samples, since a page waits for it."""
    return assess(evaluation, sampling, errors=errors)


@cache
def assessment_desk() -> RunDesk[Assessment]:
    """Where many options are assessed, which takes seconds; one for the whole server."""
    return RunDesk()


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs={Evaluation: evaluation_key})
def perspective_panel(evaluation: Evaluation, own: str | None) -> Panel:
    """Who disagrees, and what the compromise asks of each."""
    return panel(evaluation, own)


@cache
def sampling_desk() -> RunDesk[Sampled]:
    """Where runs of many samples are made; one for the whole server."""
    return RunDesk()


_MAKING = BoundedSemaphore(2)
"""More at once than there is work for only slow each other down."""


# Not `cache_data`: nothing changes what was found.
@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs={Brief: brief_key})
def brief_findings(brief: Brief, _workers: Workers | None = None) -> Findings:
    """All that a briefing reports. May wait seconds for the first import of scikit-criteria."""
    return findings(brief, opinion_desk().ask(brief.evaluation).result(), _workers)


@st.cache_data(show_spinner=False, max_entries=50, hash_funcs={Brief: brief_key})
def briefing(brief: Brief, ending: str = ".pdf", _progress: Progress | None = None) -> bytes:
    """The briefing in the form whose files end so."""
    (form,) = (form for form in FORMS if form.ending == ending)
    with _MAKING:
        return form.make(brief_findings(brief), _progress)


@cache
def file_desk() -> RunDesk[File]:
    """Where the files of briefings are made; one for the whole server."""
    return RunDesk()


@cache
def starting_brief() -> Brief | None:
    """The briefing that this server was started to open."""
    path = os.environ.get(BRIEFING_VARIABLE)
    if not path:
        return None
    return restored_briefing(Path(path).read_bytes(), Path(path).name).brief


@cache
def preview_desk() -> RunDesk[Preview]:
    """Where the pages of briefings are set to be looked at; one for the whole server."""
    return RunDesk()


@st.cache_resource(show_spinner=False, max_entries=20)
def restored_briefing(pdf: bytes, name: str) -> Restored:
    """What a PDF holds that was dropped in.

    Raises
    ------
    InputError : it is no briefing, or cannot be read.
    """
    from dashboard.report.save_file.pdf_parts import pdf_parts  # noqa: PLC0415
    from dashboard.report.save_file.restore import restored  # noqa: PLC0415

    return restored(pdf_parts(pdf, name).files, name)


@cache
def verification_desk() -> RunDesk[Verification]:
    """Where briefings that were dropped in are calculated again; one for the whole server."""
    return RunDesk()
