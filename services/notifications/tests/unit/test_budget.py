"""Participatory budgets in the inbox and the mails: campaigns for their followers, a delivery once for who asked."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts import ideas
from contracts.notifications import Follow, FollowKind, ListFollowed
from notifications import queries
from notifications.use_cases.follow import follow

from services.notifications.tests.unit import facts
from services.notifications.tests.unit.test_telling import inbox
from services.notifications.tests.world import World

CAMPAIGN = ideas.CampaignFact(slug="budget-2027", year=2027, starts_on=date(2026, 9, 10))


def delivered(author: UUID | None) -> Any:
    fields = facts.about(author, year=2027, title="Une rue-jardin autour de l’hôpital")
    return ideas.ProjectDelivered.model_validate(fields)


def test_followers_of_a_campaign_hear_that_it_begins_and_that_it_changes(world: World) -> None:
    reader, everywhere, stranger = world.person(), world.person(), world.person()
    follow(world.uow, reader, Follow(kind=FollowKind.CAMPAIGN, key="budget-2027"))
    follow(world.uow, everywhere, Follow(kind=FollowKind.DISTRICT, key="*"))
    world.hear(ideas.CAMPAIGN_PUBLISHED, CAMPAIGN)
    world.tell_all()
    world.hear(ideas.CAMPAIGN_CHANGED, CAMPAIGN)
    world.tell_all()

    assert inbox(world, reader) == ["Le budget participatif 2027 change", "Le budget participatif 2027 commence"]
    assert inbox(world, everywhere, "en") == ["The participatory budget 2027 begins"]
    assert inbox(world, stranger) == []
    (followed,) = queries.list_followed(world.uow, reader, ListFollowed(), "fr").items
    assert (followed.title, followed.path) == ("Budget participatif 2027", "/budget/2027")


def test_who_asked_is_told_once_that_it_is_done_years_later(world: World) -> None:
    author, asked, stranger = world.person(), world.person(), world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    for kind in (FollowKind.DELIVERY, FollowKind.DOSSIER):
        follow(world.uow, asked, Follow(kind=kind, key=facts.NUMBER))
    world.tell_all()
    world.now += timedelta(days=1200)
    event = world.hear(ideas.PROJECT_DELIVERED, delivered(author))
    world.tell_all()
    world.hear(ideas.PROJECT_DELIVERED, delivered(author), id_=event)
    world.tell_all()

    said = "C’est réalisé\u00a0: Une rue-jardin autour de l’hôpital"
    assert inbox(world, asked) == [said]
    assert inbox(world, author)[0] == said
    assert inbox(world, stranger) == []
    mails = world.rows("SELECT topic FROM delivery WHERE account_id = :a AND story_id = :s", a=asked, s=event)
    assert len(mails) == 1
