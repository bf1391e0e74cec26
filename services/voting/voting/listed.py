"""The lists of a commission as rows, and the election that each of them becomes."""

from collections.abc import Sequence

import sqlalchemy as sa
from contracts.ideas import ProjectOnBallot
from sqlalchemy.dialects.postgresql import insert

from voting.domain.election import Election, State
from voting.repository import Transaction
from voting.tables import elections, listed_projects


def keep(tx: Transaction, fact: ProjectOnBallot) -> Sequence[ProjectOnBallot]:
    """Keep a project, and give all that is known of its list, by number.

    Projects of one list wait for each other: of two that came at once, neither would see the other as the last.
    """
    alone = f"list|{fact.campaign}|{fact.place or ''}"
    tx.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(alone, 0))))
    of_it = {"campaign": fact.campaign, "number": fact.number, "place": fact.place or ""}
    row = insert(listed_projects).values(**of_it, fact=fact.model_dump(mode="json")).on_conflict_do_nothing()
    tx.connection.execute(row)
    listed = listed_projects.c
    same = (listed.campaign == fact.campaign, listed.place == (fact.place or ""))
    query = sa.select(listed.fact).where(*same).order_by(listed.number)
    return [ProjectOnBallot.model_validate(found) for found in tx.connection.scalars(query)]


def draft_of(tx: Transaction, campaign: str, place: str | None) -> Election | None:
    """The draft that campaign managers have prepared for a list, locked."""
    is_there = elections.c.perimeter.is_(None) if place is None else elections.c.perimeter == place
    wanted = (elections.c.campaign == campaign, is_there, elections.c.state == State.DRAFT.value)
    found = tx.connection.scalar(sa.select(elections.c.id).where(*wanted).order_by(elections.c.id).limit(1))
    return tx.elections.lock(found) if found else None
