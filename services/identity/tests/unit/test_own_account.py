"""One's own account: seen, changed, taken along, erased."""

from uuid import UUID

import pytest
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.use_cases import agents, counter, names, own_account, registration
from uuid_utils.compat import uuid7

from services.identity.tests.world import NOBODY, PASSWORD, WHY, World, agent, reason_of


def mine(world: World, caller: Caller) -> contract.AccountView:
    return own_account.my_account(world.office, caller, contract.Nothing())


def declare(world: World, caller: Caller, **attributes: object) -> contract.AccountView:
    request = contract.DeclareAttributes.model_validate({"attributes": attributes})
    return own_account.declare_attributes(world.office, caller, request)


def values(view: contract.AccountView) -> dict[str, tuple[str, int]]:
    return {str(one.name): (one.value, one.level) for one in view.attributes}


def erase(world: World, caller: Caller) -> None:
    request = contract.EraseAccount(password=PASSWORD, understood=True)
    own_account.erase_account(world.office, caller, request)


def test_what_one_declares_has_the_lowest_level(world: World) -> None:
    caller = world.citizen()
    view = declare(world, caller, birth_date="1990-02-28", home_district="75012")
    assert values(view) == {
        "email": ("camille@example.org", 200),
        "birth_date": ("1990-02-28", 100),
        "home_district": ("75012", 100),
    }
    assert view.level == 200
    assert values(mine(world, caller)) == values(view)


def test_what_an_agent_certified_is_not_undone_by_a_declaration(world: World) -> None:
    caller = world.citizen()
    assert caller.account is not None
    request = {"account_id": caller.account, "attributes": {"birth_date": "1990-02-28"}, "level": 400, "reason": WHY}
    counter.certify_attributes(
        world.office, agent("counter_officer"), contract.CertifyAttributes.model_validate(request)
    )
    assert values(declare(world, caller, birth_date="1970-01-01"))["birth_date"] == ("1990-02-28", 400)


def test_districts_and_dates_that_cannot_be_are_all_refused_at_once(world: World) -> None:
    caller = world.citizen()
    with pytest.raises(Fault) as refused:
        declare(world, caller, birth_date="2190-01-01", home_district="13001", work_district="atlantis")
    assert {error.pointer for error in refused.value.errors} == {
        "/attributes/birth_date",
        "/attributes/home_district",
        "/attributes/work_district",
    }


def test_changing_the_name_leaves_the_rest(world: World) -> None:
    caller = world.citizen()
    view = own_account.update_account(world.office, caller, contract.UpdateAccount(display_name="Camille D."))
    assert (view.display_name, view.language) == ("Camille D.", "fr")
    with pytest.raises(Fault) as refused:
        own_account.update_account(world.office, caller, contract.UpdateAccount(language="xx"))
    assert refused.value.errors[0].pointer == "/language"


def test_another_address_counts_once_its_link_was_used(world: World) -> None:
    caller = world.citizen()
    change = contract.ChangeEmail(email="neuve@example.org", password=PASSWORD)
    own_account.change_email(world.office, caller, change)
    assert world.sign_in("camille@example.org")
    (warned,) = world.events(contract.SECURITY_NOTICE)
    assert warned["matter"] == "email-change-asked"
    assert world.contact({"account_id": warned["account_id"]}).address == "camille@example.org"
    told = world.events(contract.CONFIRMATION_REQUESTED)[-1]
    contact = world.contact(told)
    assert (contact.address, contact.purpose) == ("neuve@example.org", contract.LinkPurpose.CONFIRM_EMAIL)
    registration.confirm(world.office, NOBODY, contract.ByLink(token=str(contact.secret)))
    assert world.sign_in("neuve@example.org")
    with pytest.raises(Fault):
        world.sign_in("camille@example.org")
    assert world.contact({"account_id": str(caller.account)}).address == "neuve@example.org"


def test_an_address_that_is_somebody_elses_is_not_told_apart_and_not_taken(world: World) -> None:
    world.registered("owner@example.org")
    caller = world.citizen("camille@example.org")
    world.clock.forward(minutes=10)
    own_account.change_email(world.office, caller, contract.ChangeEmail(email="owner@example.org", password=PASSWORD))
    assert world.contact(world.events(contract.CONFIRMATION_REQUESTED)[-1]).address is None


def test_the_export_holds_everything_also_who_read_it(world: World) -> None:
    caller = world.citizen()
    assert caller.account is not None
    officer = agent("counter_officer")
    agents.read_account(world.office, officer, contract.ReadAccount(account_id=caller.account, reason=WHY))
    export = own_account.export_my_data(world.office, caller, contract.Nothing())
    assert values(export.account) == {"email": ("camille@example.org", 200)}
    assert [(access.agent_id, access.action, access.reason) for access in export.accesses] == [
        (officer.account, "read_account", WHY)
    ]
    assert len(export.sessions) == 1
    assert export.terms_accepted_at is not None


def test_erasure_leaves_nothing_but_the_spent_identifier(world: World) -> None:
    caller = world.citizen()
    declare(world, caller, given_name="Camille", home_district="75012")
    erase(world, caller)
    assert world.events(contract.CITIZEN_ERASED) == [{"account_id": str(caller.account)}]
    for table in ("accounts", "logins", "attributes", "sessions", "link_requests", "link_secrets"):
        assert world.table(table) == "[]", table
    with pytest.raises(Fault):
        world.sign_in()
    asked = contract.DisplayNames(account_ids=(caller.citizen(),))
    (name,) = names.display_names(world.office, NOBODY, asked).names
    assert name.name is None


def test_the_address_of_an_erased_account_is_free_again_but_not_its_identifier(world: World) -> None:
    caller = world.citizen()
    erase(world, caller)
    world.clock.forward(minutes=10)
    assert world.registered() != caller.account
    request = {"account_id": caller.account, "display_name": "Intrus", "language": "fr", "level": 400, "reason": WHY}
    taken = contract.OpenCounterAccount.model_validate(request | {"attributes": {"given_name": "Intrus"}})
    with pytest.raises(Fault) as refused:
        counter.open_counter_account(world.office, agent("counter_officer"), taken)
    assert reason_of(refused.value) == (FaultCode.CONFLICT, "identifier-taken")


def test_erasing_needs_the_password(world: World) -> None:
    caller = world.citizen()
    request = contract.EraseAccount(password="Tout autre chose 7", understood=True)
    with pytest.raises(Fault) as refused:
        own_account.erase_account(world.office, caller, request)
    assert refused.value.errors[0].code == "wrong-password"
    assert mine(world, caller)


def test_names_come_in_the_order_asked_for(world: World) -> None:
    first, second = world.registered("a@example.org", "Alix"), world.registered("b@example.org", "Bao")
    nobody: UUID = uuid7()
    asked = contract.DisplayNames(account_ids=(second, nobody, first, second))
    found = names.display_names(world.office, NOBODY, asked).names
    assert [(one.account_id, one.name) for one in found] == [
        (second, "Bao"), (nobody, None), (first, "Alix"), (second, "Bao"),
    ]  # fmt: skip
