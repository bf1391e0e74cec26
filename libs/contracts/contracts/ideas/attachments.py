"""Attachments: photos and documents of a dossier or of one of its notes. Their bytes travel in parts.

First the parts (:class:`UploadPart`), then :class:`AttachFile`, which looks at the content and keeps what may be
published: pictures are drawn anew, so that nothing but the picture is left of them; documents lose what says who made
them. Names of files are not kept: they say more about people than they should.
"""

from base64 import b64encode
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Base64Bytes, Field

from contracts.base import Code, Instant, Line, Prose, Reply, Request, length
from contracts.ideas.words import Digest, IdeaId, Number, PublicText

PART_BYTES = 192 * 1024
"""The longest part: little enough for one message."""
PartNumber = Annotated[int, Field(ge=1, le=1000)]


def encoded(data: bytes) -> bytes:
    """Bytes in the form that ``data`` takes."""
    return b64encode(data)


class MediaType(StrEnum):
    """What an attachment is, by its content."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


class Variant(StrEnum):
    """Which picture of an attachment."""

    WHOLE = "whole"
    THUMBNAIL = "thumbnail"


class AttachmentView(Reply):
    """An attachment, without its bytes."""

    id: UUID
    media_type: MediaType
    size: Annotated[int, Field(ge=0)]
    """In bytes, as it is published."""
    width: int | None
    """In pixels; ``None``: not a picture."""
    height: int | None
    description: str
    """What a picture shows, or what a document is: the words of its author. Empty when moderation hid it."""
    digest: Digest
    """The SHA-256 of the bytes as they are published; the record of the dossier names it."""
    added_at: Instant
    hidden: Code | None
    """The reason for which moderation hid it; ``None``: it is shown."""


class UploadPart(Request):
    """Send a part of a file to come. The first one begins anew; parts that nobody uses are forgotten in an hour."""

    attachment_id: UUID
    part: PartNumber
    data: Annotated[Base64Bytes, Field(max_length=PART_BYTES)]


class AttachFile(Request):
    """Attach the file that was sent in parts to a draft, a dossier that nobody supports yet, a note or news to come.

    Repeating it with the same id changes nothing. Everything that is wrong with the file (``/file``) and with its
    description is said at once.
    """

    attachment_id: UUID
    """Made by the client (UUIDv7); the parts were sent under it."""
    idea_id: IdeaId
    addendum_id: UUID | None = None
    """The note that it goes with: made by the client before the note is added, which then shows it."""
    news_id: UUID | None = None
    """The news of works that a picture goes with: made by the client before they are told, which then show it."""
    description: Annotated[Line, length(0, 2000)]
    """For who cannot see it: what the picture shows, or what the document is (5 to 300 characters)."""


class RemoveAttachment(Request):
    """Take an attachment back, while it can be changed. Repeating it changes nothing."""

    attachment_id: UUID


class ReadAttachment(Request):
    """A part of the bytes of an attachment that the caller may see."""

    attachment_id: UUID
    variant: Variant = Variant.WHOLE
    """Documents have no thumbnail."""
    part: PartNumber = 1


class AttachmentPart(Reply):
    """Some bytes, and what all of them are."""

    number: Number | None
    """Of the dossier; ``None``: it is still a draft."""
    position: int
    """Which attachment of the dossier, from 1."""
    media_type: MediaType
    size: int
    digest: Digest
    """The SHA-256 of all the bytes."""
    parts: int
    public: bool
    """Whether everybody may see it, so that it may be kept by caches."""
    data: Base64Bytes


class HideAttachment(Request):
    """Hide one attachment of a published dossier; the rest of it stays. Its author and moderators still see it."""

    attachment_id: UUID
    reason: Code
    """One that applies to ``hide``."""
    text: PublicText


class RestoreAttachment(Request):
    """Show a hidden attachment again."""

    attachment_id: UUID
    text: Annotated[Prose, length(10, 5000)]
