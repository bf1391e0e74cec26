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

from voting import methods, translate
from voting.books import Book
from voting.boxes import Kept, Slip
from voting.domain import ballots, secrecy
from voting.domain.election import accepts_ballots
from voting.domain.errors import Invalid
from voting.domain.secrecy import BoxKey
from voting.repository import Poll, Transaction
from voting.resources import Resources
from voting.rolls import Entry
from voting.use_cases.enrolling import refusals

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


@dataclass(slots=True)
class Counter:
    """Where the ballots of one election are handed in: why it takes none now, or its rules and the key of its box."""

    closed: Fault | None
    book: Book
    key: BoxKey | None = None


Answers = dict[int, Reply | Fault]
"""By the position in the batch."""
Casts = dict[int, Cast]
Counters = Mapping[UUID, Counter]
_UNKNOWN = Fault.not_found("There is no such election.")


def cast_ballots(resources: Resources, items: Sequence[Submission]) -> list[Reply | Fault]:
    """Put every valid ballot into its box; an outcome or a fault for each item, in their order."""
    answers: Answers = {}
    casts = dict(_identified(items, answers))
    newcomers, counters = _cast_enrolled(resources, casts, answers)
    if newcomers:
        wishes = [(counters[cast.request.election_id].book.rules, cast.account) for cast in newcomers.values()]
        faults = refusals(resources, wishes)
        answers.update({place: faults[cast.entry] for place, cast in newcomers.items() if cast.entry in faults})
        _enrol_and_cast(resources, _open(newcomers, answers), answers)
    return [answers[place] for place in range(len(items))]


def _identified(items: Sequence[Submission], answers: Answers) -> Iterator[tuple[int, Cast]]:
    for place, item in enumerate(items):
        try:
            yield place, Cast(item.request, item.caller.citizen())
        except Fault as fault:
            answers[place] = fault


def _open(casts: Casts, answers: Answers) -> Casts:
    return {place: cast for place, cast in casts.items() if place not in answers}


def _cast_enrolled(resources: Resources, casts: Casts, answers: Answers) -> tuple[Casts, Counters]:
    """Answer what cannot be cast and cast what whoever is on the roll sends. What is left: the newcomers' ballots."""
    if not casts:
        return {}, {}
    with resources.uow() as tx:
        accepted, counters = _accepted(resources, tx, casts, answers)
        enrolled = tx.rolls.enrolled([cast.entry for cast in accepted.values()])
        known = {place: cast for turn, (place, cast) in enumerate(accepted.items()) if turn in enrolled}
        written = dict(_put(tx, known, counters))
    answers.update(written)
    return {place: cast for place, cast in accepted.items() if place not in written}, counters


def _enrol_and_cast(resources: Resources, casts: Casts, answers: Answers) -> None:
    """Put those who may vote on the roll, and their ballots into the box, unless the vote was closed meanwhile."""
    if not casts:
        return
    with resources.uow() as tx:
        accepted, counters = _accepted(resources, tx, casts, answers)
        tx.rolls.enrol({cast.entry for cast in accepted.values()})
        written = dict(_put(tx, accepted, counters))
    answers.update(written)


def _accepted(resources: Resources, tx: Transaction, casts: Casts, answers: Answers) -> tuple[Casts, Counters]:
    """The casts that can be written now, their elections held open; the others are answered."""
    counters = _counters(resources, tx, {cast.request.election_id for cast in casts.values()})
    _refuse(casts, counters, answers)
    return _open(casts, answers), counters


def _counters(resources: Resources, tx: Transaction, ids: set[UUID]) -> Counters:
    return {
        election_id: Counter(
            _closed(poll, tx.now),
            resources.books.of(tx, poll),
            poll.salt.key(resources.box_secret) if poll.salt else None,
        )
        for election_id, poll in tx.elections.polls_held_open(ids).items()
    }


def _closed(poll: Poll, now: datetime) -> Fault | None:
    reason = accepts_ballots(poll.state, poll.opens_at, poll.closes_at, now)
    return Fault.wrong_state(_WORDS[reason], reason) if reason else None


def _refuse(casts: Casts, counters: Counters, answers: Answers) -> None:
    for place, cast in casts.items():
        counter = counters.get(cast.request.election_id)
        fault = _UNKNOWN if counter is None else counter.closed or _prepare(cast, counter.book)
        if fault:
            answers[place] = fault


def _prepare(cast: Cast, book: Book) -> Fault | None:
    ballot = methods.ballot_of(cast.request.ballot)
    try:
        ballots.check(book.rules, ballot)
    except Invalid as error:
        return translate.fault_of(error)
    cast.text = ballots.encode(ballot)
    return None


def _put(tx: Transaction, casts: Casts, counters: Counters) -> Iterator[tuple[int, BallotReceipt]]:
    slips = {place: _slip(cast, counters[cast.request.election_id]) for place, cast in casts.items()}
    for some in _rounds(slips):
        kept = tx.boxes.put(slips[place] for place in some)
        for place in some:
            cast = casts[place]
            yield place, _receipt(cast, counters[cast.request.election_id].book, _outcome(kept, slips[place]))


def _slip(cast: Cast, counter: Counter) -> Slip:
    if counter.key is None:
        raise LookupError("an open election has no box")
    voter = secrecy.pseudonym(counter.key, cast.account)
    cast.receipt = secrecy.receipt(counter.key, voter, cast.request.cast_id, cast.text)
    return Slip(cast.request.election_id, voter, secrecy.receipt_hash(cast.receipt), cast.text)


def _rounds(slips: Mapping[int, Slip]) -> Iterable[list[int]]:
    """Whoever casts twice in one batch casts in two rounds, in that order."""
    rounds: list[list[int]] = []
    times: dict[bytes, int] = {}
    for place, slip in slips.items():
        turn = times.get(slip.pseudonym, 0)
        times[slip.pseudonym] = turn + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(place)
    return rounds


def _outcome(kept: Kept, slip: Slip) -> Outcome:
    if slip.pseudonym in kept.recorded:
        return Outcome.RECORDED
    if slip.pseudonym in kept.replaced:
        return Outcome.REPLACED
    return Outcome.ALREADY_THERE if kept.standing[slip.pseudonym] == slip.receipt_sha256 else Outcome.SUPERSEDED


def _receipt(cast: Cast, book: Book, outcome: Outcome) -> BallotReceipt:
    return BallotReceipt(
        election_id=cast.request.election_id, outcome=outcome, receipt=cast.receipt, rules_sha256=book.sha256
    )
