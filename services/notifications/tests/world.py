"""What the tests of notifications share: a database of one's own, a clock to turn, people with addresses, events."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from chassis.database import Database
from chassis.event_log import Meta, first_time
from contracts.base import Payload
from contracts.identity import Contact
from contracts.registry import Event
from contracts.territory import load_territory
from notifications.contacts import ContactUnknown, IdentityUnreachable
from notifications.crowds import CrowdUnknown
from notifications.mailer import SmtpServer
from notifications.post import LetterWriter, Post
from notifications.repository import UnitOfWork, open_unit_of_work
from notifications.stories.reporter import Reporter
from notifications.subscriptions import NotificationsEvents
from notifications.texts import Texts
from notifications.use_cases import digest, tell
from notifications.use_cases.send import Sender

PARIS = Path(__file__).parents[3] / "territories" / "paris"
TERRITORY = load_territory(PARIS)
KEYS = (b"first key of the links in our mails", b"second key of the links in our mails")
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # noon in Paris
SITE = "https://decider.example"
TEXTS = Texts(TERRITORY, PARIS)


@dataclass
class AddressBook:
    """Who answers for identity: real contacts, given out or refused as identity would."""

    contacts: dict[UUID, Contact] = field(default_factory=dict)
    reachable: bool = True
    asked: list[tuple[UUID, UUID | None]] = field(default_factory=list)

    def contact(self, account: UUID, request_id: UUID | None) -> Contact:
        self.asked.append((account, request_id))
        if not self.reachable:
            raise IdentityUnreachable("deadline-exceeded")
        if account not in self.contacts:
            raise ContactUnknown
        return self.contacts[account]


@dataclass
class Supporters:
    """Who answers for ideas: who supports what a merge joined."""

    people: dict[UUID, list[UUID]] = field(default_factory=dict)
    reachable: bool = True

    def supporters(self, merge: UUID, after: UUID | None, limit: int) -> list[UUID]:
        if not self.reachable:
            raise CrowdUnknown("deadline-exceeded")
        return [one for one in sorted(self.people.get(merge, ())) if after is None or one > after][:limit]


@dataclass
class World:
    """A running service without its doors."""

    database: Database
    server: SmtpServer
    now: datetime = NOON
    book: AddressBook = field(default_factory=AddressBook)
    crowds: Supporters = field(default_factory=Supporters)
    bounce_domain: str = "retours.decider.example"

    @property
    def uow(self) -> UnitOfWork:
        return open_unit_of_work(self.database, lambda: self.now)

    @property
    def sender(self) -> Sender:
        writer = LetterWriter(TEXTS, TERRITORY, Post(SITE, KEYS, self.bounce_domain))
        return Sender(self.uow, self.book, self.server, writer, TERRITORY.zone, lambda: self.now)

    def person(self, language: str = "fr", **more: Any) -> UUID:
        """Somebody with an address."""
        account = uuid4()
        given = {"address": f"{account.hex[:8]}@example.org", "display_name": "Camille", "language": language}
        self.book.contacts[account] = Contact.model_validate(given | more)
        return account

    def address(self, account: UUID) -> str:
        return str(self.book.contacts[account].address)

    def hear(
        self, event: Event[Any], payload: Payload, *, id_: UUID | None = None, ago: timedelta = timedelta()
    ) -> UUID:
        """An event comes in through its subscription, as the bus would bring it."""
        meta = Meta(id=id_ or uuid4(), subject="", occurred_at=self.now - ago)
        name, method = next(
            (m.subscribes[1], m.__wrapped__)
            for m in vars(NotificationsEvents).values()
            if getattr(m, "subscribes", (None,))[0] is event
        )
        with self.uow() as tx:
            if first_time(tx.connection, name, meta.id):
                method(_Door(tx, meta), tx, payload, meta)
        return meta.id

    def tell_all(self) -> None:
        while tell.tell_some_of_a_crowd(self.uow, self.crowds):
            pass
        while tell.tell_some(self.uow):
            pass

    def gather_all(self, hour: int = 8) -> None:
        while digest.gather_some(self.uow, hour, TERRITORY.zone):
            pass

    def send_all(self) -> None:
        while self.sender.send_some():
            pass

    def later(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        with self.database.transaction() as connection:
            return [dict(row._mapping) for row in connection.execute(sa.text(query), values)]

    def states(self) -> list[str]:
        """The states of all mails, oldest first."""
        return [row["state"] for row in self.rows("SELECT state FROM delivery ORDER BY created_at, id")]

    def told(self, event: Event[Any]) -> list[dict[str, Any]]:
        """What the service itself has told."""
        return [r["payload"] for r in self.rows("SELECT payload FROM event_log WHERE topic = :t", t=event.topic)]


class _Door:
    def __init__(self, tx: Any, meta: Meta) -> None:
        self._made = Reporter(tx, meta, timedelta(hours=72))

    def _report(self, _tx: Any, _meta: Meta) -> Reporter:
        return self._made


@contextmanager
def world_on(url: str, server: SmtpServer) -> Iterator[World]:
    database = Database(url, size=4)
    try:
        yield World(database, server)
    finally:
        database.close()
