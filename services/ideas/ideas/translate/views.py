"""Rows of dossiers as the contract's cards and pages."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from chassis.database import Row
from contracts import ideas as c
from contracts.base import AccountId, Point

from ideas.domain.debates import synthesis_due
from ideas.domain.dossier import FOLLOWED_UP, Dossier, Place, State, gathers_supports
from ideas.domain.record import Link, without_words
from ideas.domain.rules import DEBATE, Rules
from ideas.repository.attachments import attachment_of
from ideas.repository.dossiers import dossier_of
from ideas.repository.examination import commitment_of, opinion_of
from ideas.translate import merging
from ideas.translate.attachments import attachment_views
from ideas.translate.examination import commitment_view, opinion_view

_MARKDOWN = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>~|]+|<[^>]*>")
EXCERPT = 220


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """The first words of a Markdown text, without its marks, cut at a word."""
    return _shortened(text[: longest * 3], longest) if text else ""


@lru_cache(maxsize=4096)
def _shortened(beginning: str, longest: int) -> str:
    """Every list shows the same dossiers again and again: their words are looked through once."""
    plain = " ".join(_MARKDOWN.sub(r"\1", beginning).split())
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0] + " …"


def place_view(place: Place) -> c.PlaceView:
    """Where it is about."""
    exact = place.latitude is not None and place.longitude is not None
    point = Point(latitude=place.latitude or 0, longitude=place.longitude or 0) if exact else None
    return c.PlaceView(scope=c.Scope(place.scope), district=place.district, point=point, address=place.address)


def card(row: Row, rules: Rules, now: datetime) -> c.DossierCard:
    """A dossier in a list. The row may have ``metres``."""
    return c.DossierCard.model_validate(_card(row, dossier_of(row), rules, now, hidden=row.content_hidden))


def cards(rows: Iterable[Row], rules: Rules, now: datetime) -> tuple[c.DossierCard, ...]:
    """Dossiers in a list."""
    return tuple(card(row, rules, now) for row in rows)


def _card(row: Row, one: Dossier, rules: Rules, now: datetime, *, hidden: bool) -> dict[str, object]:
    gathering = one.state is State.OPEN and one.closes_on is not None
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind,
        "title": "" if hidden else one.title,
        "excerpt": "" if hidden else excerpt(one.text),
        "state": c.State(one.state),
        "theme": one.theme,
        "place": place_view(one.place),
        "campaign": one.campaign,
        "supports": one.supports + one.imported_supports,
        "threshold": row.threshold,
        "comments": row.comments,
        "deposited_at": one.deposited_at,
        "state_since": one.state_since,
        "closes_on": one.closes_on,
        "days_left": (one.closes_on - rules.day(now)).days if gathering and one.closes_on else None,
        "service": one.service,
        "reason": one.reason,
        "last_word": excerpt(one.last_word),
        "cost": one.cost,
        "metres": getattr(row, "metres", None),
    }


def clock_of(one: Dossier, rules: Rules, now: datetime) -> c.Clock | None:
    """What is awaited next, and until when."""
    if one.state is State.SUBMITTED:
        due = one.deposited_at + timedelta(hours=rules.moderation_hours)
        return _clock(c.ClockKind.MODERATION, due, rules, now)
    if one.state is State.OPEN and one.closes_at is not None:
        kind = c.ClockKind.DEBATE if one.kind == DEBATE else c.ClockKind.SUPPORTS
        return _clock(kind, one.closes_at - timedelta(seconds=1), rules, now)
    if one.state is State.UNDER_EXAMINATION and one.answer_due_on is not None:
        return _clock(c.ClockKind.ANSWER, rules.end_of(one.answer_due_on) - timedelta(seconds=1), rules, now)
    if one.state in FOLLOWED_UP and one.promised_on is not None:
        return _clock(c.ClockKind.COMMITMENT, rules.end_of(one.promised_on) - timedelta(seconds=1), rules, now)
    return _synthesis_clock(one, rules, now)


def _synthesis_clock(one: Dossier, rules: Rules, now: datetime) -> c.Clock | None:
    due = synthesis_due(one, rules) if one.kind == DEBATE and one.state is State.EXPIRED else None
    return _clock(c.ClockKind.SYNTHESIS, rules.end_of(due) - timedelta(seconds=1), rules, now) if due else None


def _clock(kind: c.ClockKind, due: datetime, rules: Rules, now: datetime) -> c.Clock:
    day = rules.day(due)
    return c.Clock(kind=kind, due_at=due, due_on=day, days_left=(day - rules.day(now)).days)


def step_view(link: Link, *, hidden: bool = False) -> c.StepView:
    """A step of the record. ``hidden``: without what its author wrote."""
    step = without_words(link.step) if hidden else link.step
    return c.StepView(
        position=link.position,
        at=link.at,
        kind=c.StepKind(step.kind),
        actor=c.Actor(step.actor),
        service=step.service,
        reason=step.reason,
        text=step.text,
        text_digest=step.text_digest,
        facts=dict(step.facts),
        previous=link.previous,
        hash=link.hash,
    )


def dossier_view(  # noqa: PLR0913 -- the parts of a page
    row: Row,
    one: Dossier,
    rules: Rules,
    now: datetime,
    *,
    mine: c.Mine | None,
    may_read: bool,
) -> c.DossierView:
    """A dossier, whole: its row has what stands beside it. ``may_read``: show the content even if it is hidden."""
    hidden, today = one.content_hidden and not may_read, rules.day(now)
    more = {
        "text": "" if hidden else one.text,
        "content_hidden": one.content_hidden,
        "author": AccountId(one.author) if one.author else None,
        "imported_from": one.imported_from,
        "version": one.version,
        "own_supports": one.supports - one.joined_supports - one.paper_supports,
        "paper_supports": one.paper_supports,
        "joined_supports": one.joined_supports,
        "again_of": next((_again(link) for link in row.its_again if not link.later), None),
        "asked_again": tuple(_again(link) for link in row.its_again if link.later),
        "joined": tuple(merging.link(link) for link in row.its_joined if link.inward),
        "joined_to": next((merging.link(link) for link in row.its_joined if not link.inward), None),
        "imported_supports": one.imported_supports,
        "stages": _stages(one, row.its_stages, rules),
        "clock": clock_of(one, rules, now),
        "examination": _examination(one),
        "answer": _answer(row, one),
        "feasibility": one.feasibility,
        "yearly_cost": one.yearly_cost,
        "opinions": tuple(opinion_view(opinion_of(asked), today) for asked in row.its_opinions),
        "commitments": tuple(commitment_view(commitment_of(promise), today) for promise in row.its_commitments),
        "addenda": () if hidden else _addenda(row, may_read=may_read),
        "attachments": () if hidden else _attachments(row, one.id, may_read=may_read),
        "news_pictures": () if hidden else _news_pictures(row, may_read=may_read),
        "discussion": c.CommentCounts(
            all=row.comments, pro=row.comments_pro, con=row.comments_con, question=row.comments_question
        ),
        "steps": one.steps,
        "head": one.head,
        "counted_at": row.counted_at,
        "mine": mine,
        "project": next((_project(project) for project in row.its_projects), None),
    }
    return c.DossierView.model_validate(_card(row, one, rules, now, hidden=hidden) | more)


def _attachments(row: Row, entry: UUID, *, may_read: bool) -> tuple[c.AttachmentView, ...]:
    files = (attachment_of(file) for file in row.its_attachments if file.entry == entry)
    return attachment_views(files, may_read=may_read)


def _addenda(row: Row, *, may_read: bool) -> tuple[c.Addendum, ...]:
    return tuple(
        c.Addendum(text=note.text, added_at=note.added_at, attachments=_attachments(row, note.id, may_read=may_read))
        for note in row.its_notes
        if note.step is None
    )


def _news_pictures(row: Row, *, may_read: bool) -> tuple[c.NewsPictures, ...]:
    shown = ((news.step, _attachments(row, news.id, may_read=may_read)) for news in row.its_notes if news.step)
    return tuple(c.NewsPictures(step=step, attachments=files) for step, files in shown if files)


def _project(row: Row) -> c.ProjectLink:
    return c.ProjectLink(number=row.number, title=row.title, year=row.year)


def _stages(one: Dossier, reached: Sequence[Row], rules: Rules) -> tuple[c.StageView, ...]:
    dated = {row.stage: row for row in reached}
    kind = rules.kinds.get(one.kind)
    return tuple(
        c.StageView(
            code=stage.code,
            supports=stage.supports,
            reached_on=dated[stage.code].reached_on if stage.code in dated else None,
            due_on=dated[stage.code].due_on if stage.code in dated else None,
            answered_on=dated[stage.code].answered_on if stage.code in dated else None,
        )
        for stage in (kind.stages if kind else ())
    )


def _again(row: Row) -> c.AgainLink:
    return c.AgainLink(number=row.number, title="" if row.content_hidden else row.title, state=c.State(row.state))


def _examination(one: Dossier) -> c.ExaminationView | None:
    if one.answer_due_on is None:
        return None
    return c.ExaminationView(service=one.service, assigned_at=one.assigned_at, due_on=one.answer_due_on)


def _answer(row: Row, one: Dossier) -> c.AnswerView | None:
    if row.answer_kind is None:
        return None
    return c.AnswerView(
        outcome=c.State(row.answer_kind),
        service=row.answer_service,
        reason=row.answer_reason,
        text=row.answer_text,
        published_at=one.answered_at or row.answer_at,
    )


def support_view(one: Dossier, outcome: c.Outcome, threshold: int | None, now: datetime) -> c.SupportView:
    """How things stand after a support."""
    return c.SupportView(
        idea_id=c.IdeaId(one.id),
        number=one.number,
        outcome=outcome,
        supported=outcome is not c.Outcome.WITHDRAWN,
        supports=one.supports + one.imported_supports,
        threshold=threshold,
        counted_at=now,
    )


def mine_view(one: Dossier, account: UUID, *, supported: bool) -> c.Mine:
    """What the caller has to do with it."""
    gathers = gathers_supports(one)
    author = one.author == account
    return c.Mine(
        author=author,
        supported=supported,
        may_support=gathers and not supported,
        may_withdraw_support=gathers and supported,
        may_edit=author and (gathers or one.state is State.SUBMITTED) and one.supports == 0,
    )
