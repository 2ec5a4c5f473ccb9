"""Matrix products that stay on the thread that asked for them."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats

SINGLE_THREADED = 1 << 18
"""Multiplications up to which OpenBLAS keeps a product to the thread that asked for it. Beyond,
its threads and ours would fight over the cores."""


def product(left: Floats, right: Floats, out: Floats) -> None:
    """Write ``left @ right``, (p, q) by (q, many), into ``out``, a few columns at a time."""
    columns = max(64, SINGLE_THREADED // left.size)
    for first in range(0, right.shape[1], columns):
        part = slice(first, first + columns)
        np.matmul(left, right[:, part], out=out[:, part])


def add_product(left: Floats, right: Floats, out: Floats) -> None:
    """Add ``left @ right.T``, (p, many) by (q, many), to ``out``, a few columns at a time."""
    columns = max(64, SINGLE_THREADED // (len(left) * len(right)))
    for first in range(0, left.shape[1], columns):
        part = slice(first, first + columns)
        out += left[:, part] @ right[:, part].T
