"""The committed examples in an order in which each of them works: one consultation from its making to its results."""

from uuid import UUID

from chassis.auth import Caller, Grant
from contracts import consultations as c
from contracts.registry import Call

from services.consultations.tests.support import NOON

AGENT = Caller(
    account=UUID("01927f3e-0000-7000-8000-0000000000a9"),
    level=250,
    grants=(Grant("campaign_manager", frozenset({"*"})),),
    today=NOON.date(),
)
CITIZEN = Caller(account=UUID("01927f3e-0000-7000-8000-000000000001"), level=200, today=NOON.date())
ANYBODY = Caller(today=NOON.date())

STEPS: tuple[tuple[Caller, Call], ...] = (  # type: ignore[type-arg]
    (AGENT, c.CREATE_CONSULTATION),
    (AGENT, c.SAVE_FORM),
    (AGENT, c.EDIT_CONSULTATION),
    (AGENT, c.PUBLISH_CONSULTATION),
    (ANYBODY, c.LIST_CONSULTATIONS),
    (ANYBODY, c.READ_CONSULTATION),
    (CITIZEN, c.SAVE_DRAFT),
    (CITIZEN, c.SUBMIT_ANSWER),
    (CITIZEN, c.WITHDRAW_ANSWER),
    (CITIZEN, c.SUBMIT_ANSWER),
    (CITIZEN, c.READ_MY_ANSWER),
    (CITIZEN, c.LIST_MY_ANSWERS),
    (AGENT, c.LIST_DESK_CONSULTATIONS),
    (AGENT, c.READ_DESK_CONSULTATION),
    (AGENT, c.BEGIN_EXPORT),
    (AGENT, c.READ_EXPORT),
    (AGENT, c.CLOSE_CONSULTATION),
    (ANYBODY, c.READ_RESULTS),
    (ANYBODY, c.LIST_TEXTS),
    (ANYBODY, c.CROSS_QUESTIONS),
)
