"""Every key of the session state and of the address, in one place."""

from __future__ import annotations

from enum import StrEnum


class Key(StrEnum):
    """Keys of ``st.session_state``."""

    CHOICE = "choice"
    COMPONENT = "weights_component"
    DOWNLOAD = "download"
    DOWNLOADER = "downloader"
    NOTICE = "notice"
    PAIR = "pair"
    FIRST = "first"
    SECOND = "second"
    SEARCH = "search"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    ACCOUNT = "account"
    BROWSER = "browser"
    REMEMBERED = "remembered"
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
    MARGIN = "margin"
    STEPS = "steps"
    WHAT_IF = "what_if"
    WHAT_IF_FORM = "what_if_form"
    WHAT_IF_SHOWN = "what_if_shown"
    WHAT_IF_CELL = "what_if_cell"
    WHAT_IF_PROPOSAL = "what_if_proposal"
    WHAT_IF_CRITERION = "what_if_criterion"
    WHAT_IF_LOW = "what_if_low"
    WHAT_IF_LIKELY = "what_if_likely"
    WHAT_IF_HIGH = "what_if_high"
    WHAT_IF_REASON = "what_if_reason"
    WHAT_IF_FAULTS = "what_if_faults"
    WHAT_IF_SUBMIT = "what_if_submit"
    UNDO_ALL = "undo_all"
    LINKS = "links"
    VIEW = "view"
    SEARCHED = "searched"
    NEAR = "near"
    RAW_CSV = "raw_csv"
    VALUES_CSV = "values_csv"
    CONTRIBUTIONS_CSV = "contributions_csv"
    EVIDENCE_SHARES = "evidence_shares"
    EVIDENCE_MAP = "evidence_map"
    EVIDENCE_WEIGHT = "evidence_weight"
    CLOSE = "close"
    PLANE = "plane"
    DIVIDED = "divided"
    DIVIDED_OPTIONS = "divided_options"
    PERSPECTIVE = "perspective"
    AGAINST = "against"
    OPTION = "option"
    RIVAL = "rival"
    RANKS_TABLE = "ranks_table"
    PARTS_TABLE = "parts_table"
    COMPROMISE = "compromise"
    SERVED = "served"
    SWITCH = "switch"
    QUESTIONS = "questions"
    OFFER = "offer"
    OPEN_OFFER = "open_offer"
    CLOSE_OFFER = "close_offer"
    HELP = "help"
    GLOSSARY = "glossary"
    LIKELIHOOD = "likelihood"
    WELCOME = "welcome"
    WELCOMED = "welcomed"
    WELCOME_DONE = "welcome_done"
    ROOM_RANKS = "room_ranks"
    ROOM_SHARES = "room_shares"
    ROOM_GROUPS = "room_groups"
    ROOM_WEIGHTS = "room_weights"
    ROOM_CHANGES = "room_changes"
    ROOM_ROUNDS = "room_rounds"


WHAT_IF_NUMBERS = (Key.WHAT_IF_LOW, Key.WHAT_IF_LIKELY, Key.WHAT_IF_HIGH)


def undo_key(proposal: str, criterion: str) -> str:
    """Of the button that takes the override of one score back."""
    return f"undo_{proposal}_{criterion}"


OF_THE_VISIT = (Key.SERVED, Key.QUESTIONS, Key.VISITOR, Key.BROWSER, Key.WELCOMED)
"""What belongs to the visitor, whichever question is shown."""

OF_THE_QUESTION = (Key.QUESTION, Key.CHOICE, Key.SAVED, Key.PAIR, Key.BLIND)
"""What is kept of a question while the visitor looks at another; the rest begins anew."""


def component_key(slug: str) -> str:
    """Of the weights component: each question has one of its own, so none hears another's."""
    return f"{Key.COMPONENT}_{slug}"


def provider_key(provider: str | None) -> str:
    """Of the button that signs in with an account of one provider."""
    return f"provider_{provider or ''}"


def setting_key(identifier: str) -> str:
    """Of the box that switches one setting on."""
    return f"setting_{identifier}"


STATE_PARAMETER = "s"
"""The query parameter that carries a choice of weights."""

QUESTION_PARAMETER = "q"
"""The query parameter that says which of several questions is shown."""

LOST_PARAMETER = "lost"
"""The query parameter that carries an address at which there is no page."""

PAIR_PARAMETERS = ("first", "second")
"""The query parameters that carry the ids of a compared pair."""

SCORE_PARAMETER, ENTRY_PARAMETER = "score", "entry"
"""The query parameters that open a score or an entry of the register on the page Evidence."""

DIVIDED_PARAMETERS = ("perspective", "against")
"""The query parameters that carry the ids of two perspectives."""

DIVIDED_OPTION_PARAMETERS = ("option", "rival")
"""The query parameters that carry the ids of the options they are held against each other on."""
