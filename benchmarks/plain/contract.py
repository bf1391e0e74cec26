"""What the plain path speaks."""

from typing import Annotated
from uuid import UUID

from contracts.base import Reply, Request
from contracts.registry import Call, Contract
from pydantic import Field


class PlainBallot(Request):
    """One ballot."""

    election_id: UUID
    choices: Annotated[tuple[str, ...], Field(max_length=400)]


class PlainReceipt(Reply):
    """It is written."""

    outcome: str


CAST = Call("plain", "cast", PlainBallot, PlainReceipt, idempotent=True)
CONTRACT = Contract("plain", calls=(CAST,), events=())
