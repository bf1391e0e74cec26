"""The heads of the days, as a list."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from chassis.database import Row

from ideas.published_tables import heads
from ideas.queries import keyset
from ideas.queries.keyset import Key

CARD = (heads.c.day, heads.c.until, heads.c.previous, heads.c.hash, heads.c.key, heads.c.signature, heads.c.signed_at)


def list_heads(connection: sa.Connection, after: str | None, limit: int) -> tuple[Sequence[Row], str | None]:
    """One page, last first; ``records``: how many each names."""
    key = Key("heads", heads.c.day, heads.c.hash, date)
    query = sa.select(*CARD, sa.func.jsonb_array_length(heads.c.records).label("records"))
    rows = connection.execute(keyset.page(query, key, after, limit)).all()
    return keyset.split(rows, key, limit)
