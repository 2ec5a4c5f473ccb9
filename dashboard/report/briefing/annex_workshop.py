"""The annex of a briefing that holds what a workshop did: rounds, agreement, movement, the log.

It knows nothing of where workshops are kept: what it says comes from a ``Room`` and a few facts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.wording import counted, hash_groups, listed, names_or_count, number
from dashboard.report import room_dividing_words as divided
from dashboard.report import room_words as words
from dashboard.report.briefing.annex_parts import note, say
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Columns,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
    runs,
    strong,
)
from dashboard.report.briefing.words import long_date
from dashboard.report.fingerprint import FINGERPRINT_DIGITS
from dashboard.report.room_rows import group_rows, option_order, round_rows
from dashboard.robustness.room import Room, RoundResult
from dashboard.robustness.room_movement import Movement

MOST_ROUNDS_SIDE_BY_SIDE = 4
"""Of more rounds the annex prints the first and the latest ones: a page has no room for more."""


@dataclass(frozen=True)
class WorkshopFacts:
    """What the annex says of a workshop besides its figures.

    ``method`` : how people weighted, in words. ``joined`` : how many take part. ``head`` : the hash
    of the last row of its log, ``events`` the rows. ``faults`` : what did not fit when the workshop
    was checked against its log just now, a sentence each.
    """

    title: str
    method: str
    began: datetime.date
    ended: bool
    rehearsal: bool
    joined: int
    events: int
    head: str
    faults: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class WorkshopAnnex:
    """A workshop for a briefing. ``question`` is the copy that it voted on."""

    facts: WorkshopFacts
    room: Room
    question: Question


def annex_content(annex: WorkshopAnnex, fingerprint: str) -> dict[str, Any]:
    """Everything that is printed of a workshop, in the order of the page.

    Parameters
    ----------
    fingerprint : of the question of the briefing itself; where the workshop was on another state
        of the question, the annex says so.
    """
    facts, room, question = annex.facts, annex.room, annex.question
    result = room.latest
    return {
        "heading": f"Annex: the workshop \u201c{facts.title}\u201d",
        "rehearsal": f"{words.REHEARSAL}. Nothing here is anybody's opinion."
        if facts.rehearsal
        else "",
        "finding": f"{words.finding(room, question)}.",
        "facts": [list(pair) for pair in _facts(annex, fingerprint)],
        "options": _options(room, question),
        "groups": _groups(result, question),
        "groups_note": words.hidden_sentence(room) if room.groups else "",
        "points": [list(pair) for pair in _points(room, question)],
        "log": _log(facts),
        "head": hash_groups(facts.head),
    }


def _facts(annex: WorkshopAnnex, fingerprint: str) -> list[tuple[str, str]]:
    facts, room = annex.facts, annex.room
    cast = [f"round {result.number}: {words.ballots(result.ballots)}" for result in room.rounds]
    lines = [
        ("When", f"From {long_date(facts.began)}; {'ended' if facts.ended else 'not ended yet'}."),
        ("Who took part", f"{counted(facts.joined, 'person', 'people')} joined."),
        ("How they weighted", f"{facts.method} Each in private; shown together after each round."),
        ("Ballots", f"{listed(cast)[:1].upper()}{listed(cast)[1:]}." if cast else "None."),
    ]
    if annex.question.fingerprint != fingerprint:
        other = annex.question.fingerprint[:FINGERPRINT_DIGITS]
        lines.append(("Question", f"Another state of it than in this briefing: {other}."))
    return lines


def _options(room: Room, question: Question) -> dict[str, Any]:
    """First places in each round and the rank under the mean weights of the latest."""
    rounds = round_rows(room)
    shown = rounds
    if len(rounds) > MOST_ROUNDS_SIDE_BY_SIDE:
        shown = [rounds[0], *rounds[-(MOST_ROUNDS_SIDE_BY_SIDE - 1) :]]
    result = room.rounds[-1] if room.rounds else None
    if result is None:
        return {"rounds": [], "rows": [], "w": [], "note": ""}
    left = len(rounds) - len(shown)
    lead = result.whole.lead
    rows = [
        {
            **_option(question, question.proposals[i]),
            "firsts": [f"{row.firsts[i]:,}" for row in shown],
            "score": number(float(result.whole.scores[i])),
            "rank": f"{result.whole.ranks[i]}",
            "undecided": i in lead.undecided,
        }
        for i in option_order(result)
    ]
    return {
        "rounds": [f"Round {row.number}" for row in shown],
        "rows": rows,
        "w": [row.w for row in shown],
        "note": f"{words.FIRSTS_KEY} {words.MEAN_KEY}"
        + (f" {counted(left, 'round')} in between not shown." if left else ""),
    }


def _option(question: Question, proposal: Proposal) -> dict[str, str]:
    """Name and look of an option, and what it is where it is no proposal."""
    look, note = question.looks[proposal.id], "rival" if proposal.kind == "rival" else ""
    return {"name": proposal.label, "note": note, "mark": look.mark, "colour": look.light}


def _groups(result: RoundResult | None, question: Question) -> list[dict[str, Any]]:
    """A row for the whole room and each group that may be shown; none where there is no group."""
    if result is None or not result.groups.shown:
        return []
    names = words.option_names(question)
    return [
        {
            "name": row.name,
            "ballots": f"{row.ballots:,}",
            "leads": names_or_count([names[i] for i in row.leaders], "option"),
            "lead": row.lead,
            "clear": not row.undecided,
            "w": row.w,
        }
        for row in group_rows(result)
    ]


def _points(room: Room, question: Question) -> list[tuple[str, str]]:
    """What is said of the latest round, each with its lead-in."""
    result = room.latest
    if result is None:
        return []
    agreement = [
        f"{words.agreement_finding(result)}.",
        words.agreement_sentence(result),
        words.diversity_sentence(result),
    ]
    divides = [
        f"{divided.dividing_finding(result, question)}.",
        divided.pair_sentence(result, question),
        divided.share_sentence(result, question) if result.dividing.pair is not None else "",
    ]
    compromise = [
        f"{divided.compromise_finding(result, question)}.",
        divided.compromise_sentence(result, question),
        divided.movers_sentence(result),
    ]
    said = [
        ("Agreement", agreement),
        ("What divides", divides),
        ("Compromise", compromise),
        (
            "Mean weights",
            [f"{words.mean_finding(result, question)}.", words.mean_sentence(result, question)],
        ),
    ]
    if room.movement is not None:
        said.append(("Movement", _movement(room.movement, question)))
    return [(title, " ".join(filter(None, sentences))) for title, sentences in said]


def _movement(moved: Movement, question: Question) -> list[str]:
    finding = f"{divided.movement_finding(moved)}."
    # Where who changed is hidden, the finding has only what the sentence after it says too.
    return [
        "" if moved.changed is None and moved.mean is not None else finding,
        divided.moved_sentence(moved),
        divided.changes_sentence(moved, question),
        divided.concordance_sentence(moved),
    ]


def _log(facts: WorkshopFacts) -> str:
    """What the hash is good for, and whether the workshop agreed with its log."""
    purpose = (
        f"The log of this workshop has {counted(facts.events, 'row')}, each with a hash over "
        "itself and the row before it. The last hash is printed below: a log that was changed "
        "after this briefing cannot end in it, or go through it, any more. It proves nothing "
        "about who sat behind a phone."
    )
    if facts.faults:
        return f"{purpose} Checked for this briefing, it does not hold: {'; '.join(facts.faults)}."
    return f"{purpose} Checked for this briefing, log, ballots and question agree."


# ------------------------------------------------------------------------------ as a section

MOST_OPTIONS = 20
"""Options in the table of first places; of more the best are printed."""


def section(content: Mapping[str, Any]) -> Section:
    """The annex of the plain data that ``annex_content`` gives, which may come out of a file."""
    blocks: list[Block] = []
    if content["rehearsal"]:
        blocks.append(Paragraph(runs(strong(content["rehearsal"])), bar="accent"))
    blocks.append(Facts(tuple((label, said) for label, said in content["facts"])))
    blocks += _options_table(content["options"])
    if content["groups"]:
        blocks += [Heading("Groups side by side"), _groups_table(content["groups"])]
    if content["groups_note"]:
        blocks.append(note(content["groups_note"]))
    points = content["points"]
    for start in range(0, len(points), 2):
        pair = points[start : start + 2]
        blocks.append(Columns(tuple((Heading(title), say(body)) for title, body in pair)))
    blocks += [Heading("The log"), say(content["log"]), say(strong(content["head"]))]
    heading = content["heading"].removeprefix("Annex: ")
    title = content["finding"].removesuffix(".")
    return Section("annex-workshop", heading, title, tuple(blocks), dense=True)


def _options_table(options: Mapping[str, Any]) -> list[Block]:
    if not options["rows"]:
        return []
    rows = [
        (
            Cell(row["name"], bold=True, note=row["note"], mark=row["mark"], colour=row["colour"]),
            *(Cell(firsts) for firsts in row["firsts"]),
            Cell(row["score"], muted=row["undecided"]),
            Cell(row["rank"], muted=row["undecided"]),
        )
        for row in options["rows"][:MOST_OPTIONS]
    ]
    left = len(options["rows"]) - len(rows)
    numbers = [*options["rounds"], "Score", "Rank"]
    table = Table(
        "First places in each round, and scores under its mean weights",
        (
            Column("Option", width=2.4),
            *(Column(name, align="right") for name in numbers),
        ),
        tuple(rows),
        foot=(
            Cell("Kendall's W", muted=True, small=True),
            *(Cell(w, muted=True, small=True) for w in options["w"]),
            Cell(""),
            Cell(""),
        ),
    )
    cut = f" {counted(left, 'option')} of lower rank not shown." if left else ""
    return [
        Heading("First places, and scores under the mean weights of the latest round"),
        table,
        note(f"{options['note']}{cut}"),
    ]


def _groups_table(groups: list[Mapping[str, Any]]) -> Table:
    return Table(
        "Groups side by side",
        (
            Column("Group", width=2.0),
            Column("Ballots", align="right", width=None),
            Column("Leads under its mean weights", width=2.2),
            Column("Ahead by", align="right", width=None),
            Column("Kendall's W", align="right", width=None),
        ),
        tuple(
            (
                Cell(row["name"]),
                Cell(row["ballots"]),
                Cell(row["leads"], muted=not row["clear"]),
                Cell(row["lead"], muted=not row["clear"]),
                Cell(row["w"]),
            )
            for row in groups
        ),
    )
