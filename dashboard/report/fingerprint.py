"""What identifies a result: the question with its settings, and the weights."""

from __future__ import annotations

import hashlib
import json

from dashboard.methods.evaluate import Evaluation

FINGERPRINT_DIGITS = 12
"""Of a fingerprint as it is printed: enough to tell any two questions apart."""

WEIGHT_DECIMALS = 12
"""Weights are rounded before they are hashed: the last bits may differ between processors."""


def input_fingerprint(evaluation: Evaluation) -> str:
    """SHA-256 in hex over the fingerprint of the question and the weights by criterion id."""
    criteria = [criterion.id for criterion in evaluation.question.criteria]
    rounded = [round(weight, WEIGHT_DECIMALS) for weight in evaluation.weights.tolist()]
    inputs = {
        "question": evaluation.question.fingerprint,
        "weights": dict(zip(criteria, rounded, strict=True)),
    }
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
