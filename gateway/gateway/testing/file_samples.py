"""Attachments behind the gateway: a photo, a plan, a document, one that moderation hid."""

import struct
import zlib
from datetime import timedelta
from uuid import UUID

from contracts import ideas

from gateway.testing import samples
from gateway.testing.samples import NOW

ATTACHMENT = UUID("01927f3e-0000-7000-8000-0000000000f1")


def attachment(n: int = 0, **changes: object) -> ideas.AttachmentView:
    values: dict[str, object] = {
        "id": UUID(int=ATTACHMENT.int + n),
        "media_type": ideas.MediaType.JPEG,
        "size": 384_512,
        "width": 1600,
        "height": 1200,
        "description": "La rue Crozatier un matin d’août, sans un arbre ni un banc",
        "digest": f"{n:064x}",
        "added_at": NOW - timedelta(days=150),
        "hidden": None,
    }
    return ideas.AttachmentView.model_validate(values | changes)


def attachments() -> tuple[ideas.AttachmentView, ...]:
    """One of each kind."""
    document = {"media_type": ideas.MediaType.PDF, "width": None, "height": None, "size": 912_000}
    return (
        attachment(),
        attachment(1, media_type=ideas.MediaType.PNG, description="Le plan de la bande plantée, par les riverains"),
        attachment(2, **document, description="Le relevé des températures de l’été 2025"),
        attachment(3, hidden="targets-a-person", description=""),
    )


def draft() -> ideas.DraftView:
    """A draft with files."""
    return samples.draft().model_copy(update={"attachments": attachments()[:3]})


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width: int = 480, height: int = 360) -> bytes:
    """A PNG that shows something: two bands of colour."""
    rows = [(b"\x00" + (b"\x8f\xb9\xd8" if y < height * 2 // 3 else b"\x5f\x8f\x5f") * width) for y in range(height)]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def part() -> ideas.AttachmentPart:
    content = picture()
    return ideas.AttachmentPart(
        number="PAR-2026-004217",
        position=1,
        media_type=ideas.MediaType.PNG,
        size=len(content),
        digest="a" * 64,
        parts=1,
        public=True,
        data=ideas.encoded(content),
    )
