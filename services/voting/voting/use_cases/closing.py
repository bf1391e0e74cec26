"""The calendar at work: what is due opens and closes; what is closed is counted, published, and its key destroyed."""

import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

import structlog
from contracts.voting import (
    ELECTION_CLOSED,
    ELECTION_OPENED,
    RESULT_PUBLISHED,
    ElectionClosed,
    ElectionOpened,
    ResultPublished,
)

from voting import translate
from voting.domain import box_file
from voting.domain import election as domain
from voting.domain.ballots import Ballot, decode
from voting.domain.box_file import PublishedBallot
from voting.domain.count import Result, count
from voting.domain.election import Election, State
from voting.domain.rules import Rules
from voting.domain.secrecy import pseudonym
from voting.repository import Transaction
from voting.resources import Resources

log = structlog.get_logger()


def follow_calendar(resources: Resources) -> None:
    """Do whatever is due now, one election after the other; what fails is left for the next time."""
    with resources.uow() as tx:
        due = tx.elections.due(tx.now)
    for election_id in due:
        advance(resources, election_id)
        publish_result(resources, election_id)


def advance(resources: Resources, election_id: UUID) -> None:
    """Open or close an election if its calendar says so."""
    with resources.uow() as tx:
        election = tx.elections.lock(election_id)
        state = election and domain.is_due(election, now=tx.now)
        if election and state is State.OPEN:
            _open(tx, election)
        elif election and state is State.CLOSED:
            _close(tx, election)


def _open(tx: Transaction, election: Election) -> None:
    opened = domain.begin(election)
    tx.elections.save(opened)
    payload = ElectionOpened(**translate.event_fields(opened), closes_at=opened.rules.closes_at)
    tx.events.append(ELECTION_OPENED, payload, subject=opened.rules.slug)


def _close(tx: Transaction, election: Election) -> None:
    closed = domain.close(election)
    tx.elections.save(closed)
    tx.events.append(ELECTION_CLOSED, ElectionClosed(**translate.event_fields(closed)), subject=closed.rules.slug)


def note_turnout(resources: Resources) -> None:
    """Count the open boxes, for the figures that are shown."""
    with resources.uow() as tx:
        tx.elections.note_turnout(tx.now)


def publish_result(resources: Resources, election_id: UUID) -> None:
    """Count a closed open vote and publish everything, in one transaction. Does nothing for any other."""
    with resources.uow() as tx:
        election = tx.elections.lock(election_id)
        if election is None or election.state is not State.CLOSED or election.rules.sealed:
            return
        voters = _mark_roll(resources, tx, election_id)
        tx.results.publish_box(election_id)
        tx.boxes.destroy(election_id)
        digest = hashlib.sha256(box_file.HEADING.encode())
        result = _count(resources, tx, election.rules, _hashed(tx.results.ballots(election_id), digest))
        _publish(tx, domain.publish(election), result, voters, digest.hexdigest())
    log.info("result_published", election=str(election_id), ballots=result.ballots)


def _mark_roll(resources: Resources, tx: Transaction, election_id: UUID) -> int:
    """Mark on the roll, all together, who has a ballot in the box; how many."""
    key = tx.boxes.keys(resources.box_secret, [election_id])[election_id]
    cast = tx.boxes.pseudonyms(election_id)
    marked = [(account, voted or pseudonym(key, account) in cast) for account, voted in tx.rolls.of(election_id)]
    tx.rolls.rewrite(election_id, marked)
    return sum(voted for _, voted in marked)


def _count(resources: Resources, tx: Transaction, rules: Rules, published: Iterable[PublishedBallot]) -> Result:
    """Count in a stream; equal shares may take many seconds, so they are counted apart, with all ballots read."""
    ballots = _decoded(rules, published)
    if rules.equal_shares is None:
        return count(rules, ballots)
    tx.wait_long()
    result: Result = resources.apart(count, rules, list(ballots))
    return result


def _hashed(published: Iterable[PublishedBallot], digest: "hashlib._Hash") -> Iterator[PublishedBallot]:
    for one in published:
        for line in box_file.csv_lines([one]):
            digest.update(line.encode())
        yield one


def _decoded(rules: Rules, published: Iterable[PublishedBallot]) -> Iterator[Ballot]:
    return (decode(rules, one.ballot) for one in published)


def _publish(tx: Transaction, election: Election, result: Result, voters: int, digest: str) -> None:
    rules_sha256 = tx.elections.versions(election.rules.election_id)[-1].sha256
    digests = {"rules": rules_sha256, "ballots": digest}
    view = translate.result_view(election, result, voters=voters, digests=digests, at=tx.now)
    tx.elections.save(election)
    tx.results.add(
        election.rules.election_id, view.model_dump(mode="json", exclude={"decisions"}), count=result.ballots, at=tx.now
    )
    payload = ResultPublished(
        **translate.event_fields(election),
        ballots=result.ballots,
        rules_sha256=rules_sha256,
        ballots_sha256=digest,
        projects=translate.outcomes(result),
    )
    tx.events.append(RESULT_PUBLISHED, payload, subject=election.rules.slug)
