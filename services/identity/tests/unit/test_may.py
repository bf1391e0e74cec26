"""Rights of people as other services ask for them: an answer, never an attribute."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from contracts.identity import AgeBand, Refusal
from identity.use_cases import delivery, own_account, rights
from uuid_utils.compat import uuid7

from services.identity.tests.world import World, agent, service

VOTING = service("voting")


def declare(world: World, caller: Caller, **attributes: Any) -> None:
    request = contract.DeclareAttributes.model_validate({"attributes": attributes})
    own_account.declare_attributes(world.office, caller, request)


def may(world: World, caller: Caller, action: str, place: str | None = None) -> contract.Decision:
    return rights.may(world.office, caller, contract.May(account_id=caller.citizen(), action=action, place=place))


def test_the_answer_says_why_not_and_then_yes(world: World) -> None:
    caller = world.citizen()
    assert may(world, caller, "support_idea").allowed
    assert may(world, caller, "vote_budget").refusals == (Refusal.AGE_UNKNOWN, Refusal.RESIDENCE_UNKNOWN)
    today = world.clock.now.date()
    declare(world, caller, birth_date=(today - timedelta(days=6 * 365)).isoformat(), home_district="75012")
    assert may(world, caller, "vote_budget").refusals == (Refusal.TOO_YOUNG,)
    declare(world, caller, birth_date="1990-06-01")
    decision = may(world, caller, "vote_budget", "75012")
    assert decision.allowed
    assert (decision.level, decision.district, decision.age_band) == (200, "75012", AgeBand.FROM_25)
    assert world.clock.now < decision.valid_until <= world.clock.now + timedelta(minutes=10)


def test_a_group_of_districts_is_a_place(world: World) -> None:
    caller = world.citizen()
    declare(world, caller, birth_date="1990-06-01", home_district="75003")
    assert may(world, caller, "vote_budget", "paris-centre").allowed


def test_many_are_answered_with_as_many_statements_as_one(world: World) -> None:
    people = [world.citizen(f"p{number}@example.org") for number in range(6)]
    for caller in people[:3]:
        declare(world, caller, birth_date="1990-06-01", home_district="75012")
    ids = [caller.citizen() for caller in people] + [uuid7()]

    def statements(*accounts: Any) -> int:
        seen: list[str] = []
        engine = world.office.uow.database.engine
        listener = lambda *arguments: seen.append(arguments[2])  # noqa: E731
        sa.event.listen(engine, "before_cursor_execute", listener)
        rights.may_many(world.office, VOTING, contract.MayMany(account_ids=accounts, action="vote_budget"))
        sa.event.remove(engine, "before_cursor_execute", listener)
        return len(seen)

    assert statements(ids[0]) == statements(*ids)
    asked = contract.MayMany(account_ids=tuple(ids), action="vote_budget")
    decisions = rights.may_many(world.office, VOTING, asked).decisions
    assert [one.account_id for one in decisions] == ids
    assert [one.allowed for one in decisions] == [True] * 3 + [False] * 4
    assert decisions[-1].refusals == (Refusal.UNKNOWN_ACCOUNT,)


def test_people_ask_about_themselves_services_about_anybody(world: World) -> None:
    caller = world.citizen()
    question = contract.May(account_id=caller.citizen(), action="support_idea")
    assert rights.may(world.office, VOTING, question).allowed
    for stranger in (Caller(uuid7()), agent("administrator"), Caller()):
        with pytest.raises(Fault):
            rights.may(world.office, stranger, question)
    with pytest.raises(Fault) as refused:
        rights.may_many(world.office, caller, contract.MayMany(account_ids=(), action="vote"))
    assert refused.value.code is FaultCode.FORBIDDEN


@pytest.mark.parametrize(("action", "place", "pointer"), [("fly", None, "/action"), ("vote", "atlantis", "/place")])
def test_unknown_actions_and_places_are_refused(world: World, action: str, place: str | None, pointer: str) -> None:
    with pytest.raises(Fault) as refused:
        may(world, world.citizen(), action, place)
    assert refused.value.errors[0].pointer == pointer


def test_only_notifications_learns_an_address(world: World) -> None:
    caller = world.citizen()
    request = contract.ContactForDelivery(account_id=caller.citizen())
    for stranger in (caller, service("voting"), agent("administrator"), Caller()):
        with pytest.raises(Fault):
            delivery.contact_for_delivery(world.office, stranger, request)
    contact = delivery.contact_for_delivery(world.office, service("notifications"), request)
    assert (contact.address, contact.display_name, contact.language) == ("camille@example.org", "Camille", "fr")
    assert contact.secret is None
    assert "camille@" not in repr(contact)


def test_a_link_is_given_only_with_its_own_account(world: World) -> None:
    world.ask_for_account("camille@example.org")
    (told,) = world.events(contract.CONFIRMATION_REQUESTED)
    assert world.contact(told | {"account_id": str(uuid7())}).address is None
    assert world.contact(told | {"request_id": str(uuid7())}).address is None
    assert world.contact(told).secret is not None
