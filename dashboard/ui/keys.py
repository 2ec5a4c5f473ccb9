"""Every key of the session state and of the address, in one place."""

from __future__ import annotations

from enum import StrEnum


class Key(StrEnum):
    """Keys of ``st.session_state``."""

    CHOICE = "choice"
    COMPONENT = "weights_component"
    SETTINGS = "settings"
    LATEST = "latest"
    NOTICE = "notice"
    PAIR = "pair"
    FIRST = "first"
    SECOND = "second"
    SEARCH = "search"
    SIGNED_IN = "signed_in"
    SIGN_IN = "sign_in"
    BRIEFING = "briefing"
    POLLED = "polled"
    CONSTRAINTS = "constraints"
    PRINTED = "printed"
    RANKING = "ranking"
    WEIGHTS = "weights"
    QUESTION = "question"
    SAVED = "saved"
    BLIND = "blind"
    VISITOR = "visitor"
    READING = "reading"
    SAMPLES = "samples"
    SEED = "seed"
    DISTRIBUTION = "distribution"
    CORRELATION = "correlation"
    STOP = "stop"
    AGAIN = "again"
    SHARES = "shares"
    CENTRES = "centres"
    ALL_WEIGHTS = "all_weights"
    WEIGHTS_ORDER = "weights_order"
    ALL_FLIPS = "all_flips"
    ALL_CHECKS = "all_checks"
    SCENARIOS = "scenarios"


STATE_PARAMETER = "s"
"""The query parameter that carries a choice of weights."""

PAIR_PARAMETERS = ("first", "second")
"""The query parameters that carry the ids of a compared pair."""
