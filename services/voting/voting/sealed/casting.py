"""Casting sealed ballots: many at once, nobody's session, each with its own outcome.

What can be told cheaply is told in the request; then the ballot is committed, and named to the workers who check its
proofs. Only what they have checked is recorded and receipted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting.sealed_ballots import CastSealedBallot, GetSealedBallot, SealedBallotState

from voting.domain.election import accepts_ballots
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed import doors, receipts
from voting.sealed.box import Cast, Kept, Poll
from voting.sealed.checks import Reference
from voting.sealed.encoding import from_base64url
from voting.sealed.questions import longest_ballot
from voting.sealed.store import Frozen
from voting.sealed.tokens import Token
from voting.sealed.views import found

_WORDS = {"vote-closed": "This vote is closed.", "vote-not-open-yet": "This vote is not open yet."}
_UNKNOWN = Fault.not_found("There is no such sealed vote.")
_NOT_ANONYMOUS = Fault.invalid(
    detail="Send a sealed ballot without an access token: nothing was recorded.", reason="not-anonymous"
)


class Submission(Protocol):
    """A ballot as it comes out of a batch."""

    @property
    def caller(self) -> Caller:
        """Nobody, if the sender did as told."""

    @property
    def request(self) -> CastSealedBallot:
        """The ballot and its token."""


@dataclass(slots=True)
class Counter:
    """Where the ballots of one vote are handed in."""

    uuid: str
    frozen: Frozen
    longest: int


Answers = dict[int, Reply | Fault]
"""By the position in the batch."""


def cast_sealed_ballots(resources: Resources, items: Sequence[Submission]) -> list[Reply | Fault]:
    """Receive every ballot that may be: its state, or a fault, for each item, in their order."""
    answers: Answers = {place: _NOT_ANONYMOUS for place, item in enumerate(items) if item.caller.account is not None}
    requests = {place: item.request for place, item in enumerate(items) if place not in answers}
    references = {place: _reference(request) for place, request in requests.items()}
    with resources.uow() as tx:
        counters = _counters(tx, {one.election_id for one in references.values()})
        known = tx.box.states(references.values())
    _answer_known(references, counters, known, answers)
    fresh = {place: requests[place] for place in references if place not in answers}
    casts = _admitted(resources, fresh, counters, answers)
    with resources.uow() as tx:
        received = _receive(resources, tx, casts, answers)
    resources.checks.add(sorted(received))
    _answer_known(references, counters, dict.fromkeys(received, Kept("received", "", None, None)), answers)
    return [answers[place] for place in range(len(items))]


def get_sealed_ballot(resources: Resources, _caller: Caller, request: GetSealedBallot) -> SealedBallotState:
    """What became of a ballot, by its tracker."""
    with resources.uow() as tx:
        _, sealed = found(tx, request.election)
        reference = Reference(sealed.election_id, receipts.from_tracker(request.tracker))
        kept = tx.box.states([reference]).get(reference)
    if kept is None:
        raise Fault.not_found("No ballot of this vote has this tracker.", "unknown-tracker")
    return _state(reference, sealed.uuid, kept)


def _reference(request: CastSealedBallot) -> Reference:
    return Reference(request.election_id, sha256(request.ballot.encode()).digest())


def _counters(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Counter]:
    counters = {}
    for election_id in ids:
        sealed = tx.sealed.get(election_id)
        if sealed and sealed.frozen:
            booth = doors.booth_of(sealed.frozen.election_json)
            counters[election_id] = Counter(sealed.uuid, sealed.frozen, longest_ballot(booth))
    return counters


def _answer_known(
    references: Mapping[int, Reference],
    counters: Mapping[UUID, Counter],
    known: Mapping[Reference, Kept],
    answers: Answers,
) -> None:
    for place, reference in references.items():
        kept = known.get(reference)
        if place not in answers and kept is not None:
            answers[place] = _state(reference, counters[reference.election_id].uuid, kept)


def _state(reference: Reference, uuid: str, kept: Kept) -> SealedBallotState:
    tracker = receipts.to_tracker(reference.tracker)
    receipt = receipts.view(uuid, tracker, kept.batch, kept.receipt) if kept.batch and kept.receipt else None
    return SealedBallotState.model_validate(
        {
            "election_id": reference.election_id,
            "tracker": tracker,
            "state": kept.state,
            "reason": kept.reason,
            "receipt": receipt,
        }
    )


def _admitted(
    resources: Resources,
    requests: Mapping[int, CastSealedBallot],
    counters: Mapping[UUID, Counter],
    answers: Answers,
) -> dict[int, Cast]:
    """The ballots that the doors let in, the first of each tracker; the others are answered."""
    unknown = {place: _UNKNOWN for place, request in requests.items() if request.election_id not in counters}
    answers.update(unknown)
    todo = {place: request for place, request in requests.items() if place not in unknown}
    looked: dict[int, doors.Slip | Fault] = resources.apart(_look, todo, counters) if todo else {}
    casts: dict[int, Cast] = {}
    seen: set[Reference] = set()
    for place, slip in looked.items():
        reference = _reference(requests[place])
        if isinstance(slip, Fault):
            answers[place] = slip
        elif reference not in seen:
            seen.add(reference)
            digest = sha256(slip.credential.encode()).digest()
            casts[place] = Cast(reference, digest, slip.credential, slip.ballot)
    return casts


def _look(requests: Mapping[int, CastSealedBallot], counters: Mapping[UUID, Counter]) -> dict[int, doors.Slip | Fault]:
    return {place: _slip(request, counters[request.election_id]) for place, request in requests.items()}


def _slip(request: CastSealedBallot, counter: Counter) -> doors.Slip | Fault:
    sent = request.token
    try:
        token = Token(from_base64url(sent.prefix), from_base64url(sent.signature))
    except ValueError:
        token = Token(b"", b"")
    return doors.admit(request.election_id, counter.frozen, request.ballot, token, longest=counter.longest)


def _receive(resources: Resources, tx: Transaction, casts: Mapping[int, Cast], answers: Answers) -> set[Reference]:
    """Commit what can be taken now; the rest is answered."""
    if not casts:
        return set()
    polls = tx.box.held_open({cast.reference.election_id for cast in casts.values()})
    for place, cast in casts.items():
        if fault := _closed(polls.get(cast.reference.election_id), tx.now):
            answers[place] = fault
    received: set[Reference] = set()
    limit = resources.cast_limit
    window = int(tx.now.timestamp()) // limit.seconds
    for some in _rounds({place: cast for place, cast in casts.items() if place not in answers}):
        kept = tx.box.add(list(some.values()), window=window, most=limit.count)
        wait = (window + 1) * limit.seconds - int(tx.now.timestamp())
        for place, cast in some.items():
            if cast.reference not in kept:
                answers[place] = Fault.too_many(wait, "Too many ballots with this credential. Try again later.")
        received |= kept
    return received


def _closed(poll: Poll | None, now: datetime) -> Fault | None:
    if poll is None:
        return _UNKNOWN
    reason = accepts_ballots(poll.state, poll.opens_at, poll.closes_at, now)
    return Fault.wrong_state(_WORDS[reason], reason) if reason else None


def _rounds(casts: Mapping[int, Cast]) -> list[dict[int, Cast]]:
    """Two ballots of one credential are taken in two rounds, in that order."""
    rounds: list[dict[int, Cast]] = []
    times: dict[tuple[UUID, bytes], int] = {}
    for place, cast in casts.items():
        who = (cast.reference.election_id, cast.digest)
        turn = times.get(who, 0)
        times[who] = turn + 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][place] = cast
    return rounds
