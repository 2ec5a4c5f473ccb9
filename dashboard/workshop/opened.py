"""The store of this process: opened when first asked for, then the same for everybody."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from sqlalchemy.engine import URL

from dashboard.model.errors import InputError
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
_failed: dict[str, tuple[float, InputError]] = {}


def opened() -> Opened:
    """The store that the variables name. A failure is told to those who waited for it, and asking
    again tries again.

    Raises
    ------
    InputError : the variables name no database, or it cannot be opened.
    """
    url, asked_at = database_url(), time.monotonic()
    name = url.render_as_string(hide_password=False)
    with _lock:
        failed_at, fault = _failed.get(name, (float("-inf"), None))
        if fault is not None and asked_at < failed_at:
            raise fault
        if name not in _kept:
            try:
                _kept[name] = _open(url)
            except InputError as error:
                _failed[name] = time.monotonic(), error
                raise
        return _kept[name]


def _open(url: URL) -> Opened:
    engine = open_database(url)
    try:
        store = Store(engine)
    except BaseException:
        engine.dispose()
        raise
    return Opened(store, Pulses(store))
