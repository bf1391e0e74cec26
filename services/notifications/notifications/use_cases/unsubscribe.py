"""The links at the end of mails: they work without signing in, for whoever holds the mail."""

from collections.abc import Sequence
from uuid import UUID

from contracts.errors import Fault
from contracts.notifications import ReadUnsubscribe, Unsubscribe, UnsubscribeView
from contracts.notifications import Topic as TopicWord

from notifications.domain.links import Forged, Link, read, sign
from notifications.domain.words import LOCKED, EmailMode, Preferences, Topic
from notifications.repository import Transaction, UnitOfWork

PURPOSE = "unsubscribe"
_TOPICS = tuple(Topic)
_DIGEST = 255


def unsubscribe_token(handle: UUID, topic: Topic | None, keys: Sequence[bytes]) -> str:
    """The token with which a person stops the mails of a topic, or (``None``) those of the digest."""
    what = _DIGEST if topic is None else _TOPICS.index(topic)
    return sign(Link(handle, what), PURPOSE, keys)


def read_unsubscribe(uow: UnitOfWork, keys: Sequence[bytes], request: ReadUnsubscribe) -> UnsubscribeView:
    """What a link would do; changes nothing. Raises *not-found* for a link that is not ours or no longer anybody's."""
    with uow() as tx:
        account, topic = _opened(tx, keys, request.token)
        return _view(tx.people.preferences(account), topic)


def unsubscribe(uow: UnitOfWork, keys: Sequence[bytes], request: Unsubscribe) -> UnsubscribeView:
    """Stop the mails of a link, those under way included. Repeating it changes nothing."""
    with uow() as tx:
        account, topic = _opened(tx, keys, request.token)
        known = tx.people.preferences(account)
        stopped = _all() if request.everything else _concerned(known, topic)
        changed = known.without_mail(stopped)
        tx.people.save(account, changed)
        tx.deliveries.cancel(account, stopped, tx.now)
        return _view(changed, topic)


def _opened(tx: Transaction, keys: Sequence[bytes], token: str) -> tuple[UUID, Topic | None]:
    try:
        link = read(token, PURPOSE, keys)
    except Forged:
        raise Fault.not_found("This link is not valid.", "link-unknown") from None
    account = tx.people.by_handle(link.handle)
    if account is None:
        raise Fault.not_found("This link is not valid any more.", "link-unknown")
    return account, None if link.what == _DIGEST else _TOPICS[link.what]


def _all() -> frozenset[Topic]:
    return frozenset(Topic) - {LOCKED}


def _concerned(known: Preferences, topic: Topic | None) -> frozenset[Topic]:
    return known.topics_in(EmailMode.DAILY) if topic is None else frozenset({topic})


def _view(preferences: Preferences, topic: Topic | None) -> UnsubscribeView:
    if topic is None:
        return UnsubscribeView(topic=None, subscribed=bool(preferences.topics_in(EmailMode.DAILY)))
    subscribed = preferences.of(topic).email is not EmailMode.NEVER
    return UnsubscribeView(topic=TopicWord(topic.value), subscribed=subscribed)
