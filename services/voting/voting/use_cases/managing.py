"""Who manages an election: what every act of a campaign manager begins with."""

from uuid import UUID

from chassis.auth import EVERYWHERE, Caller
from contracts.errors import Fault
from contracts.voting import MANAGER_ROLE

from voting.domain.election import Election
from voting.repository import Transaction


def manager_of(caller: Caller, perimeter: str | None) -> UUID:
    """The account of a campaign manager of that perimeter. Raises *unauthenticated* or *forbidden*."""
    return caller.require(MANAGER_ROLE, place=perimeter or EVERYWHERE)


def managed(tx: Transaction, caller: Caller, election_id: UUID) -> Election:
    """An election that the caller manages, changed by nobody else until the transaction ends. Raises a fault."""
    caller.require(MANAGER_ROLE)
    election = tx.elections.lock(election_id)
    if election is None:
        raise Fault.not_found("There is no such election.")
    manager_of(caller, election.rules.perimeter)
    return election
