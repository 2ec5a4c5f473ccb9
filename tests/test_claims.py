"""What results may claim: small questions whose right answers are known from elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from dashboard.cli import main
from tests.small_questions import Table, write_table

BENEFIT = {"All": {"Benefit": (0.0, 100.0)}}

TWO_UNCERTAIN = Table(
    BENEFIT,
    {
        "Tidal barrage": [(20.0, 62.0, 95.0)],
        "New reactor": [(20.0, 60.0, 95.0)],
        "Today": [30.0],
        "Small repair": [32.0],
        "Larger repair": [35.0],
    },
    status_quo="Today",
)
TWO_SURE = Table(
    BENEFIT,
    {
        "Signed contract": [80.0],
        "Second offer": [70.0],
        "Pilot one": [(5.0, 20.0, 45.0)],
        "Pilot two": [(5.0, 25.0, 50.0)],
        "Pilot three": [(2.0, 22.0, 55.0)],
    },
)
NO_BANDS = Table(
    {
        "Use": {"Prevalence": (-100.0, 100.0), "Patterns": (-100.0, 100.0)},
        "Health": {"Health effects": (-100.0, 100.0), "Social costs": (-100.0, 100.0)},
        "Crime": {"Organised": (-100.0, 100.0), "Acquisitive": (-100.0, 100.0)},
    },
    {
        "Repression": [0.0, -10.0, 0.0, 0.0, 0.0, -10.0],
        "Regulated": [5.0, 5.0, 15.0, 0.0, -20.0, -15.0],
        "Free market": [-30.0, -45.0, -35.0, -65.0, -10.0, 5.0],
        "As today": [0.0] * 6,
    },
    status_quo="As today",
)
SIDE_EFFECTS = Table(
    {
        "Benefit": {"Efficacy": (0.8, 1.4)},
        "Risk": dict.fromkeys(
            ("Diarrhea", "Dizziness", "Headache", "Insomnia", "Nausea"), (40.0, 0.0)
        ),
    },
    {
        "Fluoxetine": [
            1.0,
            (8.496, 11.7, 14.904),
            (5.342, 7.2, 9.058),
            (12.409, 16.6, 20.791),
            (11.278, 13.7, 16.122),
            (16.306, 18.6, 20.894),
        ],
        "Paroxetine": [
            (1.0143, 1.0898, 1.1709),
            (6.816, 9.2, 11.584),
            (8.575, 10.6, 12.625),
            (14.6, 21.2, 27.8),
            (10.545, 14.3, 18.055),
            (13.558, 18.3, 23.042),
        ],
        "Sertraline": [
            (1.0394, 1.0997, 1.1634),
            (12.004, 15.4, 18.796),
            (5.603, 7.5, 9.397),
            (15.356, 20.2, 25.044),
            (10.886, 15.0, 19.114),
            (16.168, 19.5, 22.832),
        ],
        "Venlafaxine": [
            (1.0528, 1.1196, 1.1907),
            (2.527, 5.5, 8.473),
            (10.01, 15.7, 21.39),
            (9.66, 12.8, 15.94),
            (6.099, 11.2, 16.301),
            (28.847, 31.0, 33.153),
        ],
    },
)
INDICATORS = {
    "Indicator 1": (-60.0, 10.0),
    "Indicator 2": (0.0, 0.12),
    "Indicator 3": (10.0, 35.0),
}
MEANS = {
    "Alt1": [(-15.2, 8.2), (0.04, 0.0), (24.5, 6.2)],
    "Alt2": [(-12.4, 8.7), (0.05, 0.0), (24.5, 4.8)],
    "Alt3": [(1.6, 2.0), (0.11, 0.0), (14.0, 0.6)],
    "Alt4": [(-39.7, 14.0), (0.01, 0.0), (26.5, 4.41)],
}
NORMAL = Table(
    {"One": INDICATORS, "Two": {f"{name} again": ends for name, ends in INDICATORS.items()}},
    {
        option: [{"mean": mean, "sd": sd} if sd else mean for mean, sd in (*moments, *moments)]
        for option, moments in MEANS.items()
    },
)
VERSIONS = Table(
    {"Gain": {"Benefit": (0.0, 100.0)}, "Burden": {"Cost": (100.0, 0.0)}},
    {
        "Plain scheme": [(20.0, 60.0, 95.0), 40.0],
        "Dearer version": [(20.0, 60.0, 95.0), 45.0],
        "Today": [10.0, 0.0],
    },
    status_quo="Today",
)
SHARED = {"shared_errors": [{"criteria": ["benefit"], "why": "One study of one scheme."}]}


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The output of a command on a table."""

    def run(table: Table, command: str, *options: str) -> str:
        folder = tmp_path / f"q{len(list(tmp_path.iterdir()))}"
        assert main([command, "--question", str(write_table(folder, table)), *options]) == 0
        return capsys.readouterr().out

    return run


def robust(said: Any, table: Table, *options: str) -> Any:
    return json.loads(said(table, "robustness", "--json", *options))


def test_two_uncertain_leaders_are_not_decided_by_exact_options_beside_them(said: Any) -> None:
    out = said(TWO_UNCERTAIN, "rank")
    assert "No clear winner: Tidal barrage is only 2 points ahead" in out
    assert re.search(
        r"All other options are within the uncertainty \(4\d points to New reactor\): "
        "too close to call",
        out,
    )
    found = robust(said, TWO_UNCERTAIN, "--samples", "20000")
    assert found["verdict"]["decided"] is False
    assert found["verdict"]["error_of_lead"] == pytest.approx(50, abs=4)
    assert found["acceptability"]["given_weights"]["tidal-barrage"]["ranks"][0] < 0.55


def test_two_exact_leaders_are_decided_whatever_is_uncertain_behind_them(said: Any) -> None:
    out = said(TWO_SURE, "rank")
    assert "Signed contract leads by 10 points." in out
    assert "too close to call" not in out
    found = robust(said, TWO_SURE, "--samples", "20000")
    assert found["verdict"]["decided"] is True
    assert found["verdict"]["error_of_lead"] == 0
    assert not [f for f in found["health"] if f["kind"] == "near-tie" and "signed" in str(f)]


def test_without_bands_no_error_and_no_chance_is_claimed(said: Any) -> None:
    out = said(NO_BANDS, "rank")
    assert "No score has a band, so how far scores may be off is unknown" in out
    assert "give scores a low and a high, or switch on the assumed band" in out
    everything = said(NO_BANDS, "robustness", "--samples", "2000")
    for claim in (
        "score error",
        "almost certain",
        "likely",
        "roughly even chance",
        "10-90 %",
        "band would",
    ):
        assert claim not in everything, claim
    assert "Regulated would lead if the weight of Organised went below 9.1 %" in everything
    found = robust(said, NO_BANDS, "--samples", "2000")
    scores = {entry["id"]: entry["score"] for entry in found["ranking"]}
    assert scores == pytest.approx(
        {
            "as-today": 50,
            "regulated": 50 - 10 / 12,
            "repression": 50 - 20 / 12,
            "free-market": 35.0,
        },
        abs=1e-3,
    )
    assert found["verdict"]["error_of_lead"] is None
    assert found["verdict"]["decided"] is None
    assert "given_weights" not in found["acceptability"]


def test_an_assumed_band_is_named_wherever_it_counts(said: Any) -> None:
    out = said(NO_BANDS, "rank", "--setting", "assumed-band")
    assert "Setting on: Assumed band of ±10 % of each scale" in out
    assert "No clear winner: As today is only 1 point ahead" in out
    everything = said(NO_BANDS, "robustness", "--setting", "assumed-band", "--samples", "200")
    assert "Setting on: Assumed band of ±10 % of each scale\n" in everything
    found = robust(said, NO_BANDS, "--setting", "assumed-band", "--samples", "20000")
    assert found["settings"] == ["assumed-band"]
    text = said(NO_BANDS, "robustness", "--setting", "assumed-band", "--samples", "500")
    assert "Setting on: Assumed band of ±10 % of each scale\n" in text
    # Symmetric triangles with 10 % of ±10 points of value outside, at six equal weights.
    sd = 10 / (1 - np.sqrt(0.2)) / np.sqrt(6) / 6
    error = 1.28 * np.sqrt(2 * 6) * sd
    assert found["verdict"]["error_of_lead"] == pytest.approx(error, rel=0.01)
    wider = replace(NO_BANDS, question={"assumed_band": 25})
    assert "±25 % of each scale" in said(wider, "rank", "--setting", "assumed-band")


def test_low_and_high_are_percentiles(said: Any) -> None:
    """The acceptabilities of the published distributions, whose percentiles the bands are."""
    found = robust(said, SIDE_EFFECTS, "--samples", "200000")
    first = [
        found["acceptability"]["all_weights"][o.lower()]["ranks"][0] for o in SIDE_EFFECTS.options
    ]
    assert first == pytest.approx([0.23, 0.25, 0.16, 0.35], abs=0.015)
    given = found["acceptability"]["given_weights"]["venlafaxine"]["ranks"][0]
    assert given == pytest.approx(0.45, abs=0.01)
    limits = robust(
        said, replace(SIDE_EFFECTS, question={"bands": "limits"}), "--samples", "200000"
    )
    assert limits["acceptability"]["given_weights"]["venlafaxine"]["ranks"][0] > 0.53


def test_means_with_standard_deviations_are_normal(said: Any) -> None:
    found = robust(said, NORMAL, "--samples", "200000")
    share = found["acceptability"]["given_weights"]["alt3"]["ranks"][0]
    # An independent calculation: normal draws, cut at the anchors.
    rng = np.random.default_rng(1)
    scores = []
    for moments in MEANS.values():
        total = 0.0
        for (mean, sd), (worst, best) in zip(
            (*moments, *moments), [*INDICATORS.values()] * 2, strict=True
        ):
            drawn = stats.norm(mean, sd or 1e-12).rvs(200_000, random_state=rng)
            total = total + np.clip((drawn - worst) / (best - worst), 0, 1) * 100 / 6
        scores.append(total)
    expected = float(np.mean(np.argmax(np.array(scores), axis=0) == 2))
    assert share == pytest.approx(expected, abs=0.005)
    assert 0.93 < share < 0.97
    assert found["verdict"]["decided"] is True


def test_versions_of_one_scheme_share_its_doubt(said: Any) -> None:
    own = robust(said, VERSIONS, "--samples", "50000")
    assert own["acceptability"]["given_weights"]["dearer-version"]["ranks"][0] > 0.25
    table = replace(
        VERSIONS,
        tree={
            "shared_errors": [
                {**SHARED["shared_errors"][0], "proposals": ["plain-scheme", "dearer-version"]}
            ]
        },
    )
    found = robust(said, table, "--samples", "50000")
    given = found["acceptability"]["given_weights"]
    assert given["dearer-version"]["ranks"][0] == 0
    assert given["plain-scheme"]["beats"]["dearer-version"] == 1
    assert found["verdict"]["decided"] is True  # over its runner-up, the dearer version
    out = said(table, "rank")
    assert "Plain scheme leads Dearer version by 2.5 points (60.0 against 57.5)" in out
    assert "but Today may be ahead" in out
    everything = said(table, "robustness", "--samples", "2000")
    assert "One shared error is enough: Today would lead" in everything


def test_an_option_that_comes_first_more_often_is_in_the_headline(said: Any) -> None:
    table = Table(
        BENEFIT,
        {"Steady": [50.0], "Promising": [(45.0, 48.0, 80.0)]},
    )
    out = said(table, "rank")
    assert (
        "No clear winner: Steady is only 2 points ahead, but Promising comes first more often."
    ) in out

    # The triangle with its mode at 48 and a tenth outside 45 and 80, found another way.
    def outside(ends: tuple[float, float]) -> list[float]:
        law = stats.triang((48 - ends[0]) / (ends[1] - ends[0]), ends[0], ends[1] - ends[0])
        return [law.cdf(45) - 0.1, law.sf(80) - 0.1]

    low, high = optimize.fsolve(outside, (40.0, 90.0))
    mean = (low + 48 + high) / 3
    assert f"On average over the bands Promising is {mean - 50:.0f} points ahead of Steady." in out
    found = robust(said, table)
    assert found["verdict"]["first_more_often"]["proposal"] == "promising"
    share = found["acceptability"]["given_weights"]["promising"]["ranks"][0]
    assert found["verdict"]["first_more_often"]["share"] == pytest.approx(share, abs=0.01)
