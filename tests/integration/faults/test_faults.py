"""Everything that can break breaks at once; every effect is applied exactly once.

Two replicas of two services at work, 2 % of the handlers fail after having written, a hundred requests come twice, one
event is poison. Meanwhile one replica of each service is killed, the broker is restarted, PostgreSQL is restarted.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from chassis.client import RpcClient
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.errors import Fault, FaultCode
from contracts.registry import Call

from libs.chassis.tests.sample.contract import GIFT_MADE, GIVE, GIVE_FAST, UNLUCKY, GiftMade, Give, Given
from libs.chassis.tests.sample.town import Town, until

GIFTS = 1500
REPEATED = 100
THREADS = 12
TROUBLES = ("kill a giver", "kill a keeper", "restart the broker", "restart PostgreSQL")
TRANSIENT = {FaultCode.UNAVAILABLE, FaultCode.DEADLINE}
QUEUE = "evt-keeper.gift_made"


@pytest.fixture
def town(broker: PrivateRabbitMQ, postgres: PrivatePostgres, tmp_path: Path) -> Iterator[Town]:
    with TestDatabases(postgres.url) as databases:
        urls = {service: databases(service, migrated=False) for service in ("giver", "keeper")}
        made = Town(broker.url, urls, tmp_path, {"RETRY_SECONDS": "[1, 2, 3, 5]", "FAILING_SHARE": "0.02"})
        try:
            for service in urls:
                assert made.run(service, "migrate").returncode == 0
            yield made
        finally:
            made.close()


class Givers:
    """People who give and do not stop asking until they have an answer, whatever happens to the suite."""

    def __init__(self, client: RpcClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self.answered = 0
        self.unexpected: list[str] = []

    def give(self, one: Give) -> None:
        call = random.choice((GIVE, GIVE_FAST))
        until(lambda: self._asked(call, one), f"{one.gift_id} is answered", patience=180)
        with self._lock:
            self.answered += 1

    def wait_for(self, answers: int) -> None:
        """Return when so many answers have come."""
        until(lambda: self.answered >= answers, f"{answers} answers", patience=180)

    def _asked(self, call: Call[Give, Given], one: Give) -> Given | None:
        try:
            return self._client.call(call, one, deadline=5)
        except Fault as fault:
            if fault.code not in TRANSIENT:
                self.unexpected.append(str(fault))
            return None


def gifts() -> list[Give]:
    """The gifts, a hundred of them twice, one of them unlucky, in any order."""
    made = [Give(gift_id=uuid4(), giver="Ana", amount=1) for _ in range(GIFTS - 1)]
    made.append(Give(gift_id=uuid4(), giver="Ana", amount=UNLUCKY))
    asked = [*made, *random.sample(made, REPEATED)]
    random.shuffle(asked)
    return asked


@pytest.mark.timeout(600)
def test_every_effect_is_applied_exactly_once(town: Town, broker: PrivateRabbitMQ, postgres: PrivatePostgres) -> None:
    keepers = [town.start("keeper") for _ in range(2)]
    until(lambda: town.messages(QUEUE) is not None, "a keeper listens")
    givers = [town.start("giver") for _ in range(2)]
    troubles: dict[str, Callable[[], object]] = {
        "kill a giver": lambda: town.replace("giver", givers[0]),
        "kill a keeper": lambda: town.replace("keeper", keepers[0]),
        "restart the broker": lambda: broker.restart(pause=1),
        "restart PostgreSQL": lambda: postgres.restart(pause=1),
    }
    asked = gifts()
    client = town.client("faults")
    people = Givers(client)
    until(lambda: people._asked(GIVE, asked[0]), "giver answers")
    people.unexpected.clear()

    with ThreadPoolExecutor(THREADS) as pool:
        working = [pool.submit(people.give, one) for one in asked]
        for number, name in enumerate(TROUBLES):
            share = len(asked) * (number + 1) // (len(TROUBLES) + 2)
            people.wait_for(share)
            troubles[name]()
        for one in working:
            one.result()
    client.close()

    assert people.unexpected == []
    expected = {one.gift_id for one in asked}
    poison = {one.gift_id for one in asked if one.amount == UNLUCKY}
    assert recorded(town) == sorted(expected)
    until(lambda: outbox(town) == 0, "nothing is left to be told")
    until(lambda: town.count("keeper", "SELECT count(DISTINCT gift_id) FROM kept") >= GIFTS - 1, "all are kept", 180)
    until(lambda: town.messages(f"{QUEUE}.parked"), "the poison is parked")
    settled(town)
    assert kept(town) == sorted(expected - poison), "each exactly once"
    assert parked(town) == [told_of(town, gift_id) for gift_id in poison], "the poison alone, however often it was sent"
    assert outbox(town) == 0
    assert town.stop() == [0, 0, 0, 0], "a clean end"


def test_an_outage_longer_than_every_retry_parks_nothing(town: Town, postgres: PrivatePostgres) -> None:
    town.more |= {"RETRY_SECONDS": "[1, 1]", "FAILING_SHARE": "0"}
    town.start("keeper")
    until(lambda: town.messages(QUEUE) is not None, "a keeper listens")
    log = town.folder / "keeper-0.log"
    told = [uuid4() for _ in range(10)]
    parked = town.messages(f"{QUEUE}.parked")
    postgres.stop()
    for gift_id in told:
        tell(town, gift_id)
    until(lambda: log.read_text().count("event_postponed") >= 4 * len(told), "each event has waited four times")
    assert town.messages(f"{QUEUE}.parked") == parked
    postgres.start()
    until(lambda: len(kept(town)) == len(told), "every event is handled")
    assert kept(town) == sorted(told)
    assert town.messages(f"{QUEUE}.parked") == parked
    assert town.stop() == [0]


def tell(town: Town, gift_id: UUID) -> None:
    """Tell of a gift as giver would."""
    body = GiftMade(gift_id=gift_id, amount=1).model_dump_json().encode()
    known = {"event-id": str(uuid4()), "subject": "", "trace": "", "occurred-at": datetime.now(UTC).isoformat()}
    options = {"content_type": "application/json", "content_encoding": "utf-8", "headers": known}
    town.publish(body, exchange="giver.events", route=GIFT_MADE.topic, **options)


def settled(town: Town) -> None:
    """Return when no message waits or is under way: what was to be handled twice has been."""
    waiting = (QUEUE, *(f"{QUEUE}.retry-{seconds}s" for seconds in (1, 2, 3, 5)))
    until(lambda: not any(town.messages(queue) for queue in waiting), "nothing waits")
    quiet_since = [time.monotonic(), town.count("keeper", "SELECT count(*) FROM kept")]

    def quiet() -> bool:
        lines = town.count("keeper", "SELECT count(*) FROM kept")
        if lines != quiet_since[1]:
            quiet_since[:] = [time.monotonic(), lines]
        return time.monotonic() - quiet_since[0] > 2

    until(quiet, "nothing is written any more")


def parked(town: Town) -> list[str]:
    """The events that an operator is shown as parked."""
    listed = town.run("keeper", "parked", "list", "--queue", QUEUE).stdout.splitlines()
    return [json.loads(line)["event"] for line in listed]


def told_of(town: Town, gift_id: UUID) -> str:
    """The event that told of a gift."""
    ((event_id,),) = town.rows("giver", f"SELECT id FROM event_log WHERE payload ->> 'gift_id' = '{gift_id}'")
    return str(event_id)


def recorded(town: Town) -> list[UUID]:
    return sorted(row[0] for row in town.rows("giver", "SELECT id FROM gift"))


def kept(town: Town) -> list[UUID]:
    return sorted(row[0] for row in town.rows("keeper", "SELECT gift_id FROM kept"))


def outbox(town: Town) -> int:
    return town.count("giver", "SELECT count(*) FROM event_log WHERE published_at IS NULL")
