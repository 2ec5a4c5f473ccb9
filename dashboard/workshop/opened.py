"""The store of this process: opened when first asked for, then the same for everybody."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from dashboard.workshop.database import database_url, open_database
from dashboard.workshop.pulse import Pulses
from dashboard.workshop.store import Store


@dataclass(frozen=True)
class Opened:
    """A store, and how its workshops stand."""

    store: Store
    pulses: Pulses


_lock = threading.Lock()
_kept: dict[str, Opened] = {}


def opened() -> Opened:
    """The store that the variables name; a failure is not kept, so asking again tries again.

    Raises
    ------
    InputError : the variables name no database, or it cannot be opened.
    """
    url = database_url()
    name = url.render_as_string(hide_password=False)
    with _lock:
        if name not in _kept:
            store = Store(open_database(url))
            _kept[name] = Opened(store, Pulses(store))
        return _kept[name]
