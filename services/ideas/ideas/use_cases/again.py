"""Asking again: kept with the deposit, said by both records once the new dossier is published."""

from ideas.domain import again as rules_of_again
from ideas.domain.dossier import Change, Dossier
from ideas.repository import Transaction


def taken_up(tx: Transaction, new: Dossier, number: str) -> Dossier:
    """The ended dossier of the same author that a new one takes up. Raises *invalid*."""
    old = tx.again.by_number(number)
    return rules_of_again.check(tx.dossiers.find(old) if old else None, new)


def published(tx: Transaction, one: Dossier) -> Dossier:
    """Have both records say that a dossier, just published and locked, takes up another; as it is afterwards."""
    old_id = tx.again.taken_up_by(one.id)
    old = tx.dossiers.lock(old_id) if old_id else None
    if old is None:
        return one
    tx.save(Change(old, (rules_of_again.step(one),)))
    return tx.save(Change(one, (rules_of_again.step(old),)))
