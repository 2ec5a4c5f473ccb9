"""Questions of many options: the whole assessment, what is printed of it, and the memory it takes.

``python -m benchmarks.bench_large [OPTIONSxCRITERIA ...]``; each size in a process of its own, so
that its memory is its own. In the same process plain NumPy ranks the same options under as many
weights: one reading of the weights with exact scores, of the four that an assessment has.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.measure import machine, table
from benchmarks.questions import write_question
from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.load import load_question
from dashboard.report.robustness_results import robustness_results
from dashboard.report.robustness_text import robustness_text
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import assess
from dashboard.robustness.workers import Workers

SAMPLES = 20_000
SIZES = ("7x14", "100x6", "300x20", "1728x6")
BOUNDS = {"300x20": "10 s", "1728x6": "30 s"}
_BLOCK = 500


def plain_ranks(values: Floats, samples: int) -> float:
    """Seconds for as many Dirichlet weights, their scores, and the order of each."""
    rng = np.random.default_rng(1)
    start = time.perf_counter()
    first = np.zeros(len(values), np.int64)
    for _ in range(samples // _BLOCK):
        weights = rng.dirichlet(np.ones(values.shape[1]), _BLOCK)
        order = np.argsort(-(weights @ values.T), axis=1)
        first += np.bincount(order[:, 0], minlength=len(values))
    return time.perf_counter() - start


def measure(size: str) -> dict[str, float]:
    """One size, in this process."""
    import scipy.optimize  # noqa: F401, PLC0415 - its import is that of every command

    options, criteria = map(int, size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        written = write_question(Path(folder), options, criteria)
        start = time.perf_counter()
        question = load_question(written)
        loaded = time.perf_counter() - start
    before = _megabytes()
    evaluation = evaluate(question, equal_branch_points(question.branches))
    told: list[float] = []
    workers = Workers(progress=lambda _done, _of: told.append(time.perf_counter()))
    start, worked = time.perf_counter(), time.process_time()
    found = assess(evaluation, Sampling(SAMPLES), workers)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    most = _megabytes() - before
    pauses = np.diff([start, *told])
    return {
        "loaded": loaded,
        "seconds": seconds,
        "worked": worked,
        "plain": plain_ranks(evaluation.values, SAMPLES),
        "longest_pause": float(pauses.max()),
        "megabytes": most,
        "text": len(robustness_text(found, "Equal branches").encode()) / 1e3,
        "json": len(json.dumps(robustness_results(found, None), indent=2).encode()) / 1e6,
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    chosen = sys.argv[1:] or list(SIZES)
    if chosen[0] == "--one":
        print(json.dumps(measure(chosen[1])))
        return
    rows = []
    for size in chosen:
        command = [sys.executable, "-m", "benchmarks.bench_large", "--one", size]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        rows.append(
            [
                size.replace("x", " x "),
                f"{found['loaded']:.1f} s",
                f"{found['seconds']:.1f} s",
                BOUNDS.get(size, ""),
                f"{found['worked']:.1f} s",
                f"{found['seconds'] / found['plain']:.1f}",
                f"{found['longest_pause']:.1f} s",
                f"{found['megabytes']:.0f} MB",
                f"{found['text']:.0f} kB",
                f"{found['json']:.2f} MB",
            ]
        )
    print(f"Large questions, {SAMPLES:,} samples; {machine()}\n")
    heads = ["options x criteria", "reading", "whole assessment", "bound", "work of the cores"]
    heads.append("/ plain ranks")
    print(table([*heads, "longest without progress", "memory above start", "text", "JSON"], rows))


if __name__ == "__main__":
    main()
