"""Which workshop a visitor looks at, with which key, and what came of the last act."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import streamlit as st

from dashboard.model.errors import Fault, InputError
from dashboard.model.wording import counted
from dashboard.ui.keys import PROJECTOR_PARAMETER, WORKSHOP_PARAMETER, Key
from dashboard.ui.remembered import forget, recall, remember
from dashboard.workshop.codes import plain_code, shown_code
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.limits import AttemptLimit
from dashboard.workshop.opened import Opened
from dashboard.workshop.records import Pulse, Round, State, Workshop
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.store import Store

KEY_ATTEMPTS = AttemptLimit(most=10, seconds=60)
"""Wrong facilitator's keys by address."""

_LONGER = 2.0
"""Minutes that one press adds."""

Seen = tuple[State, Round | None]
"""What of a workshop decides which controls there are."""


@dataclass(frozen=True)
class Desk:
    """A workshop that is shown, and the way to its store."""

    opened: Opened
    workshop: Workshop

    @property
    def store(self) -> Store:
        return self.opened.store

    @property
    def id(self) -> str:
        return self.workshop.id

    def facilitator(self) -> Facilitator:
        return Facilitator(self.store, self.id, held_key(self.id) or "")

    def pulse(self) -> Pulse:
        return self.opened.pulses.of(self.id)

    def act(self, what: Callable[[Facilitator], object]) -> None:
        """Do something as the facilitator; what is refused is said above the board."""
        self.acted(what)

    def acted(self, what: Callable[[Facilitator], object]) -> bool:
        """The same, for who needs to know whether it was done."""
        return tried(self.opened, lambda: what(self.facilitator()))


def tried(opened: Opened, what: Callable[[], object]) -> bool:
    """Do something, and say what is wrong where it cannot be done."""
    st.session_state.pop(Key.WORKSHOP_SAID, None)
    try:
        what()
    except InputError as error:
        say(said(error))
        return False
    finally:
        opened.pulses.look_again()
    return True


# ------------------------------------------------------------------------- which workshop


def shown_workshop(store: Store) -> Workshop | None:
    """The workshop of the address, else the one that this visit looked at last."""
    asked = st.query_params.get(WORKSHOP_PARAMETER)
    identifier = st.session_state.get(Key.WORKSHOP)
    if asked is not None:
        code = plain_code(asked)
        identifier = store.identifier_of(code) if code else None
        if identifier is None:
            say("There is no workshop with the code in the address.")
            leave()
    if identifier is None:
        return None
    found = store.workshop(cast(str, identifier))
    if found.state == "deleted":
        leave()
        return None
    go_to(found)
    return found


def go_to(workshop: Workshop) -> None:
    """Look at a workshop; the address says which, so that a reload comes back to it."""
    st.session_state[Key.WORKSHOP] = workshop.id
    if st.query_params.get(WORKSHOP_PARAMETER) != shown_code(workshop.code):
        st.query_params[WORKSHOP_PARAMETER] = shown_code(workshop.code)


def leave() -> None:
    """Back to the list."""
    st.session_state.pop(Key.WORKSHOP, None)
    st.query_params.pop(WORKSHOP_PARAMETER, None)


def is_projected() -> bool:
    """Whether this page is for the whole room."""
    return st.query_params.get(PROJECTOR_PARAMETER) == "1"


def seen(workshop: Workshop) -> Seen:
    """What of a workshop decides which controls there are."""
    return workshop.state, workshop.round


# ------------------------------------------------------------------------- keys


def held_key(identifier: str) -> str | None:
    """The key of a workshop, as given in this visit or an earlier one of this browser."""
    keys = cast("dict[str, str]", st.session_state.setdefault(Key.WORKSHOP_KEYS, {}))
    return keys.get(identifier) or recall(_purpose(identifier))


def hold_key(identifier: str, key: str) -> None:
    keys = cast("dict[str, str]", st.session_state.setdefault(Key.WORKSHOP_KEYS, {}))
    st.session_state[Key.WORKSHOP_KEYS] = {**keys, identifier: key}
    remember(_purpose(identifier), key)


def drop_key(identifier: str) -> None:
    keys = cast("dict[str, str]", st.session_state.setdefault(Key.WORKSHOP_KEYS, {}))
    st.session_state[Key.WORKSHOP_KEYS] = {k: v for k, v in keys.items() if k != identifier}
    forget(_purpose(identifier))


def has_key(desk: Desk) -> bool:
    """Whether the key that is held still fits; one that does not is dropped, and that is said."""
    if held_key(desk.id) is None:
        return False
    try:
        desk.facilitator().check()
    except RefusedError as error:
        if error.kind != "key":
            raise
        drop_key(desk.id)
        say("The key of this workshop was replaced; the one you had is worth nothing now.")
        return False
    return True


def give_key(desk: Desk, typed: str) -> None:
    """Try a key; wrong ones are counted by address."""
    address = st.context.ip_address
    waits = KEY_ATTEMPTS.wait_seconds(address)
    if waits > 0:
        say(f"Too many wrong keys; wait {counted(math.ceil(waits), 'second')} and try again.")
        return
    try:
        Facilitator(desk.store, desk.id, typed).check()
    except RefusedError as error:
        if error.kind == "key":
            KEY_ATTEMPTS.failed(address)
        say(error.sentence)
        return
    hold_key(desk.id, typed)


def _purpose(identifier: str) -> str:
    return f"workshop-{identifier}"


# ------------------------------------------------------------------------- what is said


def say(sentence: str) -> None:
    """A sentence above the page, until the next act."""
    st.session_state[Key.WORKSHOP_SAID] = sentence


def take_said() -> str | None:
    return cast("str | None", st.session_state.pop(Key.WORKSHOP_SAID, None))


def said(error: InputError) -> str:
    """Every fault as a sentence, for a screen where the place is plain."""
    if isinstance(error, RefusedError):
        return error.sentence
    return " ".join(_sentence(fault) for fault in error.faults)


def _sentence(fault: Fault) -> str:
    return f"{fault.what[:1].upper()}{fault.what[1:]}: {fault.remedy}."


# ------------------------------------------------------------------------- the time of a round


def longer(pulse: Pulse) -> float:
    """The minutes of a round that gets some more, counted from now."""
    left = pulse.seconds_left
    return _LONGER if left is None else left / 60 + _LONGER
