"""Sample answers for what is published each night: heads of the days, files of open data."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from contracts import ideas
from contracts.ideas.open_data import DATA_SETS

from gateway.testing.samples import HASH

KEY = "1f0c88ae" * 5 + "1f0="
SIGNATURE = "1f0c88ae" * 10 + "1f0c8A=="
DAY = date(2026, 9, 17)
MADE = datetime(2026, 9, 18, 0, 14, tzinfo=UTC)
TABLES = {f"{one.name}.{form}": ("number\r\n" * 9_000,) for one in DATA_SETS for form in ("csv", "json")}
FILES = TABLES | {"heads.jsonl": ("{}\n",), "records.jsonl": ("{}\n" * 3, "{}\n")}


def heads(_request: object = None, _context: object = None) -> ideas.HeadPage:
    items = tuple(
        ideas.HeadCard(
            day=DAY - timedelta(days=n),
            until=MADE - timedelta(days=n, hours=2),
            records=n * 17,
            previous=HASH,
            hash=HASH,
            key=KEY,
            signature=SIGNATURE,
            signed_at=MADE - timedelta(days=n),
        )
        for n in range(3)
    )
    return ideas.HeadPage(items=items, public_key=KEY)


def files() -> ideas.DataFiles:
    return ideas.DataFiles(items=tuple(_file(n, name) for n, name in enumerate(sorted(FILES))))


def _file(n: int, name: str) -> ideas.DataFile:
    size = sum(len(part.encode()) for part in FILES[name])
    return ideas.DataFile(
        name=name, size=size, rows=4, digest=HASH, version=UUID(int=n), parts=len(FILES[name]), made_at=MADE
    )


def part(request: ideas.ReadDataPart, _context: object) -> ideas.DataPart:
    name = sorted(FILES)[request.version.int]
    return ideas.DataPart(text=FILES[name][request.part - 1])
