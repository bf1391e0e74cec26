"""One transaction of notifications: the moment it began, the event log, and the repositories."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import sqlalchemy as sa
from chassis import database
from chassis.event_log import EventLog

from notifications.repository.deliveries import Deliveries
from notifications.repository.followers import Followers
from notifications.repository.notices import Notices
from notifications.repository.people import People
from notifications.repository.stories import Stories
from notifications.repository.subjects import Subjects


@dataclass(frozen=True)
class Transaction:
    """Everything a use case works with."""

    connection: sa.Connection
    now: datetime

    @cached_property
    def events(self) -> EventLog:
        """Where facts are told."""
        return EventLog(self.connection)

    @cached_property
    def people(self) -> People:
        """Preferences of people."""
        return People(self.connection)

    @cached_property
    def followers(self) -> Followers:
        """Who follows what."""
        return Followers(self.connection)

    @cached_property
    def subjects(self) -> Subjects:
        """What is known of the things that are followed."""
        return Subjects(self.connection)

    @cached_property
    def stories(self) -> Stories:
        """What happened and is to be told."""
        return Stories(self.connection)

    @cached_property
    def notices(self) -> Notices:
        """The inboxes."""
        return Notices(self.connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """The mails."""
        return Deliveries(self.connection)


UnitOfWork = database.UnitOfWork[Transaction]


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def open_unit_of_work(source: database.Database, clock: Callable[[], datetime] = now) -> UnitOfWork:
    """The unit of work on a database."""
    return database.UnitOfWork(source, lambda connection: Transaction(connection, clock()))
