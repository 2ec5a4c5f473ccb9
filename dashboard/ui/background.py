"""Long work beside the pages: on threads of its own, with progress, shared, and stopped on demand.

A page asks for a piece of work by its key on every rerun; only the first asking begins it. Several
visitors who ask for the same work share one run, which is given up when the last of them does.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock, Semaphore, Thread
from typing import Generic, Literal, TypeVar

from dashboard.model.errors import InputError, in_a_sentence
from dashboard.robustness.workers import RunCancelledError, Workers

Result = TypeVar("Result")
State = Literal["waiting", "running", "done", "stopped", "failed"]

_AT_ONCE = 2
"""Runs that compute at the same time; others wait for their turn."""

_KEPT = 20
"""The latest runs, which are remembered after they have ended; those under way always are."""

_LOOK_SECONDS = 0.1
"""How often one that waits for its turn looks whether it is still wanted."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Status(Generic[Result]):
    """How a run stands for one visitor.

    ``share`` : of the work that is done, 0 to 1. ``result`` : there where the state is done.
    ``fault`` : one sentence, there where the state is failed.
    """

    state: State
    share: float = 0.0
    result: Result | None = None
    fault: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether waiting makes sense."""
        return self.state in ("waiting", "running")


@dataclass(eq=False)
class _Run(Generic[Result]):
    """What changes while the work goes on; the thread writes ``status``, all others only read."""

    status: Status[Result] = field(default_factory=lambda: Status("waiting"))
    wanted_by: set[str] = field(default_factory=set)
    stopped_by: set[str] = field(default_factory=set)
    given_up: Event = field(default_factory=Event)


class RunDesk(Generic[Result]):
    """Takes work from all visitors of a server; safe to ask from several threads."""

    def __init__(self, at_once: int = _AT_ONCE, kept: int = _KEPT) -> None:
        self._turns = Semaphore(at_once)
        self._kept = kept
        self._lock = Lock()
        self._runs: dict[Hashable, _Run[Result]] = {}

    def ask(self, visitor: str, key: Hashable, work: Callable[[Workers], Result]) -> Status[Result]:
        """How the work stands; begins it if nobody has, and it was not stopped by this visitor.

        A visitor has one run at a time: asking for another gives the one before up.

        Parameters
        ----------
        key : names the work by its whole input.
        work : takes the ``Workers`` that carry its progress and its stop, and returns the result.
        """
        with self._lock:
            self._leave(visitor, but=key)
            run = self._runs.get(key)
            if run is not None and visitor in run.stopped_by:
                return Status("stopped", run.status.share)
            if run is None or (run.given_up.is_set() and run.status.state != "done"):
                stopped_by = run.stopped_by if run else set()
                run = self._begin(key, work)
                run.stopped_by = stopped_by
            run.wanted_by.add(visitor)
            return run.status

    def look(self, visitor: str, key: Hashable) -> Status[Result] | None:
        """How the work stands for a visitor; None if it is not known (any more)."""
        with self._lock:
            run = self._runs.get(key)
            if run is None:
                return None
            stopped = visitor in run.stopped_by
            return Status("stopped", run.status.share) if stopped else run.status

    def stop(self, visitor: str, key: Hashable) -> None:
        """This visitor does not want to wait; others who do keep the run going."""
        with self._lock:
            run = self._runs.get(key)
            if run is not None:
                run.stopped_by.add(visitor)
                self._unwanted(run, visitor)

    def again(self, visitor: str, key: Hashable) -> None:
        """Forget that this visitor stopped the work, or that it failed: asking begins it again."""
        with self._lock:
            run = self._runs.get(key)
            if run is None:
                return
            run.stopped_by.discard(visitor)
            if run.status.state == "failed":
                del self._runs[key]

    def leave(self, visitor: str) -> None:
        """This visitor wants none of the work any more, and has stopped nothing."""
        with self._lock:
            self._leave(visitor, but=None)

    def _leave(self, visitor: str, but: Hashable) -> None:
        for key, run in list(self._runs.items()):
            if key == but:
                continue
            run.stopped_by.discard(visitor)
            self._unwanted(run, visitor)

    @staticmethod
    def _unwanted(run: _Run[Result], visitor: str) -> None:
        if visitor in run.wanted_by:
            run.wanted_by.discard(visitor)
            if not run.wanted_by and run.status.under_way:
                run.given_up.set()

    def _begin(self, key: Hashable, work: Callable[[Workers], Result]) -> _Run[Result]:
        self._runs.pop(key, None)
        ended = [k for k, run in self._runs.items() if not run.status.under_way]
        for old in ended[: max(0, len(ended) - self._kept + 1)]:
            del self._runs[old]
        run = self._runs[key] = _Run[Result]()
        # A daemon: a run of minutes must not keep the server from ending.
        Thread(target=self._work, args=(run, work), name="long-run", daemon=True).start()
        return run

    def _work(self, run: _Run[Result], work: Callable[[Workers], Result]) -> None:
        while not self._turns.acquire(timeout=_LOOK_SECONDS):
            if run.given_up.is_set():
                run.status = Status("stopped")
                return
        try:
            run.status = Status("running")
            run.status = Status("done", 1.0, work(_workers(run)))
        except RunCancelledError:
            run.status = Status("stopped", run.status.share)
        except InputError as error:
            # What a person can put right is no fault of the program.
            run.status = Status("failed", run.status.share, fault=in_a_sentence(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged, and the visitor is told
            _log.exception("work in the background failed")
            run.status = Status("failed", run.status.share, fault=_sentence(error))
        finally:
            self._turns.release()


def _workers(run: _Run[Result]) -> Workers:
    """One core stays free for the pages."""

    def tell(done: int, of: int) -> None:
        run.status = Status("running", done / of)

    count = max(1, (os.cpu_count() or 1) - 1)
    return Workers(count=count, progress=tell, cancelled=run.given_up.is_set)


def _sentence(error: Exception) -> str:
    """What a visitor is told; what went wrong inside is for the terminal, not for the room."""
    if isinstance(error, MemoryError):
        return "There was not enough memory for so many samples; ask for fewer."
    return (
        f"The run ended with a fault of kind {type(error).__name__}; "
        "the terminal where the server runs has the details."
    )
