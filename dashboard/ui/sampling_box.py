"""How a page is sampled: the controls, and a long run with its progress and its Stop."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.model.typed_number import Limits
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment
from dashboard.robustness.readings import Sampled, ScoreErrors, sample
from dashboard.robustness.score_sampling import Distribution
from dashboard.robustness.workers import Workers
from dashboard.ui import session
from dashboard.ui.background import Status
from dashboard.ui.cached import assessment, evaluation_key, sampling_desk
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


class Run(NamedTuple):
    """A run of many samples: its key, and how it stands for this visitor."""

    key: Hashable
    samples: int
    status: Status[Sampled]


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
            help="Between low and high, with likely on top. PERT keeps closer to likely.",
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
    """The assessment from few samples."""
    return assessment(evaluation, Sampling(QUICK, seed), errors or ScoreErrors())


def assessed(
    evaluation: Evaluation, samples: int, seed: int, errors: ScoreErrors
) -> tuple[Assessment, Run | None]:
    """The assessment from as many samples as there are by now, and the run that draws more."""
    quick, desk = quickly_assessed(evaluation, seed, errors), sampling_desk()
    if samples == QUICK:
        desk.leave(session.visitor())
        return quick, None

    def work(workers: Workers) -> Sampled:
        return sample(evaluation, Sampling(samples, seed), workers, errors)

    key = (*evaluation_key(evaluation), samples, seed, errors)
    status = desk.ask(session.visitor(), key, work)
    if status.result is not None:
        return replace(quick, sampled=status.result), None
    return quick, Run(key, samples, status)


def run_box(run: Run) -> None:
    """What a run is doing, and the button that ends it or begins it again."""
    if run.status.under_way:
        _progress(run)
        return
    said = f"{run.status.fault} " if run.status.fault else ""
    if run.status.state == "stopped":
        said = f"Stopped after {run.status.share * 100:.0f} % of {run.samples:,} samples. "
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(element("p", f"{said}The figures are of {QUICK:,} samples.", role="status"))
        st.button("Start again", key=Key.AGAIN, on_click=_again, args=(run.key,))


@st.fragment(run_every=_POLL_SECONDS)
def _progress(run: Run) -> None:
    """Runs by itself, so that the rest of the page stands still until there is something new."""
    status = sampling_desk().look(session.visitor(), run.key)
    if status is None or not status.under_way:
        st.rerun()
    share = f"{status.share * 100:.0f} % of {run.samples:,} samples are drawn"
    if status.state == "waiting":
        share = f"{run.samples:,} samples wait for another visitor's to be drawn"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(status.share, f"{share}; until then the figures are of {QUICK:,}.")
        st.button("Stop", key=Key.STOP, on_click=_stop, args=(run.key,))


def _stop(key: Hashable) -> None:
    sampling_desk().stop(session.visitor(), key)


def _again(key: Hashable) -> None:
    sampling_desk().again(session.visitor(), key)
