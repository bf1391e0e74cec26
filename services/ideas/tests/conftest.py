"""What the tests of ideas share: a migrated database emptied by rollback, a clock that tests set, callers, dossiers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller, Grant
from chassis.batching import BatchItem
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory, load_territory
from ideas.domain.rules import Rules, StageRule
from ideas.repository import Transaction, UnitOfWork
from ideas.translate.rules import rules_of
from ideas.use_cases import moderating, supporting, writing

ROOT = Path(__file__).parents[3]
SECRET = "c2l4dGVlbiBzZWNyZXQgYnl0ZXMsIGFuZCBzaXh0ZWU="
"""A key that signs heads."""
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TEXT = (
    "La rue longe l’hôpital sur deux cents mètres, sans un arbre. L’été dernier, un relevé y a mesuré quarante-quatre "
    "degrés à seize heures. Nous voulons retirer le stationnement d’un seul côté, de rouvrir le sol et d’y planter "
    "une bande continue : arbres de moyenne taille, arbustes, bancs, une fontaine à boire. "
) * 2


class Clock:
    """The service's time, moved by the tests."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


class TestUnitOfWork(UnitOfWork):
    """The service's own, inside one outer transaction that is undone after the test."""

    __test__ = False

    def __init__(self, database: Database, connection: sa.Connection, rules: Rules, clock: Clock) -> None:
        super().__init__(database, rules, clock)
        self.connection = connection

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self.connection.begin_nested():
            yield self.connection

    @contextmanager
    def __call__(self) -> Iterator[Transaction]:
        self.database.transaction = self._transaction  # type: ignore[method-assign]
        with super().__call__() as tx:
            yield tx


@pytest.fixture(scope="session")
def territory() -> Territory:
    return load_territory(ROOT / "territories/paris")


@pytest.fixture(scope="session")
def rules(territory: Territory) -> Rules:
    """Paris with small numbers: stages at 2, 3 and 5 supports, groups of 6."""
    paris = rules_of(territory)
    stages = (StageRule("read", 2, 14), StageRule("opinion", 3, 30), StageRule("examination", 5, 90))
    idea = replace(paris.kinds["idea"], stages=stages, text_length=(50, 2000))
    return replace(paris, kinds={**paris.kinds, "idea": idea}, fraud=replace(paris.fraud, least=6))


@pytest.fixture(scope="session")
def database(fresh_database: TestDatabases) -> Iterator[Database]:
    opened = Database(fresh_database("ideas"), size=4)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def uow(database: Database, rules: Rules, clock: Clock) -> Iterator[UnitOfWork]:
    with database.engine.connect() as connection:
        outer = connection.begin()
        yield TestUnitOfWork(database, connection, rules, clock)
        outer.rollback()


def citizen(level: int = 200) -> Caller:
    return Caller(account=uuid4(), level=level, today=NOON.date())


def agent(role: str, *places: str) -> Caller:
    """An agent for the places, or for the whole city."""
    grant = Grant(role, frozenset(places or {"*"}))
    return Caller(account=uuid4(), level=250, grants=(grant,), today=NOON.date())


ANYBODY = Caller(today=NOON.date())


def deposit(**changes: Any) -> c.DepositIdea:
    content: dict[str, Any] = {
        "idea_id": uuid4(),
        "kind": "idea",
        "title": "Planter une rue-jardin rue Crozatier",
        "text": TEXT,
        "theme": "nature",
        "place": {
            "scope": "point",
            "point": {"latitude": 48.8494, "longitude": 2.3806},
            "address": "Rue Crozatier",
        },
    }
    return c.DepositIdea.model_validate(content | changes)


class City:
    """The service with people in it: what many tests begin with."""

    def __init__(self, uow: UnitOfWork, territory: Territory) -> None:
        self.uow, self.territory = uow, territory
        self.moderator = agent("moderator")

    def submitted(self, author: Caller | None = None, **changes: Any) -> c.DossierView:
        return writing.deposit_idea(self.uow, self.territory, author or citizen(), deposit(**changes))

    def opened(self, author: Caller | None = None, **changes: Any) -> c.DossierView:
        submitted = self.submitted(author, **changes)
        return moderating.approve_idea(self.uow, self.moderator, c.ApproveIdea(idea_id=submitted.id))

    def support(self, idea_id: UUID, *people: Caller) -> list[c.SupportView | Fault]:
        items = [BatchItem(one, c.SupportIdea(idea_id=c.IdeaId(idea_id))) for one in people]
        return list(supporting.support_ideas(self.uow, items))

    def withdraw(self, idea_id: UUID, *people: Caller) -> list[c.SupportView | Fault]:
        items = [BatchItem(one, c.WithdrawSupport(idea_id=c.IdeaId(idea_id))) for one in people]
        return list(supporting.withdraw_supports(self.uow, items))

    def crowd(self, idea_id: UUID, number: int) -> list[Caller]:
        people = [citizen() for _ in range(number)]
        self.support(idea_id, *people)
        return people

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """The topics and payloads of everything told so far."""
        with self.uow() as tx:
            rows = tx.connection.execute(sa.text("SELECT topic, payload FROM event_log ORDER BY position"))
            return [(row.topic, row.payload) for row in rows]


@pytest.fixture
def city(uow: UnitOfWork, territory: Territory) -> City:
    return City(uow, territory)
