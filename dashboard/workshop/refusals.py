"""Why the store did not do what was asked, said so that a person can act on it."""

from __future__ import annotations

from typing import Literal

from dashboard.model.errors import Fault, InputError

Kind = Literal[
    "answers",  # what was given cannot be used
    "busy",  # another program holds the database; asking again may do
    "closed",  # the round, or the workshop, takes nothing any more
    "key",  # not the facilitator's key
    "not-joined",  # not somebody who takes part
    "not-revealed",  # nobody may see this yet
    "state",  # it does not fit where the workshop stands
    "storage",  # the database cannot be written or read
    "unknown",  # there is no such workshop
    "version",  # a database of another version of this program
]


class RefusedError(InputError):
    """One thing that cannot be done; nothing was changed. ``kind`` is for programs."""

    def __init__(self, kind: Kind, where: str, what: str, remedy: str) -> None:
        super().__init__([Fault(where, None, what, remedy)])
        self.kind = kind

    @property
    def sentence(self) -> str:
        """For a screen, where the place is plain: what is wrong, and what to do."""
        fault = self.faults[0]
        return f"{fault.what[:1].upper()}{fault.what[1:]}: {fault.remedy}."
