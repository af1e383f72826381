"""The tables of a case store. Revisions are only ever added; plain columns, nothing that is read as code."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

VERSION = 1  # of these tables; a store of a later one is refused
SCHEMA = "schema"

metadata = MetaData()

# What the store says of itself.
itself = Table(
    "cybercoercion_store",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

# A row per case, so that nothing can be filed under a case that was deleted meanwhile.
cases = Table("cybercoercion_cases", metadata, Column("id", String(22), primary_key=True))

# The primary key decides who wins where two save at once: the second insert of a revision fails.
revisions = Table(
    "cybercoercion_revisions",
    metadata,
    Column("id", String(22), ForeignKey(cases.c.id), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),  # ISO 8601, UTC, to the microsecond, so that text sorts as time
    Column("why", Text, nullable=False),
    Column("coercion", Float(53)),
    Column("first", Text),
    Column("gap", Float(53)),
    Column("run", Text),
)

drafts = Table(
    "cybercoercion_drafts",
    metadata,
    Column("token", String(22), primary_key=True),
    Column("id", String(22), ForeignKey(cases.c.id)),
    Column("revision", Integer),
    Column("text", Text, nullable=False),
    Column("filed_text", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("sentence", Text),
)
