"""Rows ⇄ domain, and the transaction that holds it all together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from chassis import database
from chassis.event_log import EventLog

from consultations.domain.problems import DomainError
from consultations.domain.rules import Rules
from consultations.repository.answers import Answers
from consultations.repository.consultations import Consultations
from consultations.repository.drafts import Drafts
from consultations.repository.exports import Exports
from consultations.repository.forms import Forms
from consultations.translate.faults import fault_of


@dataclass(frozen=True, slots=True)
class Transaction:
    """One unit of work: what happens in it happens at ``now``, all or nothing."""

    connection: sa.Connection
    now: datetime
    rules: Rules
    events: EventLog
    consultations: Consultations
    forms: Forms
    drafts: Drafts
    answers: Answers
    exports: Exports


def utc_now() -> datetime:
    """The clock of the service."""
    return datetime.now(UTC)


class UnitOfWork(database.UnitOfWork[Transaction]):
    """Opens the service's transactions. What the domain refuses in one leaves as a fault, with nothing changed."""

    def __init__(self, db: database.Database, rules: Rules, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(db, lambda connection: _transaction(connection, rules, clock()))

    @contextmanager
    def __call__(self) -> Iterator[Transaction]:
        """One transaction: committed on leaving, undone on any exception."""
        try:
            with super().__call__() as tx:
                yield tx
        except DomainError as error:
            raise fault_of(error) from error


def _transaction(connection: sa.Connection, rules: Rules, now: datetime) -> Transaction:
    return Transaction(
        connection=connection,
        now=now,
        rules=rules,
        events=EventLog(connection),
        consultations=Consultations(connection),
        forms=Forms(connection),
        drafts=Drafts(connection),
        answers=Answers(connection),
        exports=Exports(connection),
    )
