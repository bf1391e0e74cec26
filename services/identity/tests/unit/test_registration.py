"""From the form to the account, and what nobody can find out or slip in on the way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.use_cases import registration, retention

from services.identity.tests.world import ANOTHER, NOBODY, PASSWORD, World, reason_of

CONFIRM = contract.CONFIRMATION_REQUESTED


def test_an_account_exists_once_its_link_was_used(world: World) -> None:
    world.ask_for_account("Camille@Example.org")
    with pytest.raises(Fault) as refused:
        world.sign_in()
    assert reason_of(refused.value) == (FaultCode.UNAUTHENTICATED, "wrong-credentials")
    confirmed = registration.confirm(world.office, NOBODY, contract.ByLink(token=world.link()))
    assert world.sign_in("camille@example.ORG").account_id == confirmed.account_id
    assert world.events(contract.CITIZEN_REGISTERED) == [
        {"account_id": str(confirmed.account_id), "kind": "person", "at_counter": False}
    ]


def test_a_link_used_twice_says_the_same_and_does_nothing(world: World) -> None:
    world.ask_for_account("camille@example.org")
    link = contract.ByLink(token=world.link())
    first = registration.confirm(world.office, NOBODY, link)
    assert registration.confirm(world.office, NOBODY, link) == first
    assert len(world.events(contract.CITIZEN_REGISTERED)) == 1


@pytest.mark.parametrize("hours", [49, 24 * 30])
def test_a_link_expires_after_48_hours(world: World, hours: int) -> None:
    world.ask_for_account("camille@example.org")
    link = contract.ByLink(token=world.link())
    world.clock.forward(hours=hours)
    with pytest.raises(Fault) as refused:
        registration.confirm(world.office, NOBODY, link)
    assert refused.value.reason == "link-not-valid"


def test_what_expired_is_forgotten(world: World) -> None:
    world.ask_for_account("camille@example.org")
    world.clock.forward(hours=49)
    retention.forget_past(world.office)
    assert world.table("registrations") == world.table("link_requests") == "[]"


def test_an_invented_link_opens_nothing(world: World) -> None:
    with pytest.raises(Fault) as refused:
        registration.confirm(world.office, NOBODY, contract.ByLink(token="x" * 32))
    assert reason_of(refused.value) == (FaultCode.WRONG_STATE, "link-not-valid")


def test_registering_twice_tells_the_owner_and_nobody_else(world: World) -> None:
    account = world.registered("camille@example.org")
    world.clock.forward(minutes=10)
    world.ask_for_account("camille@example.org", ANOTHER)
    assert world.topics()[-1] == contract.REGISTRATION_REPEATED.topic
    assert world.events()[-1] == {"account_id": str(account)}
    with pytest.raises(Fault):
        world.sign_in(password=ANOTHER)


def test_registering_writes_as_much_for_a_known_address_as_for_an_unknown(world: World) -> None:
    def written() -> list[int]:
        tables = ("event_log", "link_requests", "registrations", "mail_requests")
        with world.office.uow() as tx:
            return [tx.connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0 for table in tables]

    world.registered("known@example.org")
    world.clock.forward(minutes=10)
    before = written()
    world.ask_for_account("known@example.org")
    between = written()
    world.ask_for_account("unknown@example.org")
    after = written()
    assert [b - a for a, b in zip(before, between, strict=True)] == [b - a for a, b in zip(between, after, strict=True)]


def test_each_registration_keeps_its_own_password(world: World) -> None:
    """Somebody who registers my address with their password gains nothing when I use the link of my own form."""
    world.ask_for_account("camille@example.org", PASSWORD)
    mine = world.link()
    world.clock.forward(minutes=1)
    world.ask_for_account("camille@example.org", ANOTHER, name="Intrus")
    theirs = world.link()
    registration.confirm(world.office, NOBODY, contract.ByLink(token=mine))
    with pytest.raises(Fault):
        world.sign_in(password=ANOTHER)
    assert world.sign_in(password=PASSWORD)
    with pytest.raises(Fault):
        registration.confirm(world.office, NOBODY, contract.ByLink(token=theirs))


def test_two_links_used_at_the_same_time_make_one_account(world: World) -> None:
    secrets = []
    for _ in range(2):
        world.ask_for_account("camille@example.org")
        secrets.append(world.link())
        world.clock.forward(minutes=1)

    def confirm(secret: str) -> str:
        try:
            registration.confirm(world.office, NOBODY, contract.ByLink(token=secret))
        except Fault as fault:
            return fault.reason
        return "confirmed"

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(confirm, secrets))
    assert "confirmed" in answers
    assert answers <= {"confirmed", "address-taken", "link-not-valid"}
    assert len(world.events(contract.CITIZEN_REGISTERED)) == 1


def test_every_secret_of_a_request_works_and_none_is_stored(world: World) -> None:
    world.ask_for_account("camille@example.org")
    first, second = world.link(), world.link()
    assert first != second
    stored = world.table("link_secrets") + world.table("link_requests")
    assert first not in stored
    assert second not in stored
    assert registration.confirm(world.office, NOBODY, contract.ByLink(token=first))


def test_the_link_can_be_mailed_again(world: World) -> None:
    world.ask_for_account("camille@example.org")
    world.clock.forward(minutes=1)
    registration.resend_confirmation(world.office, NOBODY, contract.ByAddress(email="camille@example.org"))
    first, again = world.events(CONFIRM)
    assert first == again
    assert world.contact(again).secret


def test_asking_again_for_an_unknown_address_leads_to_no_mail(world: World) -> None:
    registration.resend_confirmation(world.office, NOBODY, contract.ByAddress(email="nobody@example.org"))
    (told,) = world.events(CONFIRM)
    assert world.contact(told).address is None


def test_mails_are_limited_by_address(world: World) -> None:
    """One in 5 seconds, five in 5 minutes: the numbers of the territory."""
    for _ in range(5):
        world.ask_for_account("camille@example.org")
        with pytest.raises(Fault) as refused:
            world.ask_for_account("camille@example.org")
        assert refused.value.code is FaultCode.TOO_MANY
        world.clock.forward(seconds=6)
    with pytest.raises(Fault) as refused:
        world.ask_for_account("camille@example.org")
    assert refused.value.retry_after is not None
    assert 240 < refused.value.retry_after <= 300
    world.ask_for_account("another@example.org")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("aaaaaaaaaaaaaa", "too-few-different-characters"),
        ("Motdepasse 1!", "too-common"),
        ("camille-camille-1", "contains-your-name"),
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused(world: World, password: str, code: str) -> None:
    with pytest.raises(Fault) as refused:
        world.ask_for_account("camille@example.org", password)
    assert code in {error.code for error in refused.value.errors}
    assert {error.pointer for error in refused.value.errors} == {"/password"}


def test_every_error_comes_at_once(world: World) -> None:
    form = {"email": "a@example.org", "password": "azertyazerty", "display_name": "Ay", "language": "xx"}
    request = contract.Register.model_validate(form | {"accepts_terms": True})
    with pytest.raises(Fault) as refused:
        registration.register(world.office, NOBODY, request)
    assert {error.pointer for error in refused.value.errors} == {"/password", "/language"}


def test_a_copy_of_the_database_names_nobody(world: World) -> None:
    world.citizen("camille.durand@example.org")
    world.ask_for_account("pending.person@example.org")
    with world.office.uow() as tx:
        names = tx.connection.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    everything = "".join(world.table(name) for name in names)
    for personal in ("durand", "pending.person", PASSWORD):
        assert personal not in everything
        assert personal.encode().hex() not in everything
