"""Who asked first has it first, and nobody waits for ever."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from dashboard.workshop import store as store_module
from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.queue_lock import QueueLock
from dashboard.workshop.refusals import RefusedError
from tests.workshop.conftest import Room


def until_they_wait(lock: QueueLock, many: int) -> None:
    ends = time.monotonic() + 10
    while lock.waiting != many:
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_it_is_handed_on_in_the_order_of_asking() -> None:
    lock, order = QueueLock(), []

    def take(n: int) -> None:
        assert lock.acquire(10)
        order.append(n)
        lock.release()

    assert lock.acquire(1)
    threads = [threading.Thread(target=take, args=(n,)) for n in range(8)]
    for n, thread in enumerate(threads, start=1):
        thread.start()
        until_they_wait(lock, n)
    lock.release()
    # Whoever comes by at this moment stands behind those who wait.
    assert lock.acquire(10)
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert lock.acquire(0)


def test_who_gave_up_is_not_handed_it() -> None:
    lock = QueueLock()
    assert lock.acquire(1)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0)


def test_under_many_threads_one_at_a_time_has_it() -> None:
    lock, inside, most = QueueLock(), [0], [0]

    def work() -> None:
        for _ in range(200):
            if lock.acquire(0.0005):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1
                lock.release()

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], inside[0], lock.waiting) == (1, 0, 0)
    assert lock.acquire(0)


def test_a_writer_that_does_not_end_is_said_to_the_others(
    voting: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = voting.joins()
    monkeypatch.setattr(store_module, "_LONGEST_WAIT_SECONDS", 0.05)
    with voting.store.writing(), pytest.raises(RefusedError) as refused:
        voting.votes(person, 100, 30)
    assert refused.value.kind == "busy"
    assert voting.votes(person, 100, 30).revision == 1


def test_writers_who_wait_leave_the_connections_to_those_who_look(voting: Room) -> None:
    people = [voting.joins() for _ in range(60)]
    pool = voting.store.engine.pool
    assert isinstance(pool, sa.QueuePool)
    threads = [threading.Thread(target=voting.votes, args=(one, 100, 30)) for one in people]
    with voting.store.writing():
        for thread in threads:
            thread.start()
        until_they_wait(voting.store.writers, len(people))
        assert pool.checkedout() == 1
        assert read_pulse(voting.store, voting.workshop).joined == 60
    for thread in threads:
        thread.join()
    assert read_pulse(voting.store, voting.workshop).voted == 60
