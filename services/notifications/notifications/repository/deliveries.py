"""The mails: one row per story, person and channel, from its writing to its end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

from notifications.domain.delivery import State
from notifications.domain.sending import CAPPED
from notifications.domain.stories import DIGEST
from notifications.domain.words import Priority, Topic
from notifications.tables import delivery, story

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail to one person."""

    id: UUID
    story_id: UUID
    account: UUID
    topic: Topic
    priority: Priority
    state: State
    attempts: int
    created_at: datetime
    leased_until: datetime | None = None
    finished_at: datetime | None = None


class Deliveries:
    """Who claims a mail has it alone until the lease ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, story_id: UUID, topic: Topic, priority: Priority, states: dict[UUID, str], now: datetime) -> None:
        """Write mails to these people, each in its first state, unless they are there."""
        common = {"story_id": story_id, "topic": topic.value, "priority": priority.value}
        times = {"not_before": now, "created_at": now}
        rows = [{"id": uuid7(), "account_id": a, "state": state, **common, **times} for a, state in states.items()]
        if rows:
            self._connection.execute(postgresql.insert(delivery).values(rows).on_conflict_do_nothing())

    def claim(self, limit: int, now: datetime, lease: timedelta) -> list[Delivery]:
        """The most urgent mails that are due, for the caller alone until the lease ends."""
        free = sa.or_(delivery.c.leased_until.is_(None), delivery.c.leased_until < now)
        due = (delivery.c.state == State.PENDING.value) & (delivery.c.not_before <= now) & free
        return self._lease(due, limit, now + lease)

    def abandoned(self, limit: int, now: datetime, lease: timedelta) -> list[Delivery]:
        """Mails whose handing over was begun and never stamped: whoever did it is gone."""
        given_up = (delivery.c.state == State.HANDING.value) & (delivery.c.leased_until < now)
        return self._lease(given_up, limit, now + lease)

    def _lease(self, which: sa.ColumnElement[bool], limit: int, until: datetime) -> list[Delivery]:
        first = sa.select(delivery.c.id).where(which).order_by(delivery.c.priority, delivery.c.not_before).limit(limit)
        statement = (
            sa.update(delivery)
            .where(delivery.c.id.in_(first.with_for_update(skip_locked=True)))
            .values(leased_until=until)
            .returning(delivery)
        )
        found = [_delivery(row) for row in self._connection.execute(statement)]
        return sorted(found, key=lambda one: (one.priority, one.created_at))

    def hand_over(self, claimed: Delivery, until: datetime) -> bool:
        """Stamp that a claimed mail is being handed over; ``False`` if it is the caller's no more."""
        own = (delivery.c.state == State.PENDING.value) & (delivery.c.leased_until == claimed.leased_until)
        stamp = sa.update(delivery).where(delivery.c.id == claimed.id, own)
        stamped = stamp.values(state=State.HANDING.value, leased_until=until).returning(delivery.c.id)
        return self._connection.execute(stamped).first() is not None

    def change(self, id_: UUID, state: State, **values: Any) -> None:  # noqa: ANN401 -- columns
        """Put one mail into a state; its lease ends."""
        changed = sa.update(delivery).where(delivery.c.id == id_)
        self._connection.execute(changed.values(state=state.value, leased_until=None, **values))

    def get(self, id_: UUID) -> Delivery | None:
        """One mail, held until the end of the transaction."""
        row = self._connection.execute(sa.select(delivery).where(delivery.c.id == id_).with_for_update()).first()
        return None if row is None else _delivery(row)

    def sent_this_week(self, accounts: Iterable[UUID], now: datetime) -> Counter[UUID]:
        """How many mails that count for the weekly cap each of these people got in the last seven days."""
        query = (
            sa.select(delivery.c.account_id, sa.func.count().label("mails"))
            .join(story)
            .where(
                delivery.c.account_id.in_(list(set(accounts))),
                delivery.c.finished_at > now - WEEK,
                delivery.c.state == State.SENT.value,
                delivery.c.priority.in_([priority.value for priority in CAPPED]),
                story.c.kind != DIGEST,
            )
            .group_by(delivery.c.account_id)
        )
        return Counter({row.account_id: row.mails for row in self._connection.execute(query)})

    def waiting(self, moment: datetime, limit: int) -> Sequence[UUID]:
        """People for whom mails wait since before ``moment``, and who have no digest of that moment yet."""
        made = sa.select(story.c.id).where(
            story.c.account_id == delivery.c.account_id, story.c.kind == DIGEST, story.c.occurred_at >= moment
        )
        waits = (delivery.c.state == State.WAITING.value) & (delivery.c.not_before < moment)
        query = sa.select(delivery.c.account_id).where(waits, ~made.exists())
        return self._connection.scalars(query.distinct().order_by(delivery.c.account_id).limit(limit)).all()

    def gather(self, account: UUID, story_id: UUID, moment: datetime, now: datetime) -> None:
        """Put what waits for a person since before ``moment`` into the mail of this digest's story."""
        digest = sa.select(delivery.c.id).where(delivery.c.story_id == story_id, delivery.c.account_id == account)
        waiting = sa.update(delivery).where(
            delivery.c.account_id == account,
            delivery.c.state == State.WAITING.value,
            delivery.c.not_before < moment,
        )
        gathered = {"state": State.DIGESTED.value, "digest_id": digest.scalar_subquery(), "finished_at": now}
        self._connection.execute(waiting.values(gathered))

    def in_digest(self, digest: UUID) -> list[Delivery]:
        """What a digest tells, oldest first."""
        query = sa.select(delivery).where(delivery.c.digest_id == digest).order_by(delivery.c.created_at, delivery.c.id)
        return [_delivery(row) for row in self._connection.execute(query)]

    def cancel(self, account: UUID, topics: Iterable[Topic], now: datetime) -> None:
        """Drop what has not left yet of these topics."""
        open_ = delivery.c.state.in_([State.WAITING.value, State.PENDING.value])
        own = (delivery.c.account_id == account) & delivery.c.topic.in_([topic.value for topic in topics]) & open_
        cancelled = {"state": State.CANCELLED.value, "finished_at": now, "leased_until": None}
        self._connection.execute(sa.update(delivery).where(own).values(cancelled))

    def forget(self, account: UUID) -> None:
        """Erase every mail to this person."""
        self._connection.execute(sa.delete(delivery).where(delivery.c.account_id == account))


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row.id,
        story_id=row.story_id,
        account=row.account_id,
        topic=Topic(row.topic),
        priority=Priority(row.priority),
        state=State(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        leased_until=row.leased_until,
        finished_at=row.finished_at,
    )
