"""The public names of accounts, for pages that list contributions."""

from chassis.auth import Caller
from contracts.identity import DisplayNames, Name, Names

from identity.queries import public_names
from identity.resources import Office


def display_names(office: Office, _caller: Caller, request: DisplayNames) -> Names:
    """One entry for each account asked for, in the same order; without a name if the account is no more."""
    with office.uow() as tx:
        known = public_names(tx, request.account_ids)
    gone = (None, None)
    return Names(
        names=tuple(
            Name(account_id=account_id, name=known.get(account_id, gone)[0], kind=known.get(account_id, gone)[1])
            for account_id in request.account_ids
        )
    )
