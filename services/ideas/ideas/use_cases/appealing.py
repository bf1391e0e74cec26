"""Appeals: an author asks once for another reading; another moderator decides it, in time, with a reason."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import appeals as rules_of_appeals
from ideas.domain import discussion
from ideas.domain.appeals import CONTESTABLE, OVERTURNED, Appeal, Decision
from ideas.domain.discussion import Comment
from ideas.domain.dossier import Dossier, State
from ideas.queries import appeals as waiting
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import appeals as views
from ideas.use_cases import access, again, discussing, moderating
from ideas.use_cases.writing import locked


@dataclass(frozen=True, slots=True)
class Matter:
    """What an appeal is about: a dossier, or a message of it; the last decision against it; whether that stands."""

    dossier: Dossier
    comment: Comment | None
    decision: Decision | None
    stands: bool

    @property
    def author(self) -> UUID | None:
        """Who wrote it."""
        return self.comment.author if self.comment else self.dossier.author

    def contested_by(self, appeal: Appeal) -> bool:
        """Whether the decision that stands is the one that the appeal is about."""
        return self.stands and self.decision is not None and self.decision.at == appeal.contested.at


def _about_dossier(tx: Transaction, idea_id: UUID) -> Matter:
    one = locked(tx, idea_id)
    return Matter(one, None, tx.appeals.last_about_dossier(one.id), one.state in CONTESTABLE)


def _about_comment(tx: Transaction, comment_id: UUID) -> Matter:
    comment = tx.comments.lock(comment_id)
    if comment is None:
        raise Fault.not_found("There is no such message.", "no-such-comment")
    decision = tx.appeals.last_about_comment(comment.id)
    return Matter(locked(tx, comment.idea_id), comment, decision, comment.hidden_reason is not None)


def _matter(tx: Transaction, idea_id: UUID | None, comment_id: UUID | None) -> Matter:
    if comment_id is not None:
        return _about_comment(tx, comment_id)
    return _about_dossier(tx, idea_id or UUID(int=0))


def _by_its_author(tx: Transaction, account: UUID, idea_id: UUID | None, comment_id: UUID | None) -> Matter:
    matter = _matter(tx, idea_id, comment_id)
    if matter.author != account and matter.comment is None and matter.dossier.state is State.SUBMITTED:
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    if matter.author != account:
        raise Fault.forbidden("Only its author may do this.", "not-the-author")
    return matter


def read_appeal(uow: UnitOfWork, caller: Caller, request: c.ReadAppeal) -> c.AppealStanding:
    """How things stand for the author."""
    account = caller.citizen()
    with uow() as tx:
        matter = _by_its_author(tx, account, request.idea_id, request.comment_id)
        appeal = _existing(tx, matter)
        return views.standing(
            matter.dossier,
            matter.comment,
            decision=matter.decision if matter.stands or appeal else None,
            appeal=appeal,
            rules=tx.rules,
            now=tx.now,
        )


def _existing(tx: Transaction, matter: Matter) -> Appeal | None:
    if matter.decision is None:
        return None
    return tx.appeals.against(matter.dossier.id, matter.comment.id if matter.comment else None, matter.decision)


def make_appeal(uow: UnitOfWork, caller: Caller, request: c.MakeAppeal) -> c.AppealView:
    """Ask for another reading, once."""
    account = caller.citizen()
    with uow() as tx:
        matter = _by_its_author(tx, account, request.idea_id, request.comment_id)
        appeal = tx.appeals.lock(request.appeal_id) or _made(tx, matter, request)
        if appeal.idea_id != matter.dossier.id:
            raise Fault.conflict("This id is taken.", "id-taken")
        return views.appeal_view(appeal, matter.dossier.number, tx.rules)


def _made(tx: Transaction, matter: Matter, request: c.MakeAppeal) -> Appeal:
    if matter.decision is None or not matter.stands:
        raise Fault.wrong_state("There is no decision to appeal against.", "nothing-to-appeal")
    if _existing(tx, matter) is not None:
        raise Fault.wrong_state("You have already appealed: this can be done once.", "appealed-already")
    draft = Appeal(
        id=request.appeal_id,
        idea_id=matter.dossier.id,
        comment_id=matter.comment.id if matter.comment else None,
        contested=matter.decision,
        text=request.text,
        made_at=tx.now,
    )
    appeal = rules_of_appeals.make(draft, tx.rules)
    tx.appeals.add(appeal)
    if matter.comment is None:
        tx.save(rules_of_appeals.appealed(matter.dossier, appeal, tx.rules))
    return appeal


def list_appeals(uow: UnitOfWork, caller: Caller, request: c.ListAppeals) -> c.AppealPage:
    """What waits for another moderator."""
    account = caller.citizen()
    with uow() as tx:
        perimeter = access.perimeter(caller, access.MODERATORS, tx.rules)
        districts = None if perimeter is None else perimeter[0]
        rows, after = waiting.list_waiting(tx.connection, request, districts, tx.rules)
        return c.AppealPage(
            items=tuple(views.item(row, account, tx.rules, tx.now) for row in rows),
            next=after,
            total=waiting.total(tx.connection, districts, tx.rules, request.district),
        )


def decide_appeal(uow: UnitOfWork, caller: Caller, request: c.DecideAppeal) -> c.AppealView:
    """Decide, as another moderator than the one who decided first."""
    with uow() as tx:
        appeal = tx.appeals.lock(request.appeal_id)
        if appeal is None:
            raise Fault.not_found("There is no such appeal.", "no-such-appeal")
        matter = _matter(tx, appeal.idea_id, appeal.comment_id)
        moderator = access.moderator(caller, matter.dossier, tx.rules)
        if (appeal.outcome, appeal.decided_by) != (request.outcome, moderator):
            appeal = _decide(tx, appeal, matter, moderator, request)
        return views.appeal_view(appeal, matter.dossier.number, tx.rules)


def _decide(tx: Transaction, appeal: Appeal, matter: Matter, moderator: UUID, request: c.DecideAppeal) -> Appeal:
    decided = rules_of_appeals.decide(
        appeal,
        tx.rules,
        tx.now,
        author=matter.author,
        moderator=moderator,
        outcome=request.outcome.value,
        reason=request.reason,
        text=request.text,
    )
    tx.appeals.save(decided)
    tx.events.append(
        c.APPEAL_DECIDED, views.decided(decided, matter.dossier, matter.author), subject=matter.dossier.number
    )
    _carry_out(tx, decided, matter)
    return decided


def _carry_out(tx: Transaction, appeal: Appeal, matter: Matter) -> None:
    stands = matter.contested_by(appeal)
    if matter.comment is not None:
        if stands and appeal.outcome == OVERTURNED:
            discussing.keep(tx, matter.comment, discussion.keep(matter.comment), by_appeal=True)
        return
    before = matter.dossier
    change = rules_of_appeals.noted(before, appeal, tx.rules, tx.now)
    if stands:
        change = rules_of_appeals.carried_out(change, appeal, tx.kind(before), tx.rules, tx.now)
    after = tx.save(change)
    if after.state is not before.state:
        if before.state is State.REFUSED and after.state is State.OPEN:
            again.published(tx, after)
        event, fact = moderating.told(after, before)
        tx.events.append(event, fact.model_copy(update={"by_appeal": True}), subject=before.number)
