"""The case store: file, save, load, look back, delete; and the drafts of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from cybercoercion.store.door import said_by, signed, sound, told
from cybercoercion.store.engine import READING, reason, wiped
from cybercoercion.store.faults import Conflict, StoreError, UnknownCase
from cybercoercion.store.filed import Draft, Filed, Said, Summary
from cybercoercion.store.names import is_id, new_id
from cybercoercion.store.rows import SAID, before, draft_of, filed_of, now, row_of, summary_of, whole
from cybercoercion.store.tables import cases, drafts, revisions

DAYS = 30  # after which nobody comes back to a draft


class CaseStore:
    """Cases in a database, each a row of revisions that are only ever added.

    Whatever returned without an error is on the disk. Every method raises `StoreError` if the database fails.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READING: True})
        self.place = place

    def create(self, text: str, *, who: str, why: str, said: Said | None = None) -> Filed:
        """File a new case under a name of its own, as revision 1.

        Raises
        ------
        CaseError
            With every fault, if the text is no sound case or campaign of at most 5 MB.
        StoreError
            If who or why cannot be printed.
        """
        said_by(who, why)
        filed = _filed(new_id(), 1, text, who, why, said)
        with self._transaction(self._engine) as connection:
            connection.execute(insert(cases).values(id=filed.id))
            connection.execute(insert(revisions).values(row_of(filed)))
        return filed

    def save(self, id: str, base: int, text: str, *, who: str, why: str, said: Said | None = None) -> Filed:  # noqa: A002
        """File the next revision of a case.

        Parameters
        ----------
        id
            The name of the case.
        base
            The revision that the text was made from; it must be the latest one.
        text
            The case file.
        who, why
            Who files it, and the reason in a line.
        said
            What the model says of it, for the history.

        Raises
        ------
        Conflict
            If somebody else filed in between, with their revision and the base.
        UnknownCase
            If there is no such case, or no revision ``base`` of it.
        CaseError
            With every fault, if the text is no sound case or campaign of at most 5 MB.
        StoreError
            If who or why cannot be printed.
        """
        known = self.load(id, base)
        said_by(who, why)
        filed = _filed(id, base + 1, text, who, why, said, known.said)
        try:
            with self._transaction(self._engine) as connection:
                connection.execute(insert(revisions).values(row_of(filed)))
        except IntegrityError:  # the revision is there already, or the case is there no longer
            raise Conflict(theirs=self.load(id), base=known) from None
        return filed

    def load(self, id: str, revision: int | None = None) -> Filed:  # noqa: A002
        """Return a revision of a case, by default the latest.

        Raises
        ------
        UnknownCase
            If there is none.
        """
        query = whole().where(revisions.c.id == _checked(id)).order_by(revisions.c.revision.desc()).limit(1)
        if revision is not None:
            query = query.where(revisions.c.revision == _number(revision))
        with self._transaction(self._reader) as connection:
            row = connection.execute(query).first()
        if row is None:
            raise _unknown(id if revision is None else f"revision {revision} of {id}")
        return filed_of(row)

    def history(self, id: str) -> tuple[Filed, ...]:  # noqa: A002
        """Return all revisions of a case, the first one first.

        Raises
        ------
        UnknownCase
            If there is none.
        """
        query = whole().where(revisions.c.id == _checked(id)).order_by(revisions.c.revision)
        with self._transaction(self._reader) as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise _unknown(id)
        return tuple(filed_of(row) for row in rows)

    def recent(self, most: int = 20, who: str | None = None) -> tuple[Summary, ...]:
        """Return the cases that were filed last, the latest first; with ``who`` those that this person ever filed."""
        latest = (
            select(revisions.c.id, func.max(revisions.c.revision).label("last")).group_by(revisions.c.id).subquery()
        )
        columns = (revisions.c[name] for name in ("id", "revision", "title", "who", "at", "why", *SAID))
        query = select(*columns).join(
            latest, and_(revisions.c.id == latest.c.id, revisions.c.revision == latest.c.last)
        )
        if who is not None:
            signed(who)
            query = query.where(revisions.c.id.in_(select(revisions.c.id).where(revisions.c.who == who)))
        query = query.order_by(revisions.c.at.desc(), revisions.c.id).limit(max(most, 0))
        with self._transaction(self._reader) as connection:
            rows = connection.execute(query).all()
        return tuple(summary_of(row) for row in rows)

    def delete(self, id: str) -> None:  # noqa: A002
        """Delete a case for good: every revision, and every draft that was made from it.

        SQLite overwrites what is deleted and empties its log. Of other databases, copies and backups are their
        keepers' to look after.

        Raises
        ------
        UnknownCase
            If there is no such case.
        """
        _checked(id)
        with self._transaction(self._engine) as connection:
            # the lock on the case keeps new revisions and drafts out until it is gone
            if connection.execute(select(cases.c.id).where(cases.c.id == id).with_for_update()).first() is None:
                raise _unknown(id)
            connection.execute(delete(drafts).where(drafts.c.id == id))
            connection.execute(delete(revisions).where(revisions.c.id == id))
            connection.execute(delete(cases).where(cases.c.id == id))
        self._wipe()

    def keep(self, token: str, draft: Draft) -> Draft:
        """Keep the unfiled work of a session under its token, in place of what was kept under it before.

        Parameters
        ----------
        token
            A name that only this session knows, from `new_id`.
        draft
            The work; its own ``token`` and ``when`` are not read.

        Raises
        ------
        UnknownCase
            If it was made from a case that is no longer there, or the token has not the form of one.
        CaseError
            With every fault, if one of its texts is no sound case or campaign.
        """
        signed(draft.who)
        told(draft.sentence)
        sound(draft.text)
        sound(draft.filed_text)
        values = {
            "id": None if draft.id is None else _checked(draft.id),
            "revision": None if draft.id is None else _number(draft.revision),
            "text": draft.text,
            "filed_text": draft.filed_text,
            "who": draft.who,
            "at": now(),
            "sentence": draft.sentence,
        }
        mine = drafts.c.token == _checked(token)
        for _ in range(2):  # another window may keep its first work under this token at the same moment
            try:
                with self._transaction(self._engine) as connection:
                    if not connection.execute(update(drafts).where(mine).values(values)).rowcount:
                        connection.execute(insert(drafts).values(token=token, **values))
            except IntegrityError:
                continue
            return draft_of({"token": token, **values})
        raise _unknown(str(draft.id))

    def draft(self, token: str) -> Draft | None:
        """Return what is kept under a token, or None."""
        if not is_id(token):
            return None
        with self._transaction(self._reader) as connection:
            row = connection.execute(select(drafts).where(drafts.c.token == token)).first()
        return draft_of(row._asdict()) if row is not None else None

    def drop(self, token: str) -> None:
        """Forget what is kept under a token, if anything is."""
        if is_id(token):
            with self._transaction(self._engine) as connection:
                connection.execute(delete(drafts).where(drafts.c.token == token))
            self._wipe()

    def tidy(self, days: int = DAYS) -> int:
        """Drop drafts that nobody wrote for some days, and return how many there were."""
        old = drafts.c.at < before(days)
        with self._transaction(self._reader) as connection:  # who only opens a store holds nobody up
            if connection.execute(select(drafts.c.token).where(old).limit(1)).first() is None:
                return 0
        with self._transaction(self._engine) as connection:
            count = connection.execute(delete(drafts).where(old)).rowcount
        self._wipe()
        return count

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        """Yield a connection whose work is committed as a whole or not at all."""
        try:
            with engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            allowed = "a database that can be reached, read and written"
            raise StoreError(place=self.place, got=reason(error, self._engine.url), allowed=allowed) from None

    def _wipe(self) -> None:
        try:
            done = wiped(self._engine)
        except Exception:  # noqa: BLE001 - the driver's own errors, of whatever driver
            done = False
        if not done:
            got = "deleted, but its remains are still in the log, because others are reading"
            raise StoreError(place=self.place, got=got, allowed="nobody else at work while remains are wiped out")


def _filed(
    id: str,  # noqa: A002
    revision: int,
    text: str,
    who: str,
    why: str,
    said: Said | None,
    before: Said | None = None,
) -> Filed:
    title, when = sound(text).title, datetime.now(UTC)
    return Filed(
        id=id, revision=revision, text=text, title=title, who=who, when=when, why=why, said=said, before=before
    )


def _checked(id: str) -> str:  # noqa: A002
    """Return a name, or refuse what has not the form of one before any database hears of it."""
    if not is_id(id):
        raise UnknownCase(place="id", got="no name of a case", allowed="the 22 characters that the store gave")
    return id


def _number(revision: int | None) -> int:
    if type(revision) is not int or not 0 < revision < 2**31:
        raise UnknownCase(place="revision", got="no number of a revision", allowed="1, 2, 3 ...")
    return revision


def _unknown(what: str) -> UnknownCase:
    return UnknownCase(place="id", got=f"{what}, which is not there", allowed="a case that was not deleted")
