"""Attachments: what is said of each, and the parts of files on their way. The bytes that stay are in the store."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.attachments import Attachment
from ideas.tables import attachments, dossiers, drafts, notes, uploads

_NAMES = tuple(field.name for field in fields(Attachment))
a, u = attachments.c, uploads.c
ATTACHMENTS = sa.select(attachments).order_by(a.added_at, a.id)
"""All of them, in the order in which they were added."""


def attachment_of(row: Row) -> Attachment:
    """The attachment that a row holds."""
    return Attachment(**{name: getattr(row, name) for name in _NAMES})


class Attachments:
    """The attachments of drafts, dossiers and notes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # What is on its way ---------------------------------------------------------------------------------------------

    def take_part(self, attachment_id: UUID, account: UUID, part: int, data: bytes, now: datetime) -> None:
        """Keep a part of a file, in the place of the same one sent before."""
        row = {"attachment_id": attachment_id, "account": account, "part": part, "data": data, "sent_at": now}
        first = insert(uploads).values(row)
        again = first.on_conflict_do_update(constraint=uploads.primary_key, set_={"data": data, "sent_at": now})
        self._connection.execute(again)

    def on_their_way(self, account: UUID) -> int:
        """How many bytes the account sent that are in no attachment yet."""
        size = sa.func.coalesce(sa.func.sum(sa.func.length(u.data)), 0)
        return self._connection.scalar(sa.select(size).where(u.account == account)) or 0

    def sent(self, attachment_id: UUID, account: UUID) -> bytes:
        """The parts in their order; empty: none came, or one is missing between others."""
        same = (u.attachment_id == attachment_id) & (u.account == account)
        rows = self._connection.execute(sa.select(u.part, u.data).where(same).order_by(u.part)).all()
        whole = all(row.part == expected for expected, row in enumerate(rows, start=1))
        return b"".join(bytes(row.data) for row in rows) if whole else b""

    def forget_parts(self, attachment_id: UUID, account: UUID) -> None:
        """The parts are no longer needed."""
        same = (u.attachment_id == attachment_id) & (u.account == account)
        self._connection.execute(sa.delete(uploads).where(same))

    def forget_old_parts(self, before: datetime) -> None:
        """Parts that nobody made an attachment of."""
        self._connection.execute(sa.delete(uploads).where(u.sent_at < before))

    # What stays ----------------------------------------------------------------------------------------------------

    def add(self, attachment: Attachment) -> None:
        """Keep it. Its bytes are in the store."""
        self._connection.execute(sa.insert(attachments).values(asdict(attachment)))

    def find(self, attachment_id: UUID) -> Attachment | None:
        """The attachment of that id."""
        row = self._connection.execute(sa.select(attachments).where(a.id == attachment_id)).first()
        return attachment_of(row) if row else None

    def of(self, idea_id: UUID, entry: UUID | None = None) -> Sequence[Attachment]:
        """Those of a draft or dossier itself, or of one of its notes, in the order in which they were added."""
        same = (a.idea_id == idea_id) & (a.entry == (entry or idea_id))
        rows = self._connection.execute(ATTACHMENTS.where(same))
        return [attachment_of(row) for row in rows]

    def of_all(self, idea_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Attachment]]:
        """All of several drafts or dossiers, by their id, those of notes among them."""
        found: dict[UUID, list[Attachment]] = defaultdict(list)
        for row in self._connection.execute(ATTACHMENTS.where(a.idea_id.in_(list(idea_ids)))):
            found[row.idea_id].append(attachment_of(row))
        return found

    def remove(self, attachment_id: UUID) -> None:
        """Forget it; its bytes go when nothing else needs them."""
        self._connection.execute(sa.delete(attachments).where(a.id == attachment_id))

    def hide(self, attachment_id: UUID, reason: str | None) -> None:
        """Hide it for a reason, or show it (``None``)."""
        self._connection.execute(sa.update(attachments).where(a.id == attachment_id).values(hidden=reason))

    def discard(self, idea_id: UUID, account: UUID) -> None:
        """Those of a draft that is thrown away."""
        of_draft = (a.idea_id == idea_id) & (a.account == account)
        self._connection.execute(sa.delete(attachments).where(of_draft, ~_published()))

    def forget(self, account: UUID) -> None:
        """The account is no more: files of drafts go, those of dossiers stay and are nobody's."""
        self._connection.execute(sa.delete(uploads).where(u.account == account))
        self._connection.execute(sa.delete(attachments).where(a.account == account, ~_published()))
        self._connection.execute(sa.update(attachments).where(a.account == account).values(account=None))

    def forget_unused(self, before: datetime) -> None:
        """Those added before then whose draft, dossier or note never came."""
        kept = sa.exists().where(drafts.c.id == a.idea_id) & (a.entry == a.idea_id)
        self._connection.execute(sa.delete(attachments).where(a.added_at < before, ~_published(), ~kept))

    def uses(self, digest: str) -> bool:
        """Whether any attachment needs this file."""
        needs = (a.digest == digest) | (a.thumbnail == digest)
        return self._connection.execute(sa.select(a.id).where(needs).limit(1)).first() is not None


def _published() -> sa.ColumnElement[bool]:
    of_dossier = sa.exists().where(dossiers.c.id == a.idea_id) & (a.entry == a.idea_id)
    return of_dossier | sa.exists().where(notes.c.id == a.entry)
