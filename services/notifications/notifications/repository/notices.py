"""The inboxes: one notice per story and person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

from notifications.domain.words import Topic
from notifications.tables import notice


class Notices:
    """Identifiers grow with time, so that they order an inbox."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, story: UUID, topic: Topic, accounts: Iterable[UUID]) -> None:
        """Put a story into these inboxes, unless it is there."""
        rows = [{"id": uuid7(), "story_id": story, "account_id": a, "topic": topic.value} for a in accounts]
        if rows:
            self._connection.execute(postgresql.insert(notice).values(rows).on_conflict_do_nothing())

    def count_unread(self, account: UUID) -> int:
        """How many notices of this person are unread."""
        query = sa.select(sa.func.count()).where(notice.c.account_id == account, notice.c.read_at.is_(None))
        return self._connection.scalar(query) or 0

    def mark_read(self, account: UUID, ids: Sequence[UUID], through: UUID | None, now: datetime) -> None:
        """Stamp those of this person's notices; what was read keeps its first time."""
        named = notice.c.id.in_(list(ids))
        chosen = named if through is None else named | (notice.c.id <= through)
        own = (notice.c.account_id == account) & notice.c.read_at.is_(None)
        self._connection.execute(sa.update(notice).where(own & chosen).values(read_at=now))

    def mark_unread(self, account: UUID, id_: UUID) -> None:
        """Take the stamp off one of this person's notices."""
        own = (notice.c.account_id == account) & (notice.c.id == id_)
        self._connection.execute(sa.update(notice).where(own).values(read_at=None))

    def forget(self, account: UUID) -> None:
        """Empty a person's inbox for good."""
        self._connection.execute(sa.delete(notice).where(notice.c.account_id == account))
