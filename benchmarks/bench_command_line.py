"""Whole processes of the command line, and the briefing made warm."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measure import machine, spread, table
from dashboard.methods.second_opinions import second_opinions
from dashboard.methods.weights import perspective_points
from dashboard.model.load import load_question
from dashboard.report.briefing.brief import Brief, Layout, Weighting, findings
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.ui.question_folder import SHIPPED

RUNS = 9


def process(*arguments: str) -> list[float]:
    """Seconds of whole runs; a run that fails stops the benchmark."""
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", *arguments], check=True, capture_output=True, cwd=SHIPPED
        )
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


def warm_briefing() -> list[float]:
    """Seconds of one briefing after another in a process that has made one."""
    question = load_question(SHIPPED)
    seconds = []
    for perspective in [*question.perspectives, *question.perspectives]:
        points = perspective_points(question, perspective)
        weighting = Weighting(points, perspective.name, "perspective", perspective.id)
        brief = Brief(question, weighting, Layout(datetime.date(2026, 1, 1), "benchmark"))
        opinions = second_opinions(brief.evaluation)
        start = time.perf_counter()
        briefing_pdf(findings(brief, opinions))
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


def loading() -> list[float]:
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        load_question(Path(SHIPPED))
        seconds.append(time.perf_counter() - start)
    return seconds


def main() -> None:
    bare = process("json.tool", "--help")
    rows = [
        ["python, nothing done (for scale)", spread(bare), ""],
        ["`counterweight check`", spread(process("dashboard.cli", "check")), ""],
        ["`counterweight rank --json`", spread(process("dashboard.cli", "rank", "--json")), "1 s"],
        [
            "`counterweight rank --methods`",
            spread(process("dashboard.cli", "rank", "--methods")),
            "",
        ],
        ["reading the shipped question", spread(loading()), ""],
        ["briefing, warm", spread(warm_briefing()), "1 s"],
    ]
    print(f"Command line and briefing; {machine()}; {RUNS} runs each\n")
    print(table(["what", "median (range)", "bound"], rows))


if __name__ == "__main__":
    main()
