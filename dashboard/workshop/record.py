"""The record of a workshop for programs: its rounds, what came of them, and its whole log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dashboard.workshop.pulse import read_pulse
from dashboard.workshop.records import Event, Round
from dashboard.workshop.revealed import rounds_of
from dashboard.workshop.store import Store
from dashboard.workshop.verification import verify

_FORMAT = "counterweight workshop 1"


def record_json(store: Store, identifier: str, results: Mapping[str, Any] | None) -> bytes:
    """Everything that may be known of a workshop, without names and without ballots.

    ``results`` : what the revealed rounds say, as plain data; None where nothing is revealed.

    Raises
    ------
    RefusedError : there is no such workshop, or the database does not answer.
    """
    found = verify(store, identifier)
    pulse = read_pulse(store, identifier)
    workshop = pulse.workshop
    question = store.question(workshop.fingerprint)
    content = {
        "format": _FORMAT,
        "title": workshop.plan.title,
        "rehearsal": workshop.plan.rehearsal,
        "state": workshop.state,
        "created": instant(workshop.created_at),
        "question": {"title": question.context.title, "fingerprint": workshop.fingerprint},
        "plan": workshop.plan.model_dump(mode="json"),
        "people": {
            "joined": pulse.joined,
            "simulated": pulse.simulated,
            "groups": {count.group: count.joined for count in pulse.counts},
        },
        "rounds": [_round(each) for each in rounds_of(store, identifier)],
        "results": results,
        "head": workshop.head,
        "verification": {
            "holds": found.holds,
            "faults": list(found.faults),
            "events": found.events,
            "ballots": found.ballots,
        },
        "log": [_event(event) for event in store.events(identifier)],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False).encode()


def instant(milliseconds: int) -> str:
    """A moment as ISO 8601 writes it, UTC."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _round(found: Round) -> dict[str, Any]:
    return {
        "number": found.number,
        "opened": instant(found.opened_at),
        "closed": None if found.closed_at is None else instant(found.closed_at),
        "revealed": None if found.revealed_at is None else instant(found.revealed_at),
    }


def _event(event: Event) -> dict[str, Any]:
    """As it was hashed, so that the chain can be checked without this program."""
    return {
        "workshop": event.workshop,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "payload": event.payload,
        "previous": event.previous,
        "hash": event.hash,
    }
