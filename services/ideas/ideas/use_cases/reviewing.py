"""The review of supports given together: agents look, one proposes, another decides, and it can be undone."""

from uuid import UUID

from chassis.auth import Caller
from chassis.database import Row
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain.dossier import Change, Dossier
from ideas.domain.record import Step
from ideas.queries import fraud as pages
from ideas.repository import Transaction, UnitOfWork
from ideas.use_cases import access, supporting


def _card(row: Row, agent: UUID) -> dict[str, object]:
    return {
        "group_id": row.id,
        "idea_id": row.idea_id,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "first_at": row.first_at,
        "last_at": row.last_at,
        "size": row.size,
        "score": row.score,
        "reasons": row.reasons,
        "state": row.state,
        "found_at": row.found_at,
        "may_confirm": row.state == c.FraudState.PROPOSED and row.proposed_by != agent,
    }


def list_fraud(uow: UnitOfWork, caller: Caller, request: c.ListFraud) -> c.FraudPage:
    """The groups that wait."""
    with uow() as tx:
        mine = access.perimeter(caller, access.MODERATORS, tx.rules)
        agent = caller.citizen()
        rows, after = pages.list_waiting(tx.connection, mine and mine[0], request.after, request.limit)
        tx.fraud.log(tx.now, agent, "list")
        return c.FraudPage(items=tuple(c.FraudGroup.model_validate(_card(row, agent)) for row in rows), next=after)


def _held(tx: Transaction, caller: Caller, group_id: UUID) -> tuple[Row, Dossier, UUID]:
    """The group with its dossier, locked, and the agent. Raises *not found* and *forbidden*."""
    found = tx.fraud.find(group_id)
    joined_to = tx.merges.joined_to(found.idea_id) if found else None
    locked = tx.dossiers.lock_all({found.idea_id, joined_to or found.idea_id}) if found else {}
    group = tx.fraud.find(group_id)
    one = locked.get(group.idea_id) if group else None
    if one is None or group is None:
        raise Fault.not_found("There is no such group.", "no-such-group")
    return group, one, access.moderator(caller, one, tx.rules)


def _view(tx: Transaction, group_id: UUID, one: Dossier, agent: UUID) -> c.FraudView:
    group = tx.fraud.find(group_id)
    if group is None:
        raise Fault.not_found("There is no such group.", "no-such-group")
    after = one.supports - pages.still_there(tx.connection, group_id)
    reached = tx.stages.reached([one.id])[one.id]
    more = {
        "dossier_state": one.state,
        "before": one.supports,
        "after": after,
        "stages_lost": tuple(s.code for s in tx.kind(one).stages if s.code in reached and after < s.supports),
        "rhythm": tuple(row._asdict() for row in pages.rhythm(tx.connection, group, tx.rules.fraud)),
        "text": group.text,
        "looks": tx.fraud.looks(group_id),
    }
    return c.FraudView.model_validate(_card(group, agent) | more)


def read_fraud_group(uow: UnitOfWork, caller: Caller, request: c.ReadFraudGroup) -> c.FraudView:
    """A group with what taking it out would change."""
    with uow() as tx:
        group, one, agent = _held(tx, caller, request.group_id)
        tx.fraud.log(tx.now, agent, "look", group=group)
        return _view(tx, group.id, one, agent)


def _require(group: Row, *states: c.FraudState) -> None:
    if group.state not in states:
        raise Fault.wrong_state("It was decided otherwise meanwhile.", "group-decided")


def propose_invalidation(uow: UnitOfWork, caller: Caller, request: c.ProposeInvalidation) -> c.FraudView:
    """Propose that a group be taken out."""
    with uow() as tx:
        group, one, agent = _held(tx, caller, request.group_id)
        _require(group, c.FraudState.OPEN, c.FraudState.PROPOSED)
        if group.state == c.FraudState.OPEN:
            tx.fraud.save(group.id, state=c.FraudState.PROPOSED.value, text=request.text, proposed_by=agent)
            tx.fraud.log(tx.now, agent, "propose", group=group)
        return _view(tx, group.id, one, agent)


def dismiss_fraud(uow: UnitOfWork, caller: Caller, request: c.DismissFraud) -> c.FraudView:
    """Find the supports real: who gave them is forgotten."""
    with uow() as tx:
        group, one, agent = _held(tx, caller, request.group_id)
        _require(group, c.FraudState.OPEN, c.FraudState.PROPOSED, c.FraudState.DISMISSED)
        if group.state != c.FraudState.DISMISSED:
            tx.fraud.save(group.id, state=c.FraudState.DISMISSED.value, decided_by=agent, decided_at=tx.now)
            tx.fraud.forget_members(group.id)
            tx.fraud.log(tx.now, agent, "dismiss", group=group, note=request.note)
        return _view(tx, group.id, one, agent)


def confirm_invalidation(uow: UnitOfWork, caller: Caller, request: c.ConfirmInvalidation) -> c.FraudView:
    """Take a group out, as a second agent."""
    with uow() as tx:
        group, one, agent = _held(tx, caller, request.group_id)
        _require(group, c.FraudState.PROPOSED, c.FraudState.INVALIDATED)
        if group.state == c.FraudState.PROPOSED:
            if group.proposed_by == agent:
                raise Fault.forbidden("Whoever proposed it cannot decide it.", "another-agent")
            one = _take_out(tx, group, one, agent)
        return _view(tx, group.id, one, agent)


def _take_out(tx: Transaction, group: Row, one: Dossier, agent: UUID) -> Dossier:
    pairs = list(tx.fraud.members(group.id))
    tx.supports.bar(pairs, tx.now)
    removed = tx.supports.remove(pairs)
    tx.fraud.removed(group.id, removed)
    before = tx.stages.reached([one.id])[one.id]
    trace = Step("supports_invalidated", "counter", text=group.text, facts={"number": len(removed)})
    after = supporting.recount(tx, one, before, trace)
    supporting.recount_joined(tx, one.id, trace)
    lost = len(before - tx.stages.reached([one.id])[one.id])
    taken = {"taken_out": len(removed), "stages_lost": lost, "decided_by": agent, "decided_at": tx.now}
    tx.fraud.save(group.id, state=c.FraudState.INVALIDATED.value, **taken)
    tx.fraud.log(tx.now, agent, "confirm", group=group)
    return after


def undo_invalidation(uow: UnitOfWork, caller: Caller, request: c.UndoInvalidation) -> c.FraudView:
    """Give supports back that were taken out; stages they reach are reached again."""
    with uow() as tx:
        group, one, agent = _held(tx, caller, request.group_id)
        _require(group, c.FraudState.INVALIDATED, c.FraudState.UNDONE)
        if group.state == c.FraudState.INVALIDATED:
            one = _give_back(tx, group, one, request.text)
            tx.fraud.log(tx.now, agent, "undo", group=group)
        return _view(tx, group.id, one, agent)


def _give_back(tx: Transaction, group: Row, one: Dossier, text: str) -> Dossier:
    back = tx.fraud.taken_out(group.id)
    tx.supports.restore(back)
    trace = Step("supports_given_back", "counter", text=text, facts={"number": len(back)})
    dossiers = {one.id: tx.save(Change(one, (trace,)))}
    supporting.count(tx, dossiers, {one.id})
    supporting.recount_joined(tx, one.id, trace)
    tx.fraud.save(group.id, state=c.FraudState.UNDONE.value, given_back=len(back), decided_at=tx.now)
    return dossiers[one.id]
