"""Chunks of work spread over threads, processes or a cluster, and collected in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

Result = TypeVar("Result")
Item = TypeVar("Item")

_AHEAD = 3
"""Chunks handed out per worker: enough that none waits, few enough that results do not pile up."""


class RunCancelledError(Exception):
    """Whoever asked for the numbers no longer wants them."""


@dataclass(frozen=True)
class Workers:
    """Who does the work, who is told, and who may stop it. None of it changes a number.

    ``executor`` may be any ``concurrent.futures.Executor``, for instance Dask's
    ``client.get_executor()``; it is left running. Without one, ``count`` threads are started: NumPy
    lets go of the interpreter's lock while it computes. ``count`` None means one per core; with an
    executor it only says how many chunks are handed out ahead.

    ``progress`` is called after each chunk with the chunks done and their number, and
    ``cancelled`` before each; both in the caller's thread.
    """

    executor: Executor | None = None
    count: int | None = None
    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if self.count is not None and self.count < 1:
            raise ValueError(f"{self.count} workers: there must be at least one")


def part_of(workers: Workers, part: int, parts: int) -> Workers:
    """The same workers for one of several runs, whose progress is told as that of all together.

    Parameters
    ----------
    part : which run this is, from 0.
    parts : how many there are, each taken as equally long.
    """
    tell = workers.progress
    if tell is None or parts == 1:
        return workers
    return replace(workers, progress=lambda done, of: tell(part * of + done, parts * of))


def told(work: Sequence[Item], workers: Workers) -> Iterator[Item]:
    """The items in turn: progress is told after each, and before each somebody may have stopped.

    Raises
    ------
    RunCancelledError : ``workers.cancelled`` said so.
    """
    for done, item in enumerate(work, start=1):
        _stop_if_cancelled(workers)
        yield item
        if workers.progress is not None:
            workers.progress(done, len(work))


def ordered_results(
    work: Callable[[int], Result], chunks: int, workers: Workers
) -> Iterator[Result]:
    """``work(0)`` to ``work(chunks - 1)``, in this order whoever finishes first.

    Floating-point sums over the results are therefore the same for any number of workers.

    Parameters
    ----------
    work : what to do with a chunk, by its index; for processes or a cluster it must pickle.
    chunks : how many there are.

    Raises
    ------
    RunCancelledError : ``workers.cancelled`` said so; chunks that had not begun never begin.
    """
    count = min(workers.count or os.cpu_count() or 1, max(chunks, 1))
    if workers.executor is not None:
        results = _spread(work, chunks, workers.executor, count, workers)
        yield from _told(results, chunks, workers)
    elif count == 1:
        yield from _told(_one_by_one(work, chunks, workers), chunks, workers)
    else:
        with ThreadPoolExecutor(count) as threads:
            yield from _told(_spread(work, chunks, threads, count, workers), chunks, workers)


def _one_by_one(work: Callable[[int], Result], chunks: int, workers: Workers) -> Iterator[Result]:
    for chunk in range(chunks):
        _stop_if_cancelled(workers)
        yield work(chunk)


def _spread(
    work: Callable[[int], Result],
    chunks: int,
    executor: Executor,
    count: int,
    workers: Workers,
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    try:
        for chunk in range(chunks):
            _stop_if_cancelled(workers)
            waiting.append(executor.submit(work, chunk))
            if len(waiting) >= _AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            _stop_if_cancelled(workers)
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _told(results: Iterator[Result], chunks: int, workers: Workers) -> Iterator[Result]:
    for done, result in enumerate(results, start=1):
        if workers.progress is not None:
            workers.progress(done, chunks)
        yield result


def _stop_if_cancelled(workers: Workers) -> None:
    if workers.cancelled is not None and workers.cancelled():
        raise RunCancelledError
