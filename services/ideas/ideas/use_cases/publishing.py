"""What is published each night: the signed head of the day that ended, then the files of open data."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from contracts import ideas as c
from contracts.errors import Fault
from contracts.ideas.open_data import DATA_SETS, HEADS, RECORDS, DataSet

from ideas.domain import heads
from ideas.domain.audit import TOLERANCE
from ideas.domain.record import BEGINNING
from ideas.formats import Cell, csv_lines, json_lines
from ideas.queries import heads as lists
from ideas.queries import open_data, published_records
from ideas.repository import Transaction, UnitOfWork
from ideas.signing import Signer
from ideas.translate import publishing as translate

VERSIONS = UUID("0b7b4b0e-6f57-5d0c-8c61-2f3e7a1d9c54")
"""Namespace of the versions of files: a name and the moment at which it was made."""


class Recipe(NamedTuple):
    """How a file is made: what writes its lines, and how many of them are no rows."""

    lines: Callable[[Transaction], Iterator[str]]
    frame: int = 0


def _table(data_set: DataSet, form: Callable[[Sequence[str], Iterable[Sequence[Cell]]], Iterator[str]]) -> Recipe:
    names = [column.name for column in data_set.columns]
    return Recipe(lambda tx: form(names, open_data.rows(tx.connection, data_set, tx.rules)), frame=1)


FILES: dict[str, Recipe] = {
    RECORDS: Recipe(lambda tx: published_records.records(tx.connection)),
    HEADS: Recipe(lambda tx: published_records.heads(tx.connection)),
    **{f"{one.name}.csv": _table(one, csv_lines) for one in DATA_SETS},
    **{f"{one.name}.json": _table(one, json_lines) for one in DATA_SETS},
}
"""Every file of the open data."""


def publish_due(uow: UnitOfWork, signer: Signer) -> None:
    """Do what the night has to do, once: a day's head before the files that are held against it."""
    seal_days(uow, signer)
    with uow() as tx:
        missing = FILES.keys() - tx.files.made_for(_night(tx))
    for name in sorted(missing):
        _make(uow, name)


def seal_days(uow: UnitOfWork, signer: Signer) -> int:
    """Sign the head of every day that ended since the last one; how many there were."""
    number = 0
    while _seal_next(uow, signer):
        number += 1
    return number


def _seal_next(uow: UnitOfWork, signer: Signer) -> bool:
    """Not before everything that was dated in the day can be read."""
    with uow() as tx:
        last = tx.heads.last()
        day = (last.day if last else _night(tx) - timedelta(days=2)) + timedelta(days=1)
        until = tx.rules.end_of(day)
        if tx.now < until + TOLERANCE:
            return False
        grown = tx.heads.grown(until)
        named = (heads.Entry(row.number, row.position, row.hash) for row in grown)
        head = heads.follow(last.hash if last else BEGINNING, day, until, named)
        tx.heads.add(head, grown, key=signer.public_key, signature=signer.sign(head.hash), now=tx.now)
        return True


def _night(tx: Transaction) -> date:
    """The day that the last night began."""
    return tx.rules.day(tx.now - TOLERANCE)


def make_files(uow: UnitOfWork) -> None:
    """Make every file anew."""
    for name in FILES:
        _make(uow, name)


def _make(uow: UnitOfWork, name: str) -> None:
    with uow() as tx:
        version = uuid5(VERSIONS, f"{name} {tx.now.isoformat()}")
        recipe = FILES[name]
        lines = recipe.lines(tx)
        tx.files.write(name, lines, frame=recipe.frame, version=version, day=_night(tx), now=tx.now)
        tx.files.forget_old(tx.now)


def list_heads(uow: UnitOfWork, signer: Signer, request: c.ListHeads) -> c.HeadPage:
    """The heads of the days, last first."""
    with uow() as tx:
        rows, after = lists.list_heads(tx.connection, request.after, request.limit)
        return c.HeadPage(items=translate.head_cards(rows), next=after, public_key=signer.public_key)


def read_head(uow: UnitOfWork, request: c.ReadHead) -> c.HeadView:
    """The head of a day."""
    with uow() as tx:
        row = tx.heads.of(request.day)
        if row is None:
            raise Fault.not_found("There is no head of this day.", "no-such-head")
        return translate.head_view(row)


def list_data_files(uow: UnitOfWork) -> c.DataFiles:
    """The files of open data."""
    with uow() as tx:
        return translate.data_files(tx.files.list())


def read_data_part(uow: UnitOfWork, request: c.ReadDataPart) -> c.DataPart:
    """A part of a file."""
    with uow() as tx:
        text = tx.files.part(request.version, request.part)
        if text is None:
            raise Fault.not_found("There is no such part any more.", "no-such-part")
        return c.DataPart(text=text)
