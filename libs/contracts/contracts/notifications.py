"""What the notifications service promises: followers, inbox, preferences, unsubscribing, bounces.

Nobody is named here by an address: people are account identifiers, and a link in a mail carries a signed token.
"""

from enum import StrEnum
from typing import Annotated, NewType
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import AccountId, Code, Distinct, Instant, ListRequest, Model, Page, Payload, Reply, Request
from contracts.registry import Call, Contract, Event

NoticeId = NewType("NoticeId", UUID)
DeliveryId = NewType("DeliveryId", UUID)

MAX_FOLLOWED = 1000
"""How many things one person may follow."""


class FollowKind(StrEnum):
    """What can be followed."""

    DOSSIER = "dossier"
    THEME = "theme"
    DISTRICT = "district"
    CONSULTATION = "consultation"
    VOTE = "vote"
    CAMPAIGN = "campaign"
    DELIVERY = "delivery"


class Topic(StrEnum):
    """What a message is about: the lines of the preferences page."""

    ACCOUNT = "account"
    """Security of one's account: always sent."""
    CONTRIBUTIONS = "contributions"
    """What becomes of what one wrote."""
    FOLLOWED = "followed"
    DISCOVERIES = "discoveries"
    """New dossiers in the themes and districts one follows."""
    VOTES = "votes"
    CONSULTATIONS = "consultations"
    DUTIES = "duties"
    """What one's service owes: agents only."""


class EmailMode(StrEnum):
    """When messages of a topic come by e-mail."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class Priority(StrEnum):
    """What goes first: security, then what asks the person to act, then follow-up, then news."""

    SECURITY = "security"
    ACTION = "action"
    FOLLOW_UP = "follow-up"
    NEWS = "news"


FollowKey = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9_-]{0,79})$")]
"""A number, the code of a theme or district (``*``: the whole city), the slug or id of a vote or consultation."""
LinkToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{20,120}$")]
"""The signed token of a link in a mail."""
Hour = Annotated[int, Field(ge=0, le=23)]


class Subject(Model):
    """One thing that can be followed."""

    kind: FollowKind
    key: FollowKey


class Follow(Request, Subject):
    """Follow a thing. Repeating it changes nothing."""


class Unfollow(Request, Subject):
    """Follow it no more. Repeating it changes nothing."""


class GetFollow(Request, Subject):
    """Does the caller follow this? May be asked by anybody."""


class FollowView(Reply, Subject):
    """Whether the caller follows a thing, and how many people do."""

    following: bool
    followers: Annotated[int, Field(ge=0)]


class ListFollowed(ListRequest):
    """The things the caller follows, newest first."""

    kind: FollowKind | None = None


class Followed(Subject):
    """One thing the caller follows."""

    title: str
    """Its title as last heard of; empty when nothing was heard of it yet."""
    path: str
    """Where its page is on the site."""
    since: Instant


class FollowedPage(Page[Followed], Reply):
    """A page of followed things."""


class ListInbox(ListRequest):
    """The caller's messages, newest first."""

    unread_only: bool = False


class Notice(Model):
    """One message of the inbox, in the caller's language."""

    id: NoticeId
    kind: Code
    """Which event it tells: ``idea-opened``, ``answer-published`` …"""
    topic: Topic
    priority: Priority
    title: str
    text: str
    path: str
    """The page it leads to, on the site; empty when there is none."""
    occurred_at: Instant
    read_at: Instant | None


class InboxPage(Page[Notice], Reply):
    """A page of the inbox, and how many messages are unread in all of it."""

    unread: Annotated[int, Field(ge=0)]


class CountUnread(Request):
    """How many messages of the caller are unread?"""


class UnreadView(Reply):
    """The number beside the bell."""

    unread: Annotated[int, Field(ge=0)]


class MarkRead(Request):
    """Mark messages as read: those named, and all up to ``through`` if given. Others' messages are left alone."""

    notices: Annotated[tuple[NoticeId, ...], Distinct] = Field(default=(), max_length=100)
    through: NoticeId | None = None
    """This message and every older one."""


class MarkUnread(Request):
    """Mark one message as not read."""

    notice_id: NoticeId


class GetPreferences(Request):
    """What the caller wants to hear of, and how."""


class TopicChoice(Model):
    """What the person chose for a topic."""

    topic: Topic
    inbox: bool
    email: EmailMode


class TopicPreference(TopicChoice):
    """What one wants to hear of a topic."""

    locked: bool = False
    """Cannot be changed: messages that protect the account are always sent."""


class PreferencesView(Reply):
    """A person's preferences, complete, in the order of the page."""

    topics: tuple[TopicPreference, ...]
    quiet_from: Hour
    quiet_until: Hour
    """No mail between these hours of the territory, save for security. Equal hours: no quiet time."""
    weekly_cap: Annotated[int, Field(ge=0, le=50)]
    """How many mails of news in seven days; what goes beyond waits for the daily digest."""
    email_suspended: bool
    """The mailbox refused our mails for good: none is sent until the address changes or is retried."""


class SavePreferences(Request):
    """Change preferences. What is not named stays as it is."""

    topics: Annotated[tuple[TopicChoice, ...], Field(max_length=len(Topic))] = ()
    quiet_from: Hour | None = None
    quiet_until: Hour | None = None
    weekly_cap: Annotated[int, Field(ge=0, le=50)] | None = None
    retry_email: bool = False
    """The mailbox works again: lift the suspension."""


class ReadUnsubscribe(Request):
    """What would this unsubscribe link do? Changes nothing."""

    token: LinkToken


class Unsubscribe(Request):
    """Stop the mails that this link is about; ``everything``: stop all but those that protect the account."""

    token: LinkToken
    everything: bool = False


class UnsubscribeView(Reply):
    """What an unsubscribe link is about, and how things stand."""

    topic: Topic | None
    """``None``: the daily digest, that is every topic that comes in it."""
    subscribed: bool
    """Whether mails of this topic still come."""


class ReportBounce(Request):
    """A mail came back. ``report`` is the returned message (RFC 3464) as the mail server received it."""

    report: Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=262_144)]


class BounceOutcome(StrEnum):
    """No more mail goes to the address; a temporary or known trouble was noted; the report was not about our mail."""

    SUSPENDED = "suspended"
    NOTED = "noted"
    IGNORED = "ignored"


class BounceView(Reply):
    """What became of a bounce report."""

    outcome: BounceOutcome


class FailureReason(StrEnum):
    """Why a mail was given up: refused for good; troubles that lasted too long; accepted, then returned; or cut off
    while being handed over, so that it may have arrived and is not sent again.
    """

    REFUSED = "refused"
    EXPIRED = "expired"
    BOUNCED = "bounced"
    UNCERTAIN = "uncertain"


class DeliveryFailed(Payload):
    """A mail did not reach the person, or may not have."""

    delivery_id: DeliveryId
    account_id: AccountId
    kind: Code
    reason: FailureReason
    status: str = ""
    """The enhanced status code of the mail servers (RFC 3463), such as ``5.1.1``; empty when unknown."""


FOLLOW = Call("notifications", "follow", Follow, FollowView, idempotent=True)
UNFOLLOW = Call("notifications", "unfollow", Unfollow, FollowView, idempotent=True)
GET_FOLLOW = Call("notifications", "get_follow", GetFollow, FollowView, idempotent=True)
LIST_FOLLOWED = Call("notifications", "list_followed", ListFollowed, FollowedPage, idempotent=True)
LIST_INBOX = Call("notifications", "list_inbox", ListInbox, InboxPage, idempotent=True)
COUNT_UNREAD = Call("notifications", "count_unread", CountUnread, UnreadView, idempotent=True)
MARK_READ = Call("notifications", "mark_read", MarkRead, UnreadView, idempotent=True)
MARK_UNREAD = Call("notifications", "mark_unread", MarkUnread, UnreadView, idempotent=True)
GET_PREFERENCES = Call("notifications", "get_preferences", GetPreferences, PreferencesView, idempotent=True)
SAVE_PREFERENCES = Call("notifications", "save_preferences", SavePreferences, PreferencesView, idempotent=True)
READ_UNSUBSCRIBE = Call("notifications", "read_unsubscribe", ReadUnsubscribe, UnsubscribeView, idempotent=True)
UNSUBSCRIBE = Call("notifications", "unsubscribe", Unsubscribe, UnsubscribeView, idempotent=True)
REPORT_BOUNCE = Call("notifications", "report_bounce", ReportBounce, BounceView, idempotent=True)

DELIVERY_FAILED = Event("notifications", "delivery_failed", 1, DeliveryFailed)

CONTRACT = Contract(
    "notifications",
    calls=(FOLLOW, UNFOLLOW, GET_FOLLOW, LIST_FOLLOWED, LIST_INBOX, COUNT_UNREAD, MARK_READ, MARK_UNREAD,
           GET_PREFERENCES, SAVE_PREFERENCES, READ_UNSUBSCRIBE, UNSUBSCRIBE, REPORT_BOUNCE),
    events=(DELIVERY_FAILED,),
)  # fmt: skip
