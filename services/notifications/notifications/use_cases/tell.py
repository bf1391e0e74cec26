"""Tells a story to everybody concerned, some hundreds of people per transaction, however many they are.

Handlers only write the story down. The place reached is saved with the notices and mails it stands for, so that a
crash repeats nobody and forgets nobody.
"""

from collections.abc import Sequence
from uuid import UUID

from notifications.crowds import Crowds
from notifications.domain.stories import Story, mail_state
from notifications.domain.words import Preferences, Topic
from notifications.repository import Transaction, UnitOfWork
from notifications.repository.stories import Telling

PEOPLE_PER_STEP = 500


def tell_some(uow: UnitOfWork) -> bool:
    """Tell the most urgent story to the next people; ``False`` when there is nothing to tell."""
    with uow() as tx:
        telling = tx.stories.next_untold()
        if telling is None:
            return False
        if telling.story.account is not None:
            _tell(tx, telling.story, Topic.ACCOUNT, [telling.story.account])
            tx.stories.told(telling.story.id, tx.now)
        else:
            _next_people(tx, telling)
        return True


def tell_some_of_a_crowd(uow: UnitOfWork, crowds: Crowds) -> bool:
    """Tell the most urgent story of a crowd to the next people; ``False`` when there is none.

    Raises :class:`CrowdUnknown` when ideas does not say who they are: nothing is lost, the next tick asks again.
    """
    with uow() as tx:
        telling = tx.stories.next_for_a_crowd()
    if telling is None or telling.story.crowd is None:
        return False
    people = crowds.supporters(telling.story.crowd, telling.account_at, PEOPLE_PER_STEP)
    with uow() as tx:
        tx.people.know(people)
        _tell(tx, telling.story, Topic.CONTRIBUTIONS, people)
        if people:
            tx.stories.told_until(telling.story.id, telling.audience_at, people[-1])
        else:
            tx.stories.crowd_told(telling.story.id)
    return True


def _next_people(tx: Transaction, telling: Telling) -> None:
    story = telling.story
    if telling.audience_at >= len(story.audiences):
        tx.stories.told(story.id, tx.now)
        return
    audience = story.audiences[telling.audience_at]
    after = (audience.interest, audience.key, telling.account_at)
    people = tx.followers.after(*after, PEOPLE_PER_STEP, today=tx.now.date())
    _tell(tx, story, audience.topic, [account for account in people if account != story.except_for])
    if len(people) < PEOPLE_PER_STEP:
        tx.stories.told_until(story.id, telling.audience_at + 1, None)
    else:
        tx.stories.told_until(story.id, telling.audience_at, people[-1])


def _tell(tx: Transaction, story: Story, topic: Topic, people: Sequence[UUID]) -> None:
    preferences = tx.people.preferences_of(people)
    if story.in_inbox:
        tx.notices.add(story.id, topic, [a for a in people if preferences[a].of(topic).inbox])
    states = {account: _first_state(story, topic, preferences[account]) for account in people}
    mails = {account: state for account, state in states.items() if state is not None}
    tx.deliveries.add(story.id, topic, story.priority, mails, tx.now)


def _first_state(story: Story, topic: Topic, preferences: Preferences) -> str | None:
    if preferences.suspended and topic is not Topic.ACCOUNT:
        return None
    return mail_state(preferences.of(topic), story.priority)
