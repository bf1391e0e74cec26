"""Moderation: the queue, and decisions with coded reasons. The record says what was decided, never by whom."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.registry import Event

from ideas.domain import dossier as rules_of_dossiers
from ideas.domain.appeals import CONTESTABLE, Decision
from ideas.domain.dossier import Change, Dossier, State
from ideas.queries import moderation
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts, queues
from ideas.use_cases import access, again
from ideas.use_cases.reading import view
from ideas.use_cases.writing import locked


def list_moderation(uow: UnitOfWork, caller: Caller, request: c.ListModeration) -> c.ModerationPage:
    """What waits for the caller, most urgent first."""
    with uow() as tx:
        perimeter = access.perimeter(caller, access.MODERATORS, tx.rules)
        seen = moderation.Seen(caller.account, tx.now, None if perimeter is None else perimeter[0])
        rows, after = moderation.list_waiting(tx.connection, request, seen, tx.rules)
        about = [row.idea_id for row in rows if row.subject == "dossier"]
        files = tx.attachments.of_all(about)
        near = moderation.similar_to(tx.connection, about)
        numbers = moderation.totals(tx.connection, request, seen, tx.rules)
        return c.ModerationPage(
            items=tuple(
                queues.moderation_item(row, near.get(row.idea_id, ()), files.get(row.idea_id, ()), tx.rules, tx.now)
                for row in rows
            ),
            next=after,
            total=numbers.total,
            oldest_at=numbers.oldest,
        )


def _decide(
    uow: UnitOfWork, caller: Caller, idea_id: UUID, decision: Callable[[Transaction, Dossier], Change]
) -> c.DossierView:
    with uow() as tx:
        one = locked(tx, idea_id)
        moderator = access.moderator(caller, one, tx.rules)
        change = decision(tx, one)
        after = tx.save(change)
        if change.steps and after.state is not one.state:
            if one.state is State.SUBMITTED and after.state is State.OPEN:
                again.published(tx, after)
            event, fact = told(after, one)
            tx.events.append(event, fact, subject=one.number)
            _may_be_appealed(tx, change, moderator)
        return view(tx, caller, str(idea_id))


def _may_be_appealed(tx: Transaction, change: Change, moderator: UUID) -> None:
    """Keep who decided against somebody's dossier, so that somebody else decides an appeal."""
    contestable = CONTESTABLE.get(change.dossier.state)
    if contestable is not None:
        (step,) = change.steps
        decision = Decision(contestable, step.reason or "", step.text, tx.now, moderator)
        tx.appeals.decided(change.dossier.id, decision)


def told(after: Dossier, before: Dossier) -> tuple[Event[Any], Any]:
    """The event that tells how a dossier's state changed by moderation."""
    if after.state is State.REFUSED:
        return c.IDEA_REFUSED, c.IdeaRefused.model_validate(facts.of_dossier(after) | {"reason": after.reason})
    if after.state is State.HIDDEN:
        return c.IDEA_HIDDEN, c.IdeaHidden.model_validate(facts.of_dossier(after) | {"reason": after.reason})
    if before.state is State.HIDDEN:
        return c.IDEA_RESTORED, c.IdeaRestored.model_validate(facts.of_dossier(after) | {"state": after.state})
    return c.IDEA_OPENED, facts.opened(after)


def approve_idea(uow: UnitOfWork, caller: Caller, request: c.ApproveIdea) -> c.DossierView:
    """Publish what was submitted, or keep what was published."""
    return _decide(
        uow, caller, request.idea_id, lambda tx, one: rules_of_dossiers.approve(one, tx.kind(one), tx.rules, tx.now)
    )


def refuse_idea(uow: UnitOfWork, caller: Caller, request: c.RefuseIdea) -> c.DossierView:
    """Refuse what waits for moderation."""
    return _decide(
        uow,
        caller,
        request.idea_id,
        lambda tx, one: rules_of_dossiers.refuse(one, tx.rules, tx.now, reason=request.reason, text=request.text),
    )


def hide_idea(uow: UnitOfWork, caller: Caller, request: c.HideIdea) -> c.DossierView:
    """Hide a published dossier."""
    return _decide(
        uow,
        caller,
        request.idea_id,
        lambda tx, one: rules_of_dossiers.hide(one, tx.rules, tx.now, reason=request.reason, text=request.text),
    )


def restore_idea(uow: UnitOfWork, caller: Caller, request: c.RestoreIdea) -> c.DossierView:
    """Show a hidden dossier again."""
    return _decide(
        uow, caller, request.idea_id, lambda tx, one: rules_of_dossiers.restore(one, tx.now, text=request.text)
    )
