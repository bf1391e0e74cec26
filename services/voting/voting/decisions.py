"""Decisions as rows. They are only ever added."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from voting.domain.decision import Decision, DecisionKind
from voting.tables import decisions


class Decisions:
    """What was decided on top of the counts."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, election_id: UUID, decision: Decision, *, by: UUID) -> None:
        """Write a decision for ever."""
        row = {
            "id": decision.id,
            "election_id": election_id,
            "candidate_id": decision.candidate_id,
            "kind": decision.kind.value,
            "reason": dict(decision.reason),
            "role": decision.role,
            "decided_by": by,
            "decided_at": decision.decided_at,
        }
        self._connection.execute(insert(decisions).values(row))

    def of(self, election_id: UUID) -> Sequence[Decision]:
        """The decisions about an election, in the order in which they were taken."""
        query = sa.select(decisions).where(decisions.c.election_id == election_id).order_by(decisions.c.number)
        return [
            Decision(row.id, row.candidate_id, DecisionKind(row.kind), row.reason, row.role, row.decided_at)
            for row in self._connection.execute(query)
        ]

    def election_of(self, decision_id: UUID) -> UUID | None:
        """The election that a decision is about."""
        return self._connection.scalar(sa.select(decisions.c.election_id).where(decisions.c.id == decision_id))
