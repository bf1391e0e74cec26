"""Pages that stay right while rows come and go: the next one begins after the last row's sort key."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts.errors import Fault, FieldError

Value = int | datetime | date | str
_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Key:
    """What a list is sorted by: a value that is never empty, then the id that makes it unique."""

    name: str
    column: sa.ColumnElement[Any]
    id: sa.ColumnElement[Any]
    kind: type[Value] = int
    descending: bool = True


def page(query: sa.Select[Any], key: Key, after: str | None, limit: int) -> sa.Select[Any]:
    """The query for one page, and one row more. The rows have ``sort_value`` and ``sort_id``."""
    query = query.add_columns(key.column.label("sort_value"), key.id.label("sort_id")).limit(limit + 1)
    if after is not None:
        mark = sa.tuple_(*_read(after, key))
        here = sa.tuple_(key.column, key.id)
        query = query.where(here < mark if key.descending else here > mark)
    if key.descending:
        return query.order_by(key.column.desc(), key.id.desc())
    return query.order_by(key.column, key.id)


def split(rows: Sequence[Row], key: Key, limit: int) -> tuple[Sequence[Row], str | None]:
    """The rows of the page, and the mark of the next one if there is one."""
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], _write(key.name, last.sort_value, last.sort_id)


def _write(name: str, value: Value, row_id: UUID | str) -> str:
    text = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([name, text, str(row_id)]).encode()).decode().rstrip("=")


def _read(text: str, key: Key) -> tuple[Any, Any]:
    try:
        name, value, row_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if name != key.name:
            raise ValueError(name)
        return sa.bindparam(None, _value(value, key.kind), key.column.type), _identifier(row_id, key)
    except (ValueError, TypeError, AttributeError):
        detail = "Give back the `next` of the page before, with the same order."
        raise Fault.invalid(FieldError("/after", "not-a-cursor", detail)) from None


def _value(value: Any, kind: type[Value]) -> Value:  # noqa: ANN401 -- whatever a stranger sent
    if kind is int and type(value) is int and abs(value) < _LARGEST:
        return value
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment
    if kind is date:
        return date.fromisoformat(value)
    if kind is str and isinstance(value, str) and "\x00" not in value:
        return value
    raise ValueError(value)


def _identifier(row_id: str, key: Key) -> Any:  # noqa: ANN401
    if isinstance(key.id.type, sa.Uuid):
        return sa.bindparam(None, UUID(row_id), sa.Uuid())
    if isinstance(key.id.type, sa.Integer):
        return sa.bindparam(None, _value(int(row_id), int), key.id.type)
    if "\x00" in row_id:
        raise ValueError(row_id)
    return sa.bindparam(None, str(row_id), sa.Text())
