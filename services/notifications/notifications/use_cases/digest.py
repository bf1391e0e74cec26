"""The daily digest: at the hour of the territory's clock, everything that waits for a person becomes one mail."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from notifications.domain.stories import DIGEST, Story, digest_id
from notifications.domain.words import Priority, Topic, digest_moment
from notifications.repository import Transaction, UnitOfWork

PEOPLE_PER_STEP = 200


def gather_some(uow: UnitOfWork, hour: int, zone: ZoneInfo) -> bool:
    """Make the digests of some people out of what waited before today's hour; ``False`` when nothing waits."""
    with uow() as tx:
        moment = digest_moment(tx.now, hour, zone)
        people = tx.deliveries.waiting(moment, PEOPLE_PER_STEP)
        for account in people:
            _gather(tx, account, moment)
        return len(people) == PEOPLE_PER_STEP


def _gather(tx: Transaction, account: UUID, moment: datetime) -> None:
    story = Story(
        id=digest_id(account, moment),
        kind=DIGEST,
        priority=Priority.NEWS,
        occurred_at=moment,
        account=account,
        in_inbox=False,
    )
    if tx.stories.add(story):
        tx.stories.told(story.id, tx.now)
        tx.deliveries.add(story.id, Topic.ACCOUNT, Priority.NEWS, {account: "pending"}, tx.now)
        tx.deliveries.gather(account, story.id, moment, tx.now)
