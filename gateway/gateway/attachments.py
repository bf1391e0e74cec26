"""Attachments between a browser and the service: in parts, so that no message of the broker is large."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from contracts.ideas import (
    PART_BYTES,
    READ_ATTACHMENT,
    UPLOAD_PART,
    AttachmentPart,
    MediaType,
    ReadAttachment,
    UploadPart,
    Variant,
)

from gateway.http.files import File

Ask = Callable[[Any, Any], Any]
"""Asks a service as somebody."""
LOOKING = 20.0
"""Seconds that looking at a file may take."""
ENDINGS = {MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.PDF: "pdf"}


def send_parts(ask: Ask, attachment_id: UUID, content: bytes) -> None:
    """Send a file ahead of the call that attaches it. Raises ``Fault``."""
    for part, start in enumerate(range(0, len(content), PART_BYTES), start=1):
        data = b64encode(content[start : start + PART_BYTES])
        ask(UPLOAD_PART, UploadPart(attachment_id=attachment_id, part=part, data=data))


def fetch(ask: Ask, request: ReadAttachment) -> File:
    """The file, for whoever asks. Pictures are shown, documents are downloaded. Raises ``Fault``."""
    first: AttachmentPart = ask(READ_ATTACHMENT, request)
    small = "-vignette" if request.variant is Variant.THUMBNAIL else ""
    name = f"{first.number or 'brouillon'}-{first.position}{small}.{ENDINGS[first.media_type]}"
    return File(
        parts=_parts(ask, request, first),
        size=first.size,
        digest=first.digest,
        content_type=first.media_type.value,
        filename=name,
        shown=first.media_type is not MediaType.PDF,
        public=first.public,
    )


def _parts(ask: Ask, request: ReadAttachment, first: AttachmentPart) -> Iterator[bytes]:
    yield first.data
    for part in range(2, first.parts + 1):
        found: AttachmentPart = ask(READ_ATTACHMENT, request.model_copy(update={"part": part}))
        yield found.data
