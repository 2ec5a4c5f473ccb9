"""Work spread over workers: in order, with progress, and stopped when told."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.robustness.workers import RunCancelledError, Workers, ordered_results, part_of


def square(chunk: int) -> int:
    # Later chunks finish first, so that only care keeps the order.
    time.sleep(0.002 * (5 - chunk % 5))
    return chunk * chunk


@pytest.mark.parametrize("count", [1, 2, 3, 20])
def test_results_come_in_the_order_of_the_chunks(count: int) -> None:
    results = ordered_results(square, 12, Workers(count=count))
    assert list(results) == [chunk * chunk for chunk in range(12)]


def test_any_executor_serves_and_is_left_running() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(ordered_results(square, 3, Workers(executor=executor))) == [0, 1, 4]
        assert executor.submit(square, 3).result() == 9


def test_nothing_to_do_is_no_fault() -> None:
    assert list(ordered_results(square, 0, Workers())) == []


@pytest.mark.parametrize("count", [1, 2])
def test_progress_is_told_after_each_chunk(count: int) -> None:
    told: list[tuple[int, int]] = []
    workers = Workers(count=count, progress=lambda done, of: told.append((done, of)))
    assert list(ordered_results(square, 4, workers)) == [0, 1, 4, 9]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_cancelled_run_stops_soon(count: int) -> None:
    begun: list[int] = []

    def work(chunk: int) -> int:
        begun.append(chunk)
        return chunk

    workers = Workers(count=count, cancelled=lambda: len(begun) >= 3)
    with pytest.raises(RunCancelledError):
        list(ordered_results(work, 1000, workers))
    assert 3 <= len(begun) <= 3 + 3 * count


def test_a_failure_in_a_worker_is_raised_here() -> None:
    def fail(chunk: int) -> int:
        raise KeyError(chunk)

    with pytest.raises(KeyError):
        list(ordered_results(fail, 5, Workers(count=2)))


def test_no_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="0 workers: there must be at least one"):
        Workers(count=0)


def test_several_runs_tell_their_progress_as_one() -> None:
    told: list[tuple[int, int]] = []
    workers = Workers(count=1, progress=lambda done, of: told.append((done, of)))
    for part, chunks in enumerate((2, 1)):
        list(ordered_results(square, chunks, part_of(workers, part, 2)))
    assert told == [(1, 4), (2, 4), (2, 2)]
    quiet = Workers(count=1)
    assert part_of(quiet, 0, 2) is quiet
