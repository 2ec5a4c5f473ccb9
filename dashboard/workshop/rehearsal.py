"""Simulated people, for trying a workshop out before anybody comes."""

from __future__ import annotations

import numpy as np

from dashboard.methods.arrays import Floats
from dashboard.methods.weights import equal_branch_points, normalise_points, perspective_points
from dashboard.model.question import Question
from dashboard.workshop import voting
from dashboard.workshop.codes import new_identifier
from dashboard.workshop.facilitator import Facilitator
from dashboard.workshop.records import Answers, Method
from dashboard.workshop.refusals import RefusedError

MOST_AT_ONCE = 200
_SPREAD = 60.0
"""Of the Dirichlet distribution around a perspective: people of one group differ, by a third or
so of each weight."""
_FOLLOWS = 0.5
"""How far somebody goes towards the room's mean in a later round, at most."""


def simulate(facilitator: Facilitator, people: int, seed: int) -> int:
    """Let simulated people join, and everybody simulated vote in the open round, once each.

    Their weights lie around the perspective of their group. In a later round each goes some way
    towards the mean of the simulated people, as real rooms do.

    Returns
    -------
    How many ballots were given.

    Raises
    ------
    RefusedError : the workshop is no rehearsal, or is closed; the key does not fit.
    """
    facilitator.check()
    store, identifier = facilitator.store, facilitator.workshop
    workshop = store.workshop(identifier)
    if not workshop.plan.rehearsal:
        what = "simulated people take part in rehearsals only"
        raise RefusedError("state", "workshop", what, "make a workshop that is a rehearsal")
    if not 0 <= people <= MOST_AT_ONCE:
        what = f"{people} people cannot be added at once"
        raise RefusedError("answers", "people", what, f"give 0 to {MOST_AT_ONCE}")
    source = np.random.default_rng(seed)
    groups = [group.id for group in workshop.plan.groups] or [""]
    for _ in range(people):
        group = groups[int(source.integers(len(groups)))]
        voting.join(
            store,
            identifier,
            new_identifier(),
            name=None,
            names_agreed=False,
            group=group,
            simulated=True,
        )
    if not workshop.takes_ballots or workshop.round is None:
        return 0
    question, number = store.question(workshop.fingerprint), workshop.round.number
    waiting = [
        person
        for person in facilitator.participants()
        if person.simulated and person.voted_round != number
    ]
    weights = [_weights(question, person.group, source) for person in waiting]
    centre = np.mean(weights, axis=0) if weights else None
    for person, own in zip(waiting, weights, strict=True):
        follows = float(source.uniform(0, _FOLLOWS)) if number > 1 else 0.0
        moved = own if centre is None else (1 - follows) * own + follows * centre
        answers = _answers(question, workshop.plan.method, moved)
        request = f"simulated-{number}-{person.tag}"
        voting.vote(store, identifier, person.id, number, request, answers)
    return len(waiting)


def _weights(question: Question, group: str, source: np.random.Generator) -> Floats:
    """(n,) weights of one simulated person."""
    known = {perspective.id: perspective for perspective in question.perspectives}
    points = (
        perspective_points(question, known[group])
        if group in known
        else equal_branch_points(question.branches)
    )
    centre = normalise_points([points[criterion.id] for criterion in question.criteria])
    drawn = source.dirichlet(np.maximum(centre * _SPREAD, 0.05))
    return np.asarray(drawn, dtype=np.float64)


def _answers(question: Question, method: Method, weights: Floats) -> Answers:
    """What somebody with these weights would answer: the largest swing has 100 points."""
    if method == "swing":
        given = np.round(100 * weights / weights.max())
    else:
        given = 1.0 + np.argsort(np.argsort(-weights, kind="stable"), kind="stable")
    ids = [criterion.id for criterion in question.criteria]
    return Answers(method, dict(zip(ids, given.tolist(), strict=True)))
