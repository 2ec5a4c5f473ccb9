"""The lengths and the annexes that a briefing can have."""

from __future__ import annotations

from typing import Literal, get_args

Length = Literal["one-page", "two-pages", "full"]
Annex = Literal[
    "terms", "matrix", "weights", "robustness", "workshop", "evidence", "overrides", "logs"
]

LENGTHS: tuple[Length, ...] = get_args(Length)
ANNEXES: tuple[Annex, ...] = get_args(Annex)
