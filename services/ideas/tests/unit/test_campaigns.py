"""Campaigns on PostgreSQL: everything wrong at once, public changes, deposits in their phase only, no overlap."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from contracts import ideas as c
from contracts.errors import Fault
from hypothesis import given
from hypothesis import strategies as st
from ideas.domain.campaign import Calendar, Phase, PhaseCode
from ideas.use_cases import campaigning
from sqlalchemy.exc import IntegrityError

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen

MANAGER = agent("campaign_manager")
DAYS = {
    "deposit": ("2026-09-10", "2026-10-10"),
    "review": ("2026-10-11", "2027-02-28"),
    "ballot": ("2027-03-01", "2027-05-31"),
    "vote": ("2027-09-03", "2027-09-26"),
    "results": ("2027-10-06", "2027-12-31"),
}


def wanted(*, year: int = 2027, days: dict[str, tuple[str, str]] | None = None, **more: Any) -> c.SaveCampaign:
    phases = [
        {"code": code, "starts_on": first, "ends_on": last} for code, (first, last) in (DAYS | (days or {})).items()
    ]
    money = [{"place": None, "amount": 20_000_000}, {"place": "75012", "amount": 3_800_000}]
    return c.SaveCampaign.model_validate({"year": year, "phases": phases, "envelopes": money} | more)


def saved(city: City, **changes: Any) -> c.CampaignView:
    return campaigning.save_campaign(city.uow, MANAGER, wanted(**changes))


def published(city: City, **changes: Any) -> c.CampaignView:
    made = saved(city, **changes)
    return campaigning.publish_campaign(city.uow, MANAGER, c.PublishCampaign(year=made.year))


def refused(city: City, **changes: Any) -> set[tuple[str, str]]:
    with pytest.raises(Fault) as fault:
        saved(city, **changes)
    return {(error.pointer, error.code) for error in fault.value.errors}


def test_everything_wrong_with_a_campaign_is_said_at_once(city: City) -> None:
    days = {"deposit": ("2026-09-10", "2026-10-20"), "ballot": ("2027-03-09", "2027-03-01")}
    money = [{"place": "75012", "amount": 1}, {"place": "75012", "amount": 2}, {"place": "lyon", "amount": 3}]

    assert refused(city, days=days, envelopes=money) == {
        ("/phases/1/starts_on", "phases-overlap"),
        ("/phases/2/ends_on", "ends-before-start"),
        ("/phases/2/starts_on", "phases-gap"),
        ("/envelopes/1/place", "duplicate"),
        ("/envelopes/2/place", "unknown-district"),
    }
    assert refused(city, phases=[], envelopes=[]) == {("/phases", "phase-missing"), ("/envelopes", "no-money")}


def test_a_district_of_a_group_has_no_envelope_of_its_own(city: City) -> None:
    assert refused(city, envelopes=[{"place": "75001", "amount": 1}]) == {("/envelopes/0/place", "unknown-district")}


def test_two_campaigns_never_take_deposits_on_the_same_day(city: City) -> None:
    saved(city)

    assert refused(city, year=2028) == {("/phases/0/starts_on", "deposits-overlap")}
    assert refused(city) == {("/year", "year-taken")}


@pytest.mark.parametrize(("year", "code"), [(2027, "delivery"), (2028, "deposit")])
def test_the_database_refuses_what_the_service_would_let_through(city: City, year: int, code: str) -> None:
    saved(city)
    insert = sa.text("INSERT INTO campaign_phases VALUES (:year, :code, '2026-10-01', '2026-10-20')")
    with city.uow() as tx:
        tx.connection.execute(sa.text("INSERT INTO campaigns VALUES (2028, 1)"))
        row = {"year": year, "code": code}
        with pytest.raises(IntegrityError, match="apart"), tx.connection.begin_nested():
            tx.connection.execute(insert, row)


def test_a_draft_is_for_managers_of_the_whole_city(city: City) -> None:
    saved(city)
    year = c.ReadCampaign(year=2027)

    assert campaigning.read_campaign(city.uow, MANAGER, year).public is False
    assert campaigning.list_campaigns(city.uow, ANYBODY).items == ()
    with pytest.raises(Fault, match="no such campaign"):
        campaigning.read_campaign(city.uow, ANYBODY, year)
    for stranger in (ANYBODY, citizen(), agent("moderator"), agent("campaign_manager", "75012")):
        with pytest.raises(Fault):
            campaigning.save_campaign(city.uow, stranger, wanted())


def test_a_public_campaign_is_changed_with_a_public_reason(city: City) -> None:
    one = published(city)
    later = {"ballot": ("2027-03-01", "2027-06-15")}

    assert refused(city, days=later, version=one.version) == {("/reason", "missing")}
    after = saved(city, days=later, version=one.version, reason="La commission siège en juin.")

    (change,) = after.changes
    assert (change.reason, change.moved, change.envelopes) == ("La commission siège en juin.", ("ballot",), False)
    assert [topic for topic, _ in city.told()] == ["campaign_published.v1", "campaign_changed.v1"]
    with pytest.raises(Fault, match="since you read it"):
        saved(city, version=one.version, reason="Trop tard.")


def test_what_has_begun_is_not_rewritten(city: City, clock: Clock) -> None:
    one = published(city)
    clock.forward(days=20)
    earlier = {"deposit": ("2026-09-01", "2026-10-10")}
    longer = {"deposit": ("2026-09-10", "2026-10-15"), "review": ("2026-10-16", "2027-02-28")}

    assert refused(city, days=earlier, version=one.version, reason="Non.") == {("/phases/0/starts_on", "phase-begun")}
    assert saved(city, days=longer, version=one.version, reason="Cinq jours de plus.").version == one.version + 1


def test_budget_ideas_are_deposited_during_the_deposit_phase_only(city: City, clock: Clock) -> None:
    published(city)
    with pytest.raises(Fault) as early:
        city.submitted(kind="budget_idea")
    clock.forward(days=9)
    one = city.submitted(kind="budget_idea")
    clock.forward(days=30)
    last = city.submitted(kind="budget_idea")
    clock.forward(days=1)
    with pytest.raises(Fault) as late:
        city.submitted(kind="budget_idea")

    assert early.value.reason == late.value.reason == "no-campaign-open"
    assert one.campaign == last.campaign == "budget-2027"


def test_a_draft_campaign_takes_no_deposits(city: City, clock: Clock) -> None:
    saved(city)
    clock.forward(days=9)

    with pytest.raises(Fault, match="No campaign"):
        city.submitted(kind="budget_idea")


@given(first=st.dates(), length=st.integers(0, 400), away=st.integers(-500, 500))
def test_a_day_is_before_during_or_after_a_phase_and_never_two_of_them(first: date, length: int, away: int) -> None:
    try:
        last, day = first + timedelta(days=length), first + timedelta(days=away)
    except OverflowError:
        return
    calendar = Calendar((Phase(PhaseCode.VOTE, first, last),))

    said = [ask(PhaseCode.VOTE, day) for ask in (calendar.before, calendar.during, calendar.after)]

    assert said == [away < 0, 0 <= away <= length, away > length]
    assert (calendar.at(day) is PhaseCode.VOTE) == said[1]
    assert not calendar.before(PhaseCode.DEPOSIT, day)
