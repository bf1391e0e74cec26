"""An account is no more: its places on the rolls are kept, under an identifier that means nothing."""

from uuid import UUID, uuid4

from voting.domain.secrecy import pseudonym
from voting.repository import Transaction
from voting.resources import Resources


def forget_citizen(resources: Resources, tx: Transaction, account_id: UUID) -> None:
    """Forget the account. A ballot that it cast stays in the box and is counted: its place on the roll is marked."""
    for election_id in tx.rolls.elections_of(account_id):
        key = tx.boxes.keys(resources.box_secret, [election_id]).get(election_id)
        entry = (election_id, account_id)
        if key:
            voted = bool(tx.boxes.standing([(election_id, pseudonym(key, account_id))]))
        else:
            voted = tx.rolls.enrolled([entry])[0]
        tx.rolls.replace(entry, stand_in=uuid4(), voted=voted)
