"""What all phones of this process share: the store, signatures, limits, what was worked out."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from dashboard.workshop.limits import AttemptLimit
from dashboard.workshop.opened import Opened, opened
from dashboard.workshop.phone.results import Rooms
from dashboard.workshop.phone.session import Sessions
from dashboard.workshop.pulse import Pulses
from dashboard.workshop.store import Store

WRONG_CODES = 20
WRONG_CODES_SECONDS = 60.0
_SECRET = "participants"  # noqa: S105


@dataclass(frozen=True, eq=False)
class Desk:
    """Where phones are answered from."""

    store: Store
    pulses: Pulses
    sessions: Sessions
    wrong_codes: AttemptLimit
    rooms: Rooms


_lock = threading.Lock()
_kept: dict[Opened, Desk] = {}


def desk() -> Desk:
    """The desk of the store that the variables name.

    Raises
    ------
    InputError : the store cannot be opened.
    """
    found = opened()
    with _lock:
        if found not in _kept:
            store = found.store
            _kept[found] = Desk(
                store,
                found.pulses,
                Sessions(store.secret(_SECRET)),
                AttemptLimit(WRONG_CODES, WRONG_CODES_SECONDS),
                Rooms(store),
            )
        return _kept[found]
