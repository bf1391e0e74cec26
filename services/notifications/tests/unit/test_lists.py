"""The inbox and the followed things, page by page."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from contracts import ideas, identity
from contracts.errors import Fault
from contracts.notifications import (
    Follow,
    FollowKind,
    ListFollowed,
    ListInbox,
    MarkRead,
    MarkUnread,
    NoticeId,
)
from notifications import queries
from notifications.use_cases.follow import follow
from notifications.use_cases.inbox import mark_read, mark_unread

from services.notifications.tests.unit import facts
from services.notifications.tests.world import TEXTS, World


def inbox(world: World, account: UUID, language: str = "fr", **request: object) -> list[str]:
    page = queries.list_inbox(world.uow, TEXTS, account, ListInbox.model_validate(request), language)
    return [notice.title for notice in page.items]


def _notice(person: UUID) -> identity.SecurityNotice:
    return identity.SecurityNotice(account_id=person, matter=identity.SecurityMatter.PASSWORD_CHANGED)


def test_reading_and_unreading(world: World) -> None:
    person, stranger = world.person(), world.person()
    for _ in range(3):
        world.hear(identity.SECURITY_NOTICE, _notice(person))
    world.tell_all()
    page = queries.list_inbox(world.uow, TEXTS, person, ListInbox(), "fr")
    newest, middle, oldest = (notice.id for notice in page.items)
    assert mark_read(world.uow, stranger, MarkRead(notices=(newest,))).unread == 0
    assert mark_read(world.uow, person, MarkRead(through=middle)).unread == 1
    assert mark_unread(world.uow, person, MarkUnread(notice_id=oldest)).unread == 2
    assert len(inbox(world, person, unread_only=True)) == 2
    assert mark_read(world.uow, person, MarkRead(notices=(NoticeId(newest), NoticeId(oldest)))).unread == 0


def test_pages_of_the_inbox_hold_every_message_once(world: World) -> None:
    person = world.person()
    for _ in range(7):
        world.hear(identity.SECURITY_NOTICE, _notice(person))
    world.tell_all()
    seen, after = [], None
    while True:
        page = queries.list_inbox(world.uow, TEXTS, person, ListInbox(after=after, limit=3), "fr")
        seen += [notice.id for notice in page.items]
        if (after := page.next) is None:
            break
    assert len(seen) == len(set(seen)) == 7
    assert page.unread == 7


NUL_INSIDE = "WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwgImRvc3NpZXIiLCAiXHUwMDAwIl0="
"""A moment, a kind, and U+0000 as the key."""


@pytest.mark.parametrize("after", ["x", "é", "InB3biI=", "WzEsMiwzXQ==", "bnVsbA==", "IjAxIg==", NUL_INSIDE])
@pytest.mark.parametrize("read", [
    lambda world, after: queries.list_inbox(world.uow, TEXTS, uuid4(), ListInbox(after=after), "fr"),
    lambda world, after: queries.list_followed(world.uow, uuid4(), ListFollowed(after=after), "fr"),
])  # fmt: skip
def test_a_cursor_of_somebody_elses_making_is_refused(
    world: World, after: str, read: Callable[[World, str], object]
) -> None:
    with pytest.raises(Fault) as refused:
        read(world, after)
    assert refused.value.errors[0].pointer == "/after"


def test_followed_things_are_listed_newest_first_in_pages(world: World) -> None:
    person = world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(None))
    for kind, key in ((FollowKind.THEME, "nature"), (FollowKind.DISTRICT, "*"), (FollowKind.DOSSIER, facts.NUMBER)):
        follow(world.uow, person, Follow(kind=kind, key=key))
    first = queries.list_followed(world.uow, person, ListFollowed(limit=2), "fr")
    rest = queries.list_followed(world.uow, person, ListFollowed(limit=2, after=first.next), "fr")
    shown = [(item.key, item.title, item.path) for item in (*first.items, *rest.items)]
    assert shown[0] == (facts.NUMBER, facts.TITLE, f"/dossiers/{facts.NUMBER}")
    assert [key for key, _, _ in shown] == [facts.NUMBER, "*", "nature"]
    assert rest.next is None
