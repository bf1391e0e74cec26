"""Merging: several open dossiers become one. Supporters are carried over after a notice, unless they step out.

The supports themselves stay where they were given: those of the dossiers that were joined count for the one they were
joined to, one person once, from the end of the notice on. Undoing a merge therefore gives everything back.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import AccountId, Code, Distinct, Instant, Model, Page, Reply, Request
from contracts.ideas.words import DossierKey, IdeaId, Number, PublicText, State

MOST_JOINED = 20
Sources = Annotated[tuple[IdeaId, ...], Distinct, Field(min_length=1, max_length=MOST_JOINED)]


class MergeChoice(StrEnum):
    """What a supporter of a dossier that was joined to another wants."""

    STAY = "stay"
    """Support the other one; the same as saying nothing."""
    LEAVE = "leave"
    """Not be counted there."""


class MergeLink(Model):
    """The other side of a merge, as a dossier's page shows it."""

    merge_id: UUID
    number: Number
    title: str
    """Empty when moderation hid it."""
    supports: int
    merged_at: Instant
    leave_until: date
    """The last day to step out before supporters are carried over."""
    carried: bool
    """Whether they have been."""


class MergeOf(Model):
    """What moderation would join, or joined."""

    target_id: IdeaId
    source_ids: Sources


class PreviewMerge(Request, MergeOf):
    """What a merge would change, without doing it (moderators of all the places)."""


class MergeIdeas(Request, MergeOf):
    """Join open dossiers of one kind to another one (moderators of all the places). Repeating it changes nothing."""

    merge_id: UUID
    reason: Code
    """One of the territory's reasons that apply to ``merge``."""
    text: PublicText


class UndoMerge(Request):
    """Give every dossier back what it had; stages reached only thanks to the others are lost with a public trace.

    Not possible once the administration has answered. Repeating it changes nothing.
    """

    merge_id: UUID
    text: PublicText


class MergedDossier(Model):
    """One of the dossiers of a merge."""

    id: IdeaId
    number: Number
    title: str
    state: State
    supports: int
    new: int
    """How many of its supporters neither support the other one already nor stepped out. Some may support several."""


class MergeStage(Model):
    """A stage that the merge makes the dossier reach."""

    code: Code
    supports: int


class MergeView(Reply):
    """A merge, or what it would be."""

    merge_id: UUID | None
    """``None``: a preview."""
    target: MergedDossier
    sources: tuple[MergedDossier, ...]
    joining: int
    """How many people are added to the count, each once."""
    leaving: int
    """How many have stepped out."""
    total: int
    """The count of the dossier with them."""
    stages: tuple[MergeStage, ...]
    """Those that the count with them reaches and that are not reached yet."""
    reason: Code | None
    text: str
    merged_at: Instant | None
    leave_until: date
    carried_at: Instant | None
    undone_at: Instant | None
    may_undo: bool


class ListMerges(Request):
    """Every merge into a dossier, undone ones as well, last first (moderators of the place)."""

    dossier: DossierKey


class MergeList(Reply):
    """Merges."""

    items: tuple[MergeView, ...]


class ListMyMerges(Request):
    """The merges that concern what the caller supports, last first, at most a hundred."""


class MyMerge(Model):
    """A dossier that the caller supports was joined to another."""

    merge_id: UUID
    number: Number
    title: str
    into: Number
    into_title: str
    reason: Code
    text: str
    merged_at: Instant
    leave_until: date
    days_left: int
    """To step out before supporters are carried over; negative: they have been, or are any moment now."""
    carried: bool
    choice: MergeChoice | None
    """``None``: nothing was said, which means to stay."""
    also_supports: bool
    """Whether the caller supports the other one anyway."""
    may_choose: bool


class MyMerges(Reply):
    """What the caller is asked."""

    items: tuple[MyMerge, ...]


class ChooseMerge(Request):
    """Stay, or step out: until the notice ends, then as long as the other dossier gathers supports."""

    merge_id: UUID
    choice: MergeChoice


class ListMergeSupporters(Request):
    """Whom to tell of a merge: the notifications service alone may ask, and keeps the answer nowhere."""

    merge_id: UUID
    after: AccountId | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 500


class MergeSupporters(Page[AccountId], Reply):
    """Some of the people who support what was joined and did not step out, in the order of their ids."""
