"""How a page is sampled: the controls, and a long run with its progress and its Stop."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import streamlit as st

from dashboard.methods.distributions import Distribution
from dashboard.methods.evaluate import Evaluation
from dashboard.model.typed_number import Limits
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.readings import Sampled, ScoreErrors, sample
from dashboard.robustness.sample_problem import MANY
from dashboard.robustness.workers import Workers
from dashboard.ui import session
from dashboard.ui.background import RunDesk, Status
from dashboard.ui.cached import (
    assessment,
    assessment_desk,
    evaluation_key,
    sampling_desk,
)
from dashboard.ui.html import element
from dashboard.ui.keys import Key
from dashboard.ui.number_field import NumberField

QUICK = 20_000
"""Samples that a page waits for; of more it does not."""

COUNTS = (QUICK, 200_000, 2_000_000)

_POLL_SECONDS = 0.5
_FIRST_SEED, _LARGEST_SEED = 0, 2**31 - 1
_SEED = NumberField(Key.SEED, Limits(0, _LARGEST_SEED, whole=True), _FIRST_SEED)
_DISTRIBUTIONS: dict[Distribution, str] = {"triangular": "Triangular", "pert": "PERT"}


Kind = Literal["assessment", "samples"]
"""What a run makes: the whole assessment of many options, or more samples for one."""


class Run(NamedTuple):
    """A run beside the page: its key, and how it stands for this visitor."""

    kind: Kind
    key: Hashable
    samples: int
    status: Status[Any]


def count_control() -> int:
    """How many samples the visitor asks for."""
    return st.selectbox(
        "Samples",
        COUNTS,
        format_func=lambda count: f"{count:,}",
        key=Key.SAMPLES,
        bind="query-params",
        width=160,
    )


def error_controls() -> tuple[int, ScoreErrors]:
    """The seed, and how scores are drawn from their bands."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shape = st.segmented_control(
            "Shape of the bands",
            list(_DISTRIBUTIONS),
            default="triangular",
            required=True,
            format_func=lambda shape: _DISTRIBUTIONS[shape],
            key=Key.DISTRIBUTION,
            bind="query-params",
            help=(
                "Low and high are the 10th and 90th percentile unless the question says "
                "otherwise; likely is the most probable value. PERT keeps closer to likely."
            ),
            wrap=True,
        )
        correlation = st.slider(
            "Correlation of one option's errors",
            0.0,
            0.9,
            0.0,
            0.1,
            key=Key.CORRELATION,
            bind="query-params",
            width=260,
            help="Whoever scores an option too kindly on one criterion may do so on others.",
        )
        seed = _SEED.draw(
            "Seed",
            160,
            bind="query-params",
            help="Another seed gives other samples; the same one gives the same figures.",
        )
    if not isinstance(seed, float | int):
        st.html(element("p", f"Until then the figures are of seed {_FIRST_SEED}.", role="status"))
        seed = _FIRST_SEED
    return int(seed), ScoreErrors(shape, correlation)


def quickly_assessed(
    evaluation: Evaluation, seed: int = 0, errors: ScoreErrors | None = None
) -> Assessment:
    """The assessment of few options from few samples."""
    return assessment(evaluation, Sampling(QUICK, seed), errors or ScoreErrors())


def assessed(
    evaluation: Evaluation, samples: int, seed: int, errors: ScoreErrors
) -> tuple[Assessment | None, Run | None]:
    """The assessment from as many samples as there are by now, and the run that adds to it.

    A page waits for the first samples where there are few options. Many take seconds, so they are
    assessed beside the page, and until that has ended there is only the run.
    """
    visitor, desk = session.visitor(), sampling_desk()
    if len(evaluation.scores) > MANY:
        first, sampling = assessment_desk(), Sampling(QUICK, seed)
        whole = (*evaluation_key(evaluation), sampling, errors)
        begun = first.ask(
            visitor, whole, lambda workers: assess(evaluation, sampling, workers, errors)
        )
        if begun.result is None:
            desk.leave(visitor)
            return None, Run("assessment", whole, QUICK, begun)
        quick = begun.result
    else:
        quick = quickly_assessed(evaluation, seed, errors)
    if samples == QUICK:
        desk.leave(visitor)
        return quick, None

    def work(workers: Workers) -> Sampled:
        return sample(evaluation, Sampling(samples, seed), workers, errors)

    key = (*evaluation_key(evaluation), samples, seed, errors)
    status = desk.ask(visitor, key, work)
    if status.result is not None:
        return replace(quick, sampled=status.result), None
    return quick, Run("samples", key, samples, status)


def run_box(run: Run) -> None:
    """What a run is doing, and the button that ends it or begins it again."""
    if run.status.under_way:
        _progress(run)
        return
    said = f"{run.status.fault} " if run.status.fault else ""
    share = f"{run.status.share * 100:.0f} %"
    if run.kind == "assessment":
        said = said or f"Stopped after {share} of the work. "
        said += "Without it nothing can be said here."
    else:
        if run.status.state == "stopped":
            said = f"Stopped after {share} of {run.samples:,} samples. "
        said += f"The figures are of {QUICK:,} samples."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", said, role="status"))
        st.button("Start again", key=Key.AGAIN, on_click=_again, args=(run.kind, run.key))


@st.fragment(run_every=_POLL_SECONDS)
def _progress(run: Run) -> None:
    """Runs by itself, so that the rest of the page stands still until there is something new."""
    status = _desk(run.kind).look(session.visitor(), run.key)
    if status is None or not status.under_way:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(status.share, _words(run, status))
        st.button("Stop", key=Key.STOP, on_click=_stop, args=(run.kind, run.key))


def _words(run: Run, status: Status[Any]) -> str:
    share, waiting = f"{status.share * 100:.0f} %", status.state == "waiting"
    if run.kind == "assessment":
        if waiting:
            return "Waiting until another visitor's ranking is tested"
        return f"Testing how far the ranking can be trusted: {share}"
    said = f"{share} of {run.samples:,} samples are drawn"
    if waiting:
        said = f"{run.samples:,} samples wait for another visitor's to be drawn"
    return f"{said}; until then the figures are of {QUICK:,}."


def _desk(kind: Kind) -> RunDesk[Any]:
    return assessment_desk() if kind == "assessment" else sampling_desk()


def _stop(kind: Kind, key: Hashable) -> None:
    _desk(kind).stop(session.visitor(), key)


def _again(kind: Kind, key: Hashable) -> None:
    _desk(kind).again(session.visitor(), key)
