"""What is known of dossiers, consultations and votes: their titles, as their services told them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from notifications.tables import subject


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that messages are about."""

    titles: Mapping[str, str]
    """By language; ``""`` is the key of a title that has only one."""
    slug: str = ""
    hidden: bool = False
    """Not public now: its title is not to be said."""

    def title(self, language: str) -> str:
        """Its title in a language, or in another one; empty if it is not known or not public."""
        if self.hidden:
            return ""
        return self.titles.get(language) or next(iter(self.titles.values()), "")


class Subjects:
    """A projection of other services' events, rebuilt by replaying them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def learn(self, kind: str, key: str, titles: Mapping[str, str], slug: str = "") -> None:
        """Note the title of a thing; the last word counts."""
        values = {"titles": dict(titles), "slug": slug}
        statement = postgresql.insert(subject).values(kind=kind, key=key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], set_=values))

    def hide(self, kind: str, key: str, *, hidden: bool) -> None:
        """Note that a thing is not public any more, or again."""
        one = (subject.c.kind == kind) & (subject.c.key == key)
        self._connection.execute(sa.update(subject).where(one).values(hidden=hidden))

    def named(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
        """What is known of these things (kind, key)."""
        wanted = list(set(keys))
        if not wanted:
            return {}
        query = sa.select(subject).where(sa.tuple_(subject.c.kind, subject.c.key).in_(wanted))
        rows = self._connection.execute(query)
        return {(row.kind, row.key): Subject(row.titles, row.slug, row.hidden) for row in rows}
