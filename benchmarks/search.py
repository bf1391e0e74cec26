"""What a search among 5,000 dossiers costs the ideas service: words that are written, mistyped, or like nothing.

    .venv/bin/python -m benchmarks.search

A private PostgreSQL holds 5,000 dossiers of words that are made of syllables and as unequally frequent as words are.
The figures are of the service's own use case (transaction, statements, views); no bus and no gateway.
Writes docs/performance-search.md.
"""

import os
import platform
import random
import statistics
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from chassis.auth import Caller, Grant
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from contracts import ideas as c
from contracts.territory import load_territory
from ideas.repository import UnitOfWork
from ideas.translate.rules import rules_of
from ideas.use_cases import importing, learning, reading

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance-search.md"
DOSSIERS, WORDS, ROUNDS, LENGTH = 5_000, 20_000, 40, 120
TODAY = datetime.now(UTC).date()
ADMINISTRATOR = Caller(account=uuid4(), level=250, grants=(Grant("administrator", frozenset({"*"})),), today=TODAY)
SYLLABLES = (
    "ba bi bo cha che clo cour da de dra fan fer gon gra jar jeu la lec li lou ma mar mi mon na ni no "
    "pa par pe pla pon ra re ri rou sa sel so ta ten toi tra va ver vi voi vé lo bus gar din rue ce"
)
HEAD = """# What a search costs

A first page of twenty dossiers out of {dossiers:,}, with its total: three statements for words that somebody wrote,
one or two more where nobody did. After `VACUUM ANALYZE`, which PostgreSQL does by itself. Milliseconds in the
ideas service (transaction, statements, views; neither bus nor gateway), median and
95th percentile of {rounds} searches, by `python -m benchmarks.search` on {machine}, {day} on a machine that
others used: compare the rows with the last one, not two runs.

| search | found | proposed | ms |
|---|---:|---|---:|
"""


def vocabulary(chance: random.Random) -> list[str]:
    """Different words, the most frequent first."""
    found: dict[str, None] = {}
    syllables = SYLLABLES.split()
    while len(found) < WORDS:
        found["".join(chance.choices(syllables, k=chance.randint(2, 4)))] = None
    return list(found)


def fill(uow: UnitOfWork, words: list[str], chance: random.Random) -> None:
    """Dossiers of these words: the n-th is n times rarer than the first."""
    territory = load_territory(ROOT / "territories" / "paris")
    weights = [1 / rank for rank in range(1, WORDS + 1)]
    for number in range(DOSSIERS):
        said = chance.choices(words, weights, k=LENGTH)
        dossier = {
            "source": "bench",
            "reference": str(number),
            "kind": territory.kinds[0].code,
            "title": " ".join(said[:7])[:80],
            "text": " ".join(said),
            "theme": territory.themes[number % len(territory.themes)].code,
            "place": {"scope": "district", "district": territory.districts[number % 20].code},
            "deposited_on": (TODAY - timedelta(days=number % 900)).isoformat(),
        }
        importing.import_dossier(uow, territory, ADMINISTRATOR, c.ImportDossier.model_validate(dossier))


def swapped(word: str) -> str:
    """A word with two letters in each other's place."""
    return word[:2] + word[3] + word[2] + word[4:]


def cases(words: list[str]) -> dict[str, dict[str, Any]]:
    """What is searched for, by what it shows."""
    often, seldom = words[10], next(word for word in words[3000:] if len(word) > 7 and word[2] != word[3])
    return {
        "a frequent word": {"search": often},
        "a rare word": {"search": seldom},
        "both": {"search": f"{often} {seldom}"},
        "the rare word, mistyped": {"search": swapped(seldom)},
        "the same, in a district": {"search": swapped(seldom), "districts": ("75012",)},
        "both, one mistyped": {"search": f"{often} {swapped(seldom)}"},
        "like nothing": {"search": "xxzzkkw"},
        "nothing: the newest": {},
    }


def line(uow: UnitOfWork, name: str, filters: dict[str, Any]) -> str:
    """One row of the table."""
    request, took = c.ListIdeas.model_validate(filters), []
    for _ in range(ROUNDS):
        start = perf_counter()
        page = reading.list_ideas(uow, request)
        took.append((perf_counter() - start) * 1000)
    proposed = "yes" if page.suggestion else "no"
    spent = f"{statistics.median(took):.1f} ({statistics.quantiles(took, n=20)[-1]:.1f})"
    return f"| {name} | {page.total or 0:,} | {proposed} | {spent} |\n"


def learned(uow: UnitOfWork) -> str:
    """How long it takes to learn every word."""
    start = perf_counter()
    learning.learn_words(uow)
    seconds = perf_counter() - start
    with uow() as tx:
        known = tx.connection.scalar(sa.text("SELECT count(*) FROM search_words"))
    return f"\nLearning the {known:,} words that may be proposed, as is done every ten minutes: {seconds:.1f} s.\n"


def main() -> int:
    """Measure and write the page."""
    chance = random.Random(12)
    postgres = PrivatePostgres().start()
    try:
        with TestDatabases(postgres.url) as databases:
            database = Database(databases("ideas"), size=2)
            uow = UnitOfWork(database, rules_of(load_territory(ROOT / "territories" / "paris")))
            words = vocabulary(chance)
            fill(uow, words, chance)
            learning_took = learned(uow)
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))
            rows = [line(uow, name, filters) for name, filters in cases(words).items()]
            database.close()
    finally:
        postgres.close()
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    text = HEAD.format(dossiers=DOSSIERS, rounds=ROUNDS, machine=machine, day=f"{datetime.now(UTC):%Y-%m-%d}")
    PAGE.write_text(text + "".join(rows) + learning_took, encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
