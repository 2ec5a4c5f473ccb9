"""Data as one text, the same for the same data: what hashes are taken of."""

from __future__ import annotations

import json


def canonical(data: object) -> str:
    """JSON with sorted keys, without spaces; NaN and infinities are errors."""
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
