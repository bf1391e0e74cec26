"""Forgetting: a person whose account is erased, and what is old."""

from datetime import timedelta
from uuid import UUID

from notifications.repository import Transaction, UnitOfWork


def forget_person(tx: Transaction, account: UUID) -> None:
    """Erase everything about a person: followed things, preferences, inbox, mails, and the handle of its links."""
    tx.deliveries.forget(account)
    tx.notices.forget(account)
    tx.stories.forget(account)
    tx.people.forget(account)


def drop_old(uow: UnitOfWork, kept: timedelta) -> None:
    """Drop stories, notices and mails older than they are kept."""
    with uow() as tx:
        tx.stories.drop_before(tx.now - kept)
