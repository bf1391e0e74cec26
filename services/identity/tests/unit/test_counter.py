"""At the counter: accounts for people without e-mail, documents seen, one human one account."""

from typing import Any
from uuid import UUID

import pytest
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.use_cases import agents, collectives, counter, own_account, registration, rights, sessions, signing_in
from uuid_utils.compat import uuid7

from services.identity.tests.world import ANOTHER, NOBODY, PASSWORD, WHY, World, agent, reason_of, service

OFFICER = agent("counter_officer")
PAPERS = {"given_name": "Josée", "family_name": "Le Bihan", "birth_date": "1951-03-14", "home_district": "75012"}


def open_account(world: World, account_id: UUID | None = None, **changes: Any) -> contract.CounterAccount:
    wanted = {
        "account_id": account_id or uuid7(),
        "display_name": "Josée L.",
        "language": "fr",
        "attributes": PAPERS,
        "level": 400,
        "reason": WHY,
    }
    return counter.open_counter_account(
        world.office, OFFICER, contract.OpenCounterAccount.model_validate(wanted | changes)
    )


def activate(world: World, login: str, code: str, password: str = PASSWORD) -> contract.Session:
    request = contract.Activate(login=login, code=code, password=password)
    return signing_in.activate(world.office, NOBODY, request)


def test_a_person_without_mail_signs_in_with_card_and_code(world: World) -> None:
    card = open_account(world)
    session = activate(world, card.login.replace("-", " "), card.code.upper())
    view = own_account.my_account(world.office, world.caller(session), contract.Nothing())
    assert (view.level, view.login) == (400, card.login)
    assert world.sign_in(card.login.replace("-", ""))
    assert world.events(contract.CITIZEN_REGISTERED)[-1]["at_counter"] is True
    assert {fact["attribute"] for fact in world.events(contract.ATTRIBUTE_CERTIFIED)} == set(PAPERS)


def test_a_code_works_once_for_thirty_days(world: World) -> None:
    card = open_account(world)
    activate(world, card.login, card.code)
    with pytest.raises(Fault) as refused:
        activate(world, card.login, card.code, ANOTHER)
    assert refused.value.reason == "wrong-credentials"
    late = open_account(world, attributes={"given_name": "Autre"})
    world.clock.forward(days=31)
    with pytest.raises(Fault):
        activate(world, late.login, late.code)


def test_an_activation_whose_answer_was_lost_can_be_repeated(world: World) -> None:
    card = open_account(world)
    first, again = (activate(world, card.login, card.code) for _ in range(2))
    assert first.account_id == again.account_id == card.account_id
    assert first.session_id != again.session_id


def test_codes_are_not_guessed(world: World) -> None:
    card = open_account(world)
    for _ in range(5):
        with pytest.raises(Fault):
            activate(world, card.login, "aaaa-bbbb-cccc")
    with pytest.raises(Fault) as refused:
        activate(world, card.login, card.code)
    assert reason_of(refused.value) == (FaultCode.TOO_MANY, "locked-out")


def test_repeating_gives_a_new_code_for_the_same_account(world: World) -> None:
    account = uuid7()
    first, second = open_account(world, account), open_account(world, account)
    assert (first.login, first.account_id) == (second.login, second.account_id)
    with pytest.raises(Fault):
        activate(world, first.login, first.code)
    assert activate(world, second.login, second.code)
    with pytest.raises(Fault) as refused:
        open_account(world, account)
    assert refused.value.reason == "identifier-taken", "once it is the person's, no agent gets a code for it"


def test_the_same_human_is_recognised_under_another_spelling(world: World) -> None:
    open_account(world)
    with pytest.raises(Fault) as refused:
        open_account(world, attributes=PAPERS | {"given_name": "JOSEE", "family_name": "Le-Bihan"})
    assert reason_of(refused.value) == (FaultCode.CONFLICT, "person-known")
    assert open_account(world, attributes=PAPERS | {"birth_date": "1951-03-15"})


def test_an_address_given_at_the_counter_counts_once_confirmed(world: World) -> None:
    card = open_account(world, email="josee@example.org")
    activate(world, card.login, card.code)
    with pytest.raises(Fault):
        world.sign_in("josee@example.org")
    registration.confirm(world.office, NOBODY, contract.ByLink(token=world.link()))
    assert world.sign_in("josee@example.org").account_id == card.account_id
    assert world.sign_in(card.login).account_id == card.account_id


def test_what_is_missing_or_wrong_is_said_at_once(world: World) -> None:
    with pytest.raises(Fault) as refused:
        open_account(world, attributes={}, language="xx")
    assert {error.pointer for error in refused.value.errors} == {"/attributes", "/language"}


def test_only_counter_officers_open_accounts_and_certify(world: World) -> None:
    account = world.registered()
    certify = contract.CertifyAttributes.model_validate(
        {"account_id": account, "attributes": PAPERS, "level": 500, "reason": WHY}
    )
    for caller in (agent("moderator"), Caller(account), Caller()):
        with pytest.raises(Fault):
            counter.certify_attributes(world.office, caller, certify)
    certified = counter.certify_attributes(world.office, OFFICER, certify)
    assert set(certified.attributes) == set(PAPERS)
    read = contract.ReadAccount(account_id=account, reason=WHY)
    assert {one.level for one in agents.read_account(world.office, OFFICER, read).attributes} == {200, 500}


# --- collectives ------------------------------------------------------------------------------------------------------


def declare(world: World, person: Caller, account_id: UUID | None = None) -> contract.CollectiveReply:
    wanted = contract.OpenCollective(account_id=account_id or uuid7(), display_name="Les Jardins", language="fr")
    return collectives.open_collective(world.office, person, wanted)


def test_a_representative_speaks_for_a_collective(world: World) -> None:
    person = world.citizen()
    garden = declare(world, person)
    assert declare(world, person, garden.account_id) == garden
    session = collectives.act_as(world.office, person, contract.ActAs(account_id=garden.account_id))
    collective = world.caller(session)
    assert (collective.account, collective.level) == (garden.account_id, 100)
    view = own_account.my_account(world.office, collective, contract.Nothing())
    assert (view.kind, view.display_name) == (contract.AccountKind.COLLECTIVE, "Les Jardins")
    assert collectives.my_collectives(world.office, person, contract.Nothing()).collectives[0].level == 100


def test_nobody_else_speaks_for_it_nor_takes_its_identifier(world: World) -> None:
    garden = declare(world, world.citizen("a@example.org"))
    stranger = world.citizen("b@example.org")
    with pytest.raises(Fault) as refused:
        collectives.act_as(world.office, stranger, contract.ActAs(account_id=garden.account_id))
    assert reason_of(refused.value) == (FaultCode.FORBIDDEN, "not-a-representative")
    with pytest.raises(Fault) as refused:
        declare(world, stranger, garden.account_id)
    assert refused.value.reason == "identifier-taken"


def test_a_validated_collective_may_do_what_the_territory_lets_it(world: World) -> None:
    garden = declare(world, world.citizen())
    question = contract.MayMany(account_ids=(garden.account_id,), action="support_idea")
    (before,) = rights.may_many(world.office, service("voting"), question).decisions
    assert before.refusals == (contract.Refusal.LEVEL_TOO_LOW,)
    request = contract.ValidateCollective(account_id=garden.account_id, level=400, reason=WHY)
    counter.validate_collective(world.office, OFFICER, request)
    (after,) = rights.may_many(world.office, service("voting"), question).decisions
    assert after.allowed
    vote = contract.May(account_id=garden.account_id, action="vote_budget")
    assert rights.may(world.office, service("voting"), vote).refusals == (contract.Refusal.KIND_NOT_ALLOWED,)


def test_when_the_person_signs_out_everywhere_its_collective_session_ends_too(world: World) -> None:
    person = world.citizen()
    session = collectives.act_as(world.office, person, contract.ActAs(account_id=declare(world, person).account_id))
    refresh = contract.Refresh(refresh_token=session.refresh_token)
    assert sessions.refresh(world.office, NOBODY, refresh).account_id == session.account_id
    sessions.sign_out_everywhere(world.office, person, contract.Nothing())
    with pytest.raises(Fault):
        sessions.refresh(world.office, NOBODY, refresh)
