"""The public board of a sealed vote: batches of trackers chained by hash, heads signed each minute; and its archive."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Instant, Model, Reply
from contracts.registry import Call
from contracts.voting.elections import ElectionRef
from contracts.voting.sealed_stuck import LeftOutBallot
from contracts.voting.values import Sha256

BatchNumber = Annotated[int, Field(ge=0, le=2**31 - 1)]


class BoardHead(Model):
    """What the box has signed of its board. docs/sealed-api.md says how ``text`` is made."""

    batch: int
    """The last closed batch; 0: none yet."""
    hash: str
    """Of that batch; empty before the first."""
    ballots: int
    """Recorded until then."""
    tokens: int | None
    """Given by identity until then; none: identity could not be asked."""
    signed_at: Instant
    text: str
    signature: str
    """Ed25519, base64url."""


class BoardView(Reply):
    """Where the board stands."""

    election_id: UUID
    uuid: str
    final: bool
    """The vote is closed and the last batch is there: the head no longer changes."""
    head: BoardHead | None
    left_out: tuple[LeftOutBallot, ...] = ()
    """Ballots that could not be checked and were given up in public."""


class BoardBatch(Model):
    """A closed batch."""

    number: int
    parent: str
    """The hash of the batch before; empty for the first."""
    hash: Sha256
    trackers: tuple[str, ...]


class ListBoardBatches(ElectionRef):
    """The closed batches after this one, a few at a time."""

    after: BatchNumber = 0


class BoardBatches(Reply):
    """Some batches; ``next``: the ``after`` to read on, none at the end."""

    items: tuple[BoardBatch, ...]
    next: int | None


class GetSealedArchive(ElectionRef):
    """A part of ``UUID.bel``; the parts, one after the other, are the file."""

    part: Annotated[int, Field(ge=0, le=10**6)] = 0


class ArchivePart(Reply):
    """A part of the archive, in base64url."""

    uuid: str
    part: int
    parts: int
    """So many there are now."""
    next: int | None
    size: int
    """Bytes of the whole file now."""
    complete: bool
    """The result is in it; else it ends with the sealed sum."""
    data: str


GET_BOARD = Call("voting", "get_board", ElectionRef, BoardView, idempotent=True)
LIST_BOARD_BATCHES = Call("voting", "list_board_batches", ListBoardBatches, BoardBatches, idempotent=True)
GET_SEALED_ARCHIVE = Call("voting", "get_sealed_archive", GetSealedArchive, ArchivePart, idempotent=True)

CALLS = (GET_BOARD, LIST_BOARD_BATCHES, GET_SEALED_ARCHIVE)
