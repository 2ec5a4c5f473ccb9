"""The ballots of revealed rounds as a table for other programs: CSV, JSON and Parquet.

A ballot stands under a pseudonym that is the same in all rounds of one export and drawn again for
each export. It is not the tag of the log, which has times: nobody can tell from an export and the
log together when somebody voted. A group that the results hide is hidden here too.
"""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.methods.arrays import Floats
from dashboard.model.question import Question
from dashboard.model.safe_cells import safe_cell
from dashboard.robustness.room_groups import hidden_groups
from dashboard.workshop.records import Method, Plan, Workshop
from dashboard.workshop.refusals import RefusedError
from dashboard.workshop.revealed import RevealedRound, revealed_rounds
from dashboard.workshop.store import Store

Form = Literal["csv", "json", "parquet"]

MEDIA_TYPES: Mapping[Form, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}

SMALL_GROUP = "(small group)"
"""In place of a group that the results of a round do not show either."""

_FORMAT = "counterweight ballots 1"
_DECIMALS = 12


@dataclass(frozen=True)
class Row:
    """One ballot in one round. ``answers`` and ``weights`` by criterion id."""

    pseudonym: str
    round: int
    group: str
    simulated: bool
    method: Method
    name: str | None
    answers: Mapping[str, float]
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Exported:
    """All ballots of all revealed rounds, and what they belong to."""

    workshop: Workshop
    question: Question
    rounds: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def file_name(self) -> str:
        """Without its ending; a rehearsal's says so."""
        return f"{'rehearsal-' if self.workshop.plan.rehearsal else ''}workshop-ballots"


def exported(store: Store, identifier: str) -> Exported:
    """The ballots of every revealed round.

    Raises
    ------
    RefusedError : there is no such workshop, nothing is revealed yet, or the database does not
        answer.
    """
    workshop = store.workshop(identifier)
    question = store.question(workshop.fingerprint)
    rounds = revealed_rounds(store, identifier)
    if not rounds:
        what, remedy = "no round of this workshop is revealed", "close one and reveal it first"
        raise RefusedError("not-revealed", "workshop", what, remedy)
    return Exported(
        workshop=workshop,
        question=question,
        rounds=tuple(found.number for found in rounds),
        rows=tuple(_rows(rounds, workshop.plan, [c.id for c in question.criteria])),
    )


def _rows(rounds: Sequence[RevealedRound], plan: Plan, criteria: Sequence[str]) -> Iterable[Row]:
    pseudonyms = _pseudonyms({ballot.person for found in rounds for ballot in found.ballots})
    hidden = withheld_groups(rounds, plan)
    for found in rounds:
        order = sorted(range(len(found.ballots)), key=lambda k: pseudonyms[found.ballots[k].person])
        for k in order:
            ballot = found.ballots[k]
            group = SMALL_GROUP if ballot.group in hidden else plan.group_name(ballot.group) or ""
            yield Row(
                pseudonym=pseudonyms[ballot.person],
                round=found.number,
                group=group,
                simulated=ballot.simulated,
                method=ballot.answers.method,
                name=ballot.name,
                answers={key: float(ballot.answers.given[key]) for key in criteria},
                weights=_rounded(criteria, found.weights[k]),
            )


def _pseudonyms(people: set[str]) -> dict[str, str]:
    """A new name for each, in an order that nothing tells."""
    order = sorted(people)
    secrets.SystemRandom().shuffle(order)
    width = len(str(len(order)))
    return {person: f"p{place:0{width}}" for place, person in enumerate(order, start=1)}


def withheld_groups(rounds: Sequence[RevealedRound], plan: Plan) -> set[str]:
    """The groups that are not named: those that the results of any of these rounds hide.

    Of any, since a pseudonym leads from one round to the others.
    """
    groups = [*(group.id for group in plan.groups), ""]
    hidden: set[str] = set()
    for found in rounds:
        of_ballots = [ballot.group for ballot in found.ballots]
        counts = [of_ballots.count(group) for group in groups]
        why = hidden_groups(counts, small_groups=plan.small_groups)
        hidden |= {group for group, reason in zip(groups, why, strict=True) if reason}
    return hidden


def _rounded(criteria: Sequence[str], weights: Floats) -> dict[str, float]:
    pairs = zip(criteria, weights.tolist(), strict=True)
    return {key: round(weight, _DECIMALS) for key, weight in pairs}


# ------------------------------------------------------------------------------ files


def written(table: Exported, form: Form) -> bytes:
    """The file, in one of the three forms."""
    if form == "csv":
        return _csv(table)
    return _json(table) if form == "json" else _parquet(table)


def _csv(table: Exported) -> bytes:
    """With the mark by which spreadsheets know UTF-8; no cell begins a formula."""
    text = io.StringIO()
    rows = [_flat(table, row) for row in table.rows]
    writer = csv.writer(text)
    writer.writerow(_columns(table))
    writer.writerows([safe_cell(_cell(value)) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | float | bool | None) -> str | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _columns(table: Exported) -> list[str]:
    criteria = [criterion.id for criterion in table.question.criteria]
    own = ["pseudonym", "round", "group", "simulated", "rehearsal", "method", "name"]
    return [*own, *(f"answer:{key}" for key in criteria), *(f"weight:{key}" for key in criteria)]


def _flat(table: Exported, row: Row) -> dict[str, str | float | bool | None]:
    values = (
        row.pseudonym,
        row.round,
        row.group,
        row.simulated,
        table.workshop.plan.rehearsal,
        row.method,
        row.name,
        *row.answers.values(),
        *row.weights.values(),
    )
    return dict(zip(_columns(table), values, strict=True))


def _about(table: Exported) -> dict[str, object]:
    plan = table.workshop.plan
    return {
        "format": _FORMAT,
        "title": plan.title,
        "rehearsal": plan.rehearsal,
        "method": plan.method,
        "question": table.question.context.title,
        "fingerprint": table.workshop.fingerprint,
        "head": table.workshop.head,
        "rounds": list(table.rounds),
    }


def _json(table: Exported) -> bytes:
    ballots = [
        {
            "pseudonym": row.pseudonym,
            "round": row.round,
            "group": row.group,
            "simulated": row.simulated,
            "method": row.method,
            "name": row.name,
            "answers": dict(row.answers),
            "weights": dict(row.weights),
        }
        for row in table.rows
    ]
    content = {**_about(table), "ballots": ballots}
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False).encode()


def _parquet(table: Exported) -> bytes:
    """What the table belongs to stands in the metadata of its schema, as JSON."""
    # Half a second that only this form costs.
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    texts = {"pseudonym", "group", "method", "name"}
    kinds = {"round": pa.int64(), "simulated": pa.bool_(), "rehearsal": pa.bool_()}
    fields = [
        pa.field(name, pa.string() if name in texts else kinds.get(name, pa.float64()))
        for name in _columns(table)
    ]
    about = json.dumps(_about(table), ensure_ascii=False)
    schema = pa.schema(fields, metadata={"counterweight": about})
    sink = io.BytesIO()
    rows = [_flat(table, row) for row in table.rows]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
    return sink.getvalue()
