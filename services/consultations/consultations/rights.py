"""Who may do what with a consultation: agents within their perimeter, people whom it is for."""

from chassis.auth import Caller
from contracts.consultations import MANAGER_ROLES
from contracts.errors import Fault

from consultations.domain.consultation import Consultation, level_needed
from consultations.domain.rules import Rules
from consultations.people import People


def require_agent(caller: Caller, consultation: Consultation) -> None:
    """Raises *unauthenticated* or *forbidden* unless the caller manages consultations in the whole perimeter."""
    for place in consultation.perimeter:
        caller.require(*MANAGER_ROLES, place=place)


def is_agent(caller: Caller, consultation: Consultation) -> bool:
    """Whether the caller manages consultations in the whole perimeter."""
    return all(any(caller.has(role, place) for role in MANAGER_ROLES) for place in consultation.perimeter)


def places_of(caller: Caller) -> frozenset[str]:
    """Everywhere that the caller manages consultations. Raises *forbidden* if nowhere."""
    caller.require(*MANAGER_ROLES)
    grants = (grant for grant in caller.grants if grant.role in MANAGER_ROLES)
    return frozenset(
        place for grant in grants if grant.covers(grant.role, None, caller.today) for place in grant.places
    )


def require_eligible(caller: Caller, consultation: Consultation, rules: Rules, people: People) -> None:
    """Raises *forbidden*, with the reason, unless the caller is among those who may answer.

    Identity is asked only where something else than the level of the account matters. Call this outside of any
    transaction.
    """
    audience = consultation.details.audience
    if caller.level < level_needed(audience, rules.level):
        raise Fault.forbidden("Your account must be confirmed further before you can answer.", "level-too-low")
    if not (audience.residents or rules.more_than_level):
        return
    places = consultation.details.places
    decision = people.decision(caller, places[0] if len(places) == 1 else None)
    if not decision.allowed:
        raise Fault.forbidden("You may not answer this consultation.", decision.refusals[0].value)
    if audience.residents and (decision.district is None or (places and decision.district not in places)):
        raise Fault.forbidden("This consultation is for those who live there.", "not-resident")
