"""``/moi/notifications``: one's messages, read and unread; and the newest of them on ``/moi``."""

from typing import Any

from contracts.notifications import LIST_INBOX, MARK_READ, MARK_UNREAD, ListInbox, MarkRead, MarkUnread

from gateway.site.answers import Answer, Redirect, page
from gateway.site.ids import as_id, from_field
from gateway.site.notifications.labels import TOPICS
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit, local_path

INBOX = "/moi/notifications"
NEWEST = 3


def show(visit: Visit) -> Answer:
    """The messages, newest first."""
    unread_only = visit.query("montrer") == "non-lues"
    found = visit.call(LIST_INBOX, ListInbox(after=visit.query("after") or None, unread_only=unread_only, limit=20))
    return page("notifications/inbox.html", found=found, unread_only=unread_only, topics=TOPICS)


def open_one(visit: Visit) -> Answer:
    """Go where a message leads; it is read then."""
    notice = as_id(visit.url["notice"])
    visit.call(MARK_READ, MarkRead(notices=(notice,)))
    return Redirect(local_path(visit.query("vers"), INBOX))


def mark_read(visit: Visit) -> Answer:
    """Mark one message, or all up to one, as read."""
    if visit.field("through"):
        visit.call(MARK_READ, MarkRead(through=from_field(visit, "through")))
    else:
        visit.call(MARK_READ, MarkRead(notices=(from_field(visit, "notice"),)))
    return Redirect(local_path(visit.field("suite"), INBOX))


def mark_unread(visit: Visit) -> Answer:
    """Keep one message for later."""
    visit.call(MARK_UNREAD, MarkUnread(notice_id=from_field(visit, "notice")))
    return Redirect(local_path(visit.field("suite"), INBOX))


def newest(visit: Visit) -> dict[str, Any]:
    """What ``/moi`` shows."""
    return {"inbox": visit.call(LIST_INBOX, ListInbox(limit=NEWEST))}


ROUTES: tuple[SiteRoute, ...] = (
    get(INBOX, show, who=Who.CITIZEN),
    get(f"{INBOX}/{{notice}}", open_one, who=Who.CITIZEN),
    post(f"{INBOX}/lues", mark_read, who=Who.CITIZEN),
    post(f"{INBOX}/non-lues", mark_unread, who=Who.CITIZEN),
)
