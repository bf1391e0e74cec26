"""What pages list and what rights ask: read models, a fixed number of statements each, keyset pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.cursors import bigint, cursor, sort_key
from contracts.identity import AccessPage, AccessView, AccountKind, GrantPage, GrantView, ListGrants, SignOff

from identity.domain.accounts import Kind
from identity.domain.rights import Known
from identity.repository import Transaction
from identity.tables import accesses as access_log
from identity.tables import accounts, attributes
from identity.tables import grants as all_grants

_IDS = sa.ARRAY(sa.Uuid)
_RELEVANT = ("birth_date", "home_district", "work_district")


def accesses(
    tx: Transaction, after: str | None, limit: int, *, account_id: UUID | None = None, agent_id: UUID | None = None
) -> AccessPage:
    """A page of the log of accesses, newest first."""
    statement = _accesses(account_id, agent_id).limit(limit + 1)
    if after is not None:
        statement = statement.where(access_log.c.id < sort_key(after, bigint)[0])
    rows = tx.connection.execute(statement).all()
    more = cursor(rows[limit - 1].id) if len(rows) > limit else None
    return AccessPage(items=tuple(_access(row) for row in rows[:limit]), next=more)


def all_accesses(tx: Transaction, account_id: UUID) -> tuple[AccessView, ...]:
    """Every access to the data of one account, newest first."""
    return tuple(_access(row) for row in tx.connection.execute(_accesses(account_id, None)))


def _accesses(account_id: UUID | None, agent_id: UUID | None) -> sa.Select[Any]:
    statement = sa.select(access_log).order_by(access_log.c.id.desc())
    if account_id is not None:
        statement = statement.where(access_log.c.account_id == account_id)
    if agent_id is not None:
        statement = statement.where(access_log.c.agent_id == agent_id)
    return statement


def _access(row: sa.Row[Any]) -> AccessView:
    return AccessView(at=row.at, agent_id=row.agent_id, account_id=row.account_id, action=row.action, reason=row.reason)


def sign_offs(tx: Transaction, account_id: UUID) -> tuple[SignOff, ...]:
    """For which elections a person was given a token, or struck off for paper, newest first."""
    mine = tx.sign_offs.of(account_id)
    return tuple(SignOff(election_id=one.election_id, at=one.at, paper=one.paper) for one in mine)


def grants(tx: Transaction, request: ListGrants) -> GrantPage:
    """A page of roles, newest first."""
    columns = all_grants.c
    statement = sa.select(all_grants).order_by(columns.granted_at.desc(), columns.id.desc())
    statement = statement.where(*_grant_filters(request, tx.today)).limit(request.limit + 1)
    if request.after is not None:
        key = sort_key(request.after, datetime.fromisoformat, UUID)
        statement = statement.where(sa.tuple_(columns.granted_at, columns.id) < sa.tuple_(*key))
    rows = tx.connection.execute(statement).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    more = cursor(last.granted_at.isoformat(), last.id) if last else None
    return GrantPage(items=tuple(_grant(row) for row in rows[: request.limit]), next=more)


def _grant_filters(request: ListGrants, today: date) -> list[sa.ColumnElement[bool]]:
    columns = all_grants.c
    filters: list[sa.ColumnElement[bool]] = []
    if request.account_id is not None:
        filters.append(columns.account_id == request.account_id)
    if request.role is not None:
        filters.append(columns.role == request.role)
    if request.in_force:
        filters += [columns.revoked_at.is_(None), sa.or_(columns.until.is_(None), columns.until >= today)]
    return filters


def _grant(row: sa.Row[Any]) -> GrantView:
    fields = row._asdict()
    return GrantView.model_validate({**fields, "grant_id": fields["id"]})


def public_names(tx: Transaction, account_ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, AccountKind]]:
    """Public name and kind of those accounts that exist."""
    statement = sa.select(accounts.c.id, accounts.c.display_name, accounts.c.kind).where(_among(account_ids))
    return {row.id: (row.display_name, AccountKind(row.kind)) for row in tx.connection.execute(statement)}


def known_people(tx: Transaction, account_ids: Sequence[UUID]) -> Mapping[UUID, Known]:
    """What rights ask of accounts: one statement, however many accounts."""
    rows = tx.connection.execute(_KNOWN, {"ids": [*account_ids]})
    return {row.id: _known(row, tx.attributes.opened(row.id, row.names or (), row.sealed or ())) for row in rows}


_DETAIL = attributes.c.name.in_(_RELEVANT)
_KNOWN = (
    sa.select(
        accounts.c.id,
        accounts.c.kind,
        accounts.c.collective_level,
        accounts.c.person_key.is_not(None).label("is_unique"),
        sa.func.max(attributes.c.level).label("level"),
        sa.func.array_agg(attributes.c.name).filter(_DETAIL).label("names"),
        sa.func.array_agg(attributes.c.sealed).filter(_DETAIL).label("sealed"),
    )
    .outerjoin(attributes, attributes.c.account_id == accounts.c.id)
    .where(accounts.c.id == sa.any_(sa.bindparam("ids", type_=_IDS)))
    .group_by(accounts.c.id)
)


def _known(row: sa.Row[Any], details: Mapping[str, str]) -> Known:
    birth = details.get("birth_date")
    return Known(
        level=row.collective_level or row.level or 0,
        is_person=row.kind == Kind.PERSON,
        is_unique=row.is_unique,
        birth_date=date.fromisoformat(birth) if birth else None,
        home_district=details.get("home_district"),
        work_district=details.get("work_district"),
    )


def _among(account_ids: Iterable[UUID]) -> sa.ColumnElement[bool]:
    return accounts.c.id == sa.any_(sa.literal([*account_ids], _IDS))
