"""The workers' part: check the proofs of received ballots, record those that hold, sign their receipts."""

from collections.abc import Mapping, Sequence

from belenios.checking import check_ballot, check_ballots
from belenios.election import Election
from belenios.refusal import Refused
from chassis.batching import BatchItem
from chassis.database import is_outage
from contracts.base import Reply
from contracts.errors import Fault

from voting.resources import Resources
from voting.sealed.box import Kept, Verdict
from voting.sealed.checks import CheckedSealedBallot, CheckSealedBallot, Reference
from voting.sealed.doors import booth_of
from voting.sealed.keys import Keyring
from voting.sealed.receipts import receipt_text, signed, to_tracker
from voting.sealed.store import SealedElection
from voting.sealed.stuck import note_failure, report
from voting.sealed.trustees import code_of

REQUEUE_AT_ONCE = 2_000


def check_received(resources: Resources, items: Sequence[BatchItem[CheckSealedBallot]]) -> list[Reply | Fault]:
    """Check and record; what is no longer waiting is answered with what it became.

    A batch that fails is split by who sent it; a ballot that fails alone is noted, and waits for agents in the end.
    """
    references = [Reference(one.request.election_id, bytes.fromhex(one.request.tracker)) for one in items]
    try:
        _check(resources, references)
    except Exception as error:
        if len(references) > 1 or is_outage(error):
            raise
        note_failure(resources, references[0], error)
    with resources.uow() as tx:
        states = tx.box.states(references)
    return [_checked(states.get(one)) for one in references]


def _check(resources: Resources, references: Sequence[Reference]) -> None:
    with resources.uow() as tx:
        waiting = tx.box.waiting(references)
        votes = {election_id: tx.sealed.get(election_id) for election_id in {one.election_id for one in waiting}}
    for election_id, sealed in votes.items():
        if sealed is not None and sealed.frozen is not None and sealed.salt is not None:
            ballots = {one: text for one, text in waiting.items() if one.election_id == election_id}
            faults = resources.apart(refusals, booth_of(sealed.frozen.election_json), ballots)
            _record(resources, sealed, faults)


def requeue(resources: Resources) -> None:
    """Name waiting ballots to the workers again if nothing waits in their queue: a lost message loses no ballot."""
    with resources.uow() as tx:
        waiting = tx.box.all_waiting(REQUEUE_AT_ONCE)
    report(resources)
    if waiting and resources.checks.is_empty():
        resources.checks.add(waiting)


def refusals(election: Election, ballots: Mapping[Reference, str]) -> dict[Reference, str]:
    """For each ballot the check that failed; empty: all of it holds. Together if they can be, else one by one."""
    try:
        check_ballots(election, [text.encode() for text in ballots.values()])
    except Refused:
        return {one: _refusal(election, text) for one, text in ballots.items()}
    return dict.fromkeys(ballots, "")


def _refusal(election: Election, text: str) -> str:
    try:
        check_ballot(election, text.encode())
    except Refused as refusal:
        return code_of(refusal)
    return ""


def _record(resources: Resources, sealed: SealedElection, faults: Mapping[Reference, str]) -> None:
    keyring = sealed.keyring(resources.box_secret)
    with resources.uow() as tx:
        batch = tx.box.batch_held_open(sealed.election_id)
        tx.box.decide(sealed.election_id, batch, _verdicts(sealed.uuid, keyring, batch, faults))


def _verdicts(uuid: str, keyring: Keyring, batch: int, faults: Mapping[Reference, str]) -> list[Verdict]:
    return [
        Verdict(one, fault, b"" if fault else signed(keyring, receipt_text(uuid, to_tracker(one.tracker), batch)))
        for one, fault in faults.items()
    ]


def _checked(kept: Kept | None) -> Reply:
    return CheckedSealedBallot(state=kept.state if kept else "unknown")
