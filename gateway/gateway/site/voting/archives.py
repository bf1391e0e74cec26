"""``/votes/<slug>/archive.bel``: the archive of a sealed vote, as it is now, never whole in memory."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from hashlib import sha256

from contracts.voting.sealed_board import GET_SEALED_ARCHIVE, ArchivePart, GetSealedArchive

from gateway.http.files import File
from gateway.site.answers import Answer
from gateway.site.visit import Visit

PART_SECONDS = 15.0
MEDIA = "application/x-tar"


def send(visit: Visit) -> Answer:
    """Rules, trustees, every ballot, the sealed sum and, once it is opened, the proofs and the result."""
    first = _part(visit, 0)
    digest = sha256(f"{first.uuid} {first.size} {first.complete}".encode()).hexdigest()
    return File(_bytes(visit, first), first.size, digest, MEDIA, f"{first.uuid}.bel")


def _bytes(visit: Visit, first: ArchivePart) -> Iterator[bytes]:
    yield _decoded(first)
    for number in range(1, first.parts):
        yield _decoded(_part(visit, number))


def _part(visit: Visit, number: int) -> ArchivePart:
    request = GetSealedArchive(election=visit.url["slug"], part=number)
    found: ArchivePart = visit.call(GET_SEALED_ARCHIVE, request, deadline=PART_SECONDS)
    return found


def _decoded(part: ArchivePart) -> bytes:
    return urlsafe_b64decode(part.data + "=" * (-len(part.data) % 4))
