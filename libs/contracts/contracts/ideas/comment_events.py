"""What ideas tells of the messages of a discussion."""

from contracts.base import AccountId, Code, Payload
from contracts.ideas.discussion import Side
from contracts.ideas.words import CommentId, IdeaId, Number
from contracts.registry import Event


class CommentFact(Payload):
    """Something happened to a message."""

    comment_id: CommentId
    idea_id: IdeaId
    number: Number
    author_id: AccountId | None


class CommentRestored(CommentFact):
    """A message is shown again."""

    by_appeal: bool = False
    """Its author's appeal was granted, and ``appeal_decided`` tells them."""


class CommentPublished(CommentFact):
    """Somebody wrote in the discussion."""

    side: Side
    parent_id: CommentId | None
    parent_author_id: AccountId | None
    idea_author_id: AccountId | None
    service: Code | None
    """Set: an official answer."""


class CommentHidden(CommentFact):
    """A message was hidden; without a reason: by reports, until a moderator decides."""

    reason: Code | None


COMMENT_PUBLISHED = Event("ideas", "comment_published", 1, CommentPublished)
COMMENT_HIDDEN = Event("ideas", "comment_hidden", 1, CommentHidden)
COMMENT_RESTORED = Event("ideas", "comment_restored", 1, CommentRestored)

COMMENT_EVENTS = (COMMENT_PUBLISHED, COMMENT_HIDDEN, COMMENT_RESTORED)
