"""Rows of the agents' queues as the contract's items."""

from collections.abc import Iterable
from datetime import date, datetime

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.attachments import Attachment
from ideas.domain.rules import Rules
from ideas.repository.dossiers import dossier_of
from ideas.translate.attachments import attachment_views
from ideas.translate.views import card, cards, place_view

NO_DATE = date(9999, 12, 31)
"""What sorts after every promise."""


def moderation_item(
    row: Row, similar: Iterable[Row], files: Iterable[Attachment], rules: Rules, now: datetime
) -> c.ModerationItem:
    """One thing to decide."""
    one = dossier_of(row)
    return c.ModerationItem(
        subject=c.Subject(row.subject),
        idea_id=c.IdeaId(one.id),
        number=one.number,
        comment_id=row.comment_id,
        title=one.title,
        text=row.words,
        kind=one.kind,
        place=place_view(one.place),
        state=c.State(one.state),
        attachments=attachment_views(files),
        similar=cards(similar, rules, now),
        reports=row.reports,
        report_reasons=tuple(row.reasons or ()),
        hidden=row.shut,
        taken_by=row.taken_by,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        hours_left=int((row.due_at - now).total_seconds() // 3600),
    )


def examination_item(row: Row, rules: Rules, now: datetime) -> c.ExaminationItem:
    """One dossier to work on."""
    due = None if row.due_on == NO_DATE else row.due_on
    more = {
        "awaited": row.awaited,
        "stage": row.stage,
        "asked": row.asked,
        "taken_by": row.taken_by,
        "due_on": due,
        "days_left_to_act": (due - rules.day(now)).days if due else None,
    }
    return c.ExaminationItem.model_validate(card(row, rules, now).model_dump() | more)
