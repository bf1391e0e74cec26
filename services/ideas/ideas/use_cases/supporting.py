"""The hot path: many supports are written with one transaction, counted once, and answered together.

Dossiers are locked in the order of their ids, so two batches never wait in a circle, and whoever counts the deciding
support stamps the stage: nobody else can.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis.auth import Caller
from chassis.batching import BatchItem
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import supports as counting
from ideas.domain.dossier import Change, Dossier, State, gathers_supports
from ideas.domain.record import Step
from ideas.domain.supports import Counted, Tally
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.supports import Pair
from ideas.translate import facts, views
from ideas.use_cases import access
from ideas.use_cases.reading import view

Answer = c.SupportView | Fault


@dataclass
class Batch:
    """The requests of a batch on their way: who asks for what, and what is already answered."""

    pairs: list[Pair | Fault]
    dossiers: dict[UUID, Dossier] = field(default_factory=dict)

    @property
    def asked(self) -> list[Pair]:
        """Every pair once."""
        return list(dict.fromkeys(pair for pair in self.pairs if not isinstance(pair, Fault)))

    @property
    def open(self) -> list[Pair]:
        """The pairs whose dossier gathers supports."""
        return [pair for pair in self.asked if pair[0] in self.dossiers and gathers_supports(self.dossiers[pair[0]])]


Items = Sequence[BatchItem[c.SupportIdea]] | Sequence[BatchItem[c.WithdrawSupport]]


def _begin(tx: Transaction, items: Items) -> Batch:
    batch = Batch([_pair(tx, item.caller, item.request.idea_id) for item in items])
    batch.dossiers.update(tx.dossiers.lock_all({idea for idea, _ in batch.asked}))
    return batch


def _pair(tx: Transaction, caller: Caller, idea_id: UUID) -> Pair | Fault:
    try:
        return idea_id, access.citizen(caller, tx.rules, "support_idea")
    except Fault as fault:
        return fault


def support_ideas(uow: UnitOfWork, items: Sequence[BatchItem[c.SupportIdea]]) -> Sequence[Answer]:
    """Record supports, count them, stamp what they reach."""
    with uow() as tx:
        batch = _begin(tx, items)
        before = tx.supports.existing(batch.asked)
        added = tx.supports.add([pair for pair in batch.open if pair not in before], tx.now)
        answers = [_supported(batch, pair, before, added) for pair in batch.pairs]
        count(tx, batch.dossiers, {idea for idea, _ in added}, added)
        return [_completed(tx, batch, answer) for answer in answers]


def withdraw_supports(uow: UnitOfWork, items: Sequence[BatchItem[c.WithdrawSupport]]) -> Sequence[Answer]:
    """Take supports back, and count what is left. A stage that was reached stays reached."""
    with uow() as tx:
        batch = _begin(tx, items)
        before = tx.supports.existing(batch.asked)
        removed, stepped_out = tx.supports.remove(batch.open), tx.merges.leave(batch.open, tx.now)
        answers = [_withdrawn(batch, pair, before) for pair in batch.pairs]
        changed = {idea for idea, _ in removed | stepped_out}
        count(tx, batch.dossiers, changed, None if stepped_out else ())
        return [_completed(tx, batch, answer) for answer in answers]


Said = tuple[UUID, c.Outcome] | Fault


def _supported(batch: Batch, pair: Pair | Fault, before: set[Pair], added: set[Pair]) -> Said:
    if isinstance(pair, Fault):
        return pair
    dossier = batch.dossiers.get(pair[0])
    if dossier is None or dossier.state is State.SUBMITTED:
        return Fault.not_found("There is no such dossier.", "no-such-dossier")
    if pair in before:
        return pair[0], c.Outcome.ALREADY
    if pair in added:
        return pair[0], c.Outcome.RECORDED
    if not gathers_supports(dossier):
        return Fault.wrong_state("It does not gather supports now.", "not-gathering")
    return Fault.forbidden("This support was found invalid.", "support-invalid")


def _withdrawn(batch: Batch, pair: Pair | Fault, before: set[Pair]) -> Said:
    if isinstance(pair, Fault):
        return pair
    dossier = batch.dossiers.get(pair[0])
    if dossier is None or dossier.state is State.SUBMITTED:
        return Fault.not_found("There is no such dossier.", "no-such-dossier")
    if pair in before and not gathers_supports(dossier):
        return Fault.wrong_state("Supports can no longer be taken back.", "not-gathering")
    return pair[0], c.Outcome.WITHDRAWN


def _completed(tx: Transaction, batch: Batch, said: Said) -> Answer:
    if isinstance(said, Fault):
        return said
    dossier = batch.dossiers[said[0]]
    return views.support_view(dossier, said[1], tx.kind(dossier).threshold, tx.now)


def count(
    tx: Transaction, dossiers: dict[UUID, Dossier], changed: set[UUID], added: Collection[Pair] | None = None
) -> None:
    """Count the supports of locked dossiers anew, stamp what they reached, and tell it. Updates ``dossiers``.

    ``added``: the own supports that came, if nothing changed but own supports; ``None``: something else did.
    """
    if not changed:
        return
    stamped = tx.stages.reached(changed)
    tallies = tally(tx, changed) if added is None else _tally_after(tx, dossiers, changed, added)
    counted = {
        one: counting.count(
            tallies[one].on(dossiers[one]),
            tallies[one].total,
            stamped=stamped[one],
            kind=tx.kind(dossiers[one]),
            rules=tx.rules,
            now=tx.now,
        )
        for one in sorted(changed)
    }
    tx.dossiers.save_counts([result.dossier for result in counted.values()], tx.now)
    tell_counts(tx, dossiers, counted)
    for one, result in counted.items():
        dossiers[one] = tx.save(Change(result.dossier, result.steps))
        tx.stages.stamp(one, result.reached)


def tally(tx: Transaction, idea_ids: Iterable[UUID]) -> Mapping[UUID, Tally]:
    """The supports of each of the dossiers, counted now."""
    wanted = list(idea_ids)
    joined, paper = tx.merges.joined(wanted), tx.paper.counted(wanted)
    return {one: Tally(own, joined.get(one, 0), paper.get(one, 0)) for one, own in tx.supports.count(wanted).items()}


def _tally_after(
    tx: Transaction, dossiers: Mapping[UUID, Dossier], changed: set[UUID], added: Collection[Pair]
) -> Mapping[UUID, Tally]:
    """The same after own supports came or went: who was counted by a joined dossier is counted as their own now."""
    own, known = tx.supports.count(changed), {one: dossiers[one] for one in changed}
    before = tx.merges.among(list(added)) if added else {}
    return {
        one: Tally(own[one], dossier.joined_supports - before.get(one, 0), dossier.paper_supports)
        for one, dossier in known.items()
    }


def tell_counts(tx: Transaction, before: Mapping[UUID, Dossier], counted: Mapping[UUID, Counted]) -> None:
    """One fact per dossier for all that came in together, and one per stage."""
    told = [_count_fact(tx, before[one], result) for one, result in counted.items()]
    tx.events.append_all(c.IDEA_SUPPORTED, [(fact.number, fact) for fact in told])
    reached = [_stage_fact(result, stamp) for result in counted.values() for stamp in result.reached]
    tx.events.append_all(c.STAGE_REACHED, [(fact.number, fact) for fact in reached])


def _count_fact(tx: Transaction, before: Dossier, result: Counted) -> c.IdeaSupported:
    more = {
        "supports": result.dossier.supports,
        "threshold": tx.kind(before).threshold,
        "change": result.dossier.supports - before.supports,
        "progress": result.milestone,
    }
    return c.IdeaSupported.model_validate(facts.of_dossier(before) | more)


def _stage_fact(result: Counted, stamp: counting.Stamp) -> c.StageFact:
    more = {"stage": stamp.stage, "supports": stamp.supports, "due_on": stamp.due_on}
    return c.StageFact.model_validate(facts.of_dossier(result.dossier) | more)


def invalidate_supports(uow: UnitOfWork, caller: Caller, request: c.InvalidateSupports) -> c.DossierView:
    """Take invalid supports out of the count for good; the stages they had reached are lost with a public trace."""
    with uow() as tx:
        access.agent(caller, access.ADMINISTRATORS, ("*",))
        joined_to = tx.merges.joined_to(request.idea_id)
        dossiers = dict(tx.dossiers.lock_all({request.idea_id, joined_to or request.idea_id}))
        if request.idea_id not in dossiers:
            raise Fault.not_found("There is no such dossier.", "no-such-dossier")
        pairs = [(request.idea_id, account) for account in request.account_ids]
        tx.supports.bar(pairs, tx.now)
        if removed := tx.supports.remove(pairs):
            trace = Step("supports_invalidated", "counter", text=request.text, facts={"number": len(removed)})
            recount(tx, dossiers[request.idea_id], tx.stages.reached([request.idea_id])[request.idea_id], trace)
            recount_joined(tx, request.idea_id, trace)
        return view(tx, caller, str(request.idea_id))


def recount(tx: Transaction, one: Dossier, at_risk: frozenset[str], trace: Step) -> Dossier:
    """Count a locked dossier whose supports became fewer by a decision. Stages ``at_risk`` above the count are lost.

    ``trace`` says in the record what happened; each stage that is lost says it as well, and is told.
    """
    counted = tally(tx, [one.id])[one.id]
    result = counting.recount(counted.on(one), counted.total, stamped=at_risk, kind=tx.kind(one), now=tx.now)
    tx.dossiers.save_counts([result.dossier], tx.now)
    after = tx.save(Change(result.dossier, (trace, *(replace(step, text=trace.text) for step in result.steps))))
    tx.stages.take_back(one.id, result.lost)
    for code in result.lost:
        more = {"stage": code, "supports": result.dossier.supports, "due_on": None}
        fact = c.StageFact.model_validate(facts.of_dossier(one) | more)
        tx.events.append(c.STAGE_LOST, fact, subject=one.number)
    return after


def recount_joined(tx: Transaction, idea_id: UUID, trace: Step) -> None:
    """Count the dossier that a locked one is joined to, which counts its supporters as well."""
    joined_to = tx.merges.joined_to(idea_id)
    other = tx.dossiers.lock(joined_to) if joined_to else None
    if other is None:
        return
    if tally(tx, [other.id])[other.id].total < other.supports:
        recount(tx, other, tx.stages.reached([other.id])[other.id], trace)
    else:
        count(tx, {other.id: other}, {other.id})
