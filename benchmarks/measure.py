"""What the benchmarks share: medians, a table, the machine."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence


def machine() -> str:
    """The machine in a line, without its name."""
    model = platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"


def spread(values: Sequence[float], unit: str = "ms", scale: float = 1000) -> str:
    """Median, and the range it comes from."""
    middle = statistics.median(values) * scale
    return f"{middle:,.0f} {unit} ({min(values) * scale:,.0f} to {max(values) * scale:,.0f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, for the terminal and for docs/performance.md."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
