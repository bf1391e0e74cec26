"""People: what each chose to hear of, when, and whether their mailbox still takes our mails."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects import postgresql

from notifications.domain.words import Choice, EmailMode, Preferences, Topic
from notifications.tables import person, preference

_DEFAULT = Preferences()


class People:
    """Nobody needs to be here: who is not has the default preferences."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def know(self, accounts: Iterable[UUID]) -> None:
        """Give these accounts a row, where they have none."""
        rows = [{"account_id": account} for account in sorted(set(accounts))]
        if rows:
            self._connection.execute(postgresql.insert(person).values(rows).on_conflict_do_nothing())

    def preferences(self, account: UUID) -> Preferences:
        """What one person chose."""
        return self.preferences_of([account])[account]

    def preferences_of(self, accounts: Iterable[UUID]) -> dict[UUID, Preferences]:
        """What each of these people chose, the defaults for those who chose nothing."""
        wanted = list(set(accounts))
        chosen = self._chosen(wanted)
        rows = self._connection.execute(sa.select(person).where(person.c.account_id.in_(wanted)))
        known = {row.account_id: _preferences(row, chosen.get(row.account_id, {})) for row in rows}
        return {account: known.get(account, _DEFAULT) for account in wanted}

    def _chosen(self, accounts: list[UUID]) -> dict[UUID, dict[Topic, Choice]]:
        found: dict[UUID, dict[Topic, Choice]] = {}
        for row in self._connection.execute(sa.select(preference).where(preference.c.account_id.in_(accounts))):
            choice = Choice(inbox=row.inbox, email=EmailMode(row.email))
            found.setdefault(row.account_id, {})[Topic(row.topic)] = choice
        return found

    def save(self, account: UUID, preferences: Preferences) -> None:
        """Write what a person chose. The state of the mailbox is not touched."""
        hours = {
            "quiet_from": preferences.quiet_from,
            "quiet_until": preferences.quiet_until,
            "weekly_cap": preferences.weekly_cap,
        }
        self._upsert(person, {"account_id": account}, hours)
        for topic, choice in preferences.chosen.items():
            chosen = {"inbox": choice.inbox, "email": choice.email.value}
            self._upsert(preference, {"account_id": account, "topic": topic.value}, chosen)

    def _upsert(self, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        statement = postgresql.insert(table).values(**key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))

    def suspend(self, account: UUID, sent_at: datetime, now: datetime) -> bool:
        """Send no more to this person: a mail of ``sent_at`` found no mailbox. ``False`` if it has another since."""
        self.know([account])
        same = sa.or_(person.c.mailbox_since.is_(None), person.c.mailbox_since < sent_at)
        suspended = sa.update(person).where(person.c.account_id == account, same).values(mailbox_dead_since=now)
        return self._connection.execute(suspended.returning(person.c.account_id)).first() is not None

    def lift_suspension(self, account: UUID) -> None:
        """Try the mailbox again."""
        lifted = sa.update(person).where(person.c.account_id == account).values(mailbox_dead_since=None)
        self._connection.execute(lifted)

    def mailbox_changed(self, account: UUID, moment: datetime) -> None:
        """The person has another address since ``moment``: what the one before refused does not count any more."""
        values = {"mailbox_since": moment, "mailbox_dead_since": None}
        self._upsert(person, {"account_id": account}, values)

    def handles(self, accounts: Iterable[UUID]) -> dict[UUID, UUID]:
        """The random handles that stand for these people in links."""
        wanted = set(accounts)
        self.know(wanted)
        query = sa.select(person.c.account_id, person.c.handle).where(person.c.account_id.in_(wanted))
        return {row.account_id: row.handle for row in self._connection.execute(query)}

    def by_handle(self, handle: UUID) -> UUID | None:
        """Whom a handle stands for."""
        found: UUID | None = self._connection.scalar(sa.select(person.c.account_id).where(person.c.handle == handle))
        return found

    def forget(self, account: UUID) -> None:
        """Erase the person's row, preferences and followed things."""
        self._connection.execute(sa.delete(person).where(person.c.account_id == account))


def _preferences(row: Row, chosen: Mapping[Topic, Choice]) -> Preferences:
    return Preferences(
        chosen=chosen,
        quiet_from=_DEFAULT.quiet_from if row.quiet_from is None else row.quiet_from,
        quiet_until=_DEFAULT.quiet_until if row.quiet_until is None else row.quiet_until,
        weekly_cap=_DEFAULT.weekly_cap if row.weekly_cap is None else row.weekly_cap,
        suspended=row.mailbox_dead_since is not None,
    )
