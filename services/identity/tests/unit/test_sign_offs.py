"""Voting tokens: one for each person and election, signed unseen, and on the list."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from contracts.identity import tokens
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import load_der_public_key
from identity.security.blind_signatures import MODULUS_BITS, BlindSigner, OutOfRange, from_text, to_text
from identity.use_cases import own_account, paper, sign_offs
from uuid_utils.compat import uuid7

from services.identity.tests.blind_client import Blinded, blind, finalize, prepare, verify
from services.identity.tests.world import PASSWORD, ROOT, World, agent, reason_of

MANAGER = agent("campaign_manager")
CREDENTIAL = b"the public credential that the voter's device made"
CAMPAIGN = uuid7()


@pytest.fixture(scope="module")
def vector() -> dict[str, bytes]:
    """RFC 9474, appendix A.1."""
    text = (ROOT / "services" / "identity" / "tests" / "rfc9474.json").read_text()
    return {name: bytes.fromhex(value) for name, value in json.loads(text).items()}


def number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def test_the_vector_of_the_rfc(vector: dict[str, bytes]) -> None:
    n, e, d = (number(vector[name]) for name in "ned")
    key = RSAPublicNumbers(e, n).public_key()
    prepared = prepare(vector["msg"], vector["msg_prefix"])
    assert prepared == vector["prepared_msg"]
    blinded = blind(key, prepared, salt=vector["salt"], inverse=number(vector["inv"]))
    assert blinded.data == vector["blinded_msg"]
    signature = BlindSigner(n, e, d).sign(blinded.data)
    assert signature == vector["blind_sig"]
    assert finalize(key, prepared, signature, blinded.inverse) == vector["sig"]


def test_what_is_no_number_below_the_modulus_is_not_signed(vector: dict[str, bytes]) -> None:
    n, e, d = (number(vector[name]) for name in "ned")
    signs = BlindSigner(n, e, d)
    for blinded in (b"", vector["n"], b"\0" + vector["blinded_msg"], vector["blinded_msg"][1:], b"\xff" * 512):
        with pytest.raises(OutOfRange):
            signs.sign(blinded)


def test_a_faulty_signature_does_not_leave(vector: dict[str, bytes]) -> None:
    """A wrong one, with what is right, would give the key away."""
    n, e, d = (number(vector[name]) for name in "ned")
    with pytest.raises(ArithmeticError):
        BlindSigner(n, e, d + 2).sign(vector["blinded_msg"])
    assert str(d) not in repr(BlindSigner(n, e, d))


def listed(world: World, **changes: Any) -> tokens.SignOffList:
    """A list that is open for a day."""
    closes = world.clock.now.replace(microsecond=0)
    world_default: dict[str, Any] = {"election_id": uuid7(), "campaign_id": CAMPAIGN, "action": "vote"}
    asked = world_default | {"closes_at": closes.replace(year=closes.year + 1)} | changes
    return sign_offs.open_sign_off_list(world.office, MANAGER, tokens.OpenSignOffList.model_validate(asked))


def public_key(opened: tokens.SignOffList) -> RSAPublicKey:
    key = load_der_public_key(from_text(opened.public_key))
    assert isinstance(key, RSAPublicKey)
    return key


def issue(world: World, caller: Caller, election_id: UUID, blinded: Blinded) -> bytes:
    request = tokens.IssueToken(election_id=election_id, blinded=to_text(blinded.data))
    answer = sign_offs.issue_token(world.office, caller, request)
    return urlsafe_b64decode(answer.blind_signature)


def refused(world: World, caller: Caller, election_id: UUID, blinded: Blinded) -> tuple[FaultCode, str]:
    with pytest.raises(Fault) as fault:
        issue(world, caller, election_id, blinded)
    return reason_of(fault.value)


def given(world: World, election_id: UUID) -> int:
    return sign_offs.sign_off_list(world.office, Caller(), tokens.ReadSignOffList(election_id=election_id)).tokens


def test_a_token_is_signed_unseen_and_holds(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    key, prepared = public_key(opened), prepare(CREDENTIAL)
    assert key.key_size == MODULUS_BITS
    blinded = blind(key, prepared)
    signature = finalize(key, prepared, issue(world, caller, opened.election_id, blinded), blinded.inverse)
    with pytest.raises(InvalidSignature):
        verify(key, prepare(CREDENTIAL), signature)
    held = "".join(world.table(name) for name in ("sign_offs", "sign_off_lists", "event_log"))
    for secret in (CREDENTIAL, prepared, signature):
        assert secret.hex() not in held
    assert given(world, opened.election_id) == 1


def test_a_key_is_of_one_election_and_sealed_at_rest(world: World) -> None:
    one, other = listed(world), listed(world)
    assert one.public_key != other.public_key
    caller, prepared = world.citizen(), prepare(CREDENTIAL)
    blinded = blind(public_key(one), prepared)
    signature = finalize(public_key(one), prepared, issue(world, caller, one.election_id, blinded), blinded.inverse)
    with pytest.raises(InvalidSignature):
        verify(public_key(other), prepared, signature)
    assert b"PRIVATE KEY".hex() not in world.table("sign_off_lists")


def test_a_person_gets_one_token_and_the_same_answer_again(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    blinded = blind(public_key(opened), prepare(CREDENTIAL))
    first = issue(world, caller, opened.election_id, blinded)
    assert issue(world, caller, opened.election_id, blinded) == first
    another = blind(public_key(opened), prepare(b"another credential"))
    assert refused(world, caller, opened.election_id, another) == (FaultCode.CONFLICT, "token-given")
    assert given(world, opened.election_id) == 1
    issue(world, world.citizen("dominique@example.org"), opened.election_id, another)
    assert given(world, opened.election_id) == 2


def test_the_whole_city_and_one_district_of_a_campaign(world: World) -> None:
    caller, campaign = world.citizen(), uuid7()
    city, there, elsewhere = (listed(world, campaign_id=campaign, place=place) for place in (None, "75012", "75013"))
    for opened in (city, there):
        issue(world, caller, opened.election_id, blind(public_key(opened), prepare(CREDENTIAL)))
    blinded = blind(public_key(elsewhere), prepare(CREDENTIAL))
    assert refused(world, caller, elsewhere.election_id, blinded) == (FaultCode.CONFLICT, "other-district")
    another = listed(world, place="75013")
    issue(world, caller, another.election_id, blind(public_key(another), prepare(CREDENTIAL)))


def test_who_may_not_vote_gets_no_token(world: World) -> None:
    opened, caller = listed(world, action="vote_budget"), world.citizen()
    blinded = blind(public_key(opened), prepare(CREDENTIAL))
    assert refused(world, caller, opened.election_id, blinded) == (FaultCode.FORBIDDEN, "age-unknown")
    assert refused(world, Caller(), opened.election_id, blinded)[0] is FaultCode.UNAUTHENTICATED
    assert refused(world, caller, uuid7(), blinded)[0] is FaultCode.NOT_FOUND
    assert given(world, opened.election_id) == 0


def test_after_the_closing_only_what_was_given_is_given_again(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    blinded = blind(public_key(opened), prepare(CREDENTIAL))
    other = world.citizen("dominique@example.org")
    first = issue(world, caller, opened.election_id, blinded)
    world.clock.forward(days=400)
    assert issue(world, caller, opened.election_id, blinded) == first
    assert refused(world, other, opened.election_id, blinded) == (FaultCode.WRONG_STATE, "voting-closed")
    assert given(world, opened.election_id) == 1


def test_what_cannot_be_signed_leaves_no_entry(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    assert refused(world, caller, opened.election_id, Blinded(b"\xff" * 384, 1))[0] is FaultCode.INVALID
    assert given(world, opened.election_id) == 0
    issue(world, caller, opened.election_id, blind(public_key(opened), prepare(CREDENTIAL)))


def test_voters_see_their_own_entries_and_take_them_along(world: World) -> None:
    opened, caller, other = listed(world), world.citizen(), world.citizen("dominique@example.org")
    issue(world, caller, opened.election_id, blind(public_key(opened), prepare(CREDENTIAL)))
    nothing = contract.Nothing()
    mine = sign_offs.my_sign_offs(world.office, caller, nothing).items
    assert [one.election_id for one in mine] == [opened.election_id]
    assert own_account.export_my_data(world.office, caller, nothing).sign_offs == mine
    assert sign_offs.my_sign_offs(world.office, other, nothing).items == ()


def test_of_a_token_the_day_is_kept_and_not_the_hour(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    blinded = blind(public_key(opened), prepare(CREDENTIAL))
    world.clock.now = datetime(2026, 9, 1, 22, 30, 17, tzinfo=UTC)  # in Paris it is the next day
    issue(world, caller, opened.election_id, blinded)
    (mine,) = sign_offs.my_sign_offs(world.office, caller, contract.Nothing()).items
    assert mine.at == datetime(2026, 9, 2, 12, tzinfo=UTC)
    assert "22:30" not in world.table("sign_offs")


def test_an_erased_account_stays_counted(world: World) -> None:
    opened, caller = listed(world), world.citizen()
    issue(world, caller, opened.election_id, blind(public_key(opened), prepare(CREDENTIAL)))
    own_account.erase_account(world.office, caller, contract.EraseAccount(password=PASSWORD, understood=True))
    assert given(world, opened.election_id) == 1


def test_a_list_is_opened_once_by_those_who_manage_campaigns(world: World) -> None:
    opened = listed(world)
    again = listed(world, **opened.model_dump(include={"election_id", "campaign_id", "action", "place", "closes_at"}))
    assert again == opened
    with pytest.raises(Fault) as fault:
        listed(world, election_id=opened.election_id, place="75012")
    assert reason_of(fault.value) == (FaultCode.CONFLICT, "identifier-taken")
    asked = tokens.OpenSignOffList.model_validate(opened.model_dump() | {"election_id": uuid7()})
    for stranger in (world.citizen(), agent("moderator"), agent("campaign_manager", "75012")):
        with pytest.raises(Fault) as fault:
            sign_offs.open_sign_off_list(world.office, stranger, asked)
        assert fault.value.code is FaultCode.FORBIDDEN


def test_every_error_of_a_list_is_named_at_once(world: World) -> None:
    with pytest.raises(Fault) as fault:
        listed(world, action="fly", place="nowhere", closes_at=world.clock.now)
    assert [error.pointer for error in fault.value.errors] == ["/action", "/place", "/closes_at"]


OFFICER = agent("counter_officer")


def strike(world: World, election_id: UUID, account_id: UUID, by: Caller = OFFICER) -> tokens.StruckOff:
    request = tokens.StrikeOff(election_id=election_id, account_id=account_id, reason="Vote sur papier au guichet")
    return paper.strike_off(world.office, by, request)


def test_who_is_struck_off_for_paper_gets_no_token_and_the_other_way_round(world: World) -> None:
    opened, on_paper, on_screen = listed(world), world.citizen(), world.citizen("dominique@example.org")
    blinded = blind(public_key(opened), prepare(CREDENTIAL))
    struck = strike(world, opened.election_id, on_paper.citizen())
    assert strike(world, opened.election_id, on_paper.citizen()) == struck, "again: nothing is done twice"
    assert refused(world, on_paper, opened.election_id, blinded) == (FaultCode.CONFLICT, "votes-on-paper")
    issue(world, on_screen, opened.election_id, blinded)
    with pytest.raises(Fault) as fault:
        strike(world, opened.election_id, on_screen.citizen())
    assert reason_of(fault.value) == (FaultCode.CONFLICT, "token-given")
    seen = sign_offs.sign_off_list(world.office, Caller(), tokens.ReadSignOffList(election_id=opened.election_id))
    assert (seen.tokens, seen.paper) == (1, 1)
    mine = sign_offs.my_sign_offs(world.office, on_paper, contract.Nothing()).items
    assert [one.paper for one in mine] == [True]


def test_a_token_and_a_pen_asked_for_at_the_same_moment_give_one_of_them(world: World) -> None:
    opened = listed(world)
    key = public_key(opened)
    for number in range(4):
        person = world.citizen(f"{number}@example.org")
        blinded = blind(key, prepare(CREDENTIAL))
        acts: list[Callable[[], object]] = [partial(issue, world, person, opened.election_id, blinded)]
        acts += [partial(strike, world, opened.election_id, person.citizen()) for _ in range(3)]
        with ThreadPoolExecutor(len(acts)) as pool:
            done = list(pool.map(outcome, acts))
        assert done[0] != done[1]
        assert len(set(done[1:])) == 1
    seen = sign_offs.sign_off_list(world.office, Caller(), tokens.ReadSignOffList(election_id=opened.election_id))
    assert seen.tokens + seen.paper == 4


def outcome(act: Callable[[], object]) -> bool:
    try:
        act()
    except Fault:
        return False
    return True


def test_striking_off_is_for_counters_and_on_the_record(world: World) -> None:
    opened, person = listed(world), world.citizen()
    for stranger in (person, agent("moderator")):
        with pytest.raises(Fault) as fault:
            strike(world, opened.election_id, person.citizen(), stranger)
        assert fault.value.code is FaultCode.FORBIDDEN
    strike(world, opened.election_id, person.citizen())
    assert "strike_off" in world.table("accesses")
    with pytest.raises(Fault) as fault:
        strike(world, opened.election_id, uuid7())
    assert fault.value.code in {FaultCode.FORBIDDEN, FaultCode.NOT_FOUND}
    late = world.citizen("late@example.org").citizen()
    world.clock.forward(days=400)
    with pytest.raises(Fault) as fault:
        strike(world, opened.election_id, late)
    assert reason_of(fault.value) == (FaultCode.WRONG_STATE, "voting-closed")
