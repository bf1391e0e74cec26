"""Attachments: what goes with a dossier or one of its notes, who may add and remove it, what the record says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ideas.domain.dossier import Change, Dossier, State, edit, known_reason
from ideas.domain.problems import DomainError, Problem
from ideas.domain.record import Step
from ideas.domain.rules import FileRules, Rules

SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 5, 300


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or a document. ``entry``: the dossier's id, or the id of the note that it goes with."""

    id: UUID
    idea_id: UUID
    entry: UUID
    account: UUID | None
    media_type: str
    size: int
    width: int | None
    height: int | None
    digest: str
    thumbnail: str | None
    """The SHA-256 of the small picture; ``None``: there is none."""
    thumbnail_size: int | None
    description: str
    added_at: datetime
    hidden: str | None = None
    """The reason for which moderation hid it."""

    @property
    def digests(self) -> tuple[str, ...]:
        """The files that it needs."""
        return (self.digest, self.thumbnail) if self.thumbnail else (self.digest,)


def check(rules: FileRules, description: str, already: int) -> list[Problem]:
    """What is wrong beside the file itself."""
    found = []
    if already >= rules.per_dossier:
        limits = {"max_items": rules.per_dossier}
        found.append(Problem("/file", "too-many-files", f"At most {rules.per_dossier} files are possible.", limits))
    if len(description) < SHORTEST_DESCRIPTION:
        limits = {"min_length": SHORTEST_DESCRIPTION, "length": len(description)}
        found.append(Problem("/description", "string-too-short", "Say what it shows.", limits))
    if len(description) > LONGEST_DESCRIPTION:
        limits = {"max_length": LONGEST_DESCRIPTION, "length": len(description)}
        found.append(Problem("/description", "string-too-long", "Say it in fewer words.", limits))
    return found


def named(attachments: Sequence[Attachment]) -> dict[str, str | int]:
    """What a step says of the files that come with it."""
    return {f"attachment_{position}": one.digest for position, one in enumerate(attachments, start=1)}


def changed(dossier: Dossier, account: UUID, attachment: Attachment, *, what: str) -> Change:
    """Its author adds (``attached``) or removes (``detached``) a file, as long as nobody supports the dossier."""
    after, (step,) = edit(dossier, dossier, account, dossier.version)
    return Change(after, (Step(step.kind, step.actor, facts={what: attachment.digest}),))


def hide(dossier: Dossier, attachment: Attachment, rules: Rules, *, reason: str, text: str) -> Change:
    """A moderator hides one file of what is published."""
    if attachment.hidden == reason:
        return Change(dossier, ())
    if dossier.state is State.SUBMITTED:
        raise DomainError("wrong-state", "It is not published: approve it without this file, or refuse it.")
    known_reason(rules, "hide", reason)
    facts = {"attachment": attachment.digest}
    return Change(dossier, (Step("attachment_hidden", "moderation", reason=reason, text=text, facts=facts),))


def restore(dossier: Dossier, attachment: Attachment, *, text: str) -> Change:
    """A moderator shows a file again."""
    if attachment.hidden is None:
        return Change(dossier, ())
    facts = {"attachment": attachment.digest}
    return Change(dossier, (Step("attachment_restored", "moderation", text=text, facts=facts),))
