"""What a page of a long discussion costs the ideas service, of a dossier and of a debate, and what merges cost.

    .venv/bin/python -m benchmarks.discussion

A private PostgreSQL holds a dossier and a debate with 50 messages and ones with 5,000 (each fifth an answer). The
figures are of the service's own use cases: transaction, queries, views; no bus and no gateway. All take turns, so that
a busy machine disturbs them alike: what matters is that the columns agree. Writes docs/performance-discussion.md.
"""

import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from chassis.auth import Caller, Grant
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from contracts import ideas as c
from contracts.territory import load_territory
from ideas.repository import UnitOfWork
from ideas.tables import dossiers
from ideas.translate.rules import rules_of
from ideas.use_cases import debating, discussing, importing

from benchmarks import merging

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance-discussion.md"
SIZES = (50, 5_000)
ROUNDS = 40
DEEP = 20
"""How many pages are turned before the deep one is read."""
TODAY = datetime.now(UTC).date()
ADMINISTRATOR = Caller(account=uuid4(), level=250, grants=(Grant("administrator", frozenset({"*"})),), today=TODAY)


def citizen(account: UUID) -> Caller:
    """Somebody who may support and write."""
    return Caller(account=account, level=200, today=TODAY)


READER = citizen(UUID(int=1))
HEAD = """# What a page of a long discussion costs

Twenty threads with their first answers, read by somebody signed in: **{statements} statements**, whatever the number of
messages, of a dossier as of a debate (`/debats`). Milliseconds in the ideas service (transaction, queries, views;
neither bus nor gateway), median and 95th percentile of {rounds} readings, by `python -m benchmarks.discussion` on
{machine}, {day}.
All take turns, on a machine that is busy with other work; compare the columns, not two runs.

| order | page | dossier, 50 messages | dossier, 5,000 | debate, 50 | debate, 5,000 |
|---|---|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that is read: in which order, from which place."""

    number: str
    sort: c.CommentSort
    after: str | None


def fill(uow: UnitOfWork, folder: Path, size: int, kind: str = "idea") -> c.DossierImported:
    """A dossier with so many messages."""
    territory = load_territory(folder)
    dossier = c.ImportDossier.model_validate(
        {
            "source": "bench",
            "reference": f"{kind} {size}",
            "kind": kind,
            "title": "Un dossier dont on parle beaucoup",
            "text": "Un texte assez long pour ressembler à un vrai. " * 20,
            "theme": territory.themes[0].code,
            "place": {"scope": "city"},
            "deposited_on": (TODAY - timedelta(days=90)).isoformat(),
            "supports": 10,
        }
    )
    made = importing.import_dossier(uow, territory, ADMINISTRATOR, dossier)
    write(uow, made.idea_id, size)
    return made


def write(uow: UnitOfWork, idea_id: UUID, size: int) -> None:
    """Put the messages into its discussion."""
    every = list(messages(size))
    for start in range(0, size, 500):
        content = {"idea_id": idea_id, "comments": every[start : start + 500]}
        importing.import_comments(uow, ADMINISTRATOR, c.ImportComments.model_validate(content))


def debate(uow: UnitOfWork, folder: Path, size: int) -> str:
    """A debate with so many messages; its number."""
    territory = load_territory(folder)
    request = {
        "idea_id": uuid4(),
        "title": "Un débat dont on parle beaucoup",
        "text": "Un texte assez long pour ressembler à un vrai. " * 20,
        "theme": territory.themes[0].code,
        "place": {"scope": "city"},
        "opens_on": TODAY,
        "closes_on": TODAY + timedelta(days=30),
        "service": next(iter(territory.services)).code,
    }
    made = debating.open_debate(uow, territory, ADMINISTRATOR, c.OpenDebate.model_validate(request)).dossier
    with uow() as tx:
        taken_over = {"imported_from": "bench", "reference": f"debate {size}"}
        tx.connection.execute(sa.update(dossiers).where(dossiers.c.id == made.id).values(taken_over))
    write(uow, made.id, size)
    return str(made.number)


def messages(size: int) -> Iterator[dict[str, object]]:
    """The discussion: each fifth message answers the one before."""
    begun = datetime.now(UTC) - timedelta(days=80)
    for number in range(size):
        yield {
            "reference": f"m{number}",
            "parent": f"m{number - 1}" if number % 5 == 4 else None,
            "side": ("pro", "con", "question")[number % 3],
            "text": f"Message {number}. " + "Une phrase qui donne une raison. " * 6,
            "written_at": (begun + timedelta(minutes=number)).isoformat(),
            "useful": number % 40,
        }


def read(uow: UnitOfWork, who: Caller, reading: Reading) -> c.ThreadPage:
    """One page."""
    request = c.ListComments(dossier=reading.number, sort=reading.sort, after=reading.after)
    return discussing.list_comments(uow, who, request)


def deep(uow: UnitOfWork, who: Caller, number: str, sort: c.CommentSort) -> str | None:
    """Where the deep page begins, or the last one of a short discussion."""
    after: str | None = None
    for _ in range(DEEP):
        following = read(uow, who, Reading(number, sort, after)).next
        if following is None:
            return after
        after = following
    return after


def timed(act: Callable[[], object]) -> float:
    """How long it took, in milliseconds."""
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def statements(database: Database, act: Callable[[], object]) -> int:
    """How many statements it takes, beside those that begin the transaction."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    act()
    sa.event.remove(database.engine, "before_cursor_execute", note)
    return sum(one.startswith("SELECT") for one in seen)


def line(uow: UnitOfWork, numbers: list[str], sort: c.CommentSort, page: str) -> str:
    """One row of the table."""
    places = [Reading(one, sort, deep(uow, READER, one, sort) if page == "deep" else None) for one in numbers]
    took: list[list[float]] = [[] for _ in places]
    for _ in range(ROUNDS):
        for figures, place in zip(took, places, strict=True):
            figures.append(timed(lambda place=place: read(uow, READER, place)))  # type: ignore[misc]
    cells = [f"{statistics.median(one):.1f} ({statistics.quantiles(one, n=20)[-1]:.1f})" for one in took]
    return f"| {sort.value} | {page} | {' | '.join(cells)} |\n"


def main() -> int:
    """Measure and write the page."""
    folder = ROOT / "territories" / "paris"
    postgres = PrivatePostgres().start()
    try:
        with TestDatabases(postgres.url) as databases:
            database = Database(databases("ideas"), size=2)
            rules = rules_of(load_territory(folder))
            uow = UnitOfWork(database, rules)
            numbers = [
                *(fill(uow, folder, size).number for size in SIZES),
                *(debate(uow, folder, size) for size in SIZES),
            ]
            first = [Reading(one, c.CommentSort.USEFUL, None) for one in numbers]
            (asked,) = {statements(database, lambda one=one: read(uow, READER, one)) for one in first}  # type: ignore[misc]
            rows = [line(uow, numbers, sort, page) for sort in c.CommentSort for page in ("first", "deep")]
            into, joined, plain = (fill(uow, folder, size, "suggestion").idea_id for size in range(3))
            later = UnitOfWork(database, rules, lambda: datetime.now(UTC) + merging.NOTICE)
            people = merging.crowd(uow, joined)
            merging.join(uow, later, ADMINISTRATOR, (into, joined))
            rows.append(merging.section(uow, into, plain, people, citizen))
            database.close()
    finally:
        postgres.close()
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    text = HEAD.format(statements=asked, rounds=ROUNDS, machine=machine, day=f"{datetime.now(UTC):%Y-%m-%d}") + "".join(
        rows
    )
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
