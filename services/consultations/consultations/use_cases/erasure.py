"""A person leaves: what they gave to the city stays, without them."""

from uuid import UUID

from consultations.repository import Transaction


def forget_citizen(tx: Transaction, account: UUID) -> None:
    """Keep the answers of the account without their author; forget its drafts and what it made as an agent."""
    tx.drafts.forget(account)
    tx.answers.forget_author(account)
    tx.consultations.forget_author(account)
