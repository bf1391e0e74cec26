"""What voting tells: votes announced, opened, changed, called off, and their results."""

from contracts.voting import ElectionAnnounced, ElectionEvent, ElectionOpened, ElectionRulesChanged

from notifications.domain.stories import Audience, Parameters
from notifications.domain.words import WHOLE_CITY, Interest, Priority, Topic
from notifications.stories.reporter import News, Reporter

VOTE = "vote"


def announced(report: Reporter, fact: ElectionAnnounced) -> None:
    """Its rules are public."""
    times = {"opens_at": fact.opens_at.isoformat(), "closes_at": fact.closes_at.isoformat()}
    _tell(report, fact, "vote-announced", Priority.NEWS, times)


def rules_changed(report: Reporter, fact: ElectionRulesChanged) -> None:
    """Its rules are not what they were."""
    times = {"opens_at": fact.opens_at.isoformat(), "closes_at": fact.closes_at.isoformat()}
    _tell(report, fact, "vote-changed", Priority.FOLLOW_UP, times)


def opened(report: Reporter, fact: ElectionOpened) -> None:
    """One can vote."""
    _tell(report, fact, "vote-opened", Priority.ACTION, {"closes_at": fact.closes_at.isoformat()})


def cancelled(report: Reporter, fact: ElectionEvent) -> None:
    """Nothing will be counted."""
    _tell(report, fact, "vote-cancelled", Priority.FOLLOW_UP, {})


def result_published(report: Reporter, fact: ElectionEvent) -> None:
    """Everybody can read and recount the result."""
    _tell(report, fact, "result-published", Priority.FOLLOW_UP, {})


def _tell(report: Reporter, fact: ElectionEvent, kind: str, priority: Priority, more: Parameters) -> None:
    key = str(fact.election_id)
    report.tx.subjects.learn(VOTE, key, fact.title, fact.slug)
    place = Audience(Interest.DISTRICT, fact.perimeter or WHOLE_CITY, Topic.VOTES)
    report.tell(News(kind, priority, (VOTE, key), (Audience(Interest.VOTE, key), place), more))
