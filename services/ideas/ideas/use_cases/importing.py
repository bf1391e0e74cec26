"""Taking over past dossiers and discussions from other platforms, once each, however often it is asked.

Their ids follow from what their source calls them.
"""

from uuid import NAMESPACE_URL, uuid5

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory

from ideas.domain.discussion import Comment
from ideas.domain.dossier import Dossier, State
from ideas.domain.imports import PastStep, take_over
from ideas.domain.problems import Invalid, Problem
from ideas.domain.rules import Rules
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.translate.places import place_of
from ideas.use_cases import access
from ideas.use_cases.writing import locked


def import_dossier(
    uow: UnitOfWork, territory: Territory, caller: Caller, request: c.ImportDossier
) -> c.DossierImported:
    """A past dossier gets a number of the year in which it was deposited."""
    access.agent(caller, access.ADMINISTRATORS, ("*",))
    with uow() as tx:
        _refuse_unknown(tx.rules, request)
        tx.dossiers.claim(f"{request.source}\n{request.reference}")
        existing = tx.dossiers.imported(request.source, request.reference)
        one = existing or _take_over(tx, territory, request)
        return c.DossierImported(idea_id=c.IdeaId(one.id), number=one.number, added=existing is None)


def _refuse_unknown(rules: Rules, request: c.ImportDossier) -> None:
    known_reasons = frozenset[str]().union(*rules.reasons.values())
    found = [
        *([Problem("/kind", "unknown-kind", "There is no such kind.")] if request.kind not in rules.kinds else []),
        *([Problem("/theme", "unknown-theme", "There is no such theme.")] if request.theme not in rules.themes else []),
    ]
    for position, step in enumerate(request.steps):
        if step.service is not None and step.service not in rules.services:
            found.append(Problem(f"/steps/{position}/service", "unknown-service", "There is no such service."))
        if step.reason is not None and step.reason not in known_reasons:
            found.append(Problem(f"/steps/{position}/reason", "unknown-reason", "There is no such reason."))
        if step.state == State.UNDER_EXAMINATION.value and step.service is None and request.campaign is None:
            found.append(Problem(f"/steps/{position}/service", "missing", "Say which service has it in hand."))
    if found:
        raise Invalid(*found)


def _take_over(tx: Transaction, territory: Territory, request: c.ImportDossier) -> Dossier:
    past = [
        PastStep(step.on, State(step.state) if step.state else None, step.text, step.service, step.reason)
        for step in request.steps
    ]
    one = tx.add(take_over(_past_dossier(tx, territory, request), past, request.figures, tx.rules))
    tx.events.append(c.DOSSIER_IMPORTED, facts.imported(one), subject=one.number)
    return one


def _past_dossier(tx: Transaction, territory: Territory, request: c.ImportDossier) -> Dossier:
    deposited_at = tx.rules.start_of(request.deposited_on)
    return Dossier(
        id=uuid5(NAMESPACE_URL, f"{request.source}\n{request.reference}"),
        number=tx.dossiers.next_number(tx.rules.prefix, request.deposited_on.year),
        kind=request.kind,
        author=None,
        title=request.title,
        text=request.text,
        theme=request.theme,
        place=place_of(request.place, territory),
        campaign=request.campaign,
        state=State.OPEN,
        state_since=deposited_at,
        deposited_at=deposited_at,
        moderated_at=tx.now,
        opened_at=deposited_at,
        imported_supports=request.supports,
        cost=request.cost,
        imported_from=request.source,
        reference=request.reference,
    )


def import_comments(uow: UnitOfWork, caller: Caller, request: c.ImportComments) -> c.CommentsImported:
    """Past messages join the discussion of an imported dossier. Those that answer need what they answer first."""
    access.agent(caller, access.ADMINISTRATORS, ("*",))
    with uow() as tx:
        one = locked(tx, request.idea_id)
        if one.imported_from is None:
            raise Fault.wrong_state("Only an imported dossier takes over messages.", "not-imported")
        roots = [item for item in request.comments if item.parent is None]
        added = tx.comments.add_imported([_past_comment(request.idea_id, item, None) for item in roots])
        answers = _answers(tx, request)
        added += tx.comments.add_imported(answers)
        tx.comments.count_answers({one.parent_id for one in answers if one.parent_id})
        tx.comments.count(one.id)
        return c.CommentsImported(added=added, already=len(request.comments) - added)


def _answers(tx: Transaction, request: c.ImportComments) -> list[Comment]:
    answers = [(position, item) for position, item in enumerate(request.comments) if item.parent is not None]
    parents = tx.comments.by_reference(request.idea_id, [item.parent for _, item in answers if item.parent])
    missing = [
        Problem(f"/comments/{position}/parent", "unknown-parent", "Import the message that it answers first.")
        for position, item in answers
        if item.parent not in parents
    ]
    if missing:
        raise Invalid(*missing)
    return [_past_comment(request.idea_id, item, parents[item.parent or ""]) for _, item in answers]


def _past_comment(idea_id: c.IdeaId, item: c.ImportedComment, parent: Comment | None) -> Comment:
    return Comment(
        id=uuid5(idea_id, item.reference),
        idea_id=idea_id,
        parent_id=(parent.parent_id or parent.id) if parent else None,
        side=parent.side if parent else item.side.value,
        text=item.text,
        author=None,
        service=None,
        written_at=item.written_at,
        reference=item.reference,
        imported_useful=item.useful,
    )
