"""Who signed what: the public names of accounts, in one call for a whole page."""

from collections.abc import Iterable
from uuid import UUID

from contracts.errors import Fault
from contracts.identity import DISPLAY_NAMES, DisplayNames

from gateway.site.visit import Visit

MOST = 500
PATIENCE = 2.0
"""Seconds a page waits for names: it can do without them."""


def names(visit: Visit, accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """The public name of each account; "deleted account" for one that is no more.

    If identity does not answer, the page does without the names.
    """
    wanted = tuple(dict.fromkeys(account for account in accounts if account))[:MOST]
    if not wanted:
        return {}
    try:
        found = visit.call(DISPLAY_NAMES, DisplayNames(account_ids=wanted), deadline=PATIENCE).names
    except Fault as fault:
        if fault.status < 500:
            raise
        return dict.fromkeys(wanted, visit.text("A citizen"))
    return {one.account_id: one.name or visit.text("Deleted account") for one in found}
