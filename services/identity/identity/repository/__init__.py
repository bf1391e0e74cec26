"""Rows ⇄ domain: everything a use case can load and save, around one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from chassis.database import UnitOfWork as ChassisUnitOfWork
from chassis.event_log import EventLog

from identity.repository.accesses import Accesses
from identity.repository.accounts import Accounts
from identity.repository.attributes import Attributes
from identity.repository.collectives import Collectives
from identity.repository.grants import Grants
from identity.repository.limits import Limits
from identity.repository.links import Links
from identity.repository.sessions import Sessions
from identity.repository.sign_offs import SignOffs
from identity.security.vault import Vault


@dataclass(frozen=True, slots=True)
class Transaction:
    """One unit of work: what is done in it is done together or not at all."""

    connection: sa.Connection
    now: datetime
    today: date
    """In the zone of the territory."""
    events: EventLog
    accounts: Accounts
    attributes: Attributes
    sessions: Sessions
    links: Links
    grants: Grants
    collectives: Collectives
    accesses: Accesses
    limits: Limits
    sign_offs: SignOffs


UnitOfWork = ChassisUnitOfWork[Transaction]


Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of the machine."""
    return datetime.now(UTC)


def transactions(vault: Vault, zone: ZoneInfo, clock: Clock = utc_now) -> Callable[[sa.Connection], Transaction]:
    """Makes the transaction around a connection."""

    def build(connection: sa.Connection) -> Transaction:
        now = clock()
        return Transaction(
            connection=connection,
            now=now,
            today=now.astimezone(zone).date(),
            events=EventLog(connection),
            accounts=Accounts(connection),
            attributes=Attributes(connection, vault),
            sessions=Sessions(connection),
            links=Links(connection, vault),
            grants=Grants(connection),
            collectives=Collectives(connection),
            accesses=Accesses(connection),
            limits=Limits(connection),
            sign_offs=SignOffs(connection, vault),
        )

    return build
