"""Roles are given and taken back by administrators, with a reason, and are on the record."""

from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault, FieldError
from contracts.identity import (
    EVERYWHERE,
    ROLE_CHANGED,
    GrantPage,
    GrantReply,
    GrantRole,
    ListGrants,
    RevokeRole,
    Role,
    RoleChanged,
)
from contracts.territory import District, Group, Service

from identity import queries, translate
from identity.domain.accounts import Grant, Kind
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import checks

ADMINISTRATOR = Role.ADMINISTRATOR
AUDITOR = Role.AUDITOR


def grant_role(office: Office, caller: Caller, request: GrantRole) -> GrantReply:
    """Entrust a role to a person. Repeating the request changes nothing."""
    agent = caller.require(ADMINISTRATOR, place=EVERYWHERE)
    with office.uow() as tx:
        checks.refuse_if(*_errors(office, tx, request))
        grant = Grant(
            id=request.grant_id,
            account_id=request.account_id,
            role=request.role,
            places=request.places,
            until=request.until,
            granted_at=tx.now,
            granted_by=agent,
            reason=request.reason,
        )
        return _reply(give(tx, grant, agent))


def give(tx: Transaction, grant: Grant, agent: UUID) -> Grant:
    """Save a role and tell it. Raises *conflict* if its identifier stands for another role."""
    if tx.grants.add(grant):
        tx.accesses.note(agent, grant.account_id, "grant_role", grant.reason, tx.now)
        _tell(tx, grant, granted=True)
        return grant
    known = tx.grants.lock(grant.id)
    if known is None or (known.account_id, known.role, known.places) != (grant.account_id, grant.role, grant.places):
        raise Fault.conflict("This identifier stands for another role.", "identifier-taken")
    return known


def _errors(office: Office, tx: Transaction, request: GrantRole) -> list[FieldError]:
    territory = office.territory
    parts: tuple[District | Group | Service, ...] = (*territory.districts, *territory.groups, *territory.services)
    places = {part.code for part in parts} | {EVERYWHERE}
    errors = [
        FieldError(f"/places/{position}", "unknown-place", "There is no such place.")
        for position, place in enumerate(request.places)
        if place not in places
    ]
    if request.until is not None and request.until < tx.today:
        errors.append(FieldError("/until", "in-the-past", "This date is in the past."))
    account = tx.accounts.get(request.account_id)
    if account is None or account.kind is not Kind.PERSON:
        errors.append(FieldError("/account_id", "unknown-account", "There is no such person."))
    return errors


def revoke_role(office: Office, caller: Caller, request: RevokeRole) -> GrantReply:
    """Take a role back; tokens that still say it expire within minutes."""
    agent = caller.require(ADMINISTRATOR, place=EVERYWHERE)
    with office.uow() as tx:
        administrators = tx.grants.lock_administrators(tx.today)
        grant = tx.grants.lock(request.grant_id)
        if grant is None:
            raise Fault.not_found("There is no such role.")
        if grant.revoked_at is None:
            if [grant.id] == [one.id for one in administrators]:
                raise _last_administrator()
            tx.grants.revoke(grant, agent, request.reason, tx.now)
            tx.accesses.note(agent, grant.account_id, "revoke_role", request.reason, tx.now)
            _tell(tx, grant, granted=False)
        return _reply(tx.grants.lock(grant.id) or grant)


def refuse_without_administrator(tx: Transaction, leaving: UUID) -> None:
    """Raise *wrong-state* if nobody would be left to administer once this account is gone."""
    administrators = tx.grants.lock_administrators(tx.today)
    if administrators and all(one.account_id == leaving for one in administrators):
        raise _last_administrator()


def _last_administrator() -> Fault:
    return Fault.wrong_state("Name another administrator first.", "last-administrator")


def list_grants(office: Office, caller: Caller, request: ListGrants) -> GrantPage:
    """Roles, newest first."""
    caller.require(ADMINISTRATOR, AUDITOR)
    with office.uow() as tx:
        return queries.grants(tx, request)


def _tell(tx: Transaction, grant: Grant, *, granted: bool) -> None:
    changed = RoleChanged(
        account_id=grant.account_id,
        role=Role(grant.role),
        places=grant.places,
        until=grant.until,
        granted=granted,
    )
    tx.events.append(ROLE_CHANGED, changed, subject=str(grant.account_id))


def _reply(grant: Grant) -> GrantReply:
    return GrantReply.model_validate(translate.grant_view(grant).model_dump())
