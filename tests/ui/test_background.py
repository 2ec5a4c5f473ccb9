"""Long work beside the pages: begun once, shared, told of, stopped and failed in words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from threading import Event

import pytest

from dashboard.robustness.workers import Workers, ordered_results
from dashboard.ui.background import RunDesk, Status

PATIENCE = 10.0


class Work:
    """Ten chunks, each of which waits to be let through."""

    def __init__(self) -> None:
        self.begun, self.go = 0, Event()

    def __call__(self, workers: Workers) -> int:
        self.begun += 1
        return sum(ordered_results(self._chunk, 10, workers))

    def _chunk(self, chunk: int) -> int:
        self.go.wait(0.02)
        return chunk


class Gate:
    """Half way, then as long as it is closed."""

    def __init__(self) -> None:
        self.open, self.begun = Event(), 0

    def __call__(self, workers: Workers) -> str:
        self.begun += 1
        assert workers.progress is not None
        workers.progress(1, 2)
        while not self.open.wait(0.01):
            list(ordered_results(lambda chunk: chunk, 1, Workers(cancelled=workers.cancelled)))
        return "found"


@pytest.fixture
def desk() -> RunDesk[str]:
    return RunDesk()


def settled(
    desk: RunDesk[str],
    visitor: str,
    key: Hashable,
    until: Callable[[Status[str]], bool] = lambda status: not status.under_way,
) -> Status[str]:
    """How a run stands once it has come so far."""
    end = time.monotonic() + PATIENCE
    while (status := desk.look(visitor, key)) is not None and not until(status):
        assert time.monotonic() < end, f"still {status}"
        time.sleep(0.005)
    assert status is not None
    return status


def half_way(status: Status[str]) -> bool:
    return status == Status("running", 0.5)


def test_work_is_begun_once_however_often_it_is_asked_for(desk: RunDesk[str]) -> None:
    gate = Gate()
    for _ in range(5):
        assert desk.ask("ann", "key", gate).under_way
    settled(desk, "ann", "key", half_way)
    gate.open.set()
    assert settled(desk, "ann", "key") == Status("done", 1.0, "found")
    assert desk.ask("ann", "key", gate).result == "found"
    assert desk.ask("bob", "key", gate).result == "found"
    assert gate.begun == 1


def test_asking_does_not_wait_and_progress_can_be_seen() -> None:
    desk, work = RunDesk[int](), Work()
    begun = time.monotonic()
    desk.ask("ann", "key", work)
    assert time.monotonic() - begun < 0.1
    seen = set()
    while (status := desk.ask("ann", "key", work)).under_way:
        seen.add(round(status.share, 2))
        time.sleep(0.005)
    assert len(seen & {share / 10 for share in range(1, 10)}) >= 3
    assert status == Status("done", 1.0, 45)


def test_a_stopped_run_ends_and_is_not_begun_again_by_a_rerun(desk: RunDesk[str]) -> None:
    gate = Gate()
    desk.ask("ann", "key", gate)
    settled(desk, "ann", "key", half_way)
    desk.stop("ann", "key")
    for _ in range(3):
        assert desk.ask("ann", "key", gate) == Status("stopped", 0.5)
    run = desk._runs["key"]
    end = time.monotonic() + PATIENCE
    while run.status.under_way and time.monotonic() < end:
        time.sleep(0.005)
    assert run.status == Status("stopped", 0.5)
    assert gate.begun == 1


def test_a_stopped_run_can_be_begun_again(desk: RunDesk[str]) -> None:
    gate = Gate()
    desk.ask("ann", "key", gate)
    desk.stop("ann", "key")
    desk.again("ann", "key")
    gate.open.set()
    desk.ask("ann", "key", gate)
    assert settled(desk, "ann", "key").result == "found"


def test_one_visitor_s_stop_leaves_the_run_to_the_others(desk: RunDesk[str]) -> None:
    gate = Gate()
    desk.ask("ann", "key", gate)
    desk.ask("bob", "key", gate)
    settled(desk, "bob", "key", half_way)
    desk.stop("ann", "key")
    assert desk.ask("ann", "key", gate) == Status("stopped", 0.5)
    assert desk.ask("bob", "key", gate) == Status("running", 0.5)
    gate.open.set()
    assert settled(desk, "bob", "key").result == "found"
    assert gate.begun == 1


def test_what_one_visitor_stopped_another_can_begin(desk: RunDesk[str]) -> None:
    gate = Gate()
    desk.ask("ann", "key", gate)
    desk.stop("ann", "key")
    gate.open.set()
    desk.ask("bob", "key", gate)
    assert settled(desk, "bob", "key").result == "found"
    assert desk.ask("ann", "key", gate).state == "stopped"


def test_asking_for_other_work_gives_the_one_before_up(desk: RunDesk[str]) -> None:
    first, second = Gate(), Gate()
    desk.ask("ann", "first", first)
    settled(desk, "ann", "first", half_way)
    desk.ask("ann", "second", second)
    assert settled(desk, "ann", "first") == Status("stopped", 0.5)
    settled(desk, "ann", "second", half_way)
    desk.leave("ann")
    assert settled(desk, "ann", "second") == Status("stopped", 0.5)


def test_coming_back_begins_again_what_was_only_left(desk: RunDesk[str]) -> None:
    gate = Gate()
    desk.ask("ann", "key", gate)
    settled(desk, "ann", "key", half_way)
    desk.leave("ann")
    settled(desk, "ann", "key")
    gate.open.set()
    desk.ask("ann", "key", gate)
    assert settled(desk, "ann", "key").result == "found"
    assert gate.begun == 2


def test_more_runs_than_turns_wait_and_can_be_stopped_waiting() -> None:
    desk, first, second = RunDesk[str](at_once=1), Gate(), Gate()
    desk.ask("ann", "first", first)
    settled(desk, "ann", "first", half_way)
    assert desk.ask("bob", "second", second) == Status("waiting")
    desk.stop("bob", "second")
    run = desk._runs["second"]
    end = time.monotonic() + PATIENCE
    while run.status.under_way and time.monotonic() < end:
        time.sleep(0.005)
    assert run.status == Status("stopped")
    first.open.set()
    assert settled(desk, "ann", "first").result == "found"
    assert second.begun == 0


def test_a_fault_is_one_sentence_here_and_whole_in_the_terminal(
    desk: RunDesk[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Workers) -> str:
        raise KeyError("the secret of the files")

    with caplog.at_level(logging.ERROR):
        desk.ask("ann", "key", fail)
        status = settled(desk, "ann", "key")
    assert status == Status(
        "failed",
        0.0,
        None,
        "The run ended with a fault of kind KeyError; "
        "the terminal where the server runs has the details.",
    )
    assert "the secret of the files" in caplog.text
    assert desk.ask("ann", "key", fail).state == "failed"
    gate = Gate()
    gate.open.set()
    desk.again("ann", "key")
    desk.ask("ann", "key", gate)
    assert settled(desk, "ann", "key").result == "found"


def test_too_little_memory_is_said_as_such(desk: RunDesk[str]) -> None:
    def fail(_: Workers) -> str:
        raise MemoryError

    desk.ask("ann", "key", fail)
    assert settled(desk, "ann", "key").fault == (
        "There was not enough memory for so many samples; ask for fewer."
    )


def test_only_the_latest_runs_are_remembered() -> None:
    desk, gate = RunDesk[str](kept=2), Gate()
    gate.open.set()
    for key in "abcd":
        desk.ask("ann", key, gate)
        settled(desk, "ann", key)
    assert [desk.look("ann", key) is not None for key in "abcd"] == [False, False, True, True]
    desk.again("ann", "a")
    desk.stop("ann", "a")
    assert desk.look("ann", "a") is None
