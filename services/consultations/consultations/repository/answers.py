"""Answers: one row each, and one row for each thing chosen, ranked or written in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from consultations.domain.form import Value, Values
from consultations.records import Answer
from consultations.tables import answer_values, answers


class Answers:
    """The answers that count."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, consultation_id: UUID, account: UUID) -> Answer | None:
        """The answer of a person."""
        query = sa.select(answers).where(answers.c.consultation_id == consultation_id, answers.c.account_id == account)
        row = self._connection.execute(query).first()
        return _answer(row, self.values_of([row.id])[row.id]) if row else None

    def put(self, answer: Answer, account: UUID, *, in_words: frozenset[str]) -> None:
        """Keep an answer in place of the one with the same id; ``in_words`` are the questions answered by a text."""
        statement = insert(answers).values(
            id=answer.id,
            consultation_id=answer.consultation_id,
            account_id=account,
            version=answer.version,
            receipt=answer.receipt,
            fingerprint=answer.fingerprint,
            submitted_at=answer.submitted_at,
            revised_at=answer.revised_at,
        )
        replaced = {name: statement.excluded[name] for name in ("version", "fingerprint", "revised_at")}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=replaced))
        self._connection.execute(sa.delete(answer_values).where(answer_values.c.answer_id == answer.id))
        rows = list(_rows(answer, in_words))
        if rows:
            self._connection.execute(sa.insert(answer_values), rows)

    def remove(self, consultation_id: UUID, account: UUID) -> None:
        """Erase the answer of a person."""
        self._connection.execute(
            sa.delete(answers).where(answers.c.consultation_id == consultation_id, answers.c.account_id == account)
        )

    def forget_author(self, account: UUID) -> None:
        """Keep the answers of a person without their author."""
        self._connection.execute(sa.update(answers).where(answers.c.account_id == account).values(account_id=None))

    def count(self, consultation_id: UUID) -> int:
        """How many people have answered."""
        query = sa.select(sa.func.count()).where(answers.c.consultation_id == consultation_id)
        return self._connection.scalar(query) or 0

    def page(self, consultation_id: UUID, after: UUID | None, limit: int) -> Sequence[Answer]:
        """Answers in the order of their random ids, which tells nothing of persons or times."""
        query = sa.select(answers).where(answers.c.consultation_id == consultation_id)
        if after is not None:
            query = query.where(answers.c.id > after)
        rows = self._connection.execute(query.order_by(answers.c.id).limit(limit)).all()
        values = self.values_of([row.id for row in rows])
        return [_answer(row, values[row.id]) for row in rows]

    def values_of(self, ids: Sequence[UUID]) -> Mapping[UUID, Values]:
        """What was answered, for each of the answers."""
        found: dict[UUID, dict[str, Value]] = {one: {} for one in ids}
        query = sa.select(answer_values).where(answer_values.c.answer_id.in_(ids))
        ordered = query.order_by(answer_values.c.answer_id, answer_values.c.question, answer_values.c.position)
        for row in self._connection.execute(ordered):
            values = found[row.answer_id]
            if row.several:
                before = values.get(row.question, ())
                values[row.question] = (*(before if isinstance(before, tuple) else ()), row.option)
            else:
                values[row.question] = _single(row)
        return found


def _rows(answer: Answer, in_words: frozenset[str]) -> Iterator[dict[str, Any]]:
    for question, value in answer.values.items():
        several = isinstance(value, tuple)
        for position, one in enumerate(value if isinstance(value, tuple) else (value,)):
            yield {
                "answer_id": answer.id,
                "consultation_id": answer.consultation_id,
                "question": question,
                "position": position,
                "several": several,
                "number": one if isinstance(one, int) else None,
                "text": one if question in in_words else None,
                "option": None if isinstance(one, int) or question in in_words else one,
            }


def _single(row: Row) -> Value:
    if row.number is not None:
        return int(row.number)
    return str(row.option if row.option is not None else row.text)


def _answer(row: Row, values: Values) -> Answer:
    return Answer(
        id=row.id,
        consultation_id=row.consultation_id,
        version=row.version,
        values=values,
        receipt=row.receipt,
        fingerprint=row.fingerprint,
        submitted_at=row.submitted_at,
        revised_at=row.revised_at,
    )
