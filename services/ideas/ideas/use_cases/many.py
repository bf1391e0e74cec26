"""Several things at once: each in its own transaction, as if it were asked alone; and what agents take in hand."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.base import Request
from contracts.errors import Fault, FaultCode, from_validation
from pydantic import ValidationError

from ideas.repository import UnitOfWork
from ideas.use_cases import access, discussing, examining, moderating

Asked = TypeVar("Asked", bound=Request)
One = Callable[[UnitOfWork, Caller, UUID, c.DecideMany], object]
ROLES = {c.WorkQueue.MODERATION: access.MODERATORS, c.WorkQueue.EXAMINATION: access.EXAMINERS}


def decide_many(uow: UnitOfWork, caller: Caller, request: c.DecideMany) -> c.ManyResults:
    """The same decision for each. A request that is wrong for all is refused before anything is decided."""
    caller.citizen()
    return c.ManyResults(items=tuple(_result(uow, caller, item, request) for item in request.items))


def _result(uow: UnitOfWork, caller: Caller, item: UUID, request: c.DecideMany) -> c.ItemResult:
    try:
        _DECISIONS[request.decision](uow, caller, item, request)
    except Fault as fault:
        if fault.code is FaultCode.INVALID:
            raise
        return c.ItemResult(id=item, done=False, refusal=fault.reason or fault.code.value)
    return c.ItemResult(id=item, done=True, refusal=None)


def _asked(model: type[Asked], **values: Any) -> Asked:  # noqa: ANN401 -- the fields of any of the requests
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise from_validation(error, values) from None


def _approve(uow: UnitOfWork, caller: Caller, item: UUID, _request: c.DecideMany) -> object:
    return moderating.approve_idea(uow, caller, c.ApproveIdea(idea_id=c.IdeaId(item)))


def _refuse(uow: UnitOfWork, caller: Caller, item: UUID, request: c.DecideMany) -> object:
    asked = _asked(c.RefuseIdea, idea_id=item, reason=request.reason, text=request.text)
    return moderating.refuse_idea(uow, caller, asked)


def _comment(uow: UnitOfWork, caller: Caller, item: UUID, request: c.DecideMany) -> object:
    values = {"comment_id": item, "decision": request.decision.value, "reason": request.reason, "text": request.text}
    return discussing.decide_comment(uow, caller, _asked(c.DecideComment, **values))


def _assign(uow: UnitOfWork, caller: Caller, item: UUID, request: c.DecideMany) -> object:
    values = {"idea_id": item, "service": request.service, "reason": request.reason, "text": request.text}
    return examining.assign_examination(uow, caller, _asked(c.AssignExamination, **values))


_DECISIONS: dict[c.ManyDecision, One] = {
    c.ManyDecision.APPROVE: _approve,
    c.ManyDecision.REFUSE: _refuse,
    c.ManyDecision.KEEP: _comment,
    c.ManyDecision.HIDE: _comment,
    c.ManyDecision.ASSIGN: _assign,
}


def take_items(uow: UnitOfWork, caller: Caller, request: c.TakeItems) -> c.ManyResults:
    """Take things in hand, or put them back; what somebody else has stays theirs."""
    account = access.agent(caller, ROLES[request.queue], (None,))
    with uow() as tx:
        if request.act == "release":
            tx.taken.release(request.queue, request.items, account)
            mine = frozenset(request.items)
        else:
            mine = tx.taken.take(request.queue, request.items, account, tx.now)
    results = (
        c.ItemResult(id=item, done=item in mine, refusal=None if item in mine else "taken-by-another")
        for item in request.items
    )
    return c.ManyResults(items=tuple(results))
