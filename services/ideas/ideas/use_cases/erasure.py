"""An account is no more: what is personal goes, contributions stay and are signed « deleted account »."""

from uuid import UUID

from ideas.repository import Transaction


def forget_citizen(tx: Transaction, account: UUID) -> None:
    """Drafts and their files go; what was published loses its author; supports, votes, reports stay, nobody's."""
    tx.drafts.discard_all(account)
    tx.attachments.forget(account)
    tx.dossiers.forget_author(account)
    tx.comments.forget(account)
    tx.internal_notes.forget(account)
    tx.taken.forget(account)
    tx.supports.forget(account)
    tx.appeals.forget(account)
    tx.paper.forget(account)
    tx.fraud.forget_agent(account)
