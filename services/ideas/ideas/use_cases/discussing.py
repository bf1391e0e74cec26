"""The discussion: write, correct, find useful, report, decide, read."""

from uuid import UUID

from chassis.auth import Caller
from chassis.database import Row
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import discussion
from ideas.domain.debates import check_open
from ideas.domain.discussion import Comment
from ideas.domain.dossier import UNPUBLISHED, Dossier, known_reason
from ideas.domain.rules import DEBATE
from ideas.queries import discussion as threads
from ideas.queries import dossier as pages
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.translate import comments as views
from ideas.translate import facts
from ideas.use_cases import access


def _view(tx: Transaction, caller: Caller, comment_id: UUID) -> c.CommentView:
    row = threads.find(tx.connection, comment_id, caller.account)
    if row is None or row.state in UNPUBLISHED:
        raise Fault.not_found("There is no such message.", "no-such-comment")
    return views.comment_view(row, caller.account, tx.rules, tx.now)


def _locked(tx: Transaction, comment_id: UUID) -> Comment:
    one = tx.comments.lock(comment_id)
    if one is None:
        raise Fault.not_found("There is no such message.", "no-such-comment")
    return one


def _dossier(tx: Transaction, idea_id: UUID) -> Dossier:
    one = tx.dossiers.find(idea_id)
    if one is None:
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    return one


def post_comment(uow: UnitOfWork, caller: Caller, request: c.PostComment) -> c.CommentView:
    """Write a message, or answer one."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "comment")
        if request.service is not None:
            access.examiner(caller, request.service, tx.rules)
        tx.dossiers.claim(str(request.comment_id))
        existing = tx.comments.find(request.comment_id)
        if existing is None:
            _post(tx, account, request)
        elif existing.author != account:
            raise Fault.conflict("This id is taken.", "id-taken")
        return _view(tx, caller, request.comment_id)


def _post(tx: Transaction, account: UUID, request: c.PostComment) -> None:
    dossier = _dossier(tx, request.idea_id)
    if dossier.state in UNPUBLISHED:
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    debate = tx.debates.find(dossier.id) if dossier.kind == DEBATE else None
    if debate is not None:
        check_open(dossier, debate, tx.today)
    parent = _locked(tx, request.parent_id) if request.parent_id else None
    access.not_too_often(tx, "comment", tx.comments.written_since(account, access.longest_window(tx, "comment")))
    draft = Comment(
        id=request.comment_id,
        idea_id=request.idea_id,
        parent_id=None,
        side=request.side.value,
        text=request.text,
        author=account,
        service=request.service,
        written_at=tx.now,
    )
    written = discussion.write(draft, dossier, parent, tx.rules)
    tx.comments.add(written)
    if written.parent_id is not None:
        tx.comments.count_answers([written.parent_id])
    tx.comments.count(dossier.id)
    tx.events.append(c.COMMENT_PUBLISHED, facts.written(written, dossier, parent), subject=dossier.number)


def edit_comment(uow: UnitOfWork, caller: Caller, request: c.EditComment) -> c.CommentView:
    """Correct one's message in time."""
    account = caller.citizen()
    with uow() as tx:
        one = _locked(tx, request.comment_id)
        tx.comments.save(discussion.correct(one, account, request.text, tx.rules, tx.now))
        return _view(tx, caller, one.id)


def upvote_comment(uow: UnitOfWork, caller: Caller, request: c.UpvoteComment) -> c.CommentView:
    """Find a message useful."""
    return _vote(uow, caller, request.comment_id, 1)


def downvote_comment(uow: UnitOfWork, caller: Caller, request: c.DownvoteComment) -> c.CommentView:
    """Find a message not useful."""
    return _vote(uow, caller, request.comment_id, -1)


def _vote(uow: UnitOfWork, caller: Caller, comment_id: UUID, value: int) -> c.CommentView:
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "vote_comment")
        one = _locked(tx, comment_id)
        tx.comments.vote(one.id, account, value, tx.now)
        tx.comments.count_votes(one.id)
        return _view(tx, caller, one.id)


def remove_upvote(uow: UnitOfWork, caller: Caller, request: c.RemoveUpvote) -> c.CommentView:
    """Take that back."""
    account = caller.citizen()
    with uow() as tx:
        one = _locked(tx, request.comment_id)
        tx.comments.unvote(one.id, account)
        tx.comments.count_votes(one.id)
        return _view(tx, caller, one.id)


def report_comment(uow: UnitOfWork, caller: Caller, request: c.ReportComment) -> c.ReportReceived:
    """Tell moderation about a message. Enough reports by different people hide it until a moderator decides."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "report")
        known_reason(tx.rules, "report", request.reason)
        access.not_too_often(tx, "report", tx.comments.reported_since(account, access.longest_window(tx, "report")))
        one = _locked(tx, request.comment_id)
        pending = tx.comments.report(one.id, account, request.reason, request.text, tx.now)
        seen = discussion.reported(one, pending, tx.rules, tx.now)
        keep(tx, one, seen)
        return c.ReportReceived(comment_id=request.comment_id, answer_by=threads.answer_by(seen, tx.rules, tx.now))


def decide_comment(uow: UnitOfWork, caller: Caller, request: c.DecideComment) -> c.CommentView:
    """A moderator keeps or hides a message."""
    with uow() as tx:
        one = _locked(tx, request.comment_id)
        moderator = access.moderator(caller, _dossier(tx, one.idea_id), tx.rules)
        decided = (
            discussion.keep(one)
            if request.decision == "keep"
            else discussion.hide(one, request.reason, tx.rules, tx.now)
        )
        if decided != one:
            tx.comments.decide(
                one.id, request.decision, decided.hidden_reason, text=request.text, moderator=moderator, now=tx.now
            )
            keep(tx, one, decided)
        return _view(tx, caller, one.id)


def keep(tx: Transaction, before: Comment, after: Comment, *, by_appeal: bool = False) -> None:
    """Keep a message as it is now; tell it if it became hidden, or is shown again (``by_appeal``: of its author)."""
    tx.comments.save(after)
    was, now = (before.hidden_at, before.hidden_reason), (after.hidden_at, after.hidden_reason)
    if was == now:
        return
    dossier = _dossier(tx, after.idea_id)
    tx.comments.count(dossier.id)
    said = facts.of_comment(after, dossier)
    if after.hidden_at is None:
        shown = c.CommentRestored.model_validate(said | {"by_appeal": by_appeal})
        tx.events.append(c.COMMENT_RESTORED, shown, subject=dossier.number)
    else:
        hidden = c.CommentHidden.model_validate(said | {"reason": after.hidden_reason})
        tx.events.append(c.COMMENT_HIDDEN, hidden, subject=dossier.number)


def read_comment(uow: UnitOfWork, caller: Caller, request: c.ReadComment) -> c.CommentView:
    """One message."""
    with uow() as tx:
        return _view(tx, caller, request.comment_id)


def list_comments(uow: UnitOfWork, caller: Caller, request: c.ListComments) -> c.ThreadPage:
    """A page of threads, each with the first of its answers."""
    with uow() as tx:
        row = pages.find(tx.connection, request.dossier)
        if row is None or dossier_of(row).state in UNPUBLISHED:
            raise Fault.not_found("There is no such dossier.", "no-such-dossier")
        return page_of(tx, caller, row, request)


def page_of(tx: Transaction, caller: Caller, row: Row, request: c.ListComments) -> c.ThreadPage:
    """A page of the threads of the dossier of a row."""
    found, after = threads.list_threads(tx.connection, row.id, request, caller.account)
    items = tuple(views.thread(one, caller.account, tx.rules, tx.now) for one in found)
    return c.ThreadPage(items=items, next=after, total=_total(row, request.side))


def _total(row: Row, side: c.Side | None) -> int:
    sides = [side] if side else list(c.Side)
    return sum(int(getattr(row, f"comments_{one}")) for one in sides)


def list_replies(uow: UnitOfWork, caller: Caller, request: c.ListReplies) -> c.ReplyPage:
    """A page of answers to a message."""
    with uow() as tx:
        _view(tx, caller, request.comment_id)
        rows, after = threads.list_answers(tx.connection, request, caller.account)
        items = tuple(views.comment_view(one, caller.account, tx.rules, tx.now) for one in rows)
        return c.ReplyPage(items=items, next=after)
