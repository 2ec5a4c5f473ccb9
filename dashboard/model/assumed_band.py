"""A band for scores that have none, which somebody may switch on; off unless they do."""

from __future__ import annotations

from dashboard.model.errors import digits
from dashboard.model.weighting import Setting

ASSUMED_BAND = "assumed-band"
"""The id of the setting; a question that has a setting of this id keeps its own."""

_USUAL_PERCENT = 10.0


def assumed_percent(stated: float | None) -> float:
    """Half the width of the band, in percent of each scale."""
    return _USUAL_PERCENT if stated is None else stated


def assumed_band_setting(stated: float | None) -> Setting:
    """The setting as it is offered beside those of the files."""
    width = digits(assumed_percent(stated))
    return Setting(
        id=ASSUMED_BAND,
        name=f"Assumed band of \u00b1{width} % of each scale",
        why=(
            f"Scores without a band are taken to lie within \u00b1{width} % of the scale of their "
            "criterion, from the 10th to the 90th percentile. Nobody has judged these bands: they "
            "show what such doubt would do to the ranking."
        ),
    )
