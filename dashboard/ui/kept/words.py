"""The sentences on what a browser keeps."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.question import Question
from dashboard.model.wording import counted, listed
from dashboard.report.override_words import overrides_count
from dashboard.ui.briefs import Wanted
from dashboard.ui.kept.record import LONGEST, Fitted, Work
from dashboard.ui.kept.reports import Changed, Found, when_words

WHAT_IS_KEPT = "Your work on this question is kept in this browser, and nowhere else."
FORGET_HELP = (
    "Kept are weights with their undo history, saved weights, what-if scores with their reasons, "
    "and what you set for a briefing. This clears it for every question and every tab."
)
FORGET = "Forget what this browser keeps"
NOT_KEPT = {
    "forgotten": "This browser keeps nothing now. What you see stays until you close the page.",
    "cleared": "What this browser kept was cleared in another tab. This tab is not kept.",
    "refused": "This browser does not let pages keep anything; a reload loses what you do here.",
    "full": "This browser has no room to keep more; a reload loses what you do here.",
    "long": (
        f"This work is longer than what is kept in a browser ({LONGEST:,} characters), so a reload "
        "loses what you do from now on. Forget saved weights or shorten reasons, and it is kept "
        "again."
    ),
    "briefing": "Nothing of a question that was opened from a briefing is kept in this browser.",
}
"""By why nothing is kept."""


@dataclass(frozen=True)
class Line:
    """What is said above a page, and the records that can be loaded: label and slot of each."""

    said: str
    kind: str
    loads: tuple[tuple[str, str], ...] = ()


def restored_line(question: Question, result: Fitted, found: Found) -> Line:
    """That it was taken over, what it is, and what of it no longer fits."""
    said = (
        f"Restored from this browser, as kept on {when_words(found.when)}. "
        f"{_what(question, result.work)}."
    )
    others = tuple((f"Load the one from {when_words(o.when)}", o.slot) for o in found.others)
    if others:
        said += f" {counted(len(others), 'other record is', 'other records are')} kept too."
    return Line(f"{said}{_lost(result)}", "restored", others)


def offered_line(question: Question, result: Fitted, found: Found) -> Line:
    """That the address went before what is kept, which is untouched."""
    began = "This tab began without it." if found.fresh else "The address brought other weights."
    said = (
        f"This browser keeps other work on this question, from {when_words(found.when)}. {began} "
        f"What is kept is unchanged. {_what(question, result.work)}."
    )
    return Line(f"{said}{_lost(result)}", "offered", (("Load what is kept", found.slot),))


def changed_line(changed: Changed) -> Line:
    """That another tab wrote since, and nothing was written over."""
    said = (
        "Another tab of this browser changed what is kept of this question "
        f"({when_words(changed.when)}). Nothing was overwritten: load the work of the other tab, "
        "or keep both."
    )
    return Line(said, "changed", (("Load the other tab's work", changed.slot),))


def started_line(slot: str) -> Line:
    said = "Started again. Your earlier work is still kept in this browser."
    return Line(said, "started", (("Bring it back", slot),))


def cleared_line() -> Line:
    return Line(NOT_KEPT["cleared"], "cleared")


def gone_line() -> Line:
    return Line("What you asked for is no longer kept in this browser.", "gone")


def unreadable_line() -> Line:
    said = (
        "What this browser keeps of this question is damaged or from another version, and was left "
        f"as it is. “{FORGET}” at the foot of the page removes it."
    )
    return Line(said, "unreadable")


def _what(question: Question, work: Work) -> str:
    """'Weights: Own weights; 2 scores overridden; for the briefing: marking “Draft”'."""
    choice = work.choice
    parts = [f"Weights: {choice.label(question)}"]
    if choice.locked:
        parts.append(counted(len(choice.locked), "lock"))
    if choice.settings:
        parts.append(f"{counted(len(choice.settings), 'setting')} on")
    if choice.overrides:
        reasons = sum(override.reason is not None for override in choice.overrides)
        with_reasons = f" ({counted(reasons, 'reason')})" if reasons else ""
        parts.append(f"{overrides_count(choice.overrides)}{with_reasons}")
    if work.saved:
        parts.append(f"saved weights {listed([f'“{s.name}”' for s in work.saved])}")
    if briefing := _briefing(work.wanted):
        parts.append(f"for the briefing: {listed(briefing)}")
    if work.blind:
        parts.append("the ranking stays hidden")
    return "; ".join(parts)


def _briefing(wanted: Wanted) -> list[str]:
    parts = []
    for label, value in (
        ("marking", wanted.marking),
        ("author", wanted.author),
        ("assurer", wanted.assurer),
    ):
        if value:
            parts.append(f"{label} “{value}”")
    if wanted.length != Wanted().length:
        parts.append("length")
    if wanted.left_out:
        parts.append("annexes")
    if wanted.whose == "perspectives":
        parts.append("perspectives")
    return parts


def _lost(result: Fitted) -> str:
    if not result.lost:
        return ""
    return f" The question was edited since: {'; '.join(result.lost)}."
