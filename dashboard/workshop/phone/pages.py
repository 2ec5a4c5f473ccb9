"""What each page shows, as plain data; the templates only lay it out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from dashboard.model.question import Question
from dashboard.model.typed_number import typed
from dashboard.model.value_tree import Criterion
from dashboard.model.wording import counted, meaning, number, performance, weight_percent
from dashboard.workshop.answers import AnswersError, weights_of
from dashboard.workshop.phone.results import live_data, own_ranking
from dashboard.workshop.phone.session import new_request
from dashboard.workshop.phone.visit import Visit
from dashboard.workshop.records import Answers, Ballot, Method

FIELD = "a"
"""Before a criterion's place among all, the name of its field: shorter than its id, and in a frozen
copy of the question as lasting."""

_FIELD_NAME = re.compile(rf"{FIELD}[0-9]+")

_MOST_CHOICES = 10
"""With more swings, a place is typed: lists of sixty places, sixty times, are no small page, and
a number is quicker to type than to find in a long list."""

_LONGEST_KEPT = 40

_ASKED: Mapping[Method, str] = {
    "swing": "How much is each improvement worth to you?",
    "ranking": "Which improvement first, which next?",
}


@dataclass(frozen=True)
class Page:
    """A template and what it shows."""

    template: str
    heading: str
    data: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Swing:
    """One criterion on the form: what is traded, what was typed, and what is wrong with it."""

    at: int
    name: str
    definition: str
    worst: str
    best: str
    typed: str
    error: str | None


def page_for(visit: Visit) -> Page:
    """The page that fits where the workshop stands and what this person has done."""
    if visit.person is None:
        return ended(visit) if visit.stage == "ended" else join(visit)
    at = visit.stage.partition("-")[0]
    if at == "ended":
        return ended(visit)
    if at == "before":
        return Page("waiting.html", "You are in. The first round has not begun yet")
    ballot = visit.ballot()
    if at == "open":
        return weigh(visit) if ballot is None else voted(visit, ballot)
    if at == "closed":
        return closed(visit, ballot)
    return revealed(visit, ballot)


def join(visit: Visit, form: Mapping[str, str] | None = None, wrong: str = "") -> Page:
    """The form to join with, or to change what one joined with; ``wrong`` : with the group."""
    person = visit.person
    if form is None:
        form = {}
        if person is not None:
            agreed = {"agreed": "1"} if person.names_agreed else {}
            form = {"name": person.name or "", "group": person.group, **agreed}
    groups = {group.id for group in visit.plan.groups}
    data = {
        "name": form.get("name", "")[:300],
        "agreed": form.get("agreed") == "1",
        "group": form.get("group") if form.get("group") in groups else None,
        "wrong": wrong,
        "is_known": person is not None,
    }
    heading = "Your name and group" if person else "Join the workshop"
    return Page("join.html", heading, data, 422 if wrong else 200)


def weigh(
    visit: Visit,
    typed: Mapping[str, str] | None = None,
    errors: AnswersError | None = None,
    request: str | None = None,
) -> Page:
    """The form of the open round: as typed, else one's ballot, else that of an earlier round."""
    question = visit.question
    origin = ""
    if typed is None:
        typed, origin = _filled_in(visit)
    wrong = errors.by_criterion if errors else {}
    count = len(question.criteria)
    swings = iter(
        [
            _swing(at, criterion, typed.get(criterion.id, ""), wrong.get(criterion.id))
            for at, criterion in enumerate(question.criteria)
        ]
    )
    data = {
        "method": visit.plan.method,
        "branches": [
            (branch.name, branch.question, list(islice(swings, len(branch.criteria))))
            for branch in question.branches
        ],
        "places": range(1, count + 1) if count <= _MOST_CHOICES else None,
        "count": count,
        "origin": origin,
        "whole": errors.all_of_them if errors else None,
        "wrong": [
            (at, c.label, wrong[c.id]) for at, c in enumerate(question.criteria) if c.id in wrong
        ],
        "request": request or new_request(),
        "draft": _draft(visit),
        "live": live_data(question) if visit.plan.live_ranking else None,
    }
    return Page("weigh.html", _ASKED[visit.plan.method], data, 422 if errors else 200)


def voted(visit: Visit, ballot: Ballot) -> Page:
    """What was counted, and what follows from it."""
    # Counts from before this ballot would seem to say that it was not counted.
    knows = visit.pulse.now >= ballot.at
    counts = f"{visit.pulse.voted} of {visit.pulse.joined} have voted. " if knows else ""
    data = {
        **_own(visit, ballot, shows_ranking=visit.plan.live_ranking),
        "counts": counts,
        "draft": _draft(visit),
    }
    return Page("voted.html", "Your vote is in", data)


def closed(visit: Visit, ballot: Ballot | None) -> Page:
    number = visit.round.number if visit.round else 0
    return Page("closed.html", f"Round {number} is closed", _own(visit, ballot))


def revealed(visit: Visit, ballot: Ballot | None) -> Page:
    """One's own ranking beside what the room said."""
    number = visit.round.number if visit.round else 0
    data = {**_own(visit, ballot), "room": visit.desk.rooms.of(visit.workshop, number)}
    return Page("revealed.html", f"Round {number}: you and the room", data)


def ended(visit: Visit) -> Page:
    """The last page: the head of the log to note, and where one ended."""
    current = visit.round
    number = current.number if current and current.is_revealed else None
    data = {
        **_own(visit, visit.earlier_ballot()),
        "room": visit.desk.rooms.of(visit.workshop, number) if number else None,
        "number": number,
        "head": visit.workshop.head,
        "events": counted(visit.workshop.events, "event"),
    }
    return Page("ended.html", "This workshop is closed", data)


def leaving(_: Visit) -> Page:
    """Asks once more."""
    return Page("leave.html", "Leave and delete your ballots?")


def around(visit: Visit) -> dict[str, object]:
    """What stands around each page of a workshop."""
    current = visit.round
    seconds = visit.pulse.seconds_left
    closes_at = current.closes_at if current and seconds is not None else None
    return {
        "title": visit.plan.title,
        "plan": visit.plan,
        "at": visit.address,
        "stage": visit.stage,
        "left": None if seconds is None else math.ceil(seconds),
        "closes": clock_time(closes_at) if closes_at else None,
        "round": current.number if current and visit.stage != "ended" else None,
        "is_open": visit.workshop.takes_ballots,
        "token": visit.token,
        "person": visit.person,
        "context": visit.question.context,
    }


def state(visit_pulse_stage: str, left: float | None, joined: int, voted: int) -> dict[str, object]:
    """What a phone asks for again and again."""
    seconds = None if left is None else math.ceil(left)
    return {"stage": visit_pulse_stage, "left": seconds, "joined": joined, "voted": voted}


def clock_time(moment: int) -> str:
    """Hours and minutes on the clock of the room, which is that of the laptop."""
    return datetime.fromtimestamp(moment / 1000, tz=UTC).astimezone().strftime("%H:%M")


def _own(visit: Visit, ballot: Ballot | None, *, shows_ranking: bool = True) -> dict[str, object]:
    meanings = _meanings(visit.question)
    if ballot is None:
        return {"ballot": None, "own": None, "weights": [], "meanings": meanings}
    weights = weights_of(ballot.answers, visit.question)
    return {
        "ballot": ballot,
        "time": clock_time(ballot.at),
        "own": own_ranking(visit.question, weights) if shows_ranking else None,
        "weights": _weights(visit.question, ballot.answers, weights.tolist()),
        "asked": "points" if ballot.answers.method == "swing" else "place",
        "meanings": meanings,
    }


def _meanings(question: Question) -> list[tuple[str, str]]:
    """What each option is and how each criterion is defined, under the names that pages show."""
    options = [(p.label, p.name, p.summary) for p in question.proposals]
    criteria = [(c.label, c.name, c.definition) for c in question.criteria]
    return [(named[0], meaning(*named)) for named in (*options, *criteria)]


def _weights(
    question: Question, answers: Answers, weights: list[float]
) -> list[tuple[str, str, str, str]]:
    """Each criterion with the answer and the weight that follows, the heaviest first."""
    rows = sorted(
        zip(question.criteria, weights, strict=True), key=lambda row: row[1], reverse=True
    )
    most = max(weights)
    return [
        (
            criterion.label,
            number(answers.given[criterion.id], 1),
            weight_percent(weight),
            f"{100 * weight / most:.1f}",
        )
        for criterion, weight in rows
    ]


def given_in(question: Question, form: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by criterion id; a field of no criterion keeps its name."""
    ids = {f"{FIELD}{at}": criterion.id for at, criterion in enumerate(question.criteria)}
    return {
        ids.get(key, f" {key}"): text for key, text in form.items() if _FIELD_NAME.fullmatch(key)
    }


def _filled_in(visit: Visit) -> tuple[dict[str, str], str]:
    """What a form begins with, and a sentence that says where that is from."""
    ballot, current = visit.earlier_ballot(), visit.round
    if ballot is None or current is None or ballot.answers.method != visit.plan.method:
        return {}, ""
    if ballot.round == current.number:
        return _typed(ballot), "These are your answers as you sent them."
    return _typed(ballot), f"Your answers of round {ballot.round} are filled in."


def _draft(visit: Visit) -> str:
    """Under what a phone keeps what was not sent: its person, workshop and round."""
    number = visit.round.number if visit.round else 0
    return f"{visit.workshop.code}-{number}-{visit.token[:8]}"


def _typed(ballot: Ballot) -> dict[str, str]:
    return {key: typed(given) for key, given in ballot.answers.given.items()}


def _swing(at: int, criterion: Criterion, typed: str, error: str | None) -> Swing:
    return Swing(
        at,
        criterion.name,
        criterion.definition,
        _anchor(criterion, criterion.worst),
        _anchor(criterion, criterion.best),
        typed[:_LONGEST_KEPT],
        error,
    )


def _anchor(criterion: Criterion, at: float) -> str:
    """An anchor with its unit, and what the scale calls it."""
    written = performance(at, criterion)
    said = next((level.label for level in criterion.levels if level.at == at), None)
    return f"{written} ({said})" if said else written
