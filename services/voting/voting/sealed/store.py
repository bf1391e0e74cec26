"""Sealed elections and their trustees as rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from belenios.encoding import short_digest

from voting.domain.rules import Sealed
from voting.sealed.keys import Keyring
from voting.sealed.tables import sealed_elections, sealed_trustees
from voting.sealed.trustees import Step, Trustee


class KeysGone(RuntimeError):
    """The server's keys of this vote were destroyed, or its secret is not the one that they were made with."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is public and final once a sealed vote is frozen."""

    rules_sha256: str
    election_json: str
    trustees_json: str
    token_key: bytes
    receipt_key: bytes

    @property
    def fingerprint(self) -> str:
        """Of the rules as the protocol writes them."""
        return short_digest(self.election_json.encode())


@dataclass(frozen=True, slots=True)
class SealedElection:
    """A sealed election beside its rules; ``frozen`` is ``None`` while its key is made."""

    election_id: UUID
    uuid: str
    salt: bytes | None = field(repr=False)
    restarted_because: str
    frozen: Frozen | None

    def keyring(self, secret: bytes) -> Keyring:
        """The server's keys. Raises :class:`KeysGone`."""
        if self.salt is None:
            raise KeysGone(str(self.election_id))
        keyring = Keyring.of(secret, self.salt, self.election_id)
        if self.frozen and keyring.verifies_receipts() != self.frozen.receipt_key:
            raise KeysGone(str(self.election_id))
        return keyring


class SealedElections:
    """The sealed elections of this service."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def prepare(self, election_id: UUID, uuid: str, setup: Sealed) -> None:
        """Seat the trustees of a new or changed draft; what others sent before is forgotten."""
        new = {"election_id": election_id, "uuid": uuid}
        self._connection.execute(sa.dialects.postgresql.insert(sealed_elections).values(new).on_conflict_do_nothing())
        self._connection.execute(sa.delete(sealed_trustees).where(sealed_trustees.c.election_id == election_id))
        seats = [
            {"election_id": election_id, "place": place, "name": name} for place, name in enumerate(setup.trustees, 1)
        ]
        self._connection.execute(sa.insert(sealed_trustees), seats)

    def drop(self, election_id: UUID) -> None:
        """Forget a draft that is no longer sealed."""
        for table in (sealed_trustees, sealed_elections):
            self._connection.execute(sa.delete(table).where(table.c.election_id == election_id))

    def get(self, election_id: UUID) -> SealedElection | None:
        """The sealed election of that identifier."""
        query = sa.select(sealed_elections).where(sealed_elections.c.election_id == election_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        frozen = Frozen(**{name: row[name] for name in Frozen.__dataclass_fields__}) if row["election_json"] else None
        return SealedElection(row["election_id"], row["uuid"], row["salt"], row["restarted_because"], frozen)

    def trustees(self, election_id: UUID) -> list[Trustee]:
        """The trustees, by their places."""
        query = sa.select(sealed_trustees).where(sealed_trustees.c.election_id == election_id)
        rows = self._connection.execute(query.order_by(sealed_trustees.c.place)).mappings()
        return [Trustee(**{name: row[name] for name in Trustee.__dataclass_fields__}) for row in rows]

    def give_code(self, election_id: UUID, place: int, code_sha256: bytes) -> None:
        """The code that a trustee has from now on."""
        self._save(election_id, place, {"code_sha256": code_sha256})

    def receive(self, election_id: UUID, place: int, step: Step, message: str) -> None:
        """Keep what a trustee sent."""
        self._save(election_id, place, {step.value: message})

    def restart(self, election_id: UUID, because: str) -> None:
        """Forget what the trustees sent."""
        forgotten: dict[str, Any] = dict.fromkeys(step.value for step in Step)
        of_it = sealed_trustees.c.election_id == election_id
        self._connection.execute(sa.update(sealed_trustees).where(of_it).values(forgotten))
        self._update(election_id, {"restarted_because": because})

    def freeze(self, election_id: UUID, salt: bytes, frozen: Frozen) -> None:
        """Write for ever what is public."""
        self._update(election_id, {"salt": salt, **asdict(frozen)})

    def destroy_keys(self, election_ids: Sequence[UUID]) -> None:
        """Destroy the server's half: its keys of these votes are no more."""
        those = sealed_elections.c.election_id.in_(list(election_ids))
        self._connection.execute(sa.update(sealed_elections).where(those).values(salt=None))

    def _update(self, election_id: UUID, values: dict[str, Any]) -> None:
        of_it = sealed_elections.c.election_id == election_id
        self._connection.execute(sa.update(sealed_elections).where(of_it).values(values))

    def _save(self, election_id: UUID, place: int, values: dict[str, Any]) -> None:
        seat = (sealed_trustees.c.election_id == election_id) & (sealed_trustees.c.place == place)
        self._connection.execute(sa.update(sealed_trustees).where(seat).values(values))
