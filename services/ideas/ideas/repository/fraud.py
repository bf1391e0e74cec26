"""Groups of supports that agents look at: who is in them, how they stand, who looked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.fraud import Given, Scored
from ideas.repository.supports import Pair
from ideas.tables import dossiers, fraud_groups, fraud_log, fraud_members, supports

g, fm, s, d = fraud_groups.c, fraud_members.c, supports.c, dossiers.c
GROUPS = UUID("2a6f1c1e-7f0b-5c55-9b0e-5a1f5d2b7c3d")
GATHERING = ("open", "under_examination")


class FraudGroups:
    """The groups, and the supports that they are made of."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def busy(self, since: datetime, window: Any, least: int) -> Sequence[UUID]:  # noqa: ANN401 -- a span of time
        """The live dossiers that gained so many supports in one window since then."""
        binned = sa.func.date_bin(window, s.supported_at, sa.text("timestamptz '2000-01-01 00:00:00+00'"))
        query = sa.select(s.idea_id).join(dossiers, d.id == s.idea_id)
        query = query.where(s.supported_at > since, d.state.in_(GATHERING)).group_by(s.idea_id, binned)
        return self._connection.scalars(query.having(sa.func.count() >= least).distinct()).all()

    def given(self, idea_id: UUID, since: datetime) -> Sequence[Given]:
        """The supports of a dossier since then, with how many other dossiers each account supports."""
        other = supports.alias("other").c
        others = sa.select(sa.func.count()).where(other.account == s.account, other.idea_id != s.idea_id)
        query = sa.select(s.account, s.supported_at, others.scalar_subquery())
        found = self._connection.execute(query.where(s.idea_id == idea_id, s.supported_at > since))
        return [Given(account, at, int(number)) for account, at, number in found]

    def keep(self, idea_id: UUID, found: Sequence[Scored], now: datetime) -> int:
        """Have these be the groups of a dossier that wait; how many there are. What was proposed or decided stays.

        A group that was known keeps its identifier.
        """
        query = sa.select(g.id, g.state, g.first_at, g.last_at).where(g.idea_id == idea_id)
        known = self._connection.execute(query).all()
        ids: dict[UUID, Scored] = {}
        for one in found:
            before = next((row for row in known if _meet(one, row.first_at, row.last_at)), None)
            if before is None:
                ids[_unused(idea_id, {*ids, *(row.id for row in known)})] = one
            elif before.state == "open":
                ids[before.id] = one
        stale = (g.idea_id == idea_id) & (g.state == "open") & g.id.notin_(list(ids))
        self._connection.execute(sa.delete(fraud_groups).where(stale))
        for group_id, one in ids.items():
            self._write(group_id, idea_id, one, now)
        return len(ids)

    def _write(self, group_id: UUID, idea_id: UUID, one: Scored, now: datetime) -> None:
        scored = {
            "first_at": one.given[0].at,
            "last_at": one.given[-1].at,
            "size": len(one.given),
            "score": one.score,
            "reasons": [reason._asdict() for reason in one.reasons],
        }
        new = insert(fraud_groups).values(id=group_id, idea_id=idea_id, found_at=now, **scored)
        self._connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=scored))
        self._connection.execute(sa.delete(fraud_members).where(fm.group_id == group_id))
        rows = [
            {"group_id": group_id, "account": given.account, "idea_id": idea_id, "supported_at": given.at}
            for given in one.given
        ]
        self._connection.execute(sa.insert(fraud_members), rows)

    def find(self, group_id: UUID) -> Row | None:
        """The group with its dossier's number and title."""
        query: sa.Select[Any] = sa.select(*fraud_groups.c, d.number, d.title, d.kind).join(dossiers, d.id == g.idea_id)
        return self._connection.execute(query.where(g.id == group_id)).first()

    def save(self, group_id: UUID, **values: Any) -> None:  # noqa: ANN401 -- columns
        """Keep how a group stands."""
        self._connection.execute(sa.update(fraud_groups).where(g.id == group_id).values(values))

    def members(self, group_id: UUID) -> Mapping[Pair, datetime]:
        """The supports of a group, and when they were given."""
        query = sa.select(fm.idea_id, fm.account, fm.supported_at).where(fm.group_id == group_id)
        return {(row.idea_id, row.account): row.supported_at for row in self._connection.execute(query)}

    def removed(self, group_id: UUID, pairs: Iterable[Pair]) -> None:
        """Note which of a group's supports were there to be taken out."""
        accounts = [account for _, account in pairs]
        mine = (fm.group_id == group_id) & fm.account.in_(accounts)
        self._connection.execute(sa.update(fraud_members).where(mine).values(removed=True))

    def taken_out(self, group_id: UUID) -> Mapping[Pair, datetime]:
        """The supports of a group that were taken out."""
        query = sa.select(fm.idea_id, fm.account, fm.supported_at).where(fm.group_id == group_id, fm.removed)
        return {(row.idea_id, row.account): row.supported_at for row in self._connection.execute(query)}

    def forget_members(self, group_id: UUID) -> None:
        """Who was in a group is of no use any more."""
        self._connection.execute(sa.delete(fraud_members).where(fm.group_id == group_id))

    def log(self, now: datetime, agent: UUID, act: str, *, group: Row | None = None, note: str = "") -> None:
        """Note who looked at what, or decided."""
        values = {"at": now, "agent": agent, "act": act, "note": note}
        if group is not None:
            values |= {"group_id": group.id, "number": group.number}
        self._connection.execute(sa.insert(fraud_log).values(values))

    def looks(self, group_id: UUID) -> int:
        """How often a group was looked at."""
        query = sa.select(sa.func.count()).where(fraud_log.c.group_id == group_id, fraud_log.c.act == "look")
        return self._connection.scalar(query) or 0

    def forget_agent(self, account: UUID) -> None:
        """An agent's account is no more."""
        for column in (g.proposed_by, g.decided_by):
            self._connection.execute(sa.update(fraud_groups).where(column == account).values({column: None}))
        log = fraud_log.c
        self._connection.execute(sa.update(fraud_log).where(log.agent == account).values(agent=None))


def _meet(one: Scored, first: datetime, last: datetime) -> bool:
    return one.given[0].at <= last and first <= one.given[-1].at


def _unused(idea_id: UUID, taken: Collection[UUID]) -> UUID:
    """The next identifier of a group of the dossier."""
    return next(one for n in count(1) if (one := uuid5(GROUPS, f"{idea_id}|{n}")) not in taken)
