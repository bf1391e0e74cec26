"""What is published, as the contract says it."""

from collections.abc import Iterable, Sequence

from chassis.database import Row
from contracts import ideas as c
from pydantic_core import to_json

_HEAD = ("day", "until", "previous", "hash", "key", "signature", "signed_at", "records")
_FILE = ("name", "size", "rows", "digest", "version", "parts", "made_at")


def head_cards(rows: Iterable[Row]) -> tuple[c.HeadCard, ...]:
    """Heads in a list."""
    return tuple(c.HeadCard.model_validate({name: getattr(row, name) for name in _HEAD}) for row in rows)


def head_view(row: Row) -> c.HeadView:
    """A head, whole."""
    return c.HeadView.model_validate({name: getattr(row, name) for name in _HEAD})


def record_line(number: str, steps: Sequence[c.StepView]) -> str:
    """A record as a line of ``records.jsonl``: what the API gives of it, without what changes by itself."""
    return to_json({"number": number, "steps": steps}).decode() + "\n"


def data_files(rows: Iterable[Row]) -> c.DataFiles:
    """The files of open data."""
    items = ({name: getattr(row, name) for name in _FILE} for row in rows)
    return c.DataFiles(items=tuple(map(c.DataFile.model_validate, items)))
