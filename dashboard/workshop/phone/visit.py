"""One look at one workshop from one phone: where it stands, and who is looking."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.question import Question
from dashboard.workshop import voting
from dashboard.workshop.codes import plain_code
from dashboard.workshop.phone.desk import Desk, desk
from dashboard.workshop.phone.requests import Asked, TurnedAwayError
from dashboard.workshop.phone.session import COOKIE
from dashboard.workshop.records import Ballot, Participant, Plan, Pulse, Round, Workshop
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.voting import own_ballot


@dataclass(frozen=True)
class Visit:
    """``identifier`` stands in the cookie; ``cookie`` is one to set, None where there is one.

    ``person`` : None before joining.
    """

    desk: Desk
    pulse: Pulse
    question: Question
    identifier: str
    cookie: str | None
    person: Participant | None

    @property
    def workshop(self) -> Workshop:
        return self.pulse.workshop

    @property
    def plan(self) -> Plan:
        return self.workshop.plan

    @property
    def round(self) -> Round | None:
        return self.workshop.round

    @property
    def address(self) -> str:
        return f"/w/{self.workshop.code}"

    @property
    def token(self) -> str:
        return self.desk.sessions.token(self.workshop.id, self.identifier)

    @property
    def stage(self) -> str:
        return stage(self.workshop)

    def ballot(self) -> Ballot | None:
        """The person's own that counts in the latest round."""
        current = self.round
        if self.person is None or current is None or self.person.voted_round != current.number:
            return None
        return self.ballot_of(current.number)

    def earlier_ballot(self) -> Ballot | None:
        """The person's own of the last round in which they voted."""
        if self.person is None or not self.person.voted_round:
            return None
        return self.ballot_of(self.person.voted_round)

    def ballot_of(self, number: int) -> Ballot | None:
        return own_ballot(self.desk.store, self.workshop.id, self.identifier, number)


def stage(workshop: Workshop) -> str:
    """Where a workshop stands, in a word that changes whenever the page of a phone has to."""
    if workshop.state != "open":
        return "ended"
    current = workshop.round
    if current is None:
        return "before"
    if current.is_open:
        return f"open-{current.number}"
    return f"{'revealed' if current.is_revealed else 'closed'}-{current.number}"


def workshop_of(found: Desk, asked: Asked, typed: str) -> str:
    """The id of the workshop that a code leads to.

    After too many wrong codes an address has to wait with right ones too, since an answer that
    tells them apart would be all a guesser needs. Whoever has the cookie of the workshop goes on.

    Raises
    ------
    TurnedAwayError : there is none (404), or this address has had too many wrong codes (429).
    """
    code = plain_code(typed)
    identifier = found.store.identifier_of(code) if code else None
    if identifier is not None and found.sessions.participant(identifier, asked.cookies.get(COOKIE)):
        return identifier
    wait = found.wrong_codes.wait_seconds(asked.address)
    if wait > 0:
        sentence = f"Wait {max(1, round(wait))} seconds, then type the code from the screen again."
        raise TurnedAwayError(429, "Too many wrong codes came from this connection", sentence)
    if identifier is not None:
        return identifier
    found.wrong_codes.failed(asked.address)
    sentence = "Look at the screen in the room and type it again: ten letters and digits."
    raise TurnedAwayError(404, "No workshop has this code", sentence)


def visit(asked: Asked) -> Visit:
    """Whoever asks, in the workshop of the address.

    Raises
    ------
    TurnedAwayError : the code leads nowhere.
    RefusedError : the workshop is gone, or the database does not answer.
    """
    found = desk()
    identifier = workshop_of(found, asked, asked.code)
    try:
        pulse = found.pulses.of(identifier)
    except RefusedError as refused:
        if refused.kind == "unknown":
            found.store.forget(identifier)
        raise
    sessions = found.sessions
    who, cookie = sessions.participant(identifier, asked.cookies.get(COOKIE)), None
    person = voting.participant(found.store, identifier, who) if who else None
    if who is None:
        who, cookie = sessions.new(identifier)
    question = found.store.question(pulse.workshop.fingerprint)
    return Visit(found, pulse, question, who, cookie, person)


def visit_with_form(asked: Asked) -> Visit:
    """As ``visit``, for a form that this very browser was given.

    Raises
    ------
    TurnedAwayError : it comes from a foreign page (403), the browser keeps no cookie (400), or the
        token is not that of this cookie and workshop (403).
    """
    if asked.is_foreign:
        sentence = "Nothing was changed. Open the workshop from its own address and try again."
        raise TurnedAwayError(403, "This was sent from another page", sentence)
    found = visit(asked)
    if found.cookie is not None:
        sentence = (
            "This page needs one cookie, to know you again when you come back. Allow cookies for "
            "this address, load the page again and send it."
        )
        raise TurnedAwayError(400, "Your browser did not send our cookie", sentence)
    token = asked.form.get("token", "")
    if not found.desk.sessions.fits(found.workshop.id, found.identifier, token):
        sentence = "Nothing was changed. Load the page again and send it from there."
        raise TurnedAwayError(403, "This form is not from your page", sentence)
    return found
