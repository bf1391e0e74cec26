"""Decisions that can be appealed, and the appeals: rows ⇄ domain."""

from dataclasses import fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.appeals import HIDE, Appeal, Decision
from ideas.tables import appeals, comment_decisions, dossier_decisions

a = appeals.c


def appeal_of(row: Row) -> Appeal:
    """The appeal that a row of the table holds."""
    contested = Decision(
        row.contested, row.contested_reason, row.contested_text, row.contested_at, row.contested_moderator
    )
    return Appeal(
        id=row.id,
        idea_id=row.idea_id,
        comment_id=row.comment_id,
        contested=contested,
        text=row.text,
        made_at=row.made_at,
        outcome=row.outcome,
        reason=row.reason,
        answer=row.answer,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def _row_of(one: Appeal) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(Appeal) if field.name != "contested"} | {
        "contested": one.contested.kind,
        "contested_reason": one.contested.reason,
        "contested_text": one.contested.text,
        "contested_at": one.contested.at,
        "contested_moderator": one.contested.moderator,
    }


class Appeals:
    """The decisions of moderation against somebody's words, and what their authors say to them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def decided(self, idea_id: UUID, decision: Decision) -> None:
        """Keep what a moderator decided against a dossier."""
        values = {
            "idea_id": idea_id,
            "decided_at": decision.at,
            "decision": decision.kind,
            "reason": decision.reason,
            "text": decision.text,
            "moderator": decision.moderator,
        }
        self._connection.execute(sa.insert(dossier_decisions).values(values))

    def last_about_dossier(self, idea_id: UUID) -> Decision | None:
        """The last decision against a dossier."""
        table = dossier_decisions
        query = sa.select(table).where(table.c.idea_id == idea_id).order_by(table.c.decided_at.desc()).limit(1)
        row = self._connection.execute(query).first()
        return Decision(row.decision, row.reason, row.text, row.decided_at, row.moderator) if row else None

    def last_about_comment(self, comment_id: UUID) -> Decision | None:
        """The last decision to hide a message."""
        table = comment_decisions
        hidden = sa.and_(table.c.comment_id == comment_id, table.c.decision == HIDE)
        query = sa.select(table).where(hidden).order_by(table.c.decided_at.desc()).limit(1)
        row = self._connection.execute(query).first()
        return Decision(HIDE, row.reason, row.text, row.decided_at, row.moderator) if row else None

    def against(self, idea_id: UUID, comment_id: UUID | None, decision: Decision) -> Appeal | None:
        """The appeal against a decision."""
        about = sa.and_(a.idea_id == idea_id, a.comment_id.is_not_distinct_from(comment_id))
        row = self._connection.execute(sa.select(appeals).where(about, a.contested_at == decision.at)).first()
        return appeal_of(row) if row else None

    def lock(self, appeal_id: UUID) -> Appeal | None:
        """The appeal; nobody else decides it until this transaction ends."""
        row = self._connection.execute(sa.select(appeals).where(a.id == appeal_id).with_for_update()).first()
        return appeal_of(row) if row else None

    def add(self, appeal: Appeal) -> None:
        """Keep a new appeal. The table refuses a second one against the same decision."""
        self._connection.execute(sa.insert(appeals).values(_row_of(appeal)))

    def save(self, appeal: Appeal) -> None:
        """Keep an appeal that was locked before."""
        self._connection.execute(sa.update(appeals).where(a.id == appeal.id).values(_row_of(appeal)))

    def forget(self, account: UUID) -> None:
        """Whoever decided is known to nobody any more."""
        for column in (
            dossier_decisions.c.moderator,
            comment_decisions.c.moderator,
            a.contested_moderator,
            a.decided_by,
        ):
            statement = sa.update(column.table).where(column == account)
            self._connection.execute(statement.values({column.name: None}))
