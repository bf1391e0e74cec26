"""The service as it is run: a process on RabbitMQ and PostgreSQL, asked through the client that everybody uses."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from uuid_utils.compat import uuid7

from services.identity.tests.suite import Suite
from services.identity.tests.world import PASSWORD, WHY

ADMIN = "maud@example.org"


def test_from_the_form_to_the_session_and_out(suite: Suite) -> None:
    session = suite.register("camille@example.org")
    mine = suite.ask(contract.MY_ACCOUNT, session.access_token)
    assert (mine.account_id, mine.level) == (session.account_id, 200)
    renewed = suite.ask(contract.REFRESH, refresh_token=session.refresh_token)
    suite.ask(contract.SIGN_OUT_EVERYWHERE, renewed.access_token)
    with pytest.raises(Fault) as refused:
        suite.ask(contract.REFRESH, refresh_token=renewed.refresh_token)
    assert refused.value.code is FaultCode.UNAUTHENTICATED


def test_the_first_administrator_comes_from_the_command_line(suite: Suite) -> None:
    arguments = ("create-account", "--email", ADMIN, "--display-name", "Maud", "--role", "administrator")
    made = suite.command(*arguments, typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert suite.command(*arguments, typed=f"{PASSWORD}\n").stdout == made.stdout
    boss = suite.ask(contract.SIGN_IN, login=ADMIN, password=PASSWORD)
    citizen = suite.register("bao@example.org")
    given = {"account_id": citizen.account_id, "role": "moderator", "places": ["75012"], "reason": WHY}
    suite.ask(contract.GRANT_ROLE, boss.access_token, grant_id=uuid7(), **given)
    told = suite.listener.next(contract.ROLE_CHANGED, account_id=str(citizen.account_id))
    assert (told["role"], told["places"], told["granted"]) == ("moderator", ["75012"], True)


def test_the_command_says_what_is_wrong_and_never_the_password(suite: Suite) -> None:
    arguments = ("create-account", "--email", "not an address", "--display-name", "M")
    refused = suite.command(*arguments, typed="short\n")
    assert refused.returncode == 1
    assert {line.split(":")[0] for line in refused.stderr.splitlines()} == {"email", "display_name", "password"}
    assert "short" not in refused.stderr.replace("too short", "").replace("tooshort", "")


def test_whoever_erases_an_account_is_forgotten_by_everybody(suite: Suite) -> None:
    session = suite.register("zoe@example.org")
    suite.ask(contract.ERASE_ACCOUNT, session.access_token, password=PASSWORD, understood=True)
    told = suite.listener.next(contract.CITIZEN_ERASED)
    assert told == {"account_id": str(session.account_id)}
    (name,) = suite.ask(contract.DISPLAY_NAMES, account_ids=[session.account_id]).names
    assert name.name is None


def test_guesses_at_the_same_time_are_counted_one_by_one(suite: Suite) -> None:
    """Forty guesses at once: no more than five are looked at."""
    suite.register("lou@example.org")

    def guess(number: int) -> str:
        try:
            suite.ask(contract.SIGN_IN, login="lou@example.org", password=f"wrong {number}")
        except Fault as fault:
            return fault.reason
        return "opened"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guess, range(40)))
    assert answers.count("wrong-credentials") == 5
    assert answers.count("locked-out") == 35


def test_a_refresh_token_used_by_many_at_once_gives_one_successor(suite: Suite) -> None:
    session = suite.register("noa@example.org")
    with ThreadPoolExecutor(10) as pool:
        asked = pool.map(lambda _: suite.ask(contract.REFRESH, refresh_token=session.refresh_token), range(10))
        assert len({answer.refresh_token for answer in asked}) == 1


def test_the_log_of_the_service_names_nobody(suite: Suite, capfd: pytest.CaptureFixture[str]) -> None:
    suite.register("durand.secret@example.org")
    with pytest.raises(Fault):
        suite.ask(contract.SIGN_IN, login="durand.secret@example.org", password="Une phrase secrète 3")
    shown = capfd.readouterr()
    for personal in ("durand", "phrase secr", PASSWORD):
        assert personal not in shown.out + shown.err
