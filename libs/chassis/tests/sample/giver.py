"""``python -m libs.chassis.tests.sample.giver``: records gifts, one at a time or in batches, and tells of each."""

from chassis import runtime  # noqa: F401, I001 -- first of all

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.auth import Caller
from chassis.batch import serves_batch
from chassis.batching import BatchItem
from chassis.cli import main
from chassis.doors import Provided
from chassis.event_log import event_tables
from chassis.manifest import Manifest
from chassis.relay import relay
from chassis.rpc import serves
from contracts.base import Empty, Reply
from contracts.errors import Fault
from sqlalchemy.dialects import postgresql

from libs.chassis.tests.sample import contract
from libs.chassis.tests.sample.resources import Resources, Settings, Transaction, bootstrap

metadata = sa.MetaData()
event_tables(metadata)
gift = sa.Table(
    "gift",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("giver", sa.Text, nullable=False),
    sa.Column("amount", sa.Integer, nullable=False),
)


def record(tx: Transaction, requests: Sequence[contract.Give]) -> set[Any]:
    """Write gifts that are new, tell of them, and give back which were."""
    rows = {r.gift_id: {"id": r.gift_id, "giver": r.giver, "amount": r.amount} for r in requests}
    insert = postgresql.insert(gift).values(list(rows.values())).on_conflict_do_nothing().returning(gift.c.id)
    new = set(tx.connection.scalars(insert))
    facts = [(str(id_), contract.GiftMade(gift_id=id_, amount=rows[id_]["amount"])) for id_ in new]
    tx.events.append_all(contract.GIFT_MADE, facts)
    return new


class GiverRpc:
    name = "giver"
    resources: Resources = Provided()

    @serves(contract.GIVE)
    def give(self, caller: Caller, request: contract.Give) -> contract.Given:
        with self.resources.uow() as tx:
            new = record(tx, [request])
        return contract.Given(gift_id=request.gift_id, repeated=not new, account=caller.account)

    @serves_batch(contract.GIVE_FAST)
    def give_fast(self, items: Sequence[BatchItem[contract.Give]]) -> Sequence[Reply | Fault]:
        if any(item.request.giver == contract.POISON for item in items):
            raise ValueError("this cannot be given")
        with self.resources.uow() as tx:
            new = record(tx, [item.request for item in items])
        ids = [item.request.gift_id for item in items]
        return [contract.Given(gift_id=one, repeated=one not in new) for one in ids]

    @serves(contract.SLEEP)
    def sleep(self, _caller: Caller, request: contract.Sleep) -> Empty:
        time.sleep(request.seconds)
        return Empty()

    @serves(contract.FAIL)
    def fail(self, _caller: Caller, request: contract.Fail) -> Empty:
        if request.how == "fault":
            raise Fault.wrong_state("Not now.", "too-early")
        if request.how == "crash":
            raise RuntimeError("secret detail")
        with self.resources.uow() as tx:
            made = contract.GiftMade(gift_id=UUID(int=1), amount=1)
            tx.events.append(contract.GIFT_MADE, made, subject="never")
            raise RuntimeError("told, then failed")


class GiverJobs:
    name = "giver_jobs"
    resources: Resources = Provided()

    @relay
    def publish(self) -> None:
        """Publish what the event log holds."""


MANIFEST = Manifest(
    name="giver",
    contract=contract.GIVER,
    settings=Settings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parent / "giver_migrations",
    rpc=GiverRpc,
    jobs=GiverJobs,
)

if __name__ == "__main__":
    sys.exit(main(MANIFEST))
