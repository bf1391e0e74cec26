"""``python -m benchmarks.plain run``: the service of the plain path."""

from chassis import runtime  # noqa: F401 -- first: it turns the process green
import sys
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from chassis.auth import Caller, TokenVerifier
from chassis.cli import main
from chassis.database import Database, UnitOfWork
from chassis.doors import Provided
from chassis.manifest import Manifest
from chassis.rpc import serves
from chassis.settings import Settings

from benchmarks.plain.contract import CAST, CONTRACT, PlainBallot, PlainReceipt

INSERT = sa.text(
    "INSERT INTO plain_ballots (voter, election, choices) VALUES (:voter, :election, :choices) "
    "ON CONFLICT (voter, election) DO UPDATE SET choices = EXCLUDED.choices"
)


@dataclass(frozen=True, slots=True)
class Tx:
    """A transaction."""

    connection: sa.Connection


@dataclass(frozen=True, slots=True)
class Resources:
    """What the door needs."""

    uow: UnitOfWork[Tx]
    verifier: TokenVerifier


class PlainRpc:
    """Answers one ballot at a time."""

    name = "plain"
    resources = Provided()

    @serves(CAST)
    def cast(self, caller: Caller, request: PlainBallot) -> PlainReceipt:
        """One transaction with one INSERT."""
        values = {"voter": caller.citizen(), "election": request.election_id, "choices": list(request.choices)}
        with self.resources.uow() as tx:
            tx.connection.execute(INSERT, values)
        return PlainReceipt(outcome="recorded")


def bootstrap(settings: Settings) -> Resources:
    """The database and the keys."""
    database = Database(settings.database_url, size=settings.max_workers * 2)
    return Resources(UnitOfWork(database, Tx), TokenVerifier(settings.jwks_file))


MANIFEST = Manifest("plain", CONTRACT, Settings, bootstrap, sa.MetaData(), Path(), PlainRpc)
sys.exit(main(MANIFEST))
