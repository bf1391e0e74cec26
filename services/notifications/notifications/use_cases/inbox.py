"""Marking what one has read."""

from uuid import UUID

from contracts.notifications import MarkRead, MarkUnread, UnreadView

from notifications.repository import UnitOfWork


def count_unread(uow: UnitOfWork, citizen: UUID) -> UnreadView:
    """The number beside the bell."""
    with uow() as tx:
        return UnreadView(unread=tx.notices.count_unread(citizen))


def mark_read(uow: UnitOfWork, citizen: UUID, request: MarkRead) -> UnreadView:
    """Mark some of one's messages as read."""
    with uow() as tx:
        tx.notices.mark_read(citizen, request.notices, request.through, tx.now)
        return UnreadView(unread=tx.notices.count_unread(citizen))


def mark_unread(uow: UnitOfWork, citizen: UUID, request: MarkUnread) -> UnreadView:
    """Mark one of one's messages as not read."""
    with uow() as tx:
        tx.notices.mark_unread(citizen, request.notice_id)
        return UnreadView(unread=tx.notices.count_unread(citizen))
