"""Appeals as the contract's views."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Row
from contracts import ideas as c

from ideas.domain import appeals
from ideas.domain.appeals import Appeal, Decision
from ideas.domain.discussion import Comment
from ideas.domain.dossier import Dossier, Place
from ideas.domain.rules import Rules
from ideas.repository.appeals import appeal_of
from ideas.translate.facts import of_dossier
from ideas.translate.views import place_view


def _contested(decision: Decision) -> c.Contested:
    return c.Contested(decision=decision.kind, reason=decision.reason, text=decision.text, decided_at=decision.at)


def _values(one: Appeal, number: str, rules: Rules) -> dict[str, Any]:
    return {
        "appeal_id": one.id,
        "idea_id": one.idea_id,
        "number": number,
        "comment_id": one.comment_id,
        "contested": _contested(one.contested),
        "text": one.text,
        "made_at": one.made_at,
        "due_on": appeals.due_on(one, rules),
        "outcome": one.outcome,
        "reason": one.reason,
        "answer": one.answer,
        "decided_at": one.decided_at,
    }


def appeal_view(one: Appeal, number: str, rules: Rules) -> c.AppealView:
    """One appeal."""
    return c.AppealView.model_validate(_values(one, number, rules))


def item(row: Row, account: UUID, rules: Rules, now: datetime) -> c.AppealItem:
    """One appeal in the queue of the account."""
    one = appeal_of(row)
    place = Place(row.scope, row.district, row.latitude, row.longitude, row.address)
    more = {
        "title": row.title,
        "words": row.words,
        "kind": row.kind,
        "place": place_view(place),
        "days_left": (appeals.due_on(one, rules) - rules.day(now)).days,
        "may_decide": appeals.may_decide(one, row.author, account),
    }
    return c.AppealItem.model_validate(_values(one, row.number, rules) | more)


def standing(  # noqa: PLR0913 -- what an author sees
    dossier: Dossier,
    comment: Comment | None,
    *,
    decision: Decision | None,
    appeal: Appeal | None,
    rules: Rules,
    now: datetime,
) -> c.AppealStanding:
    """How things stand for the author."""
    until = appeals.last_day(decision, rules) if decision else None
    return c.AppealStanding(
        idea_id=c.IdeaId(dossier.id),
        number=dossier.number,
        comment_id=c.CommentId(comment.id) if comment else None,
        contested=_contested(decision) if decision else None,
        words=comment.text if comment else dossier.text,
        may_appeal=until is not None and appeal is None and rules.day(now) <= until,
        until=until,
        appeal=appeal_view(appeal, dossier.number, rules) if appeal else None,
    )


def decided(one: Appeal, dossier: Dossier, author: UUID | None) -> c.AppealDecided:
    """What is told of a decided appeal."""
    more = {
        "author_id": author,
        "comment_id": one.comment_id,
        "outcome": one.outcome,
        "reason": one.reason,
        "contested": one.contested.kind,
    }
    return c.AppealDecided.model_validate(of_dossier(dossier) | more)
