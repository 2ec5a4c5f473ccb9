"""What a briefing says of a workshop is what its ballots say, and its hash is printed whole."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import numpy as np
import pikepdf
import pypdf
import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points, normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.model.wording import hash_groups
from dashboard.report.briefing.annex_workshop import (
    WorkshopAnnex,
    WorkshopFacts,
    annex_content,
)
from dashboard.report.briefing.pdf import briefing_pdf
from dashboard.robustness.room import room
from dashboard.robustness.room_ballots import Group, RoundBallots
from tests.report.briefing.briefs import HOSTILE, found

HEAD = "0123456789abcdef" * 4
FACTS = WorkshopFacts(
    title="Vilnius",
    method="Points for each swing.",
    began=datetime.date(2026, 11, 25),
    ended=True,
    rehearsal=False,
    joined=12,
    events=41,
    head=HEAD,
    faults=(),
)


def annex(question: Question, rounds: int = 2, facts: WorkshopFacts = FACTS) -> WorkshopAnnex:
    """Each perspective twice in every round, its group one of two; later rounds nearer to equal."""
    equal = np.array(list(equal_branch_points(question.branches).values())) / 100
    given = [
        normalise_points(list(perspective_points(question, p).values()))
        for p in question.perspectives
    ]
    rows = np.array([*given, *given])
    groups = tuple("a" if k % 2 else "b" for k in range(len(rows)))
    people = tuple(f"p{k}" for k in range(len(rows)))
    cast = [
        RoundBallots(n + 1, rows + (equal - rows) * 0.5 * n / rounds, groups, people)
        for n in range(rounds)
    ]
    named = [Group("a", "The ayes"), Group("b", "The noes")]
    valued = evaluate(question, equal_branch_points(question.branches))
    return WorkshopAnnex(facts, room(valued, cast, named, small_groups=False), question)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def brief(question: Question, workshop: WorkshopAnnex | None) -> bytes:
    content = annex_content(workshop, question.fingerprint) if workshop else None
    return briefing_pdf(found(question, workshop=content))


def test_first_places_of_each_round_and_scores_of_the_latest(shipped: Question) -> None:
    made = annex(shipped)
    options = annex_content(made, shipped.fingerprint)["options"]
    assert options["rounds"] == ["Round 1", "Round 2"]
    latest = made.room.rounds[-1].whole
    by_name = {row["name"]: row for row in options["rows"]}
    for i, proposal in enumerate(shipped.proposals):
        row = by_name[proposal.label]
        assert row["firsts"] == [f"{found.whole.firsts[i]}" for found in made.room.rounds]
        assert (row["score"], row["rank"]) == (f"{latest.scores[i]:.0f}", f"{latest.ranks[i]}")


def test_of_many_rounds_the_first_and_the_latest_are_printed(shipped: Question) -> None:
    options = annex_content(annex(shipped, rounds=7), shipped.fingerprint)["options"]
    assert options["rounds"] == ["Round 1", "Round 5", "Round 6", "Round 7"]
    assert "3 rounds in between not shown." in options["note"]


def test_groups_stand_below_the_whole_room(shipped: Question) -> None:
    groups = annex_content(annex(shipped), shipped.fingerprint)["groups"]
    assert [row["name"] for row in groups] == ["The whole room", "The ayes", "The noes"]
    assert [row["ballots"] for row in groups] == ["16", "8", "8"]


def test_movement_is_said_where_there_are_two_rounds(shipped: Question) -> None:
    titles = [
        [title for title, _ in annex_content(annex(shipped, rounds), shipped.fingerprint)["points"]]
        for rounds in (1, 2)
    ]
    assert titles == [
        ["Agreement", "What divides", "Compromise", "Mean weights"],
        ["Agreement", "What divides", "Compromise", "Mean weights", "Movement"],
    ]


def test_the_whole_hash_is_printed_and_what_it_is_good_for(shipped: Question) -> None:
    text = text_of(brief(shipped, annex(shipped)))
    assert hash_groups(HEAD) in text
    assert "The log of this workshop has 41 rows" in text
    assert "Checked for this briefing, log, ballots and question agree." in text
    assert "Annex A, the workshop \u201cVilnius\u201d: " in text


def test_a_log_that_does_not_hold_is_said_in_the_annex(shipped: Question) -> None:
    made = annex(shipped, facts=replace(FACTS, faults=("row 3 (joined) was changed",)))
    text = text_of(brief(shipped, made))
    assert "Checked for this briefing, it does not hold: row 3 (joined) was changed." in text


def test_a_rehearsal_is_marked(shipped: Question) -> None:
    text = text_of(brief(shipped, annex(shipped, facts=replace(FACTS, rehearsal=True))))
    assert "Rehearsal: simulated people. Nothing here is anybody's opinion." in text
    assert "Rehearsal" not in text_of(brief(shipped, annex(shipped)))


def test_a_workshop_on_another_state_of_the_question_says_so(shipped: Question) -> None:
    facts = dict(annex_content(annex(shipped), "f" * 64)["facts"])
    assert facts["Question"] == (
        f"Another state of it than in this briefing: {shipped.fingerprint[:12]}."
    )
    assert "Question" not in dict(annex_content(annex(shipped), shipped.fingerprint)["facts"])


def test_a_round_in_which_nobody_voted_is_printed_as_such(shipped: Question) -> None:
    made = annex(shipped)
    empty = RoundBallots(1, np.empty((0, len(shipped.criteria))), (), ())
    valued = evaluate(shipped, equal_branch_points(shipped.branches))
    silent = replace(made, room=room(valued, [empty], [], small_groups=False))
    text = text_of(brief(shipped, silent))
    assert "Nobody voted in round 1" in text
    assert "Ballots None." in text


def test_without_a_workshop_there_is_no_annex(shipped: Question) -> None:
    assert "Annex" not in text_of(brief(shipped, None))


def test_the_annex_begins_a_page_and_stays_tagged(shipped: Question) -> None:
    with pikepdf.open(io.BytesIO(brief(shipped, annex(shipped)))) as pdf:
        assert len(pdf.pages) == 3
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_no_title_can_break_the_annex(shipped: Question, title: str) -> None:
    made = annex(shipped, facts=replace(FACTS, title=title[:200]))
    assert brief(shipped, made).startswith(b"%PDF")


def test_equal_input_gives_equal_bytes(shipped: Question) -> None:
    assert brief(shipped, annex(shipped)) == brief(shipped, annex(shipped))
