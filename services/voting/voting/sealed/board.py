"""The public board: batches closed each minute, heads signed, and what anybody may read of it."""

from dataclasses import asdict
from uuid import UUID

import structlog
from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting import ElectionRef
from contracts.voting.sealed_board import (
    ArchivePart,
    BoardBatch,
    BoardBatches,
    BoardHead,
    BoardView,
    GetSealedArchive,
    ListBoardBatches,
)

from voting.domain.election import State
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.boards import Batch, Head
from voting.sealed.chain import Standing, batch_hash, head_text
from voting.sealed.encoding import base64url
from voting.sealed.receipts import signed, to_tracker
from voting.sealed.store import SealedElection
from voting.sealed.stuck import left_out
from voting.sealed.views import found

log = structlog.get_logger()
BATCHES_AT_ONCE = 20


def publish_heads(resources: Resources) -> None:
    """Close the open batches and sign each board's head; forget when credentials were used."""
    with resources.uow() as tx:
        live = tx.boards.live()
        tx.box.forget_windows(int(tx.now.timestamp()) // resources.cast_limit.seconds)
    for election_id in live:
        tokens = _tokens(resources, election_id)
        with resources.uow() as tx:
            close_batch(resources, tx, election_id, tokens)


def close_batch(resources: Resources, tx: Transaction, election_id: UUID, tokens: int | None) -> None:
    """Close the open batch if it holds anything, and sign the head."""
    sealed = tx.sealed.get(election_id)
    if sealed is None:
        return
    number, final = tx.boards.lock(election_id)
    if final:
        return
    last = tx.boards.last(election_id)
    if trackers := tx.boards.trackers(election_id, number):
        parent = last.hash if last else ""
        total = (last.ballots if last else 0) + len(trackers)
        last = Batch(number, parent, batch_hash(sealed.uuid, number, parent, trackers), total)
        tx.boards.close_batch(election_id, last)
        tx.boards.note_turnout(election_id, tx.now)
    tx.boards.sign(election_id, _head(resources, tx, sealed, last, tokens))


def finalize(resources: Resources, election_id: UUID) -> bool:
    """Close the board of a closed vote once no ballot waits any more; whether it is final now."""
    tokens = _tokens(resources, election_id)
    with resources.uow() as tx:
        election = tx.elections.lock(election_id)
        if election is None or election.state is not State.CLOSED or tx.box.any_waiting(election_id):
            return False
        close_batch(resources, tx, election_id, tokens)
        tx.boards.finish(election_id)
        return True


def _tokens(resources: Resources, election_id: UUID) -> int | None:
    try:
        return resources.eligibility.list_of(election_id).tokens
    except Fault as fault:
        log.warning("tokens_unknown", election=str(election_id), fault=fault.code.value)
        return None


def _head(
    resources: Resources, tx: Transaction, sealed: SealedElection, last: Batch | None, tokens: int | None
) -> Head:
    standing = Standing(last.number, last.hash, last.ballots, tokens) if last else Standing(0, "", 0, tokens)
    text = head_text(sealed.uuid, standing, tx.now)
    signature = signed(sealed.keyring(resources.box_secret), text)
    return Head(**asdict(standing), signed_at=tx.now, text=text, signature=signature)


def get_board(resources: Resources, _caller: Caller, request: ElectionRef) -> BoardView:
    """Where the board of a frozen vote stands."""
    with resources.uow() as tx:
        sealed = _frozen(tx, request.election)
        head, final = tx.boards.head(sealed.election_id), tx.boards.is_final(sealed.election_id)
        given_up = left_out(tx, sealed.election_id)
    shown = _head_view(head)
    return BoardView(election_id=sealed.election_id, uuid=sealed.uuid, final=final, head=shown, left_out=given_up)


def _head_view(head: Head | None) -> BoardHead | None:
    if head is None:
        return None
    return BoardHead(
        batch=head.batch,
        hash=head.hash,
        ballots=head.ballots,
        tokens=head.tokens,
        signed_at=head.signed_at,
        text=head.text,
        signature=base64url(head.signature),
    )


def list_board_batches(resources: Resources, _caller: Caller, request: ListBoardBatches) -> BoardBatches:
    """Closed batches and their trackers."""
    with resources.uow() as tx:
        sealed = _frozen(tx, request.election)
        batches = tx.boards.batches(sealed.election_id, request.after, BATCHES_AT_ONCE)
        items = tuple(_batch_view(tx, sealed, batch) for batch in batches)
    return BoardBatches(items=items, next=batches[-1].number if len(batches) == BATCHES_AT_ONCE else None)


def _batch_view(tx: Transaction, sealed: SealedElection, batch: Batch) -> BoardBatch:
    trackers = tuple(map(to_tracker, tx.boards.trackers(sealed.election_id, batch.number)))
    return BoardBatch(number=batch.number, parent=batch.parent, hash=batch.hash, trackers=trackers)


def get_sealed_archive(resources: Resources, _caller: Caller, request: GetSealedArchive) -> ArchivePart:
    """A part of the archive, from the sealed sum on."""
    with resources.uow() as tx:
        sealed = _frozen(tx, request.election)
        tally = tx.boards.tally(sealed.election_id)
        data = tx.boards.part(sealed.election_id, request.part) if tally else None
        if tally is None or data is None:
            raise Fault.not_found("This vote has no archive yet, or not so many parts.", "no-archive-yet")
        parts, size = tx.boards.size(sealed.election_id)
    following = request.part + 1 if request.part + 1 < parts else None
    return ArchivePart(
        uuid=sealed.uuid,
        part=request.part,
        parts=parts,
        next=following,
        size=size,
        complete=tally.complete,
        data=base64url(data),
    )


def _frozen(tx: Transaction, reference: str) -> SealedElection:
    _, sealed = found(tx, reference)
    if sealed.frozen is None:
        raise Fault.not_found("The rules of this vote are not frozen yet.")
    return sealed
