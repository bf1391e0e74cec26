"""Campaigns as the contract's views, and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.campaign import WHOLE, Calendar, Campaign, Phase, PhaseCode
from ideas.domain.rules import Rules


def phases_of(request: c.SaveCampaign) -> tuple[Phase, ...]:
    """The phases as they were sent."""
    return tuple(Phase(PhaseCode(one.code), one.starts_on, one.ends_on) for one in request.phases)


def places_of(request: c.SaveCampaign) -> tuple[str, ...]:
    """The places of the envelopes as they were sent."""
    return tuple(one.place or WHOLE for one in request.envelopes)


def phase_view(calendar: Calendar, one: Phase, today: date) -> c.PhaseView:
    """A phase as it stands today."""
    when = c.PhaseWhen.DURING if calendar.during(one.code, today) else c.PhaseWhen.BEFORE
    when = c.PhaseWhen.AFTER if calendar.after(one.code, today) else when
    left = (one.ends_on - today).days if when is c.PhaseWhen.DURING else None
    return c.PhaseView(
        code=c.PhaseCode(one.code), starts_on=one.starts_on, ends_on=one.ends_on, when=when, days_left=left
    )


def _values(one: Campaign, today: date) -> dict[str, Any]:
    at = one.calendar.at(today)
    return {
        "year": one.year,
        "slug": one.slug,
        "public": one.published_at is not None,
        "version": one.version,
        "phases": tuple(phase_view(one.calendar, phase, today) for phase in one.calendar.phases),
        "now": at and c.PhaseCode(at),
        "total": sum(one.envelopes.values()),
    }


def card(one: Campaign, today: date) -> c.CampaignCard:
    """A campaign in a list."""
    return c.CampaignCard(**_values(one, today))


def view(one: Campaign, changes: Iterable[Row], rules: Rules, today: date) -> c.CampaignView:
    """A campaign, whole."""
    places = sorted(one.envelopes, key=lambda place: (place != WHOLE, rules.place_order.get(place, 0), place))
    return c.CampaignView(
        **_values(one, today),
        envelopes=tuple(c.Envelope(place=place or None, amount=one.envelopes[place]) for place in places),
        changes=tuple(
            c.CampaignChange(at=row.at, reason=row.reason, moved=tuple(row.moved), envelopes=row.envelopes)
            for row in changes
        ),
    )


def fact(one: Campaign) -> c.CampaignFact:
    """What is told of a campaign."""
    return c.CampaignFact(slug=one.slug, year=one.year, starts_on=one.calendar.phases[0].starts_on)
