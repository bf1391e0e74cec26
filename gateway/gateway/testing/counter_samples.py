"""A counter where people vote on paper: a sealed vote, somebody who is there, a day's work."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts import voting
from contracts.identity import paper, tokens
from contracts.voting import sealed, sealed_board, sealed_paper, sealed_stuck
from contracts.voting.values import SealedSetup

from gateway.testing import samples
from gateway.testing.stand_ins import FakeServices
from gateway.testing.votes import example

VOTE = UUID("01927f3e-0000-7000-8000-0000000000e1")
PERSON = UUID("01927f3e-0000-7000-8000-000000000001")
HERE = f"/bureau/vote-papier/{VOTE}"
SETUP = SealedSetup(trustees=("Majorité", "Opposition", "Greffe"), threshold=2)


def election(**changes: Any) -> voting.ElectionView:
    """A sealed vote that is open."""
    setup = {"id": str(VOTE), "secrecy": "sealed", "sealed": SETUP.model_dump(), "state": "open"}
    found: voting.ElectionView = example(voting.GET_ELECTION, **setup | changes)
    return found


def summaries(*ones: voting.ElectionView) -> voting.ElectionList:
    """The same in a list."""
    fields = set(voting.ElectionSummary.model_fields)
    shown = (
        {**one.model_dump(include=fields), "method": one.method.kind, "candidates": len(one.candidates)} for one in ones
    )
    return voting.ElectionList(items=tuple(map(voting.ElectionSummary.model_validate, shown)))


def voter(state: str = "free", **changes: Any) -> paper.Voter:
    """Somebody at the counter."""
    found = {
        "account_id": PERSON,
        "display_name": "Rosa L.",
        "given_name": "Rosa",
        "family_name": "Luxembourg",
        "birth_date": date(1970, 3, 5),
        "state": state,
    }
    return paper.Voter.model_validate(found | changes)


def day(**changes: Any) -> paper.PaperDay:
    """What the counters have done, one strike-off of a moment ago among it."""
    now = datetime.now(UTC)
    recent = paper.RecentStrikeOff(
        account_id=PERSON, display_name="Rosa L.", at=now, undo_until=now + timedelta(minutes=15)
    )
    found = {
        "election_id": VOTE,
        "place": None,
        "closes_at": now + timedelta(days=1),
        "closed": False,
        "today": 12,
        "mine_today": 4,
        "total": 57,
        "undone": 1,
        "recent": (recent,),
    }
    return paper.PaperDay.model_validate(found | changes)


def give(services: FakeServices) -> None:
    """Every call of a counter answers something believable."""
    services.on(voting.LIST_ELECTIONS, summaries(election()))
    services.on(voting.GET_ELECTION, election())
    services.on(sealed.GET_SEALED_ELECTION, example(sealed.GET_SEALED_ELECTION))
    services.on(paper.FIND_VOTER, voter())
    services.on(paper.READ_PAPER_DAY, day())
    services.on(paper.UNDO_STRIKE_OFF, paper.StrikeOffUndone(election_id=VOTE, account_id=PERSON))
    services.on(tokens.STRIKE_OFF, tokens.StruckOff(election_id=VOTE, account_id=PERSON, at=samples.NOW))


APPROVAL = {"kind": "approval", "max_choices": 2}


def counts(**changes: Any) -> sealed_paper.PaperCounts:
    """Two places: one whose counts differ, one that is settled."""
    one = election()
    grades = {project.id: {one.grades[0].code: 4} for project in one.candidates}
    places = (
        {"place": "75012", "state": "different"},
        {"place": "75011", "state": "settled", "envelopes": 40, "grades": grades, "changed": 1},
    )
    found = {"election_id": VOTE, "struck_off": 57, "places": places}
    return sealed_paper.PaperCounts.model_validate(found | changes)


def entries(entered: int, *, shown: int | None = None, state: str | None = None) -> sealed_paper.PaperEntries:
    """What agents entered for a place: the first project's best grade differs."""
    one = election()
    project, grade = one.candidates[0].id, one.grades[0].code
    made = [{"mine": n == 0, "envelopes": 10, "grades": {project: {grade: 7 - n}}} for n in range(entered)]
    pointer = f"/grades/{project}/{grade}"
    differences = ({"pointer": pointer, "numbers": (7, 6)},) if entered == 2 and state is None else ()
    usual = (None, "waiting", "different")[entered]
    found = {"election_id": VOTE, "place": "75012", "state": state or usual, "entered": entered}
    told = {"entries": made[:shown], "differences": differences}
    return sealed_paper.PaperEntries.model_validate(found | told)


def count(services: FakeServices) -> None:
    """The vote is closed, and its paper is counted."""
    services.on(voting.GET_ELECTION, election(state="closed"))
    services.on(sealed_paper.GET_PAPER_COUNTS, counts())
    services.on(sealed_paper.ENTER_PAPER_COUNT, counts())
    services.on(sealed_paper.READ_PAPER_ENTRIES, entries(2))


TRACKER = "B42X7dVklLete3rcoyeWMO/D2tuJNCq9+ovl3nys/bs"


def block(services: FakeServices) -> None:
    """A ballot cannot be checked."""
    one = sealed_stuck.StuckBallot(election_id=VOTE, tracker=TRACKER, attempts=3, error="MemoryError")
    found = sealed_stuck.StuckBallots(items=(one,), total=1)
    for call in sealed_stuck.CALLS:
        services.on(call, found)
    services.on(sealed_board.GET_BOARD, example(sealed_board.GET_BOARD, left_out=[]))


def ceremony(services: FakeServices, *, ready: bool = False) -> None:
    """A draft of a sealed vote: its ceremony under way, or done."""
    message = "{}" if ready else None
    holders = [
        {
            "place": place,
            "name": name,
            "invited": ready or place == 1,
            "certificate": message,
            "shares": message,
            "key": message,
            "decrypted": False,
        }
        for place, name in enumerate(SETUP.trustees, 1)
    ]
    waits = [] if ready else [{"step": "certificate", "places": [1, 2, 3]}]
    changes = {"id": str(VOTE), "phase": "ready" if ready else "ceremony", "trustees": holders, "missing": waits}
    shown = example(sealed.GET_SEALED_ELECTION, **changes)
    services.on(voting.GET_ELECTION, election(state="draft"))
    services.on(sealed.GET_SEALED_ELECTION, shown)
    services.on(sealed.RESTART_CEREMONY, shown)
    services.on(sealed.INVITE_TRUSTEE, example(sealed.INVITE_TRUSTEE, place=2))
    for call in (voting.DRAFT_ELECTION, voting.REVISE_ELECTION, voting.CANCEL_ELECTION):
        services.on(call, election(state="draft"))
