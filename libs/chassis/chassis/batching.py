"""What happens to the requests of a batch, apart from how they come and go: opened, answered together, written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from contracts.base import Reply, Request
from contracts.errors import Fault
from contracts.registry import Call
from kombu.message import Message

from chassis import wire
from chassis.auth import Caller, TokenVerifier
from chassis.database import is_outage
from chassis.doors import parse

log = structlog.get_logger()
Req = TypeVar("Req", bound=Request)


@dataclass(frozen=True, slots=True)
class BatchItem(Generic[Req]):
    """One request of a batch and who makes it."""

    caller: Caller
    request: Req


@dataclass(slots=True)
class Slot:
    """One request on its way through a batch, with the place where its answer goes."""

    id: str
    raw: dict[str, Any]
    message: Message
    item: BatchItem[Any] | None = None
    answer: Reply | Fault | None = None


class NotNow(Exception):
    """The process is ending: nothing was decided, another one will."""


Method = Callable[[Sequence[BatchItem[Any]]], Sequence[Reply | Fault]]


def open_slots(call: Call[Any, Any], verifier: TokenVerifier, message: Message) -> list[Slot]:
    """The requests in a message. Those that are not well formed already hold their fault.

    Raises ``ValueError``, ``KeyError`` or ``TypeError`` for a message that holds no requests at all.
    """
    slots = [Slot(str(raw["id"]), raw, message) for raw in wire.loads(message.body)["items"]]
    for slot in slots:
        try:
            caller = verifier.caller(slot.raw.get("context") or {})
            slot.item = BatchItem(caller, parse(call, slot.raw.get("request")))
        except Fault as fault:
            slot.answer = fault
    return slots


def fill(slots: Sequence[Slot], method: Method, poison: Callable[[Slot, Exception], None]) -> None:
    """Have every open slot answered. Splits a batch that fails until the poison stands alone.

    Raises :class:`NotNow`, or what says that the database cannot be reached: then nothing is decided and all may be
    tried later.
    """
    todo = [slot for slot in slots if slot.answer is None]
    if not todo:
        return
    try:
        answers = method([slot.item for slot in todo if slot.item is not None])
    except Exception as error:
        if isinstance(error, NotNow) or is_outage(error):
            raise
        _split(todo, method, poison, error)
        return
    for slot, answer in zip(todo, answers, strict=True):
        slot.answer = answer


def _split(todo: Sequence[Slot], method: Method, poison: Callable[[Slot, Exception], None], error: Exception) -> None:
    if len(todo) == 1:
        log.error("batch_item_failed", error=type(error).__name__)
        poison(todo[0], error)
        todo[0].answer = Fault.internal()
        return
    half = len(todo) // 2
    fill(todo[:half], method, poison)
    fill(todo[half:], method, poison)


def by_message(slots: Sequence[Slot]) -> list[list[Slot]]:
    """The slots grouped by the message that brought them."""
    groups: dict[int, list[Slot]] = {}
    for slot in slots:
        groups.setdefault(id(slot.message), []).append(slot)
    return list(groups.values())


def reply_body(slots: Sequence[Slot]) -> bytes:
    """The answers to the requests of one message."""
    return wire.dumps({"replies": [_written(slot) for slot in slots]})


def _written(slot: Slot) -> dict[str, Any]:
    if isinstance(slot.answer, Reply):
        return {"id": slot.id, "result": slot.answer.model_dump(mode="json")}
    fault = slot.answer or Fault.internal()
    return {"id": slot.id, "error": fault.to_json()}
