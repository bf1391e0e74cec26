"""Lists for pages: the inbox and the things one follows. They read, and never load what they do not show."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson
import sqlalchemy as sa
from chassis.database import Row
from contracts import notifications as contract
from contracts.errors import Fault, FieldError

from notifications import links
from notifications.domain.words import FOLLOWABLE, Priority, Topic
from notifications.repository import Transaction, UnitOfWork
from notifications.repository.subjects import Subject
from notifications.tables import follower, notice, subject
from notifications.texts import Texts

_PRIORITIES = {
    Priority.SECURITY: contract.Priority.SECURITY,
    Priority.ACTION: contract.Priority.ACTION,
    Priority.FOLLOW_UP: contract.Priority.FOLLOW_UP,
    Priority.NEWS: contract.Priority.NEWS,
}


def list_inbox(
    uow: UnitOfWork, texts: Texts, citizen: UUID, request: contract.ListInbox, language: str
) -> contract.InboxPage:
    """One's messages, newest first, in a language."""
    query = sa.select(notice).where(notice.c.account_id == citizen).order_by(notice.c.id.desc())
    if request.unread_only:
        query = query.where(notice.c.read_at.is_(None))
    if request.after:
        query = query.where(notice.c.id < _notice_cursor(request.after))
    with uow() as tx:
        rows = tx.connection.execute(query.limit(request.limit + 1)).all()
        shown = rows[: request.limit]
        more = len(rows) > request.limit
        items = _notices(tx, texts, shown, language)
        return contract.InboxPage(
            items=items,
            next=_cursor(str(shown[-1].id)) if more else None,
            unread=tx.notices.count_unread(citizen),
        )


def _notices(tx: Transaction, texts: Texts, rows: Sequence[Row], language: str) -> tuple[contract.Notice, ...]:
    stories = tx.stories.by_ids(row.story_id for row in rows)
    subjects = tx.subjects.named(story.subject for story in stories.values() if story.subject)
    found = []
    for row in rows:
        story = stories[row.story_id]
        words = texts.words(story.kind, story, Topic(row.topic), subjects, language)
        found.append(
            contract.Notice(
                id=row.id,
                kind=story.kind,
                topic=contract.Topic(row.topic),
                priority=_PRIORITIES[story.priority],
                title=words.title,
                text=words.text,
                path=links.story_path(story, subjects),
                occurred_at=story.occurred_at,
                read_at=row.read_at,
            )
        )
    return tuple(found)


def list_followed(
    uow: UnitOfWork, citizen: UUID, request: contract.ListFollowed, language: str
) -> contract.FollowedPage:
    """The things one follows, the last one first."""
    kinds = [request.kind.value] if request.kind else [interest.value for interest in FOLLOWABLE]
    place = sa.tuple_(follower.c.since, follower.c.interest, follower.c.key)
    known = follower.outerjoin(subject, (subject.c.kind == follower.c.interest) & (subject.c.key == follower.c.key))
    query = (
        sa.select(follower, subject.c.titles, subject.c.slug, subject.c.hidden)
        .select_from(known)
        .where(follower.c.account_id == citizen, follower.c.interest.in_(kinds))
        .order_by(follower.c.since.desc(), follower.c.interest.desc(), follower.c.key.desc())
    )
    if request.after:
        query = query.where(place < sa.tuple_(*_followed_cursor(request.after)))
    with uow() as tx:
        rows = tx.connection.execute(query.limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    more = len(rows) > len(shown)
    return contract.FollowedPage(
        items=tuple(_followed(row, language) for row in shown), next=_followed_place(shown[-1]) if more else None
    )


def _followed_place(row: Row) -> str:
    return _cursor([row.since.isoformat(), row.interest, row.key])


def _followed(row: Row, language: str) -> contract.Followed:
    known = Subject(row.titles or {}, row.slug or "", bool(row.hidden))
    return contract.Followed(
        kind=contract.FollowKind(row.interest),
        key=row.key,
        title=known.title(language),
        path=links.path_of(row.interest, row.key, known.slug),
        since=row.since,
    )


def _cursor(place: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode()


def _opened(cursor: str) -> object:
    try:
        return orjson.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, binascii.Error):
        raise _bad_cursor() from None


def _notice_cursor(cursor: str) -> UUID:
    try:
        return UUID(str(_opened(cursor)))
    except ValueError:
        raise _bad_cursor() from None


def _followed_cursor(cursor: str) -> tuple[datetime, str, str]:
    match _opened(cursor):
        case [str(since), str(interest), str(key)] if "\0" not in interest + key:
            return _aware(since), interest, key
    raise _bad_cursor()


def _aware(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _bad_cursor() from None
    if moment.tzinfo is None:
        raise _bad_cursor()
    return moment


def _bad_cursor() -> Fault:
    return Fault.invalid(FieldError("/after", "bad-cursor", "This is not the end of a page of this list."))
