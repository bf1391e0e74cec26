"""What the two sample services say to each other."""

from typing import Annotated, Literal
from uuid import UUID

from contracts.base import Empty, Line, Payload, Reply, Request, length
from contracts.registry import Call, Contract, Event
from pydantic import Field

UNLUCKY = 13
"""An amount that no keeper can keep: poison."""
POISON = "poison"
"""A giver that no batch can hold."""


class Give(Request):
    gift_id: UUID
    giver: Annotated[Line, length(1, 40)]
    amount: Annotated[int, Field(ge=1, le=100)]


class Given(Reply):
    gift_id: UUID
    repeated: bool
    account: UUID | None = None


class Sleep(Request):
    seconds: float


class Fail(Request):
    how: Literal["fault", "crash", "after-telling"]


class GiftMade(Payload):
    gift_id: UUID
    amount: int


GIVE = Call("giver", "give", Give, Given, idempotent=True)
GIVE_FAST = Call("giver", "give_fast", Give, Given, idempotent=True, batch=True)
SLEEP = Call("giver", "sleep", Sleep, Empty, idempotent=False)
FAIL = Call("giver", "fail", Fail, Empty, idempotent=False)
NEWER = Call("giver", "not_there_yet", Sleep, Empty, idempotent=False)
"""A call that the running service is too old to know."""
GIFT_MADE = Event("giver", "gift_made", 1, GiftMade)
REST = Call("keeper", "rest", Sleep, Empty, idempotent=True)

GIVER = Contract("giver", calls=(GIVE, GIVE_FAST, SLEEP, FAIL), events=(GIFT_MADE,))
KEEPER = Contract("keeper", calls=(REST,), events=())
