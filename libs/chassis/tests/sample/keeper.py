"""``python -m libs.chassis.tests.sample.keeper``: keeps a line for each gift it hears of; its table allows doubles."""

from chassis import runtime  # noqa: F401, I001 -- first of all

import os
import random
import sys
import time
from pathlib import Path

import sqlalchemy as sa
from chassis.auth import Caller
from chassis.cli import main
from chassis.doors import Provided
from chassis.event_log import Meta, event_tables
from chassis.events import subscribe
from chassis.manifest import Manifest
from chassis.relay import relay
from chassis.rpc import serves
from chassis.schedule import every
from contracts.base import Empty

from libs.chassis.tests.sample import contract
from libs.chassis.tests.sample.resources import Resources, Settings, Transaction, bootstrap

metadata = sa.MetaData()
event_tables(metadata)
kept = sa.Table(
    "kept",
    metadata,
    sa.Column("line", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("gift_id", sa.Uuid, nullable=False),
)
tick = sa.Table(
    "tick",
    metadata,
    sa.Column("line", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("process", sa.Integer, nullable=False),
    sa.Column("begun", sa.Float, nullable=False),
    sa.Column("ended", sa.Float, nullable=False),
)


class KeeperRpc:
    name = "keeper"
    resources: Resources = Provided()

    @serves(contract.REST)
    def rest(self, _caller: Caller, request: contract.Sleep) -> Empty:
        time.sleep(request.seconds)
        return Empty()


class KeeperEvents:
    name = "keeper_events"
    resources: Resources = Provided()

    @subscribe(contract.GIFT_MADE, name="keeper.gift_made")
    def gift_made(self, tx: Transaction, fact: contract.GiftMade, _meta: Meta) -> None:
        tx.connection.execute(sa.insert(kept).values(gift_id=fact.gift_id))
        if fact.amount == contract.UNLUCKY:
            raise ValueError("nobody can keep this")
        if random.random() < self.resources.settings.failing_share:
            raise RuntimeError("dropped it")


class KeeperJobs:
    name = "keeper_jobs"
    resources: Resources = Provided()

    @relay
    def publish(self) -> None:
        """Publish what the event log holds."""

    @every(seconds=0.05, name="keeper.tick")
    def tick(self) -> None:
        begun = time.time()
        time.sleep(0.1)
        with self.resources.uow() as tx:
            row = {"process": os.getpid(), "begun": begun, "ended": time.time()}
            tx.connection.execute(sa.insert(tick).values(row))


MANIFEST = Manifest(
    name="keeper",
    contract=contract.KEEPER,
    settings=Settings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parent / "keeper_migrations",
    rpc=KeeperRpc,
    events=KeeperEvents,
    jobs=KeeperJobs,
)

if __name__ == "__main__":
    sys.exit(main(MANIFEST))
