"""Supporters of what was joined to another are told, each once, and ideas alone knows who they are."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from contracts import ideas
from notifications.crowds import CrowdUnknown
from notifications.use_cases import tell

from services.notifications.tests.unit import facts
from services.notifications.tests.unit.test_duties import inbox
from services.notifications.tests.world import World

INTO = "PAR-2026-004300"
ASKED = f"/dossiers/{facts.NUMBER}/reunion"


def merged(merge: UUID) -> ideas.IdeaMerged:
    more = {"into": INTO, "into_title": "Une rue-jardin", "reason": "already-open", "leave_until": date(2026, 12, 7)}
    return ideas.IdeaMerged.model_validate(facts.about(None, merge_id=merge, **more))


def unmerged(merge: UUID) -> ideas.IdeaUnmerged:
    return ideas.IdeaUnmerged.model_validate(facts.about(None, merge_id=merge, into=INTO, carried=False))


def test_supporters_hear_of_it_with_the_last_day_and_land_on_their_choice(world: World) -> None:
    author, supporter, stranger = world.person(), world.person(), world.person()
    merge = uuid4()
    world.crowds.people[merge] = [author, supporter]
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    world.tell_all()
    world.hear(ideas.IDEA_MERGED, merged(merge))
    world.tell_all()
    title = f"« {facts.TITLE} » rejoint une autre idée"
    assert inbox(world, supporter) == [(title, ASKED)]
    assert (title, ASKED) in inbox(world, author)
    assert inbox(world, stranger) == []
    told = world.rows("SELECT account_id FROM delivery WHERE priority = 1")
    assert sorted(row["account_id"] for row in told) == sorted([author, supporter])
    world.later(hours=2)
    world.send_all()
    assert set(world.states()) == {"sent"}


def test_a_crowd_is_told_step_by_step_and_nobody_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tell, "PEOPLE_PER_STEP", 10)
    merge = uuid4()
    world.crowds.people[merge] = [uuid4() for _ in range(35)]
    world.hear(ideas.IDEA_MERGED, merged(merge))
    for _ in range(2):
        assert tell.tell_some_of_a_crowd(world.uow, world.crowds)
    assert len(world.states()) == 20
    world.tell_all()
    told = world.rows("SELECT account_id FROM delivery")
    assert sorted(row["account_id"] for row in told) == sorted(world.crowds.people[merge])


def test_ideas_being_away_delays_its_crowds_and_nothing_else(world: World) -> None:
    author, supporter, merge = world.person(), world.person(), uuid4()
    world.crowds.people[merge] = [supporter]
    world.crowds.reachable = False
    world.hear(ideas.IDEA_MERGED, merged(merge))
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    with pytest.raises(CrowdUnknown):
        tell.tell_some_of_a_crowd(world.uow, world.crowds)
    while tell.tell_some(world.uow):
        pass
    assert len(inbox(world, author)) == 1
    assert inbox(world, supporter) == []
    world.crowds.reachable = True
    world.tell_all()
    assert len(inbox(world, supporter)) == 1


def test_those_who_were_told_hear_that_it_is_undone(world: World) -> None:
    supporter, merge = world.person(), uuid4()
    world.crowds.people[merge] = [supporter]
    world.hear(ideas.IDEA_MERGED, merged(merge))
    world.tell_all()
    world.hear(ideas.IDEA_UNMERGED, unmerged(merge))
    world.tell_all()
    assert [path for _, path in inbox(world, supporter)] == [f"/dossiers/{facts.NUMBER}", ASKED]


def test_the_author_hears_of_a_third_two_thirds_and_all_and_nobody_else(world: World) -> None:
    author, follower = world.person(), world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    for supports, progress in ((400, None), (500, 33), (1000, 66), (1500, 100)):
        more = {"supports": supports, "threshold": 1500, "change": 1, "progress": progress}
        world.hear(ideas.IDEA_SUPPORTED, ideas.IdeaSupported.model_validate(facts.about(author, **more)))
        world.tell_all()
    titles = [title for title, _ in inbox(world, author) if "soutiens" in title]
    assert titles == [f"Votre idée atteint {percent}\u202f% des soutiens" for percent in (100, 66, 33)]
    assert inbox(world, follower) == []
    world.later(hours=2)
    world.send_all()
    assert world.states() == ["sent"] * 4
