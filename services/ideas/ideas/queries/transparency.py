"""Counting how promises were kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.dossier import State
from ideas.domain.rules import Rules
from ideas.queries.moderation import TO_READ
from ideas.tables import comment_decisions, commitments, dossiers, opinions, stages, steps

d = dossiers.c


@dataclass(frozen=True, slots=True)
class Measure:
    """How a promise was kept: what was done, in how many hours altogether, and what is late."""

    done: int = 0
    hours: float = 0.0
    late_now: int = 0

    @property
    def average_hours(self) -> int | None:
        """``None``: nothing was done yet."""
        return round(self.hours / self.done) if self.done else None

    def plus(self, other: Self) -> "Measure":
        """Both together."""
        return Measure(self.done + other.done, self.hours + other.hours, self.late_now + other.late_now)


def moderation(connection: sa.Connection, rules: Rules, since: datetime, now: datetime) -> Measure:
    """How long moderators took to read what was deposited since then."""
    took = sa.func.extract("epoch", d.moderated_at - d.deposited_at) / 3600
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(took), 0))
    read = d.moderated_at.isnot(None) & d.imported_from.is_(None) & (d.deposited_at >= since)
    done, hours = connection.execute(query.where(read)).one()
    late = TO_READ & (d.deposited_at < now - timedelta(hours=rules.moderation_hours))
    return Measure(done, float(hours), connection.scalar(sa.select(sa.func.count()).where(late)) or 0)


def stages_kept(connection: sa.Connection, since: date, today: date) -> dict[tuple[str, str], Measure]:
    """By kind and stage, how long what was owed took, among the stages reached since then."""
    days = stages.c.answered_on - stages.c.reached_on
    late = stages.c.answered_on.is_(None) & (stages.c.due_on < today)
    query = sa.select(
        d.kind,
        stages.c.stage,
        sa.func.count(stages.c.answered_on),
        sa.func.coalesce(sa.func.sum(days), 0),
        sa.func.count().filter(late),
    ).join_from(stages, dossiers)
    rows = connection.execute(query.where(stages.c.reached_on >= since).group_by(d.kind, stages.c.stage))
    return {(kind, stage): Measure(done, 24.0 * taken, overdue) for kind, stage, done, taken, overdue in rows}


def reasons(connection: sa.Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """By reason, how many dossiers were refused and how many messages hidden since then."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    refused = (d.state == State.REFUSED) & (d.moderated_at >= since)
    for code, number in connection.execute(sa.select(d.reason, sa.func.count()).where(refused).group_by(d.reason)):
        found[code] = (number, 0)
    c = comment_decisions.c
    hidden = (c.decision == "hide") & (c.decided_at >= since)
    for code, number in connection.execute(sa.select(c.reason, sa.func.count()).where(hidden).group_by(c.reason)):
        found[code] = (found[code][0], number)
    return found


def opinions_given(connection: sa.Connection, since: date, today: date) -> Measure:
    """How long services took to give the opinions that they were asked for since then."""
    o = opinions.c
    days = sa.func.coalesce(sa.func.sum(o.given_on - o.asked_on), 0)
    late = sa.func.count().filter(o.given_on.is_(None) & (o.due_on < today))
    query = sa.select(sa.func.count(o.given_on), days, late).where(o.asked_on >= since)
    done, taken, overdue = connection.execute(query).one()
    return Measure(done, 24.0 * taken, overdue)


def commitments_kept(connection: sa.Connection, today: date) -> dict[str, int]:
    """How many promises are ``due``, ``late``, ``kept`` in time, ``done`` later, ``dropped``."""
    p = commitments.c
    opened, closed = p.state == "open", p.state == "done"
    each = {
        "due": opened & (p.due_on >= today),
        "late": opened & (p.due_on < today),
        "kept": closed & (p.closed_on <= p.due_on),
        "done": closed & (p.closed_on > p.due_on),
        "dropped": p.state == "dropped",
    }
    counts = [sa.func.count().filter(wanted).label(name) for name, wanted in each.items()]
    return dict(connection.execute(sa.select(*counts).select_from(commitments)).one()._asdict())


def late_commitments(connection: sa.Connection, today: date, limit: int) -> Sequence[Row]:
    """The promises that are the longest late, with the number and title of their dossiers."""
    p = commitments.c
    title = sa.case((d.content_hidden, ""), else_=d.title).label("title")
    query = sa.select(d.number, title, p.service, p.text, p.due_on, (sa.literal(today) - p.due_on).label("days_late"))
    late = (p.state == "open") & (p.due_on < today)
    return connection.execute(
        query.join_from(commitments, dossiers).where(late).order_by(p.due_on, p.id).limit(limit)
    ).all()


def records(connection: sa.Connection) -> tuple[int, str | None]:
    """How many steps all records hold, and the hash of the last one."""
    number = connection.scalar(sa.select(sa.func.count()).select_from(steps)) or 0
    last = sa.select(steps.c.hash).order_by(steps.c.at.desc(), steps.c.idea_id.desc(), steps.c.position.desc())
    return number, connection.scalar(last.limit(1))
