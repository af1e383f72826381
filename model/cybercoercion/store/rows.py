"""Values of a store as rows of its tables, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, select

from cybercoercion.store.filed import Draft, Filed, Said, Summary
from cybercoercion.store.tables import revisions

SAID = ("coercion", "first", "gap", "run")
BEFORE = "before_"
_earlier = revisions.alias("earlier")


def whole() -> Select[Any]:
    """Return the query for revisions, each with what was said of the revision before."""
    earlier = and_(_earlier.c.id == revisions.c.id, _earlier.c.revision == revisions.c.revision - 1)
    before = (_earlier.c[name].label(BEFORE + name) for name in SAID)
    return select(revisions, *before).select_from(revisions.outerjoin(_earlier, earlier))


def filed_of(row: Row[Any]) -> Filed:
    """Return the revision of a row of that query."""
    return Filed(
        id=row.id,
        revision=row.revision,
        text=row.text,
        title=row.title,
        who=row.who,
        when=datetime.fromisoformat(row.at),
        why=row.why,
        said=_said(row),
        before=_said(row, BEFORE),
    )


def summary_of(row: Row[Any]) -> Summary:
    """Return the summary of a row of the table, its text left out."""
    return Summary(
        id=row.id,
        revision=row.revision,
        title=row.title,
        who=row.who,
        when=datetime.fromisoformat(row.at),
        why=row.why,
        said=_said(row),
    )


def row_of(filed: Filed) -> dict[str, Any]:
    """Return a revision as a row of the table."""
    plain = {name: getattr(filed, name) for name in ("id", "revision", "text", "title", "who", "why")}
    said = {name: getattr(filed.said, name, None) for name in SAID}
    return {**plain, "at": _stamp(filed.when), **said}


def draft_of(row: Mapping[str, Any]) -> Draft:
    """Return the draft of a row."""
    plain = {name: row[name] for name in ("token", "id", "revision", "text", "filed_text", "who", "sentence")}
    return Draft(**plain, when=datetime.fromisoformat(row["at"]))


def now() -> str:
    """Return the time as the tables hold it."""
    return _stamp(datetime.now(UTC))


def before(days: int) -> str:
    """Return the time some days ago as the tables hold it."""
    return _stamp(datetime.now(UTC) - timedelta(days=days))


def _stamp(when: datetime) -> str:
    return when.isoformat(timespec="microseconds")


def _said(row: Row[Any], lead: str = "") -> Said | None:
    coercion, first, gap, run = (getattr(row, lead + name) for name in SAID)
    return None if coercion is None else Said(coercion=coercion, first=first, gap=gap, run=run)
