"""The addresses of the participants' pages, and what is done at each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.model.errors import InputError
from dashboard.workshop import voting
from dashboard.workshop.answers import AnswersError, read_answers
from dashboard.workshop.codes import plain_code
from dashboard.workshop.phone import pages, static
from dashboard.workshop.phone.desk import desk
from dashboard.workshop.phone.pages import Page
from dashboard.workshop.phone.render import (
    as_data,
    sent_on,
    shown,
    with_cookie,
    without_cookie,
)
from dashboard.workshop.phone.requests import Asked, TurnedAwayError, asked, read_form
from dashboard.workshop.phone.session import REQUEST_PATTERN
from dashboard.workshop.phone.visit import (
    Visit,
    stage,
    visit,
    visit_with_form,
    workshop_of,
)
from dashboard.workshop.refusals import Kind, RefusedError

Work = Callable[[Asked], Response]

_STATUS: dict[Kind, int] = {
    "answers": 422,
    "busy": 503,
    "closed": 409,
    "key": 403,
    "not-joined": 409,
    "not-revealed": 409,
    "state": 409,
    "storage": 503,
    "unknown": 404,
    "version": 503,
}
_AWAY = (
    "Nothing of this was counted. Send it again in a moment; if that does not help, tell the "
    "facilitator."
)


# ------------------------------------------------------------------------------ what is done


def _code(asked: Asked) -> Response:
    """Type the code; or, with one, go to its workshop."""
    typed = asked.query.get("code", "")
    if not typed.strip():
        note = "You have left, and your ballots are deleted." if "left" in asked.query else None
        return shown(Page("code.html", "Join a workshop", {"typed": "", "note": note}))
    workshop_of(desk(), asked, typed)
    return sent_on(f"/w/{plain_code(typed)}")


def _workshop(asked: Asked) -> Response:
    """Whatever page fits."""
    found = visit(asked)
    if asked.code != found.workshop.code:
        return sent_on(found.address)
    return with_cookie(shown(pages.page_for(found), found), asked, found)


def _of_those_who_joined(page: Callable[[Visit], Page]) -> Work:
    """A page that others than participants are led away from."""

    def work(asked: Asked) -> Response:
        found = visit(asked)
        if found.person is None or asked.code != found.workshop.code:
            return sent_on(found.address)
        return shown(page(found), found)

    return work


def _weigh(found: Visit) -> Page:
    return pages.weigh(found) if found.workshop.takes_ballots else pages.page_for(found)


def _back(asked: Asked) -> Response:
    """Where a form was sent to, opened as a page."""
    return sent_on(visit(asked).address)


def _lost(_: Asked) -> Response:
    """An address below ours that is none: without this it would be a page of the dashboard."""
    sentence = "Type the code that the screen in the room shows."
    raise TurnedAwayError(404, "There is no such page", sentence)


def _state(asked: Asked) -> Response:
    """How the workshop stands, for those with its code: no query of its own."""
    found = desk()
    pulse = found.pulses.of(workshop_of(found, asked, asked.code))
    left = pulse.seconds_left
    return as_data(pages.state(stage(pulse.workshop), left, pulse.joined, pulse.voted))


def _join(asked: Asked) -> Response:
    found = visit_with_form(asked)
    form, group = asked.form, asked.form.get("group", "")
    if found.plan.groups and found.plan.group_name(group) is None:
        return shown(pages.join(found, form, "Choose whom you speak for"), found)
    voting.join(
        found.desk.store,
        found.workshop.id,
        found.identifier,
        name=form.get("name"),
        names_agreed=form.get("agreed") == "1",
        group=group,
    )
    return sent_on(found.address)


def _vote(asked: Asked) -> Response:
    found = visit_with_form(asked)
    form = asked.form
    request, number = form.get("request", ""), form.get("round", "")
    if not (REQUEST_PATTERN.fullmatch(request) and number.isdecimal() and len(number) < 6):
        sentence = "Nothing was counted. Load the page again and send it from there."
        raise TurnedAwayError(422, "This form cannot be read", sentence)
    given = pages.given_in(found.question, form)
    try:
        answers = read_answers(found.question, found.plan.method, given)
    except AnswersError as errors:
        if not found.workshop.takes_ballots:
            raise RefusedError(
                "closed",
                "ballot",
                f"round {number} is closed, so this was not counted",
                "ask the facilitator to open it again, or wait for the next round",
            ) from errors
        return shown(pages.weigh(found, given, errors, request), found)
    # The same form with other answers, as after going back, is another ballot.
    said = hashlib.sha256(json.dumps(sorted(answers.given.items())).encode()).hexdigest()
    voting.vote(
        found.desk.store,
        found.workshop.id,
        found.identifier,
        int(number),
        f"{request}-{said[:24]}",
        answers,
    )
    return as_data({"go": found.address}) if asked.wants_json else sent_on(found.address)


def _leave(asked: Asked) -> Response:
    found = visit_with_form(asked)
    voting.leave(found.desk.store, found.workshop.id, found.identifier)
    return without_cookie(sent_on("/w?left=1"), asked, found)


# ------------------------------------------------------------------------------ around it


def _calm(work: Work, asked: Asked) -> Response:
    """The answer, or a page that says why there is none."""
    try:
        return work(asked)
    except TurnedAwayError as turned:
        return _turned_away(asked, turned)
    except RefusedError as refused:
        status = _STATUS[refused.kind]
        if status != 503:
            return _turned_away(asked, TurnedAwayError(status, "Not done", refused.sentence))
        # What the store says here is for whoever runs it: it names files of the laptop.
        return _turned_away(asked, TurnedAwayError(503, "Not saved yet", _AWAY))
    except InputError:
        return _turned_away(asked, TurnedAwayError(503, "Not saved yet", _AWAY))


def _turned_away(asked: Asked, turned: TurnedAwayError) -> Response:
    if turned.status in (404, 429) and asked.method == "GET":
        typed = asked.query.get("code", asked.code)[:64]
        note = f"{turned.heading}. {turned.sentence}"
        data = {"typed": typed, "note": note}
        return shown(Page("code.html", "Join a workshop", data, turned.status))
    code = plain_code(asked.code)
    refused: dict[str, object] = {
        "sentence": turned.sentence,
        "back": f"/w/{code}" if code else "/w",
        # What could not be saved can be sent again as it is: it has its own request with it.
        "again": dict(asked.form) if turned.status == 503 else {},
        "path": asked.path,
    }
    return shown(Page("refused.html", turned.heading, refused, turned.status))


def _get(work: Work) -> Callable[[Request], Response]:
    """An endpoint that Starlette runs on a thread, since it asks the database."""

    def endpoint(request: Request) -> Response:
        return _calm(work, asked(request))

    return endpoint


def _post(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads a form, then goes on on a thread."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request)
        except TurnedAwayError as turned:
            return _turned_away(asked(request), turned)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_calm, work, asked(request, form))

    return endpoint


ROUTES = [
    Route("/w", _get(_code)),
    static.ROUTE,
    Route("/w/{code}", _get(_workshop)),
    Route("/w/{code}/state", _get(_state)),
    Route("/w/{code}/me", _get(_of_those_who_joined(pages.join))),
    Route("/w/{code}/weigh", _get(_of_those_who_joined(_weigh))),
    Route("/w/{code}/leave", _get(_of_those_who_joined(pages.leaving))),
    Route("/w/{code}/join", _get(_back)),
    Route("/w/{code}/vote", _get(_back)),
    Route("/w/{code}/join", _post(_join), methods=["POST"]),
    Route("/w/{code}/vote", _post(_vote), methods=["POST"]),
    Route("/w/{code}/leave", _post(_leave), methods=["POST"]),
    Route("/w/{rest:path}", _get(_lost)),
]
