"""Attachments as the contract says them."""

from collections.abc import Iterable

from contracts import ideas as c

from ideas.domain.attachments import Attachment


def attachment_view(one: Attachment, *, may_read: bool = True) -> c.AttachmentView:
    """An attachment, without its bytes. ``may_read``: with its description even if moderation hid it."""
    shown = may_read or one.hidden is None
    return c.AttachmentView(
        id=one.id,
        media_type=c.MediaType(one.media_type),
        size=one.size,
        width=one.width,
        height=one.height,
        description=one.description if shown else "",
        digest=one.digest,
        added_at=one.added_at,
        hidden=one.hidden,
    )


def attachment_views(found: Iterable[Attachment], *, may_read: bool = True) -> tuple[c.AttachmentView, ...]:
    """Several of them."""
    return tuple(attachment_view(one, may_read=may_read) for one in found)
