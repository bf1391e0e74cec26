"""May these persons do this here? Other services learn the answer, never the attributes behind it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault, FieldError
from contracts.identity import SERVICE, AgeBand, Decision, Decisions, May, MayMany, Refusal

from identity.domain import rights as domain
from identity.domain.rights import Known, Residence, Rule
from identity.queries import known_people
from identity.repository import Transaction
from identity.resources import Office

VALIDITY = timedelta(minutes=10)


def may(office: Office, caller: Caller, request: May) -> Decision:
    """May the account do the action? People ask about themselves, services about anybody."""
    if caller.citizen() != request.account_id and not caller.has(SERVICE):
        raise Fault.forbidden("You may ask only about yourself.", "role-needed")
    return decided(office, request.account_id, request.action, request.place)


def decided(office: Office, account_id: UUID, action: str, place: str | None) -> Decision:
    """The same, for an agent who has the person before them."""
    (decision,) = _decide(office, [account_id], action, place)
    return decision


def may_many(office: Office, caller: Caller, request: MayMany) -> Decisions:
    """The same for many accounts at once, in their order (services only)."""
    caller.require(SERVICE)
    return Decisions(decisions=tuple(_decide(office, request.account_ids, request.action, request.place)))


def _decide(office: Office, account_ids: Sequence[UUID], action: str, place: str | None) -> list[Decision]:
    rule, districts = rule_of(office, action), districts_of(office, place)
    city = [district.code for district in office.territory.districts]
    with office.uow() as tx:
        known = known_people(tx, account_ids)
        until, today = _until(office, tx), tx.today
    refused = partial(domain.refusals, rule, place=districts, today=today, city=city)
    people = [(account_id, known.get(account_id)) for account_id in account_ids]
    return [_decision(account_id, person, refused(person), today, until) for account_id, person in people]


def _decision(
    account_id: UUID, person: Known | None, refusals: Sequence[domain.Refusal], today: date, until: datetime
) -> Decision:
    return Decision(
        account_id=account_id,
        allowed=not refusals,
        refusals=tuple(Refusal(one) for one in refusals),
        level=person.level if person else 0,
        district=person.home_district if person else None,
        age_band=AgeBand(domain.age_band(person.birth_date if person else None, today)),
        valid_until=until,
    )


def rule_of(office: Office, action: str) -> Rule:
    """What the territory asks for an action. Raises *invalid* for one that it does not know."""
    try:
        permission = office.territory.permission(action)
    except KeyError:
        raise Fault.invalid(FieldError("/action", "unknown-action", "The territory knows no such action.")) from None
    return Rule(
        permission.level,
        permission.minimum_age,
        Residence(permission.residence.value),
        permission.collectives,
        permission.one_per_human,
    )


def districts_of(office: Office, place: str | None) -> Collection[str] | None:
    """The districts that a place stands for: itself, or those of a group. Raises *invalid* for an unknown place."""
    if place is None:
        return None
    group = next((one for one in office.territory.groups if one.code == place), None)
    if group is not None:
        return group.districts
    if office.territory.district(place) is None:
        raise Fault.invalid(FieldError("/place", "unknown-place", "There is no such place."))
    return (place,)


def _until(office: Office, tx: Transaction) -> datetime:
    """Birthdays come at midnight; everything else is looked at again after a while."""
    midnight = datetime.combine(tx.today + timedelta(days=1), datetime.min.time(), office.territory.zone)
    return min(tx.now + VALIDITY, midnight.astimezone(tx.now.tzinfo))
