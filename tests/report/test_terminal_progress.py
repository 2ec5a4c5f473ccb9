"""Progress at a terminal and in a log."""

from __future__ import annotations

import io
import signal
from contextlib import suppress

import pytest

from dashboard.report.terminal_progress import stop_asked, terminal_progress
from dashboard.robustness.workers import RunCancelledError, Workers, ordered_results


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_terminal_has_one_line_from_the_start_that_is_gone_at_the_end() -> None:
    stream = Terminal()
    with terminal_progress("Counting", stream) as tell:
        assert stream.getvalue() == "\r\x1b[KCounting: 0 % (Ctrl-C stops)"
        tell(1, 200)
        assert stream.getvalue().count("\r") == 1, "nothing new is nothing said"
        tell(30, 60)
        assert stream.getvalue().endswith("\r\x1b[KCounting: 50 % (Ctrl-C stops)")
    assert stream.getvalue().endswith("\r\x1b[K")
    assert "\n" not in stream.getvalue()


def test_a_terminal_is_cleared_when_the_work_is_stopped() -> None:
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt), terminal_progress("Counting", stream):
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_log_has_plain_lines_now_and_then_and_none_of_short_work() -> None:
    stream, clock = io.StringIO(), Clock()
    with terminal_progress("Counting", stream, clock) as tell:
        clock.now += 0.9
        tell(1, 10)
        assert stream.getvalue() == ""
        clock.now += 0.1
        tell(2, 10)
        clock.now += 4.9
        tell(3, 10)
        clock.now += 0.1
        tell(7, 10)
        clock.now += 60
        tell(10, 10)
    assert stream.getvalue() == "Counting: 20 %\nCounting: 70 %\n"


def test_a_ctrl_c_that_falls_into_a_clean_up_still_stops_the_run() -> None:
    with stop_asked() as asked:
        assert not asked()
        with suppress(KeyboardInterrupt):  # as Python does in the clean-up of an object
            signal.raise_signal(signal.SIGINT)
        assert asked()
        with pytest.raises(RunCancelledError):
            list(ordered_results(lambda chunk: chunk, 3, Workers(count=1, cancelled=asked)))
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
