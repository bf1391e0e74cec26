"""Who may do what: levels from the territory, roles with their perimeter from the token, and how often."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from chassis.auth import EVERYWHERE, Caller
from contracts.errors import Fault, FieldError
from contracts.identity import Role

from ideas.domain.dossier import Dossier
from ideas.domain.rules import Rules
from ideas.domain.services import beneath, branch
from ideas.repository import Transaction

MODERATORS = (Role.MODERATOR, Role.ADMINISTRATOR)
EXAMINERS = (Role.EXAMINER, Role.TERRITORIAL_ACTOR, Role.ADMINISTRATOR)
COUNTERS = (Role.COUNTER_OFFICER, *MODERATORS)
"""Who enters what came on paper."""
ADMINISTRATORS = (Role.ADMINISTRATOR,)


def citizen(caller: Caller, rules: Rules, action: str) -> UUID:
    """The account that asks, certified as the action wants. Raises *unauthenticated* or *forbidden*."""
    account = caller.citizen()
    if caller.level < rules.levels[action]:
        raise Fault.forbidden("Your account must be certified first.", "level-too-low")
    return account


def agent(caller: Caller, roles: Sequence[Role], places: Iterable[str | None]) -> UUID:
    """The agent that asks, with one of the roles at one of the places. Raises *unauthenticated* or *forbidden*."""
    account = caller.citizen()
    wanted = tuple(places)
    if not any(caller.has(role, place) for role in roles for place in wanted):
        raise Fault.forbidden("Your role does not allow this.", "role-needed")
    return account


def places_of(dossier: Dossier, rules: Rules) -> tuple[str | None, ...]:
    """The places of a dossier as roles name them; a dossier about the whole city is everybody's."""
    district = dossier.place.district
    if district is None:
        return (None,)
    return (district, *(group for group, inside in rules.groups.items() if district in inside))


def moderator(caller: Caller, dossier: Dossier, rules: Rules) -> UUID:
    """The moderator of the dossier's district that asks."""
    return agent(caller, MODERATORS, places_of(dossier, rules))


def examiner(caller: Caller, service: str, rules: Rules) -> UUID:
    """The examiner of the service, or of one above it, that asks. Raises *invalid* for a service that is unknown."""
    if service not in rules.services:
        raise Fault.invalid(FieldError("/service", "unknown-service", "There is no such service."))
    return agent(caller, EXAMINERS, branch(rules.parents, service))


def reader_of_files(caller: Caller, dossier: Dossier, rules: Rules) -> UUID:
    """The agent that may read what agents write to each other: moderators of the place, examiners of any service."""
    if any(caller.has(role, None) for role in EXAMINERS):
        return caller.citizen()
    return moderator(caller, dossier, rules)


def may_read(caller: Caller, dossier: Dossier, rules: Rules) -> bool:
    """Whether the caller sees what the public does not: its author and its moderators do."""
    if caller.account is None:
        return False
    moderates = any(caller.has(role, place) for role in MODERATORS for place in places_of(dossier, rules))
    return dossier.author == caller.account or moderates


def perimeter(caller: Caller, roles: Sequence[Role], rules: Rules) -> tuple[frozenset[str], frozenset[str]] | None:
    """The districts and services for which the caller holds a role; ``None``: everywhere."""
    agent(caller, roles, (None,))
    held = [grant.places for grant in caller.grants if any(grant.covers(role, None, caller.today) for role in roles)]
    places: frozenset[str] = frozenset().union(*held)
    if EVERYWHERE in places:
        return None
    return rules.within(places), beneath(rules.parents, places & frozenset(rules.services))


def not_too_often(tx: Transaction, action: str, moments: Sequence[datetime]) -> None:
    """Raises *too many* if the action was done as often as the territory allows. ``moments``: oldest first."""
    for rate in tx.rules.rates[action]:
        window = timedelta(seconds=rate.seconds)
        recent = [moment for moment in moments if moment > tx.now - window]
        if len(recent) >= rate.count:
            wait = int((recent[-rate.count] + window - tx.now).total_seconds()) + 1
            raise Fault.too_many(wait, "You did this many times: please wait.", f"{action}-too-often")


def longest_window(tx: Transaction, action: str) -> datetime:
    """Since when the times of an action matter."""
    return tx.now - timedelta(seconds=max((rate.seconds for rate in tx.rules.rates[action]), default=0))
