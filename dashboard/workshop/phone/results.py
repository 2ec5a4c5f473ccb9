"""What follows from one person's weights, and from the room's once it is revealed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from dashboard.methods.arrays import Floats
from dashboard.methods.evaluate import Valued, Values, evaluate, values_of
from dashboard.methods.ranks import competition_ranks_of_rows
from dashboard.model.palette import MARK_PATHS
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.wording import whole
from dashboard.robustness.failed import UNLIFTED, caution, shortcomings
from dashboard.robustness.lead import moments_data
from dashboard.robustness.lead_words import LIVE_HEADLINES
from dashboard.robustness.room_ballots import tally
from dashboard.robustness.verdict import verdict
from dashboard.workshop.phone.static import colour_class
from dashboard.workshop.records import Workshop
from dashboard.workshop.revealed import revealed_round
from dashboard.workshop.store import Store

_KEPT = 32


@dataclass(frozen=True)
class Sign:
    """How a proposal is told from others: name, class of its colour, outline of its mark."""

    name: str
    colour: str
    outline: str


@dataclass(frozen=True)
class OwnRow:
    """A proposal in somebody's own ranking; ``score`` in whole points, ``width`` in percent."""

    sign: Sign
    rank: int
    score: int
    width: str
    undecided: bool


@dataclass(frozen=True)
class OwnRanking:
    """``caution`` : what no score makes good in the leader; empty where nothing is amiss."""

    headline: str
    margin: str
    caution: str
    rows: tuple[OwnRow, ...]


@dataclass(frozen=True)
class RoomRow:
    """A proposal in the room: percent of the ballots that put it first, and its mean rank."""

    sign: Sign
    first: int
    mean_rank: str
    width: str


@dataclass(frozen=True)
class Room:
    """``ballots`` : how many the figures rest on. ``caution`` : of those first on most of them."""

    ballots: int
    simulated: int
    rows: tuple[RoomRow, ...]
    caution: str = ""


def sign(question: Question, proposal: Proposal) -> Sign:
    look = question.looks[proposal.id]
    return Sign(proposal.label, colour_class(look), MARK_PATHS[look.mark])


def own_ranking(question: Question, weights: Floats) -> OwnRanking:
    """The ranking that follows from (n,) weights, in the words of the dashboard."""
    ids = [criterion.id for criterion in question.criteria]
    evaluation = evaluate(question, dict(zip(ids, weights.tolist(), strict=True)))
    judged = verdict(evaluation)
    rows = []
    for i in evaluation.order:
        rank, score = int(evaluation.ranks[i]), float(evaluation.scores[i])
        undecided = rank > 1 and i in judged.lead.near
        row = OwnRow(
            sign(question, question.proposals[i]), rank, whole(score), f"{score:.1f}", undecided
        )
        rows.append(row)
    return OwnRanking(judged.headline, judged.margin, judged.caution or "", tuple(rows))


@dataclass(frozen=True)
class _Hashed:
    """A question that is equal to those with its fingerprint."""

    question: Question

    def __hash__(self) -> int:
        return hash(self.question.fingerprint)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Hashed) and self.question.fingerprint == other.question.fingerprint
        )


@lru_cache(maxsize=8)
def _values(hashed: _Hashed) -> Values:
    return values_of(hashed.question)


def live_data(question: Question) -> dict[str, object]:
    """What a phone needs to rank by itself.

    Values keep more decimals than a tie needs, so that ties stay ties. ``cautions`` : what no score
    makes good, by the row of the options that have such a thing.
    """
    valued = _values(_Hashed(question))
    said = {row: shortcomings(question, one) for row, one in enumerate(question.proposals)}
    signs = [sign(question, proposal) for proposal in question.proposals]
    return {
        "signs": [(one.name, one.colour, one.outline) for one in signs],
        "values": [[_short(value, 10) for value in row] for row in valued.values.tolist()],
        "moments": moments_data(valued),
        "headlines": LIVE_HEADLINES,
        "cautions": {row: " ".join(words) for row, words in said.items() if words},
        "unlifted": UNLIFTED,
    }


def _short(value: float, decimals: int) -> float | int:
    rounded = round(value, decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def room(valued: Valued, weights: Floats) -> tuple[Floats, Floats]:
    """How often each alternative comes first, and where it stands on average.

    Parameters
    ----------
    valued : (m, n) partial values.
    weights : (k, n) weights of k > 0 people; each row sums to 1.

    Returns
    -------
    (m,) shares of the people with it at rank 1 (all that tie there), (m,) mean ranks.
    """
    ranks = competition_ranks_of_rows(weights @ valued.values.T)
    # The board's own count, so that phones and board say the same.
    first: Floats = tally(valued, weights, ranks).firsts / len(weights)
    mean: Floats = ranks.mean(axis=0)
    return first, mean


class Rooms:
    """What the room said, worked out once for all phones that ask for it."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._kept: OrderedDict[tuple[str, int, str], Room] = OrderedDict()

    def of(self, workshop: Workshop, number: int) -> Room:
        """The room in a round; ``RefusedError`` where that is not revealed."""
        key = (workshop.id, number, workshop.head)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._work_out(workshop, number)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]

    def _work_out(self, workshop: Workshop, number: int) -> Room:
        revealed = revealed_round(self._store, workshop.id, number)
        question = self._store.question(workshop.fingerprint)
        simulated = sum(ballot.simulated for ballot in revealed.ballots)
        if not revealed.ballots:
            return Room(0, 0, ())
        first, mean = room(_values(_Hashed(question)), revealed.weights)
        order = sorted(range(len(mean)), key=lambda i: (-first[i], mean[i], i))
        rows = tuple(
            RoomRow(
                sign(question, question.proposals[i]),
                whole(float(first[i]) * 100),
                f"{mean[i]:.1f}",
                f"{first[i] * 100:.1f}",
            )
            for i in order
        )
        ahead = [question.proposals[i] for i in order if first[i] == first[order[0]]]
        return Room(len(revealed.ballots), simulated, rows, caution(question, ahead) or "")
