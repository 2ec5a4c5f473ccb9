"""What low and high are, means with standard deviations, bounds, shared and assumed errors."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from dashboard.methods.arrays import performance
from dashboard.model.assumed_band import ASSUMED_BAND
from dashboard.model.bands import outside
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from tests.conftest import ROOT
from tests.report.questions import make_question

MINIMAL = ROOT / "tests" / "data" / "minimal"
DISCLAIMER = "disclaimer: An invented example.\n"
PRICE_OF_TRAM = "    low: 60\n    likely: 70\n    high: 85\n"
PRICE_ANCHORS = "        worst: 90\n        best: 10\n"
LAST_ANCHORS = "        worst: 80\n        best: 40\n"


def changed(folder: Path, *changes: tuple[str, str, str]) -> Question:
    """The minimal question with texts replaced: file, old, new."""
    target = shutil.copytree(MINIMAL, folder / "question")
    for name, old, new in changes:
        path = target / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    return load_question(target)


def test_bands_say_how_much_lies_outside() -> None:
    assert outside("percentiles") == pytest.approx((0.1, 0.1))
    assert outside("limits") == (0, 0)
    assert outside((5.0, 80.0)) == pytest.approx((0.05, 0.2))


def test_bands_are_percentiles_unless_a_question_or_a_score_says_otherwise(
    tmp_path: Path,
) -> None:
    question = changed(
        tmp_path,
        ("seeds/question.yaml", DISCLAIMER, f"{DISCLAIMER}bands: [5, 80]\n"),
        ("proposals/tram.yaml", PRICE_OF_TRAM, f"{PRICE_OF_TRAM}    bands: limits\n"),
    )
    spread = performance(question).spread
    rows = [proposal.id for proposal in question.proposals]
    tram = rows.index("tram")
    assert (spread.below[tram, 0], spread.above[tram, 0]) == (0, 0)
    assert spread.below[tram, 1:] == pytest.approx([0.05, 0.05])
    assert spread.above[tram, 1:] == pytest.approx([0.2, 0.2])
    usual = performance(load_question(MINIMAL)).spread
    assert usual.below == pytest.approx(np.full((3, 3), 0.1))
    assert usual.above == pytest.approx(np.full((3, 3), 0.1))


def test_a_default_that_is_written_out_leaves_the_fingerprint_alone(tmp_path: Path) -> None:
    written = changed(
        tmp_path, ("seeds/question.yaml", DISCLAIMER, f"{DISCLAIMER}bands: percentiles\n")
    )
    assert written.fingerprint == load_question(MINIMAL).fingerprint


@pytest.mark.parametrize("bands", ["limits", "[5, 95]"])
@pytest.mark.parametrize(
    ("name", "after"),
    [("seeds/question.yaml", DISCLAIMER), ("proposals/tram.yaml", f"{PRICE_OF_TRAM}    ")],
)
def test_other_bands_are_another_question(
    name: str, after: str, bands: str, tmp_path: Path
) -> None:
    written = changed(tmp_path, (name, after.rstrip(" "), f"{after}bands: {bands}\n"))
    assert written.fingerprint != load_question(MINIMAL).fingerprint


@pytest.mark.parametrize(
    ("family", "law"),
    [
        ("normal", stats.norm(70, 8)),
        # Of a log-normal distribution the mean is exp(m + s^2 / 2), sd^2 = mean^2 (exp(s^2) - 1).
        (
            "log-normal",
            stats.lognorm(np.sqrt(np.log(1 + (8 / 70) ** 2)), scale=70 / np.hypot(1, 8 / 70)),
        ),
    ],
)
def test_a_mean_with_its_standard_deviation_stands_for_a_band(
    family: str, law: stats.rv_frozen, tmp_path: Path
) -> None:
    assert (law.mean(), law.std()) == pytest.approx((70, 8))
    stated = f"    mean: 70\n    sd: 8\n    distribution: {family}\n"
    question = changed(tmp_path, ("proposals/tram.yaml", PRICE_OF_TRAM, stated))
    score = question.proposal("tram").scores["price"]
    assert score.family == family
    assert score.has_band
    assert (score.low, score.likely, score.high) == pytest.approx((law.ppf(0.1), 70, law.ppf(0.9)))
    kept = score.model_dump(exclude_none=True)
    assert (kept["mean"], kept["sd"], kept["distribution"]) == (70, 8, family)
    assert not {"low", "likely", "high"} & set(kept)


def test_a_mean_is_normal_unless_it_says_so(tmp_path: Path) -> None:
    question = changed(
        tmp_path, ("proposals/tram.yaml", PRICE_OF_TRAM, "    mean: 70\n    sd: 8\n")
    )
    assert question.proposal("tram").scores["price"].family == "normal"


@pytest.mark.parametrize("family", ["normal", "log-normal"])
def test_a_standard_deviation_of_nothing_is_no_band(family: str, tmp_path: Path) -> None:
    stated = f"    mean: 70\n    sd: 0\n    distribution: {family}\n"
    question = changed(tmp_path, ("proposals/tram.yaml", PRICE_OF_TRAM, stated))
    score = question.proposal("tram").scores["price"]
    assert (score.low, score.likely, score.high) == (70, 70, 70)
    assert not score.has_band


def test_bounds_reach_the_distributions(tmp_path: Path) -> None:
    bounded = f"{LAST_ANCHORS}        lower_bound: 20\n        upper_bound: 140\n"
    spread = performance(
        changed(tmp_path, ("criteria/value-tree.yaml", LAST_ANCHORS, bounded))
    ).spread
    assert spread.lower.tolist() == [-np.inf, -np.inf, 20]
    assert spread.upper.tolist() == [np.inf, np.inf, 140]


def test_options_share_an_error_criterion_by_criterion(tmp_path: Path) -> None:
    shared = (
        "shared_errors:\n"
        "  - criteria: [riders, noise]\n    proposals: [tram, bus]\n    why: One forecast.\n"
        "  - criteria: [price]\n    why: One price of steel.\n"
    )
    question = changed(tmp_path, ("criteria/value-tree.yaml", LAST_ANCHORS, LAST_ANCHORS + shared))
    group = performance(question).spread.group
    tram, bus, ferry = (
        [p.id for p in question.proposals].index(i) for i in ("tram", "bus", "ferry")
    )
    # Price is shared by all; riders and noise by two, and each is an error of its own.
    assert len(set(group[:, 0])) == 1
    assert group[0, 0] >= 0
    for column in (1, 2):
        assert group[tram, column] == group[bus, column] >= 0
        assert group[ferry, column] == -1
    assert len({group[0, 0], group[tram, 1], group[tram, 2]}) == 3


# ------------------------------------------------------------------------------- the assumed band


def test_a_question_without_bands_offers_an_assumed_one() -> None:
    question = make_question({"soup": [6.0], "stew": [9.5]})
    assert not question.has_bands
    assert question.active_settings == ()
    (setting,) = question.settings
    assert setting.id == ASSUMED_BAND
    assert setting.name == "Assumed band of ±10 % of each scale"
    assert setting.why == (
        "Scores without a band are taken to lie within ±10 % of the scale of their criterion, from "
        "the 10th to the 90th percentile. Nobody has judged these bands: they show what such doubt "
        "would do to the ranking."
    )
    switched = with_settings(question, [ASSUMED_BAND])
    bands = [
        (score.low, score.likely, score.high, score.bands)
        for proposal in switched.proposals
        for score in proposal.scores.values()
    ]
    # The scale goes from 0 to 10; what reaches beyond an anchor counts as the anchor.
    assert bands == [(5, 6, 7, "percentiles"), (8.5, 9.5, 10.5, "percentiles")]
    assert switched.active_settings == (ASSUMED_BAND,)
    assert switched.fingerprint != question.fingerprint


def test_a_question_with_bands_does_not_offer_it_unless_it_says_so(tmp_path: Path) -> None:
    assert load_question(MINIMAL).settings == ()
    width = f"{DISCLAIMER}assumed_band: 2.5\n"
    question = changed(tmp_path, ("seeds/question.yaml", DISCLAIMER, width))
    assert [setting.name for setting in question.settings] == [
        "Assumed band of ±2.5 % of each scale"
    ]


def test_the_assumed_band_leaves_bands_alone_and_keeps_to_bounds(tmp_path: Path) -> None:
    question = changed(
        tmp_path,
        ("seeds/question.yaml", DISCLAIMER, f"{DISCLAIMER}bands: limits\nassumed_band: 50\n"),
        ("proposals/tram.yaml", PRICE_OF_TRAM, "    low: 70\n    likely: 70\n    high: 70\n"),
        (
            "criteria/value-tree.yaml",
            PRICE_ANCHORS,
            f"{PRICE_ANCHORS}        lower_bound: 0\n        upper_bound: 95\n",
        ),
    )
    switched = with_settings(question, [ASSUMED_BAND])
    # Half of the scale from 10 to 90 is 40 to either side, and 110 cannot be.
    price = switched.proposal("tram").scores["price"]
    assert (price.low, price.likely, price.high, price.bands) == (30, 70, 95, "percentiles")
    for proposal in question.proposals:
        for criterion, score in proposal.scores.items():
            if score.has_band:
                assert switched.proposal(proposal.id).scores[criterion] == score
