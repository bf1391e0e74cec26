"""Signatures on paper: entered by one agent, confirmed by another where the territory wants it, taken back."""

from uuid import UUID

from chassis.auth import Caller
from chassis.database import Row
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import paper as rules_of_paper
from ideas.domain.dossier import Change, Dossier
from ideas.domain.paper import Batch, Ended
from ideas.queries import paper as pages
from ideas.queries.dossier import find
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.repository.paper import batch_of
from ideas.use_cases import access, supporting
from ideas.use_cases.writing import locked


def _officer(tx: Transaction, caller: Caller, dossier: Dossier) -> UUID:
    return access.agent(caller, access.COUNTERS, access.places_of(dossier, tx.rules))


def _state(batch: Batch) -> c.PaperState:
    if batch.ended_as is not None:
        return c.PaperState(batch.ended_as)
    return c.PaperState.WAITING if batch.waits else c.PaperState.COUNTED


def _view(row: Row, agent: UUID | None) -> c.PaperView:
    batch = batch_of(row)
    return c.PaperView(
        batch_id=batch.id,
        signatures=batch.signatures,
        place=batch.place,
        collected_on=batch.collected_on,
        reference=batch.reference,
        idea_id=c.IdeaId(batch.idea_id),
        number=row.number,
        title=row.title,
        state=_state(batch),
        entered_at=batch.entered_at,
        counted_at=batch.counted_at,
        replaces=batch.replaces,
        may_confirm=batch.waits and batch.entered_by != agent,
    )


def enter_paper(uow: UnitOfWork, caller: Caller, request: c.EnterPaper) -> c.PaperView:
    """Enter a batch. It counts at once where no second agent is asked for."""
    with uow() as tx:
        one = locked(tx, request.idea_id)
        agent = _officer(tx, caller, one)
        kept = tx.paper.find(request.batch_id)
        if kept is None:
            _enter(tx, one, request, agent)
        elif _words(kept) != _words(_entered(tx, request, agent)):
            raise Fault.conflict("This id is taken.", "id-taken")
        return _view(pages.find(tx.connection, request.batch_id), agent)


def _words(batch: Batch) -> tuple[object, ...]:
    return batch.idea_id, batch.signatures, batch.place, batch.collected_on, batch.reference, batch.replaces


def _entered(tx: Transaction, request: c.EnterPaper, agent: UUID) -> Batch:
    return Batch(
        id=request.batch_id,
        idea_id=request.idea_id,
        signatures=request.signatures,
        place=request.place,
        collected_on=request.collected_on,
        reference=request.reference,
        entered_at=tx.now,
        entered_by=agent,
        replaces=request.replaces,
    )


def _enter(tx: Transaction, one: Dossier, request: c.EnterPaper, agent: UUID) -> None:
    batch = _entered(tx, request, agent)
    replaced = tx.paper.find(batch.replaces)
    rules_of_paper.check(batch, one, replaced, tx.today)
    tx.paper.add(batch)
    if not tx.rules.second_agent_for_paper:
        _count(tx, one, rules_of_paper.counted(batch, tx.now), replaced)


def confirm_paper(uow: UnitOfWork, caller: Caller, request: c.ConfirmPaper) -> c.PaperView:
    """Have a batch count, as a second agent."""
    with uow() as tx:
        one, batch, agent = _locked(tx, caller, request.batch_id)
        if not batch.counts:
            replaced = tx.paper.find(batch.replaces)
            _count(tx, one, rules_of_paper.confirm(batch, one, replaced, agent, tx.now), replaced)
        return _view(pages.find(tx.connection, batch.id), agent)


def _locked(tx: Transaction, caller: Caller, batch_id: UUID) -> tuple[Dossier, Batch, UUID]:
    """The dossier, locked, then the batch as it stands, and the agent. Raises *not found* and *forbidden*."""
    found = tx.paper.find(batch_id)
    one = tx.dossiers.lock(found.idea_id) if found else None
    batch = tx.paper.find(batch_id)
    if one is None or batch is None:
        raise Fault.not_found("There is no such batch.", "no-such-batch")
    return one, batch, _officer(tx, caller, one)


def _count(tx: Transaction, one: Dossier, batch: Batch, replaced: Batch | None) -> None:
    """The batch counts, what it corrects does not. More signatures may reach a stage, fewer may lose one."""
    tx.paper.save(batch)
    if replaced is not None:
        tx.paper.save(rules_of_paper.ended(replaced, Ended.REPLACED, tx.now))
    step = rules_of_paper.counted_step(batch, replaced)
    if replaced is not None and batch.signatures < replaced.signatures:
        supporting.recount(tx, one, tx.stages.reached([one.id])[one.id], step)
        return
    saved = tx.save(Change(one, (step,)))
    supporting.count(tx, {one.id: saved}, {one.id})


def withdraw_paper(uow: UnitOfWork, caller: Caller, request: c.WithdrawPaper) -> c.PaperView:
    """Take a batch back."""
    with uow() as tx:
        one, batch, agent = _locked(tx, caller, request.batch_id)
        if batch.ended_at is None:
            tx.paper.save(rules_of_paper.ended(batch, Ended.WITHDRAWN, tx.now))
        if batch.counts:
            trace = rules_of_paper.withdrawn_step(batch, request.text)
            supporting.recount(tx, one, tx.stages.reached([one.id])[one.id], trace)
        return _view(pages.find(tx.connection, batch.id), agent)


def list_paper(uow: UnitOfWork, caller: Caller, request: c.ListPaper) -> c.PaperPage:
    """Batches of a dossier, or those that wait in the caller's perimeter."""
    with uow() as tx:
        mine = access.perimeter(caller, access.COUNTERS, tx.rules)
        idea_id = None
        if request.dossier is not None:
            row = find(tx.connection, request.dossier)
            if row is None:
                raise Fault.not_found("There is no such dossier.", "no-such-dossier")
            _officer(tx, caller, dossier_of(row))
            idea_id = row.id
        rows, after = pages.list_of(tx.connection, idea_id, mine and mine[0], request.after, request.limit)
        items = tuple(_view(row, caller.account) for row in rows)
        return c.PaperPage(items=items, next=after, second_agent=tx.rules.second_agent_for_paper, today=tx.today)
