"""Campaigns: rows of four tables as one value."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.campaign import ORDER, Calendar, Campaign, Phase, PhaseCode, Trace
from ideas.tables import campaign_changes, campaign_envelopes, campaign_phases, campaigns

_LOCK = 0x63616D70
"""One campaign is changed at a time: whether two take deposits at once is asked of all of them."""


class Campaigns:
    """All campaigns: few, and read whole."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Let nobody else change a campaign before this transaction is over."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))

    def find(self, year: int) -> Campaign | None:
        """The campaign of a year."""
        return next(iter(self._read(campaigns.c.year == year)), None)

    def all(self) -> Sequence[Campaign]:
        """Every campaign, the newest first."""
        return self._read(sa.true())

    def _read(self, wanted: sa.ColumnElement[bool]) -> list[Campaign]:
        rows = self._connection.execute(sa.select(campaigns).where(wanted).order_by(campaigns.c.year.desc())).all()
        return [self._whole(row) for row in rows]

    def _whole(self, row: Row) -> Campaign:
        phases = self._connection.execute(sa.select(campaign_phases).where(campaign_phases.c.year == row.year))
        money = self._connection.execute(sa.select(campaign_envelopes).where(campaign_envelopes.c.year == row.year))
        found = [Phase(PhaseCode(one.code), one.starts_on, one.ends_on) for one in phases]
        return Campaign(
            year=row.year,
            calendar=Calendar(tuple(sorted(found, key=lambda one: ORDER.index(one.code)))),
            envelopes={one.place: one.amount for one in money},
            version=row.version,
            published_at=row.published_at,
        )

    def save(self, one: Campaign) -> None:
        """Keep a campaign as it is now."""
        values = {"version": one.version, "published_at": one.published_at}
        kept = insert(campaigns).values(year=one.year, **values)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["year"], set_=values))
        for table in (campaign_phases, campaign_envelopes):
            self._connection.execute(sa.delete(table).where(table.c.year == one.year))
        self._connection.execute(
            sa.insert(campaign_phases),
            [
                {"year": one.year, "code": phase.code, "starts_on": phase.starts_on, "ends_on": phase.ends_on}
                for phase in one.calendar.phases
            ],
        )
        self._connection.execute(
            sa.insert(campaign_envelopes),
            [{"year": one.year, "place": place, "amount": amount} for place, amount in one.envelopes.items()],
        )

    def note(self, one: Campaign, trace: Trace, now: datetime) -> None:
        """Keep for everybody what was changed and why."""
        values = {"reason": trace.reason, "moved": list(trace.moved), "envelopes": trace.envelopes}
        self._connection.execute(
            sa.insert(campaign_changes).values(year=one.year, version=one.version, at=now, **values)
        )

    def changes(self, year: int) -> Sequence[Row]:
        """What was changed after publication, the latest first."""
        query = sa.select(campaign_changes).where(campaign_changes.c.year == year)
        return self._connection.execute(query.order_by(campaign_changes.c.version.desc())).all()
