"""Casting: many ballots at once, written with few statements, each with its own outcome.

Eligibility is asked before the transaction that writes, never inside it; who was found eligible is noted on the roll.
The elections are held open while the ballots are written: closing waits for them, and none is accepted after.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting import BallotReceipt, CastBallot, Outcome

from voting import translate
from voting.books import Book
from voting.boxes import Kept, Slip
from voting.domain import ballots, secrecy
from voting.domain.election import accepts_ballots
from voting.domain.errors import Invalid
from voting.domain.secrecy import BoxKey
from voting.repository import Poll, Transaction
from voting.resources import Resources
from voting.rolls import Entry
from voting.use_cases.enrolling import enrol

_WORDS = {"vote-closed": "This vote is closed.", "vote-not-open-yet": "This vote is not open yet."}


class Submission(Protocol):
    """A ballot and who sends it, as it comes out of a batch."""

    @property
    def caller(self) -> Caller:
        """Who sends it."""

    @property
    def request(self) -> CastBallot:
        """The ballot."""


@dataclass(slots=True)
class Cast:
    """One ballot on its way into a box."""

    request: CastBallot
    account: UUID
    text: str = ""
    receipt: str = ""

    @property
    def entry(self) -> Entry:
        """The election and the account."""
        return self.request.election_id, self.account


Answers = dict[int, Reply | Fault]
"""By the position in the batch."""
Library = Mapping[UUID, Book]


def cast_ballots(resources: Resources, items: Sequence[Submission]) -> list[Reply | Fault]:
    """Put every valid ballot into its box; an outcome or a fault for each item, in their order."""
    answers: Answers = {}
    casts = dict(_identified(items, answers))
    newcomers, books = _cast_enrolled(resources, casts, answers)
    if newcomers:
        wishes = [(books[cast.request.election_id].rules, cast.account) for cast in newcomers.values()]
        faults = enrol(resources, wishes)
        answers.update({place: faults[cast.entry] for place, cast in newcomers.items() if cast.entry in faults})
        _cast_enrolled(resources, _open(newcomers, answers), answers)
    return [answers[place] for place in range(len(items))]


def _cast_enrolled(resources: Resources, casts: dict[int, Cast], answers: Answers) -> tuple[dict[int, Cast], Library]:
    """Answer what cannot be cast and cast what whoever is on the roll sends. What is left: the newcomers' ballots."""
    if not casts:
        return {}, {}
    ids = {cast.request.election_id for cast in casts.values()}
    with resources.uow() as tx:
        polls = tx.elections.polls_held_open(ids)
        books = {election_id: resources.books.of(tx, poll) for election_id, poll in polls.items()}
        _refuse(casts, polls, books, tx.now, answers)
        accepted = _open(casts, answers)
        enrolled = tx.rolls.enrolled({cast.entry for cast in accepted.values()})
        known = {place: cast for place, cast in accepted.items() if cast.entry in enrolled}
        keys = tx.boxes.keys(resources.box_secret, ids) if known else {}
        written = dict(_put(tx, known, keys, books))
    answers.update(written)
    return {place: cast for place, cast in accepted.items() if place not in known}, books


def _refuse(
    casts: Mapping[int, Cast], polls: Mapping[UUID, Poll], books: Library, now: datetime, answers: Answers
) -> None:
    for place, cast in casts.items():
        fault = _not_accepted(polls.get(cast.request.election_id), now) or _prepare(cast, books)
        if fault:
            answers[place] = fault


def _identified(items: Sequence[Submission], answers: Answers) -> Iterator[tuple[int, Cast]]:
    for place, item in enumerate(items):
        try:
            yield place, Cast(item.request, item.caller.citizen())
        except Fault as fault:
            answers[place] = fault


def _open(casts: Mapping[int, Cast], answers: Answers) -> dict[int, Cast]:
    return {place: cast for place, cast in casts.items() if place not in answers}


def _not_accepted(poll: Poll | None, now: datetime) -> Fault | None:
    if poll is None:
        return Fault.not_found("There is no such election.")
    reason = accepts_ballots(poll.state, poll.opens_at, poll.closes_at, now)
    return Fault.wrong_state(_WORDS[reason], reason) if reason else None


def _prepare(cast: Cast, books: Library) -> Fault | None:
    ballot = translate.ballot_of(cast.request.ballot)
    try:
        ballots.check(books[cast.request.election_id].rules, ballot)
    except Invalid as error:
        return translate.fault_of(error)
    cast.text = ballots.encode(ballot)
    return None


def _put(
    tx: Transaction, casts: Mapping[int, Cast], keys: Mapping[UUID, BoxKey], books: Library
) -> Iterator[tuple[int, BallotReceipt]]:
    for some in _rounds(casts):
        slips = {place: _slip(cast, keys[cast.request.election_id]) for place, cast in some.items()}
        kept = tx.boxes.put(slips.values())
        for place, cast in some.items():
            yield place, _receipt(cast, books[cast.request.election_id], _outcome(kept, slips[place]))


def _rounds(casts: Mapping[int, Cast]) -> Iterable[dict[int, Cast]]:
    """Whoever casts twice in one batch casts in two rounds, in that order."""
    rounds: list[dict[int, Cast]] = []
    times: dict[Entry, int] = {}
    for place, cast in casts.items():
        turn = times.get(cast.entry, 0)
        times[cast.entry] = turn + 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][place] = cast
    return rounds


def _slip(cast: Cast, key: BoxKey) -> Slip:
    voter = secrecy.pseudonym(key, cast.account)
    cast.receipt = secrecy.receipt(key, voter, cast.request.cast_id, cast.text)
    return Slip((cast.request.election_id, voter), secrecy.receipt_hash(cast.receipt), cast.text)


def _outcome(kept: Kept, slip: Slip) -> Outcome:
    if slip.place in kept.recorded:
        return Outcome.RECORDED
    if slip.place in kept.replaced:
        return Outcome.REPLACED
    return Outcome.ALREADY_THERE if kept.standing[slip.place] == slip.receipt_sha256 else Outcome.SUPERSEDED


def _receipt(cast: Cast, book: Book, outcome: Outcome) -> BallotReceipt:
    return BallotReceipt(
        election_id=cast.request.election_id, outcome=outcome, receipt=cast.receipt, rules_sha256=book.sha256
    )
