"""Calls: typed answers, faults, deadlines, absent services, many threads, malformed messages."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from chassis.client import Context, RpcClient, UnreadableReplyError
from contracts.base import Empty, Reply, Request
from contracts.errors import Fault, FaultCode
from contracts.registry import Call
from kombu import Connection

from libs.chassis.tests.sample.contract import (
    FAIL,
    GIVE,
    GIVE_FAST,
    NEWER,
    POISON,
    SLEEP,
    Fail,
    Give,
    Sleep,
)
from libs.chassis.tests.sample.town import Town, until


def gift(amount: int = 1, giver: str = "Ana") -> Give:
    return Give(gift_id=uuid4(), giver=giver, amount=amount)


class Careless(Request):
    """What a sender that checks nothing would send."""

    gift_id: str = "x"
    giver: str = "a\x00"
    amount: int = 900


class NameReply(Reply):
    """An answer that the service does not give."""

    name: str


def refused(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as caught:
        act()
    return caught.value


@pytest.mark.parametrize("call", [GIVE, GIVE_FAST])
def test_a_call_is_answered_and_repeating_it_changes_nothing(client: RpcClient, call: Any) -> None:
    one = gift()
    assert client.call(call, one).model_dump() == {"gift_id": one.gift_id, "repeated": False, "account": None}
    assert client.call(call, one).repeated is True


def test_the_service_knows_who_asks(client: RpcClient, town: Town) -> None:
    account = uuid4()
    assert client.call(GIVE, gift(), context=Context(token=town.token(account))).account == account
    for token in ("nonsense", town.token(account)[:-4] + "AAAA"):
        for call in (GIVE, GIVE_FAST):
            fault = refused(partial(client.call, call, gift(), context=Context(token=token)))
            assert (fault.code, fault.reason) == (FaultCode.UNAUTHENTICATED, "token-invalid")


@pytest.mark.parametrize("call", [GIVE, GIVE_FAST])
def test_every_error_of_a_request_comes_at_once_with_its_place(client: RpcClient, call: Any) -> None:
    careless = replace(call, request=Careless)
    fault = refused(lambda: client.call(careless, Careless()))
    assert fault.code is FaultCode.INVALID
    assert sorted(error.pointer for error in fault.errors) == ["/amount", "/gift_id", "/giver"]
    assert {error.code for error in fault.errors} >= {"unreadable-characters", "less-than-equal"}


def test_an_answer_that_breaks_its_contract_is_never_the_callers_mistake(client: RpcClient) -> None:
    broken: Call[Give, Any] = replace(GIVE, reply=NameReply)  # type: ignore[arg-type]
    with pytest.raises(UnreadableReplyError, match=r"giver\.give"):
        client.call(broken, gift())


def test_a_fault_crosses_whole_and_a_crash_says_nothing(client: RpcClient) -> None:
    fault = refused(lambda: client.call(FAIL, Fail(how="fault")))
    assert (fault.code, fault.detail, fault.reason) == (FaultCode.WRONG_STATE, "Not now.", "too-early")
    crash = refused(lambda: client.call(FAIL, Fail(how="crash"), context=Context(trace="t-42")))
    assert crash.code is FaultCode.INTERNAL
    assert "secret" not in crash.detail


def test_a_deadline_ends_the_waiting_and_the_late_answer_harms_nobody(client: RpcClient) -> None:
    started = time.monotonic()
    fault = refused(lambda: client.call(SLEEP, Sleep(seconds=1.5), deadline=0.3))
    assert fault.code is FaultCode.DEADLINE
    assert time.monotonic() - started < 1
    assert client.call(SLEEP, Sleep(seconds=1.5), deadline=10) == Empty()


def test_a_service_that_was_never_deployed_is_refused_at_once(client: RpcClient) -> None:
    ghost = Call("ghost", "boo", Sleep, Empty, idempotent=False)
    batch = Call("ghost", "boo", Sleep, Empty, idempotent=False, batch=True)
    for call in (ghost, batch):
        started = time.monotonic()
        assert refused(partial(client.call, call, Sleep(seconds=0))).code is FaultCode.UNAVAILABLE
        assert time.monotonic() - started < 2


def test_a_service_that_is_down_costs_a_few_deadlines_then_nothing(client: RpcClient, town: Town) -> None:
    down = Call("asleep", "snore", Sleep, Empty, idempotent=False, batch=True)
    with Connection(town.amqp_url) as connection:
        connection.default_channel.queue_declare("batch-asleep.snore", durable=True, auto_delete=False)
    codes = [refused(lambda: client.call(down, Sleep(seconds=0), deadline=0.1)).code for _ in range(5)]
    assert codes == [FaultCode.DEADLINE] * 5
    started = time.monotonic()
    fault = refused(lambda: client.call(down, Sleep(seconds=0), deadline=5))
    assert fault.code is FaultCode.UNAVAILABLE
    assert fault.retry_after
    assert time.monotonic() - started < 0.5
    until(lambda: town.messages("batch-asleep.snore") == 0, "nothing runs later that nobody waits for")


def test_a_call_that_the_service_does_not_know_yet(client: RpcClient) -> None:
    assert refused(lambda: client.call(NEWER, Sleep(seconds=0))).code is FaultCode.UNAVAILABLE


@pytest.mark.parametrize("call", [GIVE, GIVE_FAST])
def test_fifty_threads_each_get_their_own_answers(client: RpcClient, call: Any) -> None:
    ready = threading.Barrier(50)

    def ask(_: int) -> list[tuple[UUID, UUID]]:
        ready.wait()
        gifts = [gift() for _ in range(6)]
        return [(one.gift_id, client.call(call, one, deadline=60).gift_id) for one in gifts]

    with ThreadPoolExecutor(50) as pool:
        pairs = [pair for found in pool.map(ask, range(50)) for pair in found]
    assert len(pairs) == 300
    assert all(asked == answered for asked, answered in pairs)


def test_one_poisonous_request_does_not_spoil_its_batch(client: RpcClient, town: Town) -> None:
    gifts = [gift() for _ in range(49)] + [gift(giver=POISON)]

    def ask(one: Give) -> str:
        try:
            return str(client.call(GIVE_FAST, one, deadline=60).gift_id)
        except Fault as fault:
            return fault.code.value

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, gifts))
    assert answers == [str(one.gift_id) for one in gifts[:-1]] + ["internal"]
    until(lambda: town.messages("batch-giver.give_fast.parked") == 1, "the poison is parked")
    listed = town.run("giver", "parked", "list", "--queue", "batch-giver.give_fast")
    assert "this cannot be given" in listed.stdout
    assert str(gifts[0].gift_id) not in listed.stdout


# --- messages that no client of ours would send -------------------------------------------------------------------

MALFORMED: list[tuple[bytes, dict[str, Any]]] = [
    (b'{"args": [], "kwargs": {"request": {}, "context": {}}}', {}),
    (b'{"args": [], "kwargs": {}}', {"reply_to": "x"}),
    (b'{"args": {}, "kwargs": []}', {"reply_to": "x"}),
    (b'{"args": [], "kwargs": {"request": 1, "context": 1}}', {"reply_to": "x", "correlation_id": "1"}),
    (b'{"args": [1, 2, 3, 4], "kwargs": {"surprise": true}}', {"reply_to": "x"}),
    (b"[]", {"reply_to": "x"}),
    (b"null", {}),
    (b'{"__type__": "nope", "__value__": 1}', {"reply_to": "x"}),
]


@pytest.mark.parametrize(("body", "properties"), MALFORMED)
def test_a_malformed_call_harms_nobody(client: RpcClient, town: Town, body: bytes, properties: dict[str, Any]) -> None:
    options = {"content_type": "application/json", "content_encoding": "utf-8", **properties}
    for route in ("giver.give", "giver.not_there"):
        town.publish(body, exchange="nameko-rpc", route=route, **options)
    town.publish(body, route="batch-giver.give_fast", **options)
    assert client.call(GIVE, gift(), deadline=10).repeated is False
    assert client.call(GIVE_FAST, gift(), deadline=10).repeated is False


@pytest.mark.parametrize("content_type", ["application/json", "application/x-python-serialize", "text/plain", ""])
def test_what_cannot_be_decoded_is_parked_with_its_bytes(client: RpcClient, town: Town, content_type: str) -> None:
    body = b"\x80\x04\xff not json"
    before = town.messages("rpc-giver.parked") or 0
    options = {"content_type": content_type, "content_encoding": "binary", "reply_to": "x"}
    town.publish(body, exchange="nameko-rpc", route="giver.give", **options)
    assert client.call(GIVE, gift(), deadline=10).repeated is False
    if content_type != "text/plain" and content_type:
        until(lambda: (town.messages("rpc-giver.parked") or 0) == before + 1, "it is parked")
        with Connection(town.amqp_url) as connection:
            message = connection.default_channel.basic_get("rpc-giver.parked", no_ack=True)
            assert bytes(message.body if isinstance(message.body, bytes) else message.body.encode("latin-1")) == body
