"""At the counter: who may be struck off for paper, for whom an officer may do it, and undoing a mistake."""

from datetime import timedelta
from uuid import UUID

import pytest
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from contracts.identity import tokens
from contracts.identity.paper import FindVoter, PaperDay, ReadPaperDay, UndoStrikeOff, Voter, VoterState
from identity.use_cases import counter, own_account, paper, sign_offs
from uuid_utils.compat import uuid7

from services.identity.tests.blind_client import blind, prepare
from services.identity.tests.unit.test_sign_offs import issue, listed, outcome, public_key, strike
from services.identity.tests.world import NOBODY, WHY, World, agent, reason_of

OFFICER = agent("counter_officer")
ROSA = {"given_name": "Rosa", "family_name": "Luxembourg", "birth_date": "1970-03-05"}


def search(world: World, opened: tokens.SignOffList, by: Caller = OFFICER, **sought: object) -> Voter:
    asked = {"election_id": opened.election_id, "reason": WHY, **(sought or {"login": "camille@example.org"})}
    return paper.find_voter(world.office, by, FindVoter.model_validate(asked))


def day(world: World, opened: tokens.SignOffList, by: Caller = OFFICER) -> PaperDay:
    return paper.read_paper_day(world.office, by, ReadPaperDay(election_id=opened.election_id))


def undo(world: World, opened: tokens.SignOffList, account_id: UUID, by: Caller = OFFICER) -> None:
    paper.undo_strike_off(
        world.office, by, UndoStrikeOff(election_id=opened.election_id, account_id=account_id, reason=WHY)
    )


def take_token(world: World, caller: Caller, opened: tokens.SignOffList) -> None:
    issue(world, caller, opened.election_id, blind(public_key(opened), prepare(b"a credential")))


def test_an_agent_sees_whether_somebody_can_be_struck_off(world: World) -> None:
    campaign = uuid7()
    here, elsewhere = (listed(world, campaign_id=campaign, place=place) for place in ("75012", "75013"))
    person, on_screen, other = (world.citizen(f"{name}@example.org") for name in ("camille", "ada", "grace"))
    take_token(world, on_screen, here)
    take_token(world, other, elsewhere)
    assert search(world, here).state is VoterState.FREE
    strike(world, here.election_id, person.citizen(), OFFICER)
    found = search(world, here)
    assert (found.account_id, found.state, found.struck_off_at is not None) == (person.account, VoterState.PAPER, True)
    assert search(world, here, login="ada@example.org").state is VoterState.TOKEN
    assert search(world, here, login="grace@example.org").state is VoterState.OTHER_DISTRICT
    strict = listed(world, action="vote_budget")
    refused = search(world, strict, login="ada@example.org")
    assert refused.state is VoterState.NOT_ALLOWED
    assert contract.Refusal.AGE_UNKNOWN in refused.refusals


def test_somebody_is_found_by_what_the_document_says(world: World) -> None:
    opened, id_ = listed(world), uuid7()
    card = {"account_id": id_, "display_name": "Rosa L.", "language": "fr", "level": 400, "reason": WHY}
    counter.open_counter_account(
        world.office, OFFICER, contract.OpenCounterAccount.model_validate(card | {"attributes": ROSA})
    )
    found = search(world, opened, OFFICER, **ROSA | {"family_name": "LUXEMBOURG"})
    assert (found.account_id, found.family_name, str(found.birth_date)) == (id_, "Luxembourg", "1970-03-05")


def test_what_is_missing_of_a_search_is_said_at_once_and_nobody_found_is_logged(world: World) -> None:
    opened = listed(world)
    with pytest.raises(Fault) as fault:
        search(world, opened, family_name="Luxembourg")
    assert [error.pointer for error in fault.value.errors] == ["/given_name", "/birth_date"]
    with pytest.raises(Fault) as fault:
        search(world, opened, login=None)
    assert [error.pointer for error in fault.value.errors] == ["/login"]
    with pytest.raises(Fault) as fault:
        search(world, opened, login="nobody@example.org")
    assert reason_of(fault.value) == (FaultCode.NOT_FOUND, "unknown-voter")
    assert "find_voter" in world.table("accesses")


def test_a_counter_strikes_off_for_its_own_place_and_for_the_whole_city(world: World) -> None:
    here, city = listed(world, place="75012"), listed(world)
    person, there = world.citizen(), agent("counter_officer", "75013")
    for act in (
        lambda: search(world, here, there),
        lambda: strike(world, here.election_id, person.citizen(), there),
        lambda: undo(world, here, person.citizen(), there),
        lambda: day(world, here, there),
    ):
        with pytest.raises(Fault) as fault:
            act()
        assert reason_of(fault.value) == (FaultCode.FORBIDDEN, "other-counter")
    strike(world, here.election_id, person.citizen(), agent("counter_officer", "75012"))
    strike(world, city.election_id, person.citizen(), there)
    centre = listed(world, place="paris-centre")
    assert search(world, centre, agent("counter_officer", "75003")).state is not VoterState.PAPER


def test_a_mistake_is_undone_by_whoever_made_it_while_it_is_fresh(world: World) -> None:
    opened, person = listed(world), world.citizen()
    strike(world, opened.election_id, person.citizen(), OFFICER)
    with pytest.raises(Fault) as fault:
        undo(world, opened, person.citizen(), agent("counter_officer"))
    assert reason_of(fault.value) == (FaultCode.FORBIDDEN, "another-agents-strike-off")
    undo(world, opened, person.citizen())
    undo(world, opened, person.citizen())
    seen = sign_offs.sign_off_list(world.office, NOBODY, tokens.ReadSignOffList(election_id=opened.election_id))
    assert (seen.tokens, seen.paper, seen.undone) == (0, 0, 1)
    accesses = own_account.my_accesses(world.office, person, contract.ReadAccesses()).items
    assert [one.action for one in accesses] == ["undo_strike_off", "strike_off"]
    take_token(world, person, opened)
    with pytest.raises(Fault) as fault:
        undo(world, opened, person.citizen())
    assert reason_of(fault.value) == (FaultCode.CONFLICT, "token-given")


@pytest.mark.parametrize("late", [timedelta(minutes=15), timedelta(minutes=3)])
def test_it_is_too_late_after_a_quarter_of_an_hour_and_after_the_closing(world: World, late: timedelta) -> None:
    opened = listed(world, closes_at=world.clock.now + timedelta(minutes=3 if late < timedelta(minutes=15) else 60))
    person = world.citizen()
    strike(world, opened.election_id, person.citizen(), OFFICER)
    assert len(day(world, opened).recent) == 1
    world.clock.now += late
    with pytest.raises(Fault) as fault:
        undo(world, opened, person.citizen())
    assert reason_of(fault.value) == (FaultCode.WRONG_STATE, "too-late-to-undo")
    assert day(world, opened).recent == ()


def test_the_count_of_the_day(world: World) -> None:
    opened, colleague = listed(world), agent("counter_officer")
    people = [world.citizen(f"{number}@example.org").citizen() for number in range(3)]
    strike(world, opened.election_id, people[0], OFFICER)
    world.clock.forward(days=1)
    strike(world, opened.election_id, people[1], OFFICER)
    strike(world, opened.election_id, people[2], colleague)
    seen = day(world, opened)
    assert (seen.today, seen.mine_today, seen.total, seen.undone) == (2, 1, 3, 0)
    assert [one.account_id for one in seen.recent] == [people[1]]
    assert not outcome(lambda: day(world, opened, agent("moderator")))
