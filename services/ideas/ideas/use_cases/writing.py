"""Writing a dossier: drafts, deposit, corrections, notes, taking it back."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from chassis.auth import Caller
from chassis.database import Row
from contracts import ideas as c
from contracts.base import Empty
from contracts.errors import Fault
from contracts.territory import Territory

from ideas.domain import dossier as rules_of_dossiers
from ideas.domain.attachments import Attachment, named
from ideas.domain.dossier import Dossier, State, check_lengths
from ideas.domain.problems import Invalid, Problem
from ideas.domain.rules import KindRules, Rules
from ideas.queries import mine
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.translate.attachments import attachment_views
from ideas.translate.places import place_of
from ideas.use_cases import access, again
from ideas.use_cases.campaigning import taking_deposits
from ideas.use_cases.reading import view


def _draft_view(row: Row, files: Iterable[Attachment]) -> c.DraftView:
    more = {"idea_id": row.id, "saved_at": row.saved_at, "attachments": attachment_views(files)}
    return c.DraftView.model_validate(row.content | more)


def save_draft(uow: UnitOfWork, caller: Caller, request: c.SaveDraft) -> c.DraftView:
    """Keep what was typed so far."""
    account = caller.citizen()
    content = request.model_dump(mode="json", exclude={"idea_id"})
    with uow() as tx:
        if tx.dossiers.find(request.idea_id) is not None:
            raise Fault.conflict("This draft was deposited.", "already-deposited")
        if not tx.drafts.save(request.idea_id, account, content, tx.now):
            raise Fault.conflict("This id is taken.", "id-taken")
        files = attachment_views(tx.attachments.of(request.idea_id))
        more = {"idea_id": request.idea_id, "saved_at": tx.now, "attachments": files}
        return c.DraftView.model_validate(content | more)


def read_draft(uow: UnitOfWork, caller: Caller, request: c.ReadDraft) -> c.DraftView:
    """One of the caller's drafts."""
    account = caller.citizen()
    with uow() as tx:
        row = tx.drafts.find(request.idea_id, account)
        if row is None:
            raise Fault.not_found("You have no such draft.", "no-such-draft")
        return _draft_view(row, tx.attachments.of(row.id))


def list_drafts(uow: UnitOfWork, caller: Caller, request: c.ListDrafts) -> c.DraftPage:
    """The caller's drafts."""
    account = caller.citizen()
    with uow() as tx:
        rows, after = mine.list_drafts(tx.connection, account, request.after, request.limit)
        files = tx.attachments.of_all([row.id for row in rows])
        return c.DraftPage(items=tuple(_draft_view(row, files.get(row.id, ())) for row in rows), next=after)


def discard_draft(uow: UnitOfWork, caller: Caller, request: c.DiscardDraft) -> Empty:
    """Throw a draft away."""
    account = caller.citizen()
    with uow() as tx:
        tx.drafts.discard(request.idea_id, account)
        tx.attachments.discard(request.idea_id, account)
    return Empty()


def deposit_idea(uow: UnitOfWork, territory: Territory, caller: Caller, request: c.DepositIdea) -> c.DossierView:
    """A dossier of its own number comes to be; its draft is gone."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "deposit_idea")
        tx.dossiers.claim(str(request.idea_id))
        existing = tx.dossiers.find(request.idea_id)
        if existing is None:
            _deposit(tx, territory, account, request)
        elif existing.author != account:
            raise Fault.conflict("This id is taken.", "id-taken")
        return view(tx, caller, str(request.idea_id))


def _deposit(tx: Transaction, territory: Territory, account: UUID, request: c.DepositIdea) -> None:
    kind = _check(tx.rules, request)
    campaign = taking_deposits(tx).slug if kind.in_campaign_only else request.campaign
    written = replace(_written(tx, territory, account, request), campaign=campaign)
    access.not_too_often(
        tx, "deposit_idea", tx.dossiers.deposited_since(account, access.longest_window(tx, "deposit_idea"))
    )
    old = again.taken_up(tx, written, request.again) if request.again else None
    number = tx.dossiers.next_number(tx.rules.prefix, tx.today.year)
    files = named(tx.attachments.of(request.idea_id))
    one = tx.add(rules_of_dossiers.deposit(replace(written, number=number), kind, tx.rules, files))
    if old is not None:
        tx.again.add(one.id, old.id)
    tx.drafts.discard(one.id, account)
    tx.events.append(c.IDEA_DEPOSITED, facts.deposited(one), subject=one.number)
    if one.state is State.OPEN:
        one = again.published(tx, one)
        tx.events.append(c.IDEA_OPENED, facts.opened(one), subject=one.number)


def _check(rules: Rules, request: c.DepositIdea) -> KindRules:
    kind = rules.kinds.get(request.kind)
    if kind is None:
        raise Invalid(Problem("/kind", "unknown-kind", "There is no such kind of dossier."))
    if kind.debate is not None:
        raise Invalid(Problem("/kind", "a-debate", "A debate has dates: open it as one."))
    _refuse(check_lengths(kind, request.title, request.text) + _check_theme(rules, request.theme))
    return kind


def _check_theme(rules: Rules, theme: str | None) -> list[Problem]:
    known = theme is None or theme in rules.themes
    return [] if known else [Problem("/theme", "unknown-theme", "There is no such theme.")]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(*problems)


def _written(tx: Transaction, territory: Territory, account: UUID, request: c.DepositIdea) -> Dossier:
    return Dossier(
        id=request.idea_id,
        number="",
        kind=request.kind,
        author=account,
        title=request.title,
        text=request.text,
        theme=request.theme,
        place=place_of(request.place, territory),
        campaign=request.campaign,
        state=State.SUBMITTED,
        state_since=tx.now,
        deposited_at=tx.now,
    )


def locked(tx: Transaction, idea_id: UUID) -> Dossier:
    """The dossier, locked. Raises *not found*."""
    one = tx.dossiers.lock(idea_id)
    if one is None:
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    return one


def edit_idea(uow: UnitOfWork, territory: Territory, caller: Caller, request: c.EditIdea) -> c.DossierView:
    """Correct one's dossier before anybody supports it."""
    account = caller.citizen()
    with uow() as tx:
        one = locked(tx, request.idea_id)
        content = replace(
            one,
            title=one.title if request.title is None else request.title,
            text=one.text if request.text is None else request.text,
            theme=one.theme if request.theme is None else request.theme,
            place=one.place if request.place is None else place_of(request.place, territory),
        )
        change = rules_of_dossiers.edit(one, content, account, request.version)
        _refuse(check_lengths(tx.kind(one), content.title, content.text) + _check_theme(tx.rules, request.theme))
        tx.dossiers.save_words(tx.save(change))
        return view(tx, caller, str(one.id))


def add_addendum(uow: UnitOfWork, caller: Caller, request: c.AddAddendum) -> c.DossierView:
    """Add a dated note to one's dossier."""
    account = caller.citizen()
    with uow() as tx:
        one = locked(tx, request.idea_id)
        files = tx.attachments.of(one.id, request.addendum_id)
        change = rules_of_dossiers.add_note(one, account, request.text, named(files))
        if not tx.records.has_note(request.addendum_id):
            tx.save(change)
            tx.records.add_note(request.addendum_id, one.id, request.text, tx.now)
        return view(tx, caller, str(one.id))


def withdraw_idea(uow: UnitOfWork, caller: Caller, request: c.WithdrawIdea) -> c.DossierView:
    """Take one's dossier back."""
    account = caller.citizen()
    with uow() as tx:
        one = locked(tx, request.idea_id)
        change = rules_of_dossiers.withdraw(one, account, tx.now, request.text)
        tx.save(change)
        if change.steps:
            tx.events.append(c.IDEA_WITHDRAWN, c.IdeaEnded.model_validate(facts.of_dossier(one)), subject=one.number)
        return view(tx, caller, str(one.id))
