"""Supporters asked of the ideas service itself: a process on RabbitMQ and PostgreSQL, from the merge to the inboxes."""

from uuid import UUID, uuid4

import pytest
from contracts import ideas
from notifications.crowds import CrowdUnknown, IdeasCrowds
from notifications.use_cases import tell

from services.ideas.tests.integration.test_service import Suite, suite  # noqa: F401 -- a fixture
from services.notifications.tests.unit import facts
from services.notifications.tests.unit.test_duties import inbox
from services.notifications.tests.world import World


def supported(asked: Suite, number: int) -> tuple[ideas.DossierView, list[UUID]]:
    """An open dossier and the people who support it."""
    one, _author = asked.opened()
    people = [uuid4() for _ in range(number)]
    for person in people:
        asked.client.call(ideas.SUPPORT_IDEA, ideas.SupportIdea(idea_id=one.id), context=asked.token(person))
    return one, people


def merged(asked: Suite, source: ideas.DossierView) -> ideas.MergeView:
    into, _author = asked.opened()
    request = {"merge_id": uuid4(), "target_id": into.id, "source_ids": (source.id,), "reason": "already-open"}
    joining = ideas.MergeIdeas.model_validate(request | {"text": "Ces deux idées demandent la même chose."})
    return asked.client.call(ideas.MERGE_IDEAS, joining, context=asked.token(uuid4(), "moderator"))


def test_the_supporters_of_a_merge_are_told_and_nobody_else_may_ask(
    suite: Suite,  # noqa: F811 -- the fixture
    world: World,
) -> None:
    source, people = supported(suite, 3)
    merge = merged(suite, source)
    leaver = people.pop()
    leaving = ideas.ChooseMerge.model_validate({"merge_id": merge.merge_id, "choice": "leave"})
    suite.client.call(ideas.CHOOSE_MERGE, leaving, context=suite.token(leaver))
    more = {
        "merge_id": merge.merge_id,
        "into": merge.target.number,
        "into_title": merge.target.title,
        "reason": "already-open",
        "leave_until": merge.leave_until,
    }
    world.hear(ideas.IDEA_MERGED, ideas.IdeaMerged.model_validate(facts.about(None, **more)))
    curious = IdeasCrowds(suite.client, suite.token(uuid4(), "moderator").token or "")
    with pytest.raises(CrowdUnknown):
        tell.tell_some_of_a_crowd(world.uow, curious)
    crowds = IdeasCrowds(suite.client, suite.token(uuid4(), "service").token or "")
    while tell.tell_some_of_a_crowd(world.uow, crowds):
        pass
    assert [len(inbox(world, person)) for person in people] == [1, 1]
    assert inbox(world, leaver) == []
