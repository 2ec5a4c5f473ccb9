"""The tables. Times are milliseconds since 1970, UTC; what has structure is canonical JSON."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from dashboard.workshop.refusals import RefusedError


class Text(TypeDecorator[str]):
    """Text that every database takes: one refuses what is too long, or has a sign for nothing in
    it, and another keeps it. Here both refuse, in a sentence, and before anything is sent."""

    impl: type[sa.String] = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        if value is not None and not _can_be_kept(value, getattr(self.impl, "length", None)):
            what = "a text is too long, or has signs in it that cannot be kept"
            raise RefusedError("answers", "text", what, "shorten it, or type it again")
        return value


class String(Text):
    """Text of a certain length at most."""

    impl = sa.String
    cache_ok = True


def _can_be_kept(text: str, most: int | None) -> bool:
    surrogates = any("\ud800" <= sign <= "\udfff" for sign in text)
    return "\0" not in text and not surrogates and (most is None or len(text) <= most)


metadata = MetaData()

question_copy = Table(
    "question_copy",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("content", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)

workshop = Table(
    "workshop",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("plan", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("address", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("round", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

round_ = Table(
    "round",
    metadata,
    Column("workshop", String(32), ForeignKey("workshop.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closes_at", BigInteger),
    Column("closed_at", BigInteger),
    Column("revealed_at", BigInteger),
    PrimaryKeyConstraint("workshop", "number"),
)

participant = Table(
    "participant",
    metadata,
    Column("workshop", String(32), ForeignKey("workshop.id"), nullable=False),
    Column("id", String(64), nullable=False),
    Column("tag", String(16), nullable=False),
    Column("name", Text),
    Column("names_agreed", Boolean, nullable=False),
    Column("group_id", String(80), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    # The latest round with a ballot of theirs: counting needs no look at the ballots.
    Column("voted_round", Integer, nullable=False),
    PrimaryKeyConstraint("workshop", "id"),
    UniqueConstraint("workshop", "tag"),
)

ballot = Table(
    "ballot",
    metadata,
    Column("workshop", String(32), ForeignKey("workshop.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("participant", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("request", String(64), nullable=False),
    Column("group_id", String(80), nullable=False),
    Column("content", Text, nullable=False),
    # With it the log's commitment can be checked; without it the commitment says nothing.
    Column("nonce", LargeBinary(16), nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workshop", "round", "participant", "revision"),
    UniqueConstraint("workshop", "participant", "request"),
)

event = Table(
    "event",
    metadata,
    Column("workshop", String(32), ForeignKey("workshop.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("workshop", "seq"),
)

secret = Table(
    "secret",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

Index("workshop_state", workshop.c.state)
