"""Events: told if and only if committed, handled once, retried, parked; jobs in one replica at a time."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from chassis.client import RpcClient
from contracts.errors import Fault
from kombu import Connection

from libs.chassis.tests.sample.contract import FAIL, GIVE, GIVE_FAST, UNLUCKY, Fail, Give
from libs.chassis.tests.sample.town import Town, until

QUEUE = "evt-keeper.gift_made"
PARKED = f"{QUEUE}.parked"


def headers(event_id: UUID) -> dict[str, str]:
    return {"event-id": str(event_id), "subject": "", "trace": "", "occurred-at": datetime.now(UTC).isoformat()}


def tell(town: Town, gift_id: UUID, event_id: UUID, amount: int = 1) -> None:
    body = json.dumps({"gift_id": str(gift_id), "amount": amount}).encode()
    options = {"content_type": "application/json", "content_encoding": "utf-8", "headers": headers(event_id)}
    town.publish(body, exchange="giver.events", route="gift_made.v1", **options)


def kept(town: Town, gift_id: UUID) -> int:
    return town.count("keeper", f"SELECT count(*) FROM kept WHERE gift_id = '{gift_id}'")


def give(client: RpcClient, amount: int = 1) -> UUID:
    made = Give(gift_id=uuid4(), giver="Ana", amount=amount)
    client.call(GIVE, made)
    return made.gift_id


def emptied(town: Town) -> None:
    if town.messages(PARKED):
        with Connection(town.amqp_url) as connection:
            connection.default_channel.queue_purge(PARKED)


@pytest.mark.parametrize("call", [GIVE, GIVE_FAST])
def test_what_is_committed_is_told_and_kept_once(client: RpcClient, town: Town, call: object) -> None:
    made = Give(gift_id=uuid4(), giver="Ana", amount=1)
    for _ in range(3):
        client.call(call, made)  # type: ignore[arg-type]
    until(lambda: kept(town, made.gift_id), "the gift is kept")
    until(lambda: town.count("giver", "SELECT count(*) FROM event_log WHERE published_at IS NULL") == 0, "all is told")
    assert kept(town, made.gift_id) == 1


def test_what_is_undone_is_not_told(client: RpcClient, town: Town) -> None:
    with pytest.raises(Fault):
        client.call(FAIL, Fail(how="after-telling"))
    assert town.count("giver", "SELECT count(*) FROM event_log WHERE subject = 'never'") == 0


def test_the_same_event_is_handled_once_however_often_it_comes(town: Town) -> None:
    gift_id, event_id, last = uuid4(), uuid4(), uuid4()
    for _ in range(20):
        tell(town, gift_id, event_id)
    tell(town, last, uuid4())
    until(lambda: kept(town, last), "the last event is handled")
    until(lambda: town.messages(QUEUE) == 0, "nothing waits")
    assert kept(town, gift_id) == 1


def test_poison_is_tried_again_then_parked_then_sent_back_or_dropped(client: RpcClient, town: Town) -> None:
    emptied(town)
    gift_id = give(client, UNLUCKY)
    after = give(client)
    until(lambda: kept(town, after), "the others are not held up")
    until(lambda: town.messages(PARKED) == 1, "it is parked")
    assert kept(town, gift_id) == 0, "what a failed handler wrote is undone"
    listed = [json.loads(line) for line in town.run("keeper", "parked", "list").stdout.splitlines()]
    assert [row["error"] for row in listed] == ["ValueError: nobody can keep this"]
    assert town.messages(PARKED) == 1, "looking takes nothing away"
    town.run("keeper", "parked", "retry")
    until(lambda: town.messages(PARKED) == 1, "it is tried and parked again")
    dropped = town.run("keeper", "parked", "drop")
    assert "nobody can keep this" in dropped.stdout
    assert town.messages(PARKED) == 0


def test_copies_of_a_parked_event_are_one_line_and_are_sent_back_once(town: Town) -> None:
    emptied(town)
    gift_id, event_id = uuid4(), uuid4()
    for _ in range(3):
        tell(town, gift_id, event_id, UNLUCKY)
    until(lambda: town.messages(PARKED) == 3, "every copy is parked")
    (line,) = [json.loads(line) for line in town.run("keeper", "parked", "list").stdout.splitlines()]
    assert (line["event"], line["copies"]) == (str(event_id), 3)
    town.run("keeper", "parked", "retry")
    until(lambda: town.messages(PARKED) == 1, "one copy is tried and parked again")
    emptied(town)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x80\x04\xff", "application/json"),
        (b"{'single': 1}", "application/json"),
        (b"x", "application/x-python-serialize"),
    ],
)
def test_what_cannot_be_decoded_is_parked_at_once(town: Town, body: bytes, content_type: str) -> None:
    emptied(town)
    town.publish(
        body, exchange="giver.events", route="gift_made.v1", content_type=content_type, headers=headers(uuid4())
    )
    until(lambda: town.messages(PARKED) == 1, "it is parked")
    emptied(town)


@pytest.mark.parametrize("given", [{}, {"event-id": "not an id"}, {"event-id": str(uuid4())}])
def test_an_event_without_its_headers_is_parked_in_the_end(town: Town, given: dict[str, str]) -> None:
    emptied(town)
    body = json.dumps({"gift_id": str(uuid4()), "amount": 1}).encode()
    options = {"content_type": "application/json", "content_encoding": "utf-8", "headers": given}
    town.publish(body, exchange="giver.events", route="gift_made.v1", **options)
    until(lambda: town.messages(PARKED) == 1, "it is parked")
    emptied(town)


def test_an_event_that_does_not_hold_what_it_should_is_parked(town: Town) -> None:
    emptied(town)
    options = {"content_type": "application/json", "content_encoding": "utf-8", "headers": headers(uuid4())}
    town.publish(b'{"amount": "much"}', exchange="giver.events", route="gift_made.v1", **options)
    until(lambda: town.messages(PARKED) == 1, "it is parked")
    emptied(town)


def test_a_replay_brings_the_past_to_who_came_late_and_nobody_keeps_it_twice(client: RpcClient, town: Town) -> None:
    gift_id = give(client)
    until(lambda: kept(town, gift_id), "the gift is kept")
    done = town.run("giver", "replay", "--topic", "gift_made.v1", "--to", "keeper.gift_made")
    assert done.returncode == 0, done.stderr
    last = give(client)
    until(lambda: kept(town, last), "the last event is handled")
    until(lambda: town.messages(QUEUE) == 0, "nothing waits")
    assert town.count("keeper", "SELECT count(*) FROM (SELECT 1 FROM kept GROUP BY gift_id HAVING count(*) > 1) d") == 0


def test_a_job_runs_in_one_replica_at_a_time(town: Town) -> None:
    first = town.count("keeper", "SELECT coalesce(max(line), 0) FROM tick")
    until(lambda: town.count("keeper", f"SELECT count(*) FROM tick WHERE line > {first}") >= 12, "the job has run")
    ticks = sorted(town.rows("keeper", f"SELECT begun, ended FROM tick WHERE line > {first}"))
    for (_, ended), (begun, _) in pairwise(ticks):
        assert ended <= begun + 0.001, "two replicas did the work at the same time"


def test_replaying_what_nobody_tells_names_what_is_told(town: Town) -> None:
    done = town.run("giver", "replay", "--topic", "gift_lost.v1", "--to", "keeper.gift_made")
    assert done.returncode == 2
    assert "gift_made.v1" in done.stderr
