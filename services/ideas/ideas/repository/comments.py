"""The discussion: rows ⇄ domain, votes, reports, and the counts beside the dossier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.discussion import Comment
from ideas.tables import comment_decisions, comment_reports, comment_votes, comments, dossiers

answer = comments.alias("answer")
_NAMES = tuple(field.name for field in fields(Comment))
COLUMNS = tuple(comments.c[name] for name in _NAMES)


def comment_of(row: Row) -> Comment:
    """The message that a row with ``COLUMNS`` holds."""
    return Comment(**{name: getattr(row, name) for name in _NAMES})


def _row_of(comment: Comment) -> dict[str, Any]:
    return {name: getattr(comment, name) for name in _NAMES}


class Comments:
    """All messages."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, comment_id: UUID) -> Comment | None:
        """The message, without locking it."""
        row = self._connection.execute(sa.select(*COLUMNS).where(comments.c.id == comment_id)).first()
        return comment_of(row) if row else None

    def lock(self, comment_id: UUID) -> Comment | None:
        """The message; nobody else changes it until this transaction ends."""
        query = sa.select(*COLUMNS).where(comments.c.id == comment_id).with_for_update(key_share=True)
        row = self._connection.execute(query).first()
        return comment_of(row) if row else None

    def add(self, comment: Comment) -> bool:
        """Keep a new message; ``False`` if its id is taken."""
        statement = insert(comments).values(_row_of(comment)).on_conflict_do_nothing(index_elements=["id"])
        return self._connection.execute(statement.returning(comments.c.id)).first() is not None

    def add_imported(self, found: Sequence[Comment]) -> int:
        """Keep messages taken over from elsewhere; how many were new."""
        if not found:
            return 0
        statement = insert(comments).values([_row_of(one) for one in found])
        statement = statement.on_conflict_do_nothing(index_elements=["idea_id", "reference"])
        return len(self._connection.execute(statement.returning(comments.c.id)).all())

    def by_reference(self, idea_id: UUID, references: Sequence[str]) -> Mapping[str, Comment]:
        """The imported messages of a dossier by what their source calls them."""
        same = sa.and_(comments.c.idea_id == idea_id, comments.c.reference.in_(references))
        found = self._connection.execute(sa.select(*COLUMNS).where(same))
        return {row.reference: comment_of(row) for row in found}

    def save(self, comment: Comment) -> None:
        """Keep a message that was locked before."""
        self._connection.execute(sa.update(comments).where(comments.c.id == comment.id).values(_row_of(comment)))

    def count(self, idea_id: UUID) -> None:
        """Count the messages of a dossier anew: all that are shown, and those that begin a thread by side.

        The dossier is locked first, so that two who write at once count each other's message.
        """
        dossier = dossiers.c.id == idea_id
        self._connection.execute(sa.select(dossiers.c.id).where(dossier).with_for_update(key_share=True))
        first = comments.c.parent_id.is_(None)
        sides = {
            f"comments_{side}": sa.func.count().filter(first, comments.c.side == side)
            for side in ("pro", "con", "question")
        }
        shown = sa.and_(comments.c.idea_id == idea_id, comments.c.hidden_at.is_(None))
        columns = [value.label(name) for name, value in {"comments": sa.func.count(), **sides}.items()]
        counted = self._connection.execute(sa.select(*columns).where(shown)).one()
        self._connection.execute(sa.update(dossiers).where(dossier).values(counted._asdict()))

    def vote(self, comment_id: UUID, account: UUID, value: int, now: datetime) -> None:
        """Note what the account thinks of the message: 1 up, -1 down, instead of what it thought before."""
        row = {"comment_id": comment_id, "account": account, "value": value, "voted_at": now}
        statement = insert(comment_votes).values(row)
        keys, changed = ["comment_id", "account"], comment_votes.c.value != value
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row, where=changed))

    def unvote(self, comment_id: UUID, account: UUID) -> None:
        """Take that back."""
        mine = sa.and_(comment_votes.c.comment_id == comment_id, comment_votes.c.account == account)
        self._connection.execute(sa.delete(comment_votes).where(mine))

    def count_votes(self, comment_id: UUID) -> None:
        """Count the message's votes anew."""
        up = sa.func.count().filter(comment_votes.c.value == 1).label("votes")
        down = sa.func.count().filter(comment_votes.c.value == -1).label("down_votes")
        counted = self._connection.execute(sa.select(up, down).where(comment_votes.c.comment_id == comment_id)).one()
        self._connection.execute(sa.update(comments).where(comments.c.id == comment_id).values(counted._asdict()))

    def count_answers(self, thread_ids: Iterable[UUID]) -> None:
        """Count the answers of these threads anew."""
        number = sa.select(sa.func.count()).where(answer.c.parent_id == comments.c.id).scalar_subquery()
        threads = comments.c.id.in_(list(thread_ids))
        self._connection.execute(sa.update(comments).where(threads).values(answers=number))

    def report(self, comment_id: UUID, account: UUID, reason: str, text: str, now: datetime) -> int:
        """Note a report, one per person; how many people have reported it since the last decision."""
        row = {"comment_id": comment_id, "account": account, "reason": reason, "text": text, "reported_at": now}
        self._connection.execute(insert(comment_reports).values(row).on_conflict_do_nothing())
        undecided = sa.and_(comment_reports.c.comment_id == comment_id, comment_reports.c.decided_at.is_(None))
        return self._connection.scalar(sa.select(sa.func.count()).where(undecided)) or 0

    def decide(  # noqa: PLR0913 -- the columns of a decision
        self, comment_id: UUID, decision: str, reason: str | None, *, text: str, moderator: UUID, now: datetime
    ) -> None:
        """Keep what a moderator decided, and close the reports."""
        values = {"decision": decision, "reason": reason, "text": text, "moderator": moderator, "decided_at": now}
        self._connection.execute(sa.insert(comment_decisions).values(values | {"comment_id": comment_id}))
        waiting = sa.and_(comment_reports.c.comment_id == comment_id, comment_reports.c.decided_at.is_(None))
        self._connection.execute(sa.update(comment_reports).where(waiting).values(decided_at=now))

    def written_since(self, account: UUID, since: datetime) -> Sequence[datetime]:
        """When the account wrote since then, oldest first."""
        mine = sa.and_(comments.c.author == account, comments.c.written_at > since)
        query = sa.select(comments.c.written_at).where(mine).order_by(comments.c.written_at)
        return self._connection.scalars(query).all()

    def reported_since(self, account: UUID, since: datetime) -> Sequence[datetime]:
        """When the account reported since then, oldest first."""
        mine = sa.and_(comment_reports.c.account == account, comment_reports.c.reported_at > since)
        query = sa.select(comment_reports.c.reported_at).where(mine).order_by(comment_reports.c.reported_at)
        return self._connection.scalars(query).all()

    def forget(self, account: UUID) -> None:
        """Sign the account's messages « deleted account »; its votes and reports stay counted, as nobody's."""
        self._connection.execute(sa.update(comments).where(comments.c.author == account).values(author=None))
        nobody = sa.func.gen_random_uuid()
        for table in (comment_votes, comment_reports):
            self._connection.execute(sa.update(table).where(table.c.account == account).values(account=nobody))
