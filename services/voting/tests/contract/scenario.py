"""The committed examples in an order in which each of them works: one vote from its draft to its result.

The clock stands still and nothing is drawn by lot, so that the examples are what the service really answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from chassis import doors
from chassis.auth import Caller, Grant
from chassis.batching import BatchItem
from chassis.database import Database
from contracts import voting as v
from contracts.errors import Fault
from contracts.registry import Call
from voting.repository import Transaction, UnitOfWork
from voting.resources import Resources
from voting.rpc import VotingRpc
from voting.use_cases import closing

from services.voting.tests.world import PARIS, SECRET, NoVerifier, Register, Waiting

MORNING = datetime(2026, 9, 2, 8, 0, tzinfo=UTC)
AGENT = Caller(UUID(int=1), 250, (Grant("campaign_manager", frozenset({"*"})),), today=MORNING.date())
CITIZEN = Caller(UUID(int=2), 250, today=MORNING.date())
ANYBODY = Caller(today=MORNING.date())

STEPS: tuple[tuple[Caller, Call[Any, Any]], ...] = (
    (AGENT, v.DRAFT_ELECTION),
    (AGENT, v.OPEN_ELECTION),
    (AGENT, v.REVISE_ELECTION),
    (ANYBODY, v.LIST_ELECTIONS),
    (AGENT, v.LIST_MANAGED_ELECTIONS),
    (ANYBODY, v.GET_ELECTION),
    (ANYBODY, v.GET_RULES),
    (CITIZEN, v.CAST_BALLOT),
    (CITIZEN, v.GET_PARTICIPATION),
    (ANYBODY, v.CHECK_RECEIPT),
    (AGENT, v.CLOSE_ELECTION),
    (ANYBODY, v.GET_RESULT),
    (ANYBODY, v.GET_BALLOTS_FILE),
    (AGENT, v.DECIDE_PROJECT),
    (AGENT, v.CANCEL_ELECTION),
)


@dataclass
class Known:
    """Stands for the verifier: it knows who calls."""

    who: Caller

    def caller(self, _context: object) -> Caller:
        return self.who


def still(url: str, lot: pytest.MonkeyPatch) -> Resources:
    """A service whose clock stands still and which draws nothing by lot."""
    lot.setattr("voting.use_cases.preparing.secrets.token_bytes", bytes)
    lot.setattr("voting.use_cases.preparing.secrets.token_hex", lambda length: "0" * 2 * length)
    uow = UnitOfWork(Database(url, size=2), lambda connection: Transaction(connection, MORNING))
    return Resources(uow, NoVerifier(), PARIS, Register(), SECRET, Waiting())


def asked(resources: Resources, who: Caller, call: Call[Any, Any], request: object) -> dict[str, Any]:
    """The reply of the service's own door method, through decoding and encoding."""
    door = VotingRpc()
    door.resources = resources
    method = getattr(VotingRpc, call.name).__wrapped__
    if call.batch:
        return one_of_a_batch(lambda items: method(door, items), who, doors.parse(call, request))
    known: Any = Known(who)
    return doors.answer(call, known, lambda caller, read: method(door, caller, read), request, {})


def one_of_a_batch(method: Callable[..., Any], who: Caller, request: Any) -> dict[str, Any]:
    (answer,) = method([BatchItem(who, request)])
    if isinstance(answer, Fault):
        raise answer
    reply: dict[str, Any] = answer.model_dump(mode="json")
    return reply


def play(resources: Resources, requests: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each call's reply, in the order of the steps; the calendar is followed after each."""
    replies = []
    for who, call in STEPS:
        if call is v.CANCEL_ELECTION:
            other = requests["draft_election"] | {"id": requests[call.name]["id"], "slug": "annule"}
            asked(resources, who, v.DRAFT_ELECTION, other)
            asked(resources, who, v.OPEN_ELECTION, {"id": other["id"]})
        replies.append((call.name, asked(resources, who, call, requests[call.name])))
        closing.follow_calendar(resources)
    return replies
