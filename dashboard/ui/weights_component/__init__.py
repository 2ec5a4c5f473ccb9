"""The weights component: what it is told, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.methods.weights import (
    equal_branch_points,
    percent,
    perspective_points,
    same_points,
)
from dashboard.model.palette import MARK_PATHS
from dashboard.model.question import Question
from dashboard.model.typed_number import TWIN, TWIN_WORDS
from dashboard.model.wording import counted, swing
from dashboard.robustness.failed import misses
from dashboard.robustness.lead import SCRIPT as LEAD
from dashboard.robustness.lead import moments_data
from dashboard.robustness.lead_words import LIVE_HEADLINES
from dashboard.ui.choice import KEPT, Choice, start_label
from dashboard.ui.kept.record import undo_key
from dashboard.ui.saved_weights import PREFIX, SavedWeights
from dashboard.ui.terms import option_meaning
from dashboard.ui.whose import whose_of
from dashboard.workshop.phone.static import RANKS

TITLE, DETAIL = "cw-page-title", "cw-page-detail"
"""Where a page that holds the component has its title, and what rests on figures of Python's."""

_HERE = Path(__file__).parent
_SCRIPTS = (
    "dom.js",
    "rules.js",
    "words.js",
    "stability.js",
    "history.js",
    "sight.js",
    "touch.js",
    "ranking.js",
    "strip.js",
    "title.js",
    "weights.js",
    "swings.js",
    "keep.js",
    "toolbar.js",
    "component.js",
)

_MODULES = (TWIN, TWIN_WORDS, RANKS, *(_HERE / name for name in _SCRIPTS))

# Plain files joined into one module: no build step, and each file can be read and tested alone.
SCRIPT = "\n".join([LEAD, *(path.read_text(encoding="utf-8") for path in _MODULES)])

_mount = st.components.v2.component(
    "counterweight_weights",
    html=(_HERE / "component.html").read_text(encoding="utf-8"),
    css=(_HERE / "component.css").read_text(encoding="utf-8"),
    js=SCRIPT,
)


def weights_component(
    evaluation: Evaluation,
    choice: Choice,
    saved: Sequence[SavedWeights],
    *,
    key: tuple[str, str],
    title: str | None,
    on_weights: Callable[[], None],
    on_action: Callable[[], None],
) -> None:
    """Draw the weights beside the ranking.

    ``key`` : the key of the component, and the visitor. With others it begins again from what
    Python says: a page that lost its server may show moves that no session holds.
    ``title`` is the page's, which the browser keeps true while a weight moves; None for a visitor
    who weighs blind, from whom the ranking is hidden.
    ``on_weights`` runs when the hand rests, ``on_action`` when anything else is asked for.
    """
    whose_steps = {"visitor": key[1], "work": undo_key(key[0], evaluation.question)}
    _mount(
        key=key[0],
        data=component_data(evaluation, choice, saved, title=title) | whose_steps,
        on_weights_change=on_weights,
        on_action_change=on_action,
    )


def component_data(
    evaluation: Evaluation,
    choice: Choice,
    saved: Sequence[SavedWeights] = (),
    *,
    title: str | None = "",
) -> dict[str, Any]:
    """Everything the browser needs to draw, and to score on its own while the hand moves."""
    question = evaluation.question
    return {
        "question": question.fingerprint,
        "revision": choice.revision,
        "tolerance": TIE_TOLERANCE,
        "points": dict(choice.points),
        "whose": whose_of(choice),
        "starts": known_points(question, choice, saved),
        "locked": list(choice.locked),
        "blind": title is None,
        "perspectives": perspective_options(question, choice, saved),
        "reset_to": start_label(question, choice),
        "kept": [{"name": s.name, "file": s.file_name, "yaml": s.yaml(question)} for s in saved],
        "criteria": [criterion.id for criterion in question.criteria],
        "moments": moments_data(evaluation),
        "headlines": LIVE_HEADLINES,
        "title": title and {"id": TITLE, "text": title, "updating": DETAIL},
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
                "meaning": option_meaning(proposal),
                "kind": proposal.kind,
                "mark": MARK_PATHS[question.looks[proposal.id].mark],
                "colour": {
                    "light": question.looks[proposal.id].light,
                    "dark": question.looks[proposal.id].dark,
                },
                "flags": constraint_flags(question, proposal.id),
                "values": evaluation.values[index].tolist(),
            }
            for index, proposal in enumerate(question.proposals)
        ],
    }


def perspective_options(
    question: Question, choice: Choice, saved: Sequence[SavedWeights] = ()
) -> list[Mapping[str, Any]]:
    """What the weights can be started from, the present start chosen; empty if there is nothing.

    A start that is no perspective stands first under its own name, and cannot be chosen again.
    """
    if not question.perspectives and not saved:
        return []
    options: list[Mapping[str, Any]] = [
        {"id": p.id, "name": p.name, "chosen": p.id == choice.perspective}
        for p in question.perspectives
    ]
    if choice.origin != "perspective":
        options = [{**option, "chosen": False} for option in options]
        options.insert(0, {"id": "", "name": choice.label(question), "chosen": True})
    options += [
        {"id": f"{PREFIX}{s.name}", "name": f"{s.name} (own)", "chosen": False} for s in saved
    ]
    if choice.kept is not None and not same_points(choice.kept, choice.points):
        options.append({"id": KEPT, "name": "Back to own weights", "chosen": False})
    return options


def known_points(
    question: Question, choice: Choice, saved: Sequence[SavedWeights] = ()
) -> list[Mapping[str, float]]:
    """Points that a hand may come back to, those that the present ones started from first."""
    perspectives = sorted(question.perspectives, key=lambda p: p.id != choice.perspective)
    return [
        *(percent(perspective_points(question, perspective)) for perspective in perspectives),
        *(dict(each.points) for each in saved),
        equal_branch_points(question.branches),
    ]


def constraint_flags(question: Question, proposal: str) -> list[Mapping[str, str]]:
    """One flag a verdict that needs attention, worst first, naming what stands behind it."""
    flags: list[Mapping[str, str]] = []
    for verdict, words in (("fail", "fails {}"), ("conditional", "{} on conditions")):
        names = [c.name for c in question.constraints if c.status_of(proposal).verdict == verdict]
        if names:
            count = counted(len(names), "constraint") if verdict == "fail" else str(len(names))
            flags.append(
                {"verdict": verdict, "label": words.format(count), "detail": "; ".join(names)}
            )
    if missed := misses(question, question.proposal(proposal)):
        label = missed[0].verb if len(missed) == 1 else f"misses {len(missed)} limits"
        detail = missed[0].figures if len(missed) == 1 else "; ".join(m.words for m in missed)
        flags.insert(0, {"verdict": "fail", "label": label, "detail": detail})
    return flags
