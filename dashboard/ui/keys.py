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
    KEPT = "kept"
    KEEPER = "keeper"
    KEPT_LINE = "kept_line"
    KEPT_CLOSE = "kept_close"
    KEPT_BOTH = "kept_both"
    KEPT_START = "kept_start"
    KEPT_FOOT = "kept_foot"
    KEPT_FORGET = "kept_forget"
    KEPT_AGAIN = "kept_again"
    BRIEFING = "briefing"
    BRIEFING_WANTED = "briefing_wanted"
    BRIEFING_VIEW = "briefing_view"
    BRIEFING_WHOSE = "briefing_whose"
    BRIEFING_PERSPECTIVES = "briefing_perspectives"
    BRIEFING_WORKSHOP = "briefing_workshop"
    BRIEFING_LENGTH = "briefing_length"
    BRIEFING_ANNEXES = "briefing_annexes"
    BRIEFING_MARKING = "briefing_marking"
    BRIEFING_AUTHOR = "briefing_author"
    BRIEFING_ASSURER = "briefing_assurer"
    BRIEFING_PAGE = "briefing_page"
    BRIEFING_BACK = "briefing_back"
    BRIEFING_NEXT = "briefing_next"
    BRIEFING_AGAIN = "briefing_again"
    BRIEFING_STOP = "briefing_stop"
    BRIEFING_CLICKED = "briefing_clicked"
    BRIEFING_ASKED = "briefing_asked"
    BRIEFING_ASKED_STOP = "briefing_asked_stop"
    BRIEFINGS = "briefings"
    BRIEFING_FILE = "briefing_file"
    BRIEFING_OPEN = "briefing_open"
    BRIEFING_VERIFY_AGAIN = "briefing_verify_again"
    BRIEFING_FIRST = "briefing_first"
    BRIEFING_SECOND = "briefing_second"
    BRIEFING_RANKS = "briefing_ranks"
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
    OPTIONS_PAGE = "options_page"
    RANKING_PAGE = "ranking_page"
    CONSTRAINTS_PAGE = "constraints_page"
    SHARES_PAGE = "shares_page"
    MAP_PAGE = "map_page"
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
    TERMS = "terms"
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
    COPY_LINK = "copy_link"
    COPY_ASKED = "copy_asked"
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
    HELP_FIRST = "help_first"
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

    WORKSHOP = "workshop"
    WORKSHOP_KEYS = "workshop_keys"
    WORKSHOP_SAID = "workshop_said"
    WORKSHOP_SEEN = "workshop_seen"
    WORKSHOP_NEW_KEY = "workshop_new_key"
    WORKSHOP_NEW = "workshop_new"
    WORKSHOP_FORM = "workshop_form"
    WORKSHOP_TITLE = "workshop_title"
    WORKSHOP_METHOD = "workshop_method"
    WORKSHOP_GROUPS = "workshop_groups"
    WORKSHOP_SMALL = "workshop_small"
    WORKSHOP_LIVE = "workshop_live"
    WORKSHOP_REHEARSAL = "workshop_rehearsal"
    WORKSHOP_CREATE = "workshop_create"
    WORKSHOP_ALL = "workshop_all"
    WORKSHOP_OLDER = "workshop_older"
    WORKSHOP_KEY = "workshop_key"
    WORKSHOP_KEY_OPEN = "workshop_key_open"
    WORKSHOP_KEY_SUBMIT = "workshop_key_submit"
    WORKSHOP_KEY_KEPT = "workshop_key_kept"
    WORKSHOP_KEY_LOST = "workshop_key_lost"
    WORKSHOP_KEY_SURE = "workshop_key_sure"
    WORKSHOP_KEY_NEW = "workshop_key_new"
    WORKSHOP_MAIN = "workshop_main"
    WORKSHOP_PRESSED = "workshop_pressed"
    WORKSHOP_ASKED = "workshop_asked"
    WORKSHOP_MINUTES = "workshop_minutes"
    WORKSHOP_LONGER = "workshop_longer"
    WORKSHOP_NO_LIMIT = "workshop_no_limit"
    WORKSHOP_REOPEN = "workshop_reopen"
    WORKSHOP_END = "workshop_end"
    WORKSHOP_REVEAL = "workshop_reveal"
    WORKSHOP_NOT_YET = "workshop_not_yet"
    WORKSHOP_COUNTDOWN = "workshop_countdown"
    WORKSHOP_JOIN = "workshop_join"
    WORKSHOP_ADDRESS = "workshop_address"
    WORKSHOP_TYPED = "workshop_typed"
    WORKSHOP_TAKE_ADDRESS = "workshop_take_address"
    WORKSHOP_PEOPLE = "workshop_people"
    WORKSHOP_SIMULATE = "workshop_simulate"
    WORKSHOP_LET_VOTE = "workshop_let_vote"
    WORKSHOP_ROUND = "workshop_round"
    WORKSHOP_USE = "workshop_use"
    WORKSHOP_CSV = "workshop_csv"
    WORKSHOP_JSON = "workshop_json"
    WORKSHOP_PARQUET = "workshop_parquet"
    WORKSHOP_RECORD = "workshop_record"
    WORKSHOP_BRIEFING = "workshop_briefing"
    WORKSHOP_DELETING = "workshop_deleting"
    WORKSHOP_PERSON = "workshop_person"
    WORKSHOP_PERSON_SURE = "workshop_person_sure"
    WORKSHOP_PERSON_DELETE = "workshop_person_delete"
    WORKSHOP_DELETE_FORM = "workshop_delete_form"
    WORKSHOP_DELETE_TITLE = "workshop_delete_title"
    WORKSHOP_DELETE = "workshop_delete"
    PROJECTOR_BLOCK = "projector_block"
    PROJECTOR_BACK = "projector_back"
    PROJECTOR_NEXT = "projector_next"
    PROJECTOR_ARROWS = "projector_arrows"


WHAT_IF_NUMBERS = (Key.WHAT_IF_LOW, Key.WHAT_IF_LIKELY, Key.WHAT_IF_HIGH)


def load_key(place: int) -> str:
    """Of a button that loads one of the records that a browser keeps."""
    return f"kept_load_{place}"


def undo_key(proposal: str, criterion: str) -> str:
    """Of the button that takes the override of one score back."""
    return f"undo_{proposal}_{criterion}"


OF_THE_VISIT = (
    Key.SERVED,
    Key.QUESTIONS,
    Key.VISITOR,
    Key.BROWSER,
    Key.WELCOMED,
    Key.WORKSHOP,
    Key.WORKSHOP_KEYS,
    Key.WORKSHOP_NEW_KEY,
    Key.BRIEFINGS,
)
"""What belongs to the visitor, whichever question is shown."""

OF_THE_QUESTION = (
    Key.QUESTION,
    Key.CHOICE,
    Key.SAVED,
    Key.PAIR,
    Key.BLIND,
    Key.BRIEFING_WANTED,
    Key.KEPT,
)
"""What is kept of a question while the visitor looks at another; the rest begins again."""


def component_key(slug: str) -> str:
    """Of the weights component: each question has one of its own, so none hears another's."""
    return f"{Key.COMPONENT}_{slug}"


def provider_key(provider: str | None) -> str:
    """Of the button that signs in with an account of one provider."""
    return f"provider_{provider or ''}"


def workshop_key(identifier: str) -> str:
    """Of the button that goes to one workshop."""
    return f"workshop_{identifier}"


def setting_key(identifier: str) -> str:
    """Of the box that switches one setting on."""
    return f"setting_{identifier}"


def form_key(form: str) -> str:
    """Of the button that makes one form of a briefing."""
    return f"briefing_form_{form}"


def changes_key(place: int) -> str:
    """Of the box that shows all changes of one group between two briefings."""
    return f"briefing_changes_{place}"


STATE_PARAMETER = "s"
"""The query parameter that carries a choice of weights."""

QUESTION_PARAMETER = "q"
"""The query parameter that says which of several questions is shown."""

LOST_PARAMETER = "lost"
"""The query parameter that carries an address at which there is no page."""

FAILED_PARAMETER = "sign-in-failed"
"""The query parameter that says that an account could not be asked for or checked."""

PAIR_PARAMETERS = ("first", "second")
"""The query parameters that carry the ids of a compared pair."""

SCORE_PARAMETER, ENTRY_PARAMETER = "score", "entry"
"""The query parameters that open a score or an entry of the register on the page Evidence."""

DIVIDED_PARAMETERS = ("perspective", "against")
"""The query parameters that carry the ids of two perspectives."""

DIVIDED_OPTION_PARAMETERS = ("option", "rival")
"""The query parameters that carry the ids of the options they are held against each other on."""

WORKSHOP_PARAMETER, PROJECTOR_PARAMETER = "code", "projector"
"""The query parameters that say which workshop is shown, and that it is for the whole room."""
