"""Signing in, staying signed in, and being thrown out when a token is in two hands."""

import jwt
import pytest
from chassis.auth import TokenVerifier
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.use_cases import own_account, sessions

from services.identity.tests.world import NOBODY, PASSWORD, World, reason_of


def refresh(world: World, token: str) -> contract.Session:
    return sessions.refresh(world.office, NOBODY, contract.Refresh(refresh_token=token))


def refused(world: World, token: str) -> str:
    with pytest.raises(Fault) as fault:
        refresh(world, token)
    assert fault.value.code is FaultCode.UNAUTHENTICATED
    return fault.value.reason


def test_the_access_token_says_who_for_ten_minutes(world: World) -> None:
    account = world.registered()
    session = world.sign_in()
    claims = jwt.decode(session.access_token, options={"verify_signature": False})
    assert claims["sub"] == str(account)
    assert claims["jti"] == str(session.session_id)
    assert (claims["iss"], claims["aud"], claims["lvl"], claims["roles"]) == ("decider", "decider", 200, [])
    assert claims["exp"] - claims["iat"] == 600
    assert jwt.get_unverified_header(session.access_token)["alg"] == "EdDSA"
    caller = world.caller(session)
    assert (caller.account, caller.level) == (account, 200)


def test_a_refresh_token_is_exchanged_for_the_next(world: World) -> None:
    world.registered()
    tokens = [world.sign_in().refresh_token]
    for _ in range(3):
        world.clock.forward(days=20)
        tokens.append(refresh(world, tokens[-1]).refresh_token)
    assert len(set(tokens)) == 4


def test_a_token_that_comes_back_late_ends_the_session(world: World) -> None:
    account = world.registered()
    first = world.sign_in().refresh_token
    other = world.sign_in().refresh_token
    second = refresh(world, first).refresh_token
    world.clock.forward(seconds=21)
    assert refused(world, first) == "session-over"
    assert refused(world, second) == "session-over"
    assert refresh(world, other)
    assert world.events(contract.SECURITY_NOTICE) == [{"account_id": str(account), "matter": "session-stolen"}]


def test_a_token_from_two_exchanges_ago_ends_the_session_at_once(world: World) -> None:
    world.registered()
    first = world.sign_in().refresh_token
    third = refresh(world, refresh(world, first).refresh_token).refresh_token
    assert refused(world, first) == "session-over"
    assert refused(world, third) == "session-over"


def test_two_tabs_or_a_lost_answer_do_no_harm(world: World) -> None:
    world.registered()
    first = world.sign_in().refresh_token
    assert refresh(world, first).refresh_token == refresh(world, first).refresh_token
    assert not world.events(contract.SECURITY_NOTICE)


def test_forged_tokens_are_refused_and_harm_nobody(world: World) -> None:
    world.registered()
    genuine = world.sign_in().refresh_token
    other_end = "A" if genuine[-1] != "A" else "B"
    for forged in ("x", "é" * 70, genuine[:-2], genuine[:-1] + other_end, genuine + "AA"):
        refused(world, forged)
    assert refresh(world, genuine)


def test_a_session_that_is_not_used_ends(world: World) -> None:
    world.registered()
    token = world.sign_in().refresh_token
    world.clock.forward(days=31)
    assert refused(world, token) == "session-over"


def test_a_session_ends_at_last_even_if_it_is_used(world: World) -> None:
    world.registered()
    token = world.sign_in().refresh_token
    for _ in range(6):
        world.clock.forward(days=29)
        token = refresh(world, token).refresh_token
    world.clock.forward(days=7)
    assert refused(world, token) == "session-over"


def test_signing_out_ends_this_session_and_says_nothing(world: World) -> None:
    world.registered()
    here, there = world.sign_in().refresh_token, world.sign_in().refresh_token
    for token in (here, here, "nonsense"):
        sessions.sign_out(world.office, NOBODY, contract.SignOut(refresh_token=token))
    assert refused(world, here) == "session-over"
    assert refresh(world, there)


def test_signing_out_everywhere(world: World) -> None:
    world.registered()
    tokens = [world.sign_in() for _ in range(3)]
    sessions.sign_out_everywhere(world.office, world.caller(tokens[0]), contract.Nothing())
    assert {refused(world, session.refresh_token) for session in tokens} == {"session-over"}


def test_one_sees_and_ends_ones_own_sessions_only(world: World) -> None:
    mine = world.citizen("camille@example.org")
    world.sign_in("camille@example.org")
    stranger = world.citizen("stranger@example.org")
    listed = sessions.my_sessions(world.office, mine, contract.Nothing()).sessions
    assert [session.current for session in listed].count(True) == 1
    assert len(listed) == 2
    for session in listed:
        sessions.end_session(world.office, stranger, contract.EndSession(session_id=session.session_id))
    assert sessions.my_sessions(world.office, mine, contract.Nothing()).sessions == listed
    sessions.end_session(world.office, mine, contract.EndSession(session_id=listed[0].session_id))
    assert sessions.my_sessions(world.office, mine, contract.Nothing()).sessions == listed[1:]


def test_a_token_that_outlives_its_account_opens_nothing(world: World) -> None:
    caller = world.citizen()
    own_account.erase_account(world.office, caller, contract.EraseAccount(password=PASSWORD, understood=True))
    with pytest.raises(Fault) as fault:
        own_account.my_account(world.office, caller, contract.Nothing())
    assert reason_of(fault.value) == (FaultCode.UNAUTHENTICATED, "session-over")


def test_services_verify_with_the_public_keys_that_identity_shows(world: World) -> None:
    keys = sessions.jwks(world.office, NOBODY, contract.Nothing()).keys
    assert all("d" not in key for key in keys)
    world.registered()
    token = world.sign_in().access_token
    assert jwt.get_unverified_header(token)["kid"] in {key["kid"] for key in keys}
    assert isinstance(world.office.verifier, TokenVerifier)
