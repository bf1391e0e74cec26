"""Everything that is held about one account, for the archive of one's data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.tables import (
    appeals,
    attachments,
    comment_reports,
    comment_votes,
    comments,
    dossiers,
    drafts,
    internal_notes,
    merge_choices,
    merges,
    notes,
    supports,
)

d = dossiers.c


def everything(connection: sa.Connection, account: UUID) -> Sequence[Row]:
    """What, number of the dossier, text, when; oldest first."""
    parts = [_drafts(), _ideas(), _notes(), _supports(), _comments(), _votes(), _reports(), _internal_notes()]
    parts += (_attachments(), *_appeals(), _merge_choices())
    every = sa.union_all(*(part.where(owner == account) for part, owner in parts)).subquery()
    return connection.execute(sa.select(every).order_by(every.c.at)).all()


Part = tuple[sa.Select[Any], sa.ColumnElement[UUID]]


def _part(what: str, text: sa.ColumnElement[str], at: sa.ColumnElement[Any], number: Any = d.number) -> sa.Select[Any]:  # noqa: ANN401
    return sa.select(sa.literal(what).label("what"), number.label("number"), text.label("text"), at.label("at"))


def _drafts() -> Part:
    content = sa.cast(drafts.c.content, sa.Text)
    return _part("draft", content, drafts.c.saved_at, sa.cast(sa.null(), sa.Text)), drafts.c.account


def _ideas() -> Part:
    return _part("idea", d.title + "\n\n" + d.text, d.deposited_at), d.author


def _notes() -> Part:
    written = _part("addendum", notes.c.text, notes.c.added_at).join_from(notes, dossiers)
    return written.where(notes.c.step.is_(None)), d.author


def _supports() -> Part:
    query = _part("support", d.title, supports.c.supported_at).join_from(supports, dossiers)
    return query, supports.c.account


def _merge_choices() -> Part:
    query = _part("merge-choice", merge_choices.c.choice, merge_choices.c.chosen_at).join_from(merge_choices, merges)
    return query.join(dossiers, merges.c.target_id == d.id), merge_choices.c.account


def _comments() -> Part:
    return _part("comment", comments.c.text, comments.c.written_at).join_from(comments, dossiers), comments.c.author


def _votes() -> Part:
    query = _part("comment-vote", comments.c.text, comment_votes.c.voted_at)
    return query.join_from(comment_votes, comments).join(dossiers, comments.c.idea_id == d.id), comment_votes.c.account


def _reports() -> Part:
    text = comment_reports.c.reason + ": " + comment_reports.c.text
    query = _part("report", text, comment_reports.c.reported_at)
    joined = query.join_from(comment_reports, comments).join(dossiers, comments.c.idea_id == d.id)
    return joined, comment_reports.c.account


def _internal_notes() -> Part:
    query = _part("internal-note", internal_notes.c.text, internal_notes.c.written_at)
    return query.join_from(internal_notes, dossiers), internal_notes.c.author


def _attachments() -> Part:
    a = attachments.c
    text = a.description + " (" + a.media_type + ", /api/v1/attachments/" + sa.cast(a.id, sa.Text) + ")"
    query = _part("attachment", text, a.added_at)
    return query.select_from(attachments.outerjoin(dossiers, a.idea_id == d.id)), a.account


def _appeals() -> tuple[Part, Part]:
    query = _part("appeal", appeals.c.text, appeals.c.made_at).join_from(appeals, dossiers)
    about_message = query.join(comments, comments.c.id == appeals.c.comment_id)
    return (query.where(appeals.c.comment_id.is_(None)), d.author), (about_message, comments.c.author)


def list_drafts(
    connection: sa.Connection, account: UUID, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """The account's drafts, last saved first."""
    key = Key("drafts", drafts.c.saved_at, drafts.c.id, datetime)
    query = sa.select(drafts).where(drafts.c.account == account)
    rows = connection.execute(keyset.page(query, key, after, limit)).all()
    return keyset.split(rows, key, limit)
