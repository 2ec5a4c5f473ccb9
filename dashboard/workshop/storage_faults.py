"""What a database complains of, told apart: what its keeper can mend, and what is a bug here."""

from __future__ import annotations

import sqlite3
from typing import Literal

from dashboard.workshop.refusals import Kind, RefusedError

_Fault = Literal["away", "busy", "damaged", "disk", "full", "read-only"]

# https://www.sqlite.org/rescode.html; what is not here (a broken statement) is this program's.
_OF_SQLITE: dict[int, _Fault] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_PROTOCOL: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}

# Appendix A of PostgreSQL's manual; classes of two signs, or single codes.
_OF_POSTGRESQL: dict[str, _Fault] = {
    "40001": "busy",  # serialization_failure
    "40P01": "busy",  # deadlock_detected
    "53300": "busy",  # too_many_connections
    "55P03": "busy",  # lock_not_available
    "57014": "busy",  # query_canceled, as by a time limit
    "25006": "read-only",  # read_only_sql_transaction, as on a standby
    "42501": "read-only",  # insufficient_privilege
    "53100": "full",  # disk_full
    "58030": "disk",  # io_error
    "XX001": "damaged",  # data_corrupted
    "XX002": "damaged",  # index_corrupted
    "25P03": "away",  # idle_in_transaction_session_timeout
    "08": "away",  # connection exceptions
    "28": "away",  # invalid authorization
    "3D": "away",  # no such database
    "53": "away",  # insufficient resources
    "57": "away",  # operator intervention: shut down, starting up
    "58": "away",  # system errors
}

_SAID: dict[_Fault, tuple[Kind, str, str]] = {
    "away": (
        "storage",
        "the database does not answer",
        "start it, or check DATABASE_URL, and try again",
    ),
    "busy": (
        "busy",
        "another program holds the database, so nothing was saved",
        "try again in a moment",
    ),
    "damaged": (
        "storage",
        "the file is damaged or is no database of SQLite",
        "put back a copy, or name another folder with COUNTERWEIGHT_DATA",
    ),
    "disk": (
        "storage",
        "the disk is full or does not work, so nothing was saved",
        "make room on it, or see to it, and try again",
    ),
    "full": (
        "storage",
        "the disk is full, so nothing was saved",
        "make room on it and try again",
    ),
    "read-only": (
        "storage",
        "the database cannot be written, so nothing was saved",
        "make the file and its folder writable, or name another with COUNTERWEIGHT_DATA",
    ),
}
_ON_A_SERVER: dict[_Fault, tuple[Kind, str, str]] = {
    "read-only": (
        "storage",
        "the user of the database may not write there, so nothing was saved",
        "give the user the right to, or check DATABASE_URL",
    ),
    "damaged": ("storage", "the database is damaged", "restore a copy of it"),
}


def busy(where: str) -> RefusedError:
    """Somebody else holds what is needed, and did not let go in time."""
    return RefusedError(_SAID["busy"][0], where, *_SAID["busy"][1:])


def storage_fault(
    where: str, error: BaseException | None, *, lost: bool = False
) -> RefusedError | None:
    """What a driver raised, for people; None for what is a bug of this program.

    ``lost`` : the connection broke over it.
    """
    if isinstance(error, sqlite3.Error):
        fault = _OF_SQLITE.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)
        return None if fault is None else RefusedError(_SAID[fault][0], where, *_SAID[fault][1:])
    fault = _of_postgresql(error)
    if fault is None and lost:
        fault = "away"
    if fault is None:
        return None
    kind, what, remedy = _ON_A_SERVER.get(fault, _SAID[fault])
    return RefusedError(kind, where, what, remedy)


def _of_postgresql(error: BaseException | None) -> _Fault | None:
    code = getattr(error, "sqlstate", None)
    if code is not None:
        return _OF_POSTGRESQL.get(code) or _OF_POSTGRESQL.get(code[:2])
    # Who was not let in is told so in words only.
    if type(error).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    words = str(error).lower()
    full = ("too many clients", "too many connections", "connection slots")
    return "busy" if any(phrase in words for phrase in full) else "away"
