"""Opening the sealed sum: partial decryptions, each checked when it arrives; then the result and its publication."""

from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from uuid import UUID

import structlog
from belenios.archive.events import Kind
from belenios.archive.writer import ArchiveWriter, Position
from belenios.decryption import Factors, check_decryption, combine, decrypt, find_result, write_result
from belenios.election import Election
from belenios.refusal import Refused
from belenios.secret import Secret
from belenios.tally import read_tally
from belenios.trustees import decryption_keys, read_trustees
from contracts.voting import RESULT_PUBLISHED, ResultPublished
from contracts.voting.results import SealedResult

from voting import translate
from voting.domain import election as domain
from voting.domain.election import Election as Vote
from voting.domain.election import State
from voting.domain.errors import DomainError
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed import board, counting
from voting.sealed.boards import Tally, parts_of
from voting.sealed.counting import Parts
from voting.sealed.doors import booth_of
from voting.sealed.questions import result_of
from voting.sealed.store import Frozen, SealedElection
from voting.sealed.trustees import refused
from voting.sealed.views import setup_of

log = structlog.get_logger()


def follow_closed(resources: Resources) -> None:
    """Bring each closed sealed vote one step further: final board, sealed sum, result."""
    with resources.uow() as tx:
        closed = tx.boards.closed()
    for election_id in closed:
        with resources.uow() as tx:
            final, tally = tx.boards.is_final(election_id), tx.boards.tally(election_id)
        if final or board.finalize(resources, election_id):
            if tally is None:
                counting.tally(resources, election_id)
            publish_opened(resources, election_id)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sealed sum and those who can open it."""

    frozen: Frozen
    tally: Tally

    @property
    def election(self) -> Election:
        """The rules, as the protocol reads them."""
        return booth_of(self.frozen.election_json)

    def factors(self, owner: int, data: str) -> Factors:
        """The checked factors of trustee number ``owner``. Raises ``Refused``."""
        election = self.election
        keys = decryption_keys(read_trustees(election.group, self.frozen.trustees_json.encode()))
        cells = read_tally(election, self.tally.tally.encode())
        return check_decryption(election, cells, keys[owner - 1], data.encode())

    def opened(self, partials: dict[int, str]) -> tuple[tuple[int, ...], ...]:
        """What the sums are. Raises ``Refused`` if too few opened them, or a part does not hold."""
        election = self.election
        holders = read_trustees(election.group, self.frozen.trustees_json.encode())
        factors = {owner: self.factors(owner, data) for owner, data in partials.items()}
        cells = read_tally(election, self.tally.tally.encode())
        return find_result(election.group, cells, combine(election.group, holders, factors), self.tally.counted)

    def servers_part(self, secret: Secret[int]) -> str:
        """The server's own partial decryption."""
        cells = read_tally(self.election, self.tally.tally.encode())
        return decrypt(self.election, cells, secret).decode()


def check_part(resources: Resources, tx: Transaction, sealed: SealedElection, place: int, message: str) -> None:
    """Raises :class:`DomainError` before there is a sum to open, ``Invalid`` if the trustee's part does not hold."""
    tally = tx.boards.tally(sealed.election_id)
    if tally is None or sealed.frozen is None:
        raise DomainError("step-not-now", "There is nothing to open before the vote is closed and tallied.")
    try:
        resources.apart(Sum(sealed.frozen, tally).factors, place, message)
    except Refused as refusal:
        raise refused("/message", refusal) from None


def publish_opened(resources: Resources, election_id: UUID) -> None:
    """Open the sum and publish everything once enough trustees have sent their parts; else do nothing."""
    with resources.uow() as tx:
        vote, sealed, tally = tx.elections.get(election_id), tx.sealed.get(election_id), tx.boards.tally(election_id)
        opening = [one for one in tx.sealed.trustees(election_id) if one.decryption]
    if vote is None or sealed is None or sealed.frozen is None or tally is None:
        return
    setup = setup_of(vote)
    if len(opening) < setup.threshold:
        return
    sums = Sum(sealed.frozen, tally)
    secret = sealed.keyring(resources.box_secret).decryption(sums.election.group)
    parts = {one.place: one.decryption or "" for one in opening[: setup.threshold]}
    parts[len(setup.trustees) + 1] = resources.apart(sums.servers_part, secret)
    result = resources.apart(sums.opened, parts)
    tail = _tail(tally, parts, write_result(result))
    names = tuple(one.name for one in opening[: setup.threshold])
    _publish(resources, sealed, sums, Opened(result, tail, names, _sha256(resources, election_id, tail)))


@dataclass(frozen=True, slots=True)
class Opened:
    """The opened sums, the end of the archive, and who opened them."""

    sums: tuple[tuple[int, ...], ...]
    tail: list[bytes]
    by: tuple[str, ...]
    archive_sha256: str


def _tail(tally: Tally, parts: dict[int, str], result: bytes) -> list[bytes]:
    """What follows the sealed sum in the archive."""
    sink = Parts()
    after = Position(Kind.ENCRYPTED_TALLY, tally.archive_parent, tally.archive_height)
    writer = ArchiveWriter(sink, tally.archive_date, after)
    for owner, data in parts.items():
        writer.partial_decryption(owner, data.encode())
    writer.result(result)
    return sink.full(rest=True)


def _publish(resources: Resources, sealed: SealedElection, sums: Sum, opened: Opened) -> None:
    election_id = sealed.election_id
    with resources.uow() as tx:
        vote = tx.elections.lock(election_id)
        if vote is None or vote.state is not State.CLOSED:
            return
        written, _ = tx.boards.size(election_id)
        tx.boards.add_parts(election_id, written, opened.tail)
        tx.boards.save_tally(election_id, replace(sums.tally, complete=True))
        _tell(tx, domain.publish(vote), sums, opened)
        tx.sealed.destroy_keys([election_id])
    log.info("result_published", election=str(election_id), ballots=sums.tally.counted)


def _sha256(resources: Resources, election_id: UUID, tail: list[bytes]) -> str:
    digest = sha256()
    with resources.uow() as tx:
        for part in chain(parts_of(tx.boards, election_id), tail):
            digest.update(part)
    return digest.hexdigest()


def _tell(tx: Transaction, vote: Vote, sums: Sum, opened: Opened) -> None:
    rules, counted = vote.rules, sums.tally.counted
    result = result_of(rules, opened.sums, counted)
    head = tx.boards.head(rules.election_id)
    digests = {"rules": sums.frozen.rules_sha256, "ballots": opened.archive_sha256}
    view = translate.result_view(vote, result, voters=counted, digests=digests, at=tx.now)
    proof = SealedResult(
        uuid=sums.election.uuid,
        fingerprint=sums.frozen.fingerprint,
        tokens=head.tokens if head else None,
        opened_by=opened.by,
    )
    document = view.model_copy(update={"sealed": proof}).model_dump(mode="json", exclude={"decisions"})
    tx.elections.save(vote)
    tx.results.add(rules.election_id, document, count=counted, at=tx.now)
    payload = ResultPublished(
        **translate.event_fields(vote),
        ballots=counted,
        rules_sha256=sums.frozen.rules_sha256,
        ballots_sha256=opened.archive_sha256,
        projects=translate.outcomes(result),
    )
    tx.events.append(RESULT_PUBLISHED, payload, subject=rules.slug)
