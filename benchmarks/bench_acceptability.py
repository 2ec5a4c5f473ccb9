"""Acceptability indices against the plain way and the loops of two libraries.

``python -m benchmarks.bench_acceptability`` takes about two minutes; with ``--hundred-million`` it
adds the largest count, a minute more. All ratios come from runs that took turns in one process.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.measure import machine, table
from dashboard.methods.arrays import Floats, performance
from dashboard.methods.evaluate import value_bounds
from dashboard.model.load import load_question
from dashboard.robustness.acceptability import Sampling, acceptability
from dashboard.robustness.sample_problem import Measures
from dashboard.robustness.score_sampling import ScoreTables, score_tables
from dashboard.robustness.weight_sampling import uniform_weights
from dashboard.robustness.workers import Workers

ROUNDS = 7
SAMPLES = 1_000_000
RANKS_ONLY = Measures(central_weights=False, pairwise=False, bands=False)
WITHOUT_BANDS = Measures(bands=False)
SHIPPED = Path(__file__).resolve().parent.parent

MEMORY = """
from benchmarks.bench_acceptability import RANKS_ONLY, Measures, memory, run, shipped
values, tables = shipped()
run({values}, 1000, {measures})()
before = memory()
run({values}, {samples}, {measures})()
print(memory() - before)
"""


def shipped() -> tuple[Floats, ScoreTables]:
    """7 options by 14 criteria: likely values, and the bands around them."""
    question = load_question(SHIPPED)
    curves = [criterion.points for criterion in question.criteria]
    raw = performance(question)
    return value_bounds(question, raw)[0], score_tables(raw, curves)


def run(
    values: Floats | ScoreTables, samples: int, measures: Measures, workers: int | None = None
) -> Callable[[], object]:
    source = uniform_weights(values.shape[1])
    sampling = Sampling(samples, 1)
    return lambda: acceptability(values, source, sampling, measures, Workers(count=workers))


def plain(values: Floats, samples: int) -> list[Floats]:
    """As one would write it first: no ties, and everything in memory at once."""
    rng = np.random.default_rng(1)
    weights = rng.dirichlet(np.ones(values.shape[1]), samples)
    order = np.argsort(-(weights @ values.T), axis=1)
    return [np.bincount(column, minlength=len(values)) for column in order.T]


def pymcdm_loop(values: Floats, samples: int) -> None:
    from pymcdm.methods import WSM  # noqa: PLC0415 - only measured, never needed

    method = WSM(normalization_function=lambda column, cost: column)  # noqa: ARG005
    rng, types = np.random.default_rng(1), np.ones(values.shape[1])
    for weights in rng.dirichlet(types, samples):
        method.rank(method(values, weights, types))


def scikit_criteria_loop(values: Floats, samples: int) -> None:
    from skcriteria import mkdm  # noqa: PLC0415 - only measured, never needed
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415

    method, rng = WeightedSumModel(), np.random.default_rng(1)
    for weights in rng.dirichlet(np.ones(values.shape[1]), samples):
        matrix = mkdm(values, [max] * values.shape[1], weights=weights)
        _ = method.evaluate(matrix).rank_


def in_turns(cases: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each; the first round only warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, case in cases.items():
            start = time.perf_counter()
            case()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times[1:]) for name, times in seconds.items()}


def alone(samples: int) -> None:
    """One worker's share, in a process of its own."""
    run(shipped()[0], samples, RANKS_ONLY, 1)()


def ceiling() -> float:
    """What two cores of this machine are worth: two processes that share nothing, against one.

    A virtual machine's two cores may be halves of one, and its host may slow one down when the
    other works; no number of threads can do better than this.
    """
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:

        def together(count: int) -> None:
            list(processes.map(alone, [SAMPLES] * count))

        took = in_turns({"one": lambda: together(1), "two": lambda: together(2)})
    return 2 * took["one"] / took["two"]


def memory() -> float:
    """The most memory this process ever held, in MB (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def memory_above_start(values: str, measures: str, samples: int) -> float:
    code = MEMORY.format(values=values, measures=measures, samples=samples)
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=SHIPPED
    )
    return float(result.stdout)


def ratios(values: Floats, tables: ScoreTables) -> list[list[str]]:
    question = load_question(SHIPPED)
    curves = [criterion.points for criterion in question.criteria]
    correlated = score_tables(performance(question), curves, correlation=0.3)
    took = in_turns(
        {
            "plain": lambda: plain(values, SAMPLES),
            "ranks": run(values, SAMPLES, RANKS_ONLY),
            "ranks, one thread": run(values, SAMPLES, RANKS_ONLY, 1),
            "more": run(values, SAMPLES, WITHOUT_BANDS),
            "all": run(values, SAMPLES, Measures()),
            "both": run(tables, SAMPLES, RANKS_ONLY),
            "both, one thread": run(tables, SAMPLES, RANKS_ONLY, 1),
            "correlated": run(correlated, SAMPLES, RANKS_ONLY),
        }
    )
    loops = in_turns(
        {
            "pymcdm": lambda: pymcdm_loop(values, 1000),
            "scikit-criteria": lambda: scikit_criteria_loop(values, 100),
        },
        rounds=3,
    )
    by_pymcdm = loops["pymcdm"] * SAMPLES / 1000
    by_skcriteria = loops["scikit-criteria"] * SAMPLES / 100
    ranks = took["ranks"]

    def row(what: str, seconds: float, ratio: float, bound: str) -> list[str]:
        return [what, f"{seconds * 1000:,.0f} ms", f"{ratio:,.{0 if ratio > 100 else 2}f}", bound]

    return [
        row("plain NumPy: Dirichlet, product, argsort", took["plain"], 1, ""),
        row("ranks; plain / this", ranks, took["plain"] / ranks, "at least 3"),
        row("pymcdm in a loop, scaled; / ranks", by_pymcdm, by_pymcdm / ranks, "at least 1,000"),
        row(
            "scikit-criteria in a loop, scaled; / ranks",
            by_skcriteria,
            by_skcriteria / ranks,
            "at least 10,000",
        ),
        row(
            "ranks, central weights, pairs; plain / this",
            took["more"],
            took["plain"] / took["more"],
            "at least 1.5",
        ),
        row("and bands; plain / this", took["all"], took["plain"] / took["all"], ""),
        row("weights and scores; / ranks", took["both"], took["both"] / ranks, "at most 4"),
        row("and correlated; / ranks", took["correlated"], took["correlated"] / ranks, "at most 4"),
        row(
            "ranks on one thread; / on two",
            took["ranks, one thread"],
            took["ranks, one thread"] / ranks,
            "at least 1.6",
        ),
        row(
            "weights and scores on one thread; / on two",
            took["both, one thread"],
            took["both, one thread"] / took["both"],
            "at least 1.6",
        ),
        ["this machine: two processes, nothing shared; / one", "", f"{ceiling():.2f}", ""],
    ]


def growth(values: Floats, largest: int) -> list[list[str]]:
    """Time and memory by the number of samples."""
    rows = []
    for power in range(4, largest + 1):
        samples = 10**power
        rounds = 9 if power < 7 else 1
        seconds = in_turns({"ranks": run(values, samples, RANKS_ONLY)}, rounds)["ranks"]
        alone = memory_above_start("values", "RANKS_ONLY", samples)
        together = memory_above_start("tables", "Measures()", samples)
        rows.append(
            [
                f"{samples:,}",
                f"{seconds * 1000:,.1f} ms",
                f"{seconds / samples * 1e9:,.0f} ns",
                f"{alone:,.0f} MB",
                f"{together:,.0f} MB",
            ]
        )
    return rows


def main() -> None:
    values, tables = shipped()
    print(f"Acceptability, 7 options x 14 criteria, {SAMPLES:,} samples; {machine()}\n")
    print(table(["what", "median", "ratio", "bound"], ratios(values, tables)))
    print()
    largest = 8 if "--hundred-million" in sys.argv else 7
    head = ["samples", "ranks", "per sample", "memory above start", "with scores and all measures"]
    print(table(head, growth(values, largest)))


if __name__ == "__main__":
    main()
