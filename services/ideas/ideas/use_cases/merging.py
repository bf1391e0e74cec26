"""Merging: join dossiers, tell it, carry supporters over once the notice is over, give it all back."""

from collections.abc import Sequence
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.base import AccountId
from contracts.errors import Fault
from contracts.identity import SERVICE

from ideas.domain import merging as rules_of_merges
from ideas.domain.dossier import Dossier, State
from ideas.domain.merging import Merge
from ideas.queries import merging as pages
from ideas.queries.dossier import find
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.translate import facts
from ideas.translate import merging as views
from ideas.use_cases import access, supporting

NOTIFICATIONS = "notifications"


def _locked(
    tx: Transaction, caller: Caller, target_id: UUID, source_ids: Sequence[UUID]
) -> tuple[Dossier, list[Dossier]]:
    """The dossiers of a merge, locked together, all in the caller's perimeter."""
    found = tx.dossiers.lock_all({target_id, *source_ids})
    missing = [one for one in (target_id, *source_ids) if one not in found]
    if missing:
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    for one in found.values():
        access.moderator(caller, one, tx.rules)
    return found[target_id], [found[one] for one in source_ids]


def _view(
    tx: Transaction, merge: Merge, target: Dossier, sources: Sequence[Dossier], *, kept: bool = True
) -> c.MergeView:
    people = tx.merges.joining(target.id, merge.sources, merge.id)
    leaving = tx.merges.leaving(merge.id)
    reached = tx.stages.reached([target.id])[target.id]
    shown = views.Shown(merge, target, sources, people, leaving, reached)
    return views.merge_view(shown, tx.kind(target), kept=kept)


def _begun(tx: Transaction, request: c.MergeOf, merge_id: UUID, reason: str, text: str) -> Merge:
    until, carries_at = rules_of_merges.notice(tx.rules, tx.now)
    sources = frozenset(request.source_ids)
    return Merge(merge_id, request.target_id, sources, reason, text, tx.now, until, carries_at)


def _check(tx: Transaction, merge: Merge, target: Dossier, sources: Sequence[Dossier]) -> None:
    rules_of_merges.check(target, sources, tx.merges.holding(merge.sources), until=merge.carries_at)


def preview_merge(uow: UnitOfWork, caller: Caller, request: c.PreviewMerge) -> c.MergeView:
    """What a merge would change."""
    with uow() as tx:
        target, sources = _locked(tx, caller, request.target_id, request.source_ids)
        merge = _begun(tx, request, UUID(int=0), "", "")
        _check(tx, merge, target, sources)
        return _view(tx, merge, target, sources, kept=False)


def merge_ideas(uow: UnitOfWork, caller: Caller, request: c.MergeIdeas) -> c.MergeView:
    """Join dossiers to another one. Supporters hear of it, and count there once the notice is over."""
    with uow() as tx:
        tx.dossiers.claim(str(request.merge_id))
        target, sources = _locked(tx, caller, request.target_id, request.source_ids)
        merge = tx.merges.find(request.merge_id)
        if merge is None:
            merge = _begun(tx, request, request.merge_id, request.reason, request.text)
            target, sources = _merge(tx, merge, target, sources)
        elif (merge.target, merge.sources) != (request.target_id, frozenset(request.source_ids)):
            raise Fault.conflict("This id is taken.", "id-taken")
        return _view(tx, merge, target, sources)


def _merge(tx: Transaction, merge: Merge, target: Dossier, sources: Sequence[Dossier]) -> tuple[Dossier, list[Dossier]]:
    _check(tx, merge, target, sources)
    into, *joined = [tx.save(change) for change in rules_of_merges.begin(merge, target, sources, tx.rules)]
    tx.merges.add(merge)
    for one in joined:
        more = {
            "merge_id": merge.id,
            "into": into.number,
            "into_title": into.title,
            "reason": merge.reason,
            "leave_until": merge.leave_until,
        }
        fact = c.IdeaMerged.model_validate(facts.of_dossier(one) | more)
        tx.events.append(c.IDEA_MERGED, fact, subject=one.number)
    return into, joined


def carry_due(uow: UnitOfWork) -> int:
    """Count the supporters of every merge whose notice is over; how many merges there were."""
    with uow() as tx:
        due = tx.merges.due(tx.now)
    return sum(_carry(uow, merge_id) for merge_id in due)


def _carry(uow: UnitOfWork, merge_id: UUID) -> int:
    with uow() as tx:
        merge = tx.merges.find(merge_id)
        target = tx.dossiers.lock(merge.target) if merge else None
        merge = tx.merges.find(merge_id)
        if merge is None or target is None or not merge.pending:
            return 0
        before = target.supports
        tx.merges.carried(merge_id, tx.now)
        total = supporting.tally(tx, [target.id])[target.id].total
        told = tx.save(rules_of_merges.carry(target, joined=total - before, supports=total))
        dossiers = {target.id: told}
        supporting.count(tx, dossiers, {target.id})
        more = {"merge_id": merge_id, "joined": total - before, "supports": total}
        fact = c.SupportsCarried.model_validate(facts.of_dossier(target) | more)
        tx.events.append(c.SUPPORTS_CARRIED, fact, subject=target.number)
        return 1


def undo_merge(uow: UnitOfWork, caller: Caller, request: c.UndoMerge) -> c.MergeView:
    """Give every dossier back what it had."""
    with uow() as tx:
        merge = tx.merges.find(request.merge_id)
        if merge is None:
            raise Fault.not_found("There is no such merge.", "no-such-merge")
        target, sources = _locked(tx, caller, merge.target, sorted(merge.sources))
        merge = tx.merges.find(request.merge_id) or merge
        if merge.undone_at is None:
            target, sources = _undo(tx, merge, target, sources, request.text)
        return _view(tx, tx.merges.find(merge.id) or merge, target, sources)


def _undo(
    tx: Transaction, merge: Merge, target: Dossier, sources: Sequence[Dossier], text: str
) -> tuple[Dossier, list[Dossier]]:
    at_risk = rules_of_merges.owed_to_others(tx.stages.stamped(target.id), tx.kind(target))
    alone, *parted = rules_of_merges.undo(merge, target, sources, rules=tx.rules, now=tx.now, text=text)
    tx.merges.undone(merge.id, tx.now)
    for one in (tx.save(change) for change in parted):
        more = {"merge_id": merge.id, "into": target.number, "carried": merge.carried_at is not None}
        fact = c.IdeaUnmerged.model_validate(facts.of_dossier(one) | more)
        tx.events.append(c.IDEA_UNMERGED, fact, subject=one.number)
    *first, last = alone.steps
    target = tx.save(alone._replace(steps=tuple(first)))
    return supporting.recount(tx, target, at_risk, last), [change.dossier for change in parted]


def list_merges(uow: UnitOfWork, caller: Caller, request: c.ListMerges) -> c.MergeList:
    """Every merge into a dossier."""
    with uow() as tx:
        row = find(tx.connection, request.dossier)
        if row is None:
            raise Fault.not_found("There is no such dossier.", "no-such-dossier")
        target = dossier_of(row)
        access.moderator(caller, target, tx.rules)
        found = []
        for merge in tx.merges.into(target.id):
            sources = [one for one in map(tx.dossiers.find, sorted(merge.sources)) if one is not None]
            found.append(_view(tx, merge, target, sources))
        return c.MergeList(items=tuple(found))


def list_my_merges(uow: UnitOfWork, caller: Caller, _request: c.ListMyMerges) -> c.MyMerges:
    """The merges that concern what the caller supports."""
    account = caller.citizen()
    with uow() as tx:
        return _mine(tx, account)


def _mine(tx: Transaction, account: UUID) -> c.MyMerges:
    rows = pages.list_mine(tx.connection, account)
    return c.MyMerges(items=tuple(views.my_merge(row, tx.today) for row in rows))


def choose_merge(uow: UnitOfWork, caller: Caller, request: c.ChooseMerge) -> c.MyMerges:
    """Stay with the other dossier, or step out."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "support_idea")
        merge = tx.merges.find(request.merge_id)
        target = tx.dossiers.lock(merge.target) if merge else None
        merge = tx.merges.find(request.merge_id)
        if merge is None or target is None or not tx.merges.concerns(merge.id, account):
            raise Fault.not_found("There is no such merge.", "no-such-merge")
        _choose(tx, merge, target, account, request.choice)
        return _mine(tx, account)


def _choose(tx: Transaction, merge: Merge, target: Dossier, account: UUID, choice: c.MergeChoice) -> None:
    if merge.undone_at is not None or (not merge.pending and target.state is not State.OPEN):
        raise Fault.wrong_state("Nothing can be chosen any more.", "merge-settled")
    tx.merges.choose(merge.id, account, choice.value, tx.now)
    if not merge.pending:
        supporting.count(tx, {target.id: target}, {target.id})


def list_merge_supporters(uow: UnitOfWork, caller: Caller, request: c.ListMergeSupporters) -> c.MergeSupporters:
    """Whom notifications tells of a merge. Nobody else may ask."""
    caller.require(SERVICE, place=NOTIFICATIONS)
    with uow() as tx:
        found = tx.merges.supporters(request.merge_id, request.after, request.limit)
        return c.MergeSupporters(items=tuple(map(AccountId, found)))
