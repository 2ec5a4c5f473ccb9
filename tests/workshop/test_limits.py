"""How often one address may guess."""

from __future__ import annotations

import threading

import pytest

from dashboard.workshop.limits import AttemptLimit


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_an_address_may_fail_so_often_and_then_waits_until_the_first_counts_no_more(
    clock: Clock,
) -> None:
    limit = AttemptLimit(3, 60, clock)
    for _ in range(3):
        assert limit.allowed("10.0.0.1")
        limit.failed("10.0.0.1")
        clock.now += 10
    assert not limit.allowed("10.0.0.1")
    assert limit.wait_seconds("10.0.0.1") == 30
    clock.now += 29.5
    assert limit.wait_seconds("10.0.0.1") == 0.5
    clock.now += 0.5
    assert limit.allowed("10.0.0.1")
    limit.failed("10.0.0.1")  # the second of the first three counts for ten seconds more
    assert limit.wait_seconds("10.0.0.1") == 10


def test_one_address_does_not_stop_another(clock: Clock) -> None:
    limit = AttemptLimit(1, 60, clock)
    limit.failed("10.0.0.1")
    assert not limit.allowed("10.0.0.1")
    assert limit.allowed("10.0.0.2")
    assert limit.wait_seconds("10.0.0.2") == 0


@pytest.mark.parametrize(
    ("failed", "asks"),
    [
        (None, ""),
        (None, "no address"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::1%wlan0"),
    ],
)
def test_what_one_visitor_can_call_itself_is_counted_together(
    failed: str | None, asks: str, clock: Clock
) -> None:
    limit = AttemptLimit(1, 60, clock)
    limit.failed(failed)
    assert not limit.allowed(asks)


def test_neighbouring_networks_are_counted_apart(clock: Clock) -> None:
    limit = AttemptLimit(1, 60, clock)
    limit.failed("2001:db8:0:1::1")
    assert limit.allowed("2001:db8:0:2::1")


def test_many_addresses_do_not_fill_the_memory_and_the_latest_stay_counted(clock: Clock) -> None:
    limit = AttemptLimit(2, 60, clock, addresses=100)
    for number in range(5_000):
        clock.now += 0.001
        for _ in range(3):
            limit.failed(f"10.0.{number // 250}.{number % 250}")
    assert len(limit) == 100
    assert not limit.allowed("10.0.19.249")
    assert limit.allowed("10.0.0.0")


def test_what_counts_no_more_is_let_go(clock: Clock) -> None:
    limit = AttemptLimit(2, 60, clock)
    for number in range(50):
        limit.failed(f"10.0.0.{number}")
    clock.now += 60
    limit.failed("10.0.1.1")
    assert len(limit) == 1


def test_attempts_at_the_same_time_are_all_counted(clock: Clock) -> None:
    limit = AttemptLimit(400, 60, clock)

    def fail() -> None:
        for _ in range(100):
            limit.failed("10.0.0.1")

    threads = [threading.Thread(target=fail) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not limit.allowed("10.0.0.1")
    limit = AttemptLimit(401, 60, clock)
    for _ in range(400):
        limit.failed("10.0.0.1")
    assert limit.allowed("10.0.0.1")
