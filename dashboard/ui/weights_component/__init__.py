"""The weights component: what it is told, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.palette import MARK_PATHS
from dashboard.model.question import Question
from dashboard.model.wording import counted, swing
from dashboard.ui.choice import Choice
from dashboard.ui.keys import Key

_HERE = Path(__file__).parent
_SCRIPTS = ("rules.js", "ranking.js", "weights.js", "component.js")

# Plain files joined into one module: no build step, and each file can be read and tested alone.
_mount = st.components.v2.component(
    "counterweight_weights",
    html=(_HERE / "component.html").read_text(encoding="utf-8"),
    css=(_HERE / "component.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


def weights_component(
    evaluation: Evaluation, choice: Choice, on_change: Callable[[], None]
) -> None:
    """Draw the weights beside the ranking; ``on_change`` runs when the hand rests."""
    _mount(
        key=Key.COMPONENT,
        data=component_data(evaluation, choice),
        on_weights_change=on_change,
    )


def component_data(evaluation: Evaluation, choice: Choice) -> dict[str, Any]:
    """Everything the browser needs to draw, and to score on its own while the hand moves."""
    question = evaluation.question
    half_widths = (evaluation.values_most - evaluation.values_least) / 2
    return {
        "question": question.fingerprint,
        "revision": choice.revision,
        "tolerance": TIE_TOLERANCE,
        "points": dict(choice.points),
        "locked": list(choice.locked),
        "criteria": [criterion.id for criterion in question.criteria],
        "branches": [
            {
                "id": branch.id,
                "name": branch.name,
                "short_name": branch.label,
                "question": branch.question,
                "swing": f"{counted(len(branch.criteria), 'swing')} from worst to best",
                "criteria": [
                    {
                        "id": criterion.id,
                        "name": criterion.name,
                        "definition": criterion.definition,
                        "swing": swing(criterion),
                    }
                    for criterion in branch.criteria
                ],
            }
            for branch in question.branches
        ],
        "alternatives": [
            {
                "id": proposal.id,
                "name": proposal.label,
                "full_name": proposal.name,
                "kind": proposal.kind,
                "mark": MARK_PATHS[question.looks[proposal.id].mark],
                "colour": {
                    "light": question.looks[proposal.id].light,
                    "dark": question.looks[proposal.id].dark,
                },
                "flags": constraint_flags(question, proposal.id),
                "values": evaluation.values[index].tolist(),
                "half_widths": half_widths[index].tolist(),
            }
            for index, proposal in enumerate(question.proposals)
        ],
    }


def constraint_flags(question: Question, proposal: str) -> list[Mapping[str, str]]:
    """One flag a verdict that needs attention, worst first, naming the constraints behind it."""
    flags: list[Mapping[str, str]] = []
    for verdict, words in (("fail", "fails {}"), ("conditional", "{} on conditions")):
        names = [c.name for c in question.constraints if c.status_of(proposal).verdict == verdict]
        if names:
            count = counted(len(names), "constraint") if verdict == "fail" else str(len(names))
            flags.append(
                {"verdict": verdict, "label": words.format(count), "detail": "; ".join(names)}
            )
    return flags
