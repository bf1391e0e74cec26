"""What both sample services are built from."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from chassis.auth import TokenVerifier
from chassis.database import Database, UnitOfWork
from chassis.event_log import EventLog
from chassis.settings import Settings as CommonSettings


class Settings(CommonSettings):
    """Beside the common ones: how clumsy the handlers are."""

    failing_share: float = 0.0
    """Which share of handled events fails after having written."""


@dataclass(frozen=True)
class Transaction:
    connection: sa.Connection

    @property
    def events(self) -> EventLog:
        return EventLog(self.connection)


@dataclass(frozen=True)
class Resources:
    settings: Settings
    uow: UnitOfWork[Transaction]
    verifier: TokenVerifier


def bootstrap(settings: Settings) -> Resources:
    database = Database(settings.database_url, size=settings.max_workers + 4)
    make: Callable[[sa.Connection], Transaction] = Transaction
    return Resources(settings, UnitOfWork(database, make), TokenVerifier(settings.jwks_file))
