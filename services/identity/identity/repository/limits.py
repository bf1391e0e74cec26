"""Counters by login: failures to sign in, and mails asked for. The login need not be anybody's."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from identity.domain.lockout import Failures
from identity.tables import mail_requests, sign_in_failures

MEMORY = timedelta(days=2)


class Limits:
    """What was tried too often."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock_failures(self, login_index: bytes) -> Failures:
        """The failures of a login, which nobody else counts until the transaction ends."""
        first = insert(sign_in_failures).values(login_index=login_index)
        locked = first.on_conflict_do_update(index_elements=["login_index"], set_={"login_index": login_index})
        row = self._connection.execute(locked.returning(sign_in_failures)).mappings().one()
        return Failures(row["count"], row["last_at"], row["locked_until"])

    def save_failures(self, login_index: bytes, failures: Failures) -> None:
        """Save the count."""
        values = {"count": failures.count, "last_at": failures.last_at, "locked_until": failures.locked_until}
        mine = sign_in_failures.c.login_index == login_index
        self._connection.execute(sa.update(sign_in_failures).where(mine).values(values))

    def forget_failures(self, login_index: bytes) -> None:
        """The person has shown to be who they are."""
        self._connection.execute(sa.delete(sign_in_failures).where(sign_in_failures.c.login_index == login_index))

    def mails_since(self, login_index: bytes, since: datetime) -> Sequence[datetime]:
        """When mails were asked for, oldest first."""
        mine = (mail_requests.c.login_index == login_index, mail_requests.c.at > since)
        return self._connection.scalars(sa.select(mail_requests.c.at).where(*mine).order_by(mail_requests.c.at)).all()

    def note_mail(self, login_index: bytes, at: datetime) -> None:
        """One more mail was asked for."""
        self._connection.execute(sa.insert(mail_requests).values(login_index=login_index, at=at))

    def purge(self, now: datetime) -> None:
        """Delete what no longer counts."""
        old = now - MEMORY
        self._connection.execute(sa.delete(mail_requests).where(mail_requests.c.at < old))
        stale = sa.func.coalesce(sign_in_failures.c.last_at, old) <= old
        self._connection.execute(sa.delete(sign_in_failures).where(stale))
