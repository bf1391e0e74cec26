"""Wrong passwords: one answer, the same work, and a wait that grows."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.resources import Office
from identity.security.passwords import Cost, Passwords
from identity.use_cases import passwords, registration, sessions, signing_in

from services.identity.tests.world import ANOTHER, NOBODY, PASSWORD, World, reason_of

T = TypeVar("T")
WRONG = "Tout autre chose 7"


def fails(world: World, login: str = "camille@example.org", password: str = WRONG) -> Fault:
    with pytest.raises(Fault) as refused:
        world.sign_in(login, password)
    return refused.value


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(world: World) -> None:
    world.registered()
    assert fails(world) == fails(world, "nobody@example.org")


def test_an_unknown_login_costs_one_verification_as_a_known_one_does(world: World) -> None:
    verified: list[str] = []

    def counted(function: Callable[..., T], *arguments: str) -> T:
        verified.append(arguments[0].split("$")[3])  # the cost in the hash
        return function(*arguments)

    world.registered()
    office = _with_passwords(world.office, Passwords(Cost(64, 1, 1), counted))
    for login in ("camille@example.org", "nobody@example.org", "482-193-7705", "%%%"):
        with pytest.raises(Fault):
            signing_in.sign_in(office, NOBODY, contract.SignIn(login=login, password=WRONG))
    assert len(verified) == 4
    assert len(set(verified)) == 1


def _with_passwords(office: Office, passwords: Passwords) -> Office:
    return replace(office, passwords=passwords)


@pytest.mark.parametrize("login", ["camille@example.org", "nobody@example.org"])
def test_the_wait_grows_whether_or_not_there_is_an_account(world: World, login: str) -> None:
    world.registered()
    for _ in range(5):
        assert reason_of(fails(world, login)) == (FaultCode.UNAUTHENTICATED, "wrong-credentials")
    for minutes in (1, 2, 4):
        locked = fails(world, login)
        assert reason_of(locked) == (FaultCode.TOO_MANY, "locked-out")
        assert locked.retry_after == minutes * 60
        world.clock.forward(minutes=minutes)
        assert fails(world, login).reason == "wrong-credentials"


def test_while_locked_out_the_right_password_is_not_looked_at(world: World) -> None:
    world.registered()
    for _ in range(5):
        fails(world)
    assert fails(world, password=PASSWORD).reason == "locked-out"
    world.clock.forward(minutes=1)
    assert world.sign_in()
    assert fails(world).reason == "wrong-credentials", "success wipes the failures"


def test_the_owner_hears_of_a_lock_out(world: World) -> None:
    account = world.registered()
    for _ in range(5):
        fails(world)
    assert world.events(contract.SECURITY_NOTICE) == [{"account_id": str(account), "matter": "locked-out"}]


def test_a_password_is_hashed_again_when_the_cost_has_changed(world: World) -> None:
    world.registered()
    before = world.table("accounts")
    dearer = _with_passwords(world.office, Passwords(Cost(128, 1, 1)))
    assert signing_in.sign_in(dearer, NOBODY, contract.SignIn(login="camille@example.org", password=PASSWORD))
    assert "m=64" in before
    assert "m=128" in world.table("accounts")
    assert world.sign_in(), "the old cost still opens what the new one wrote"


def ask_reset(world: World, email: str = "camille@example.org") -> None:
    world.clock.forward(minutes=10)
    passwords.request_password_reset(world.office, NOBODY, contract.ByAddress(email=email))


def reset(world: World, token: str, password: str = ANOTHER) -> None:
    passwords.reset_password(world.office, NOBODY, contract.ResetPassword(token=token, password=password))


def test_a_forgotten_password_is_replaced_by_a_mailed_link(world: World) -> None:
    world.registered()
    session = world.sign_in()
    for _ in range(5):
        fails(world)
    ask_reset(world)
    link = world.link(contract.PASSWORD_RESET_REQUESTED)
    reset(world, link)
    assert world.sign_in(password=ANOTHER), "the lock-out is lifted"
    with pytest.raises(Fault):
        sessions.refresh(world.office, NOBODY, contract.Refresh(refresh_token=session.refresh_token))
    with pytest.raises(Fault) as refused:
        reset(world, link, PASSWORD)
    assert refused.value.reason == "link-not-valid"


def test_the_reset_link_works_for_an_hour(world: World) -> None:
    world.registered()
    ask_reset(world)
    link = world.link(contract.PASSWORD_RESET_REQUESTED)
    world.clock.forward(minutes=61)
    with pytest.raises(Fault) as refused:
        reset(world, link)
    assert refused.value.reason == "link-not-valid"


def test_a_confirmation_link_resets_nothing_and_the_reverse(world: World) -> None:
    world.ask_for_account("camille@example.org")
    confirmation = world.link()
    with pytest.raises(Fault):
        reset(world, confirmation)
    registration.confirm(world.office, NOBODY, contract.ByLink(token=confirmation))
    ask_reset(world)
    with pytest.raises(Fault):
        registration.confirm(world.office, NOBODY, contract.ByLink(token=world.link(contract.PASSWORD_RESET_REQUESTED)))


def test_asking_for_an_unknown_address_tells_and_writes_the_same(world: World) -> None:
    world.registered()
    ask_reset(world, "camille@example.org")
    ask_reset(world, "nobody@example.org")
    known, unknown = world.events(contract.PASSWORD_RESET_REQUESTED)
    assert known.keys() == unknown.keys()
    assert world.contact(known).address == "camille@example.org"
    assert world.contact(unknown).address is None


def test_changing_the_password_ends_the_other_sessions(world: World) -> None:
    world.registered()
    here, there = world.sign_in(), world.sign_in()
    change = contract.ChangePassword(current=PASSWORD, password=ANOTHER)
    passwords.change_password(world.office, world.caller(here), change)
    assert sessions.refresh(world.office, NOBODY, contract.Refresh(refresh_token=here.refresh_token))
    with pytest.raises(Fault):
        sessions.refresh(world.office, NOBODY, contract.Refresh(refresh_token=there.refresh_token))
    assert world.sign_in(password=ANOTHER)
    assert world.events(contract.SECURITY_NOTICE)[-1]["matter"] == "password-changed"


def test_a_stolen_access_token_cannot_guess_the_password(world: World) -> None:
    caller = world.citizen()
    change = contract.ChangePassword(current=WRONG, password=ANOTHER)
    for _ in range(5):
        with pytest.raises(Fault) as refused:
            passwords.change_password(world.office, caller, change)
        assert refused.value.errors[0].pointer == "/current"
    with pytest.raises(Fault) as refused:
        passwords.change_password(world.office, caller, change)
    assert refused.value.code is FaultCode.TOO_MANY
