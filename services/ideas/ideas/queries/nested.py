"""Rows of other tables in one column of a row: what belongs to a thing comes with it, in the same statement."""

from collections import namedtuple
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

_READ: dict[type[Any], Callable[[str], object]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}
"""How a value that JSON has as text becomes what its column holds."""


class _Rows(sa.types.TypeDecorator[Any]):
    """Rows on their way as JSON arrays; here tuples with the columns' names and types, none: an empty list."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, columns: tuple[tuple[str, type[Any]], ...]) -> None:
        super().__init__()
        self.columns = columns
        self._row: Any = namedtuple("_row", [name for name, _ in columns])  # type: ignore[misc]
        self._readers = [(place, _READ[kind]) for place, (_, kind) in enumerate(columns) if kind in _READ]

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> list[Any]:  # noqa: ANN401, ARG002
        """SQLAlchemy's hook."""
        for row in value or ():
            for place, read in self._readers:
                if row[place] is not None:
                    row[place] = read(row[place])
        return [self._row._make(row) for row in value or ()]


def rows(query: sa.Select[Any], of: sa.FromClause) -> sa.ColumnElement[Any]:
    """The rows of a query that speaks of a row of ``of``, in the query's order, as one value beside that row.

    Times, days and identifiers keep their types; so do texts, whole numbers, booleans and JSON.
    """
    found = query.correlate(of).subquery()
    built = sa.func.json_agg(sa.func.json_build_array(*found.c))
    columns = tuple((column.name, column.type.python_type) for column in found.c)
    return sa.type_coerce(sa.select(built).select_from(found).scalar_subquery(), _Rows(columns))
