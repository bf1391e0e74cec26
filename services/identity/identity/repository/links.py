"""Links asked for by mail, what they will do, and the secrets given out for them (as digests)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from identity.domain.accounts import Link, Purpose, Registration
from identity.repository.locks import alone
from identity.security.vault import Vault
from identity.tables import link_requests, link_secrets, registrations


class Links:
    """Links by request and by secret."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, link: Link, registration: Registration | None = None) -> None:
        """Save a link, with the account to be that it stands for."""
        values = asdict(link)
        values["sealed_address"] = self._vault.seal(values.pop("address"), bound_to=link.id.bytes)
        self._connection.execute(sa.insert(link_requests).values(values))
        if registration is not None:
            row = {"request_id": link.id, **asdict(registration)}
            self._connection.execute(sa.insert(registrations).values(row))

    def get(self, request_id: UUID) -> Link | None:
        """The link of a request."""
        return self._one(sa.select(link_requests).where(link_requests.c.id == request_id))

    def newest(self, login_index: bytes, purpose: Purpose) -> Link | None:
        """The link asked for last."""
        mine = (link_requests.c.login_index == login_index, link_requests.c.purpose == purpose)
        found = sa.select(link_requests).where(*mine, link_requests.c.deliverable)
        return self._one(found.order_by(link_requests.c.created_at.desc()).limit(1))

    def lock_by_secret(self, digest: bytes) -> Link | None:
        """The link that a secret opens; nobody else uses a link for the same login until the transaction ends."""
        joined = sa.select(link_requests).join(link_secrets, link_secrets.c.request_id == link_requests.c.id)
        found = joined.where(link_secrets.c.digest == digest)
        known = self._one(found)
        if known is not None:
            alone(self._connection, known.login_index)
        return self._one(found.with_for_update(of=link_requests))

    def registration(self, request_id: UUID) -> Registration | None:
        """The account to be."""
        found = sa.select(registrations).where(registrations.c.request_id == request_id)
        row = self._connection.execute(found).first()
        return None if row is None else Registration(row.password_hash, row.display_name, row.language)

    def add_secret(self, request_id: UUID, digest: bytes, now: datetime) -> None:
        """Let one more secret open a link."""
        row = {"digest": digest, "request_id": request_id, "created_at": now}
        self._connection.execute(sa.insert(link_secrets).values(row))

    def mark_used(self, request_id: UUID, now: datetime) -> None:
        """The link has done what it was for; what was kept for it goes."""
        self._connection.execute(sa.update(link_requests).where(link_requests.c.id == request_id).values(used_at=now))
        self._connection.execute(sa.delete(registrations).where(registrations.c.request_id == request_id))

    def drop_others(self, link: Link) -> None:
        """Forget the other links for the same login and purpose: they lost the race."""
        same = (link_requests.c.login_index == link.login_index, link_requests.c.purpose == link.purpose)
        self._connection.execute(sa.delete(link_requests).where(*same, link_requests.c.id != link.id))

    def drop_all_of(self, account_id: UUID) -> None:
        """Forget every link of an account."""
        self._connection.execute(sa.delete(link_requests).where(link_requests.c.account_id == account_id))

    def purge(self, now: datetime) -> None:
        """Delete what has expired."""
        self._connection.execute(sa.delete(link_requests).where(link_requests.c.expires_at <= now))

    def _one(self, statement: sa.Select[Any]) -> Link | None:
        row = self._connection.execute(statement).mappings().first()
        return None if row is None else self._link(row)

    def _link(self, row: sa.RowMapping) -> Link:
        values = dict(row)
        address = self._vault.open(values.pop("sealed_address"), bound_to=row["id"].bytes)
        return Link(**{**values, "address": address, "purpose": Purpose(row["purpose"])})
