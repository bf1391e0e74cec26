"""Admissibility, one idea or many at once: all in one transaction, each with its step in its own record."""

from datetime import date

from chassis.auth import Caller
from contracts import ideas as c
from contracts.identity import Role

from ideas.domain import admissibility
from ideas.domain.campaign import Calendar
from ideas.domain.dossier import Change, Dossier, State
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.use_cases import access

DECIDE = (Role.CAMPAIGN_MANAGER, Role.EXAMINER, Role.ADMINISTRATOR)


def decide_admissibility(uow: UnitOfWork, caller: Caller, request: c.DecideAdmissibility) -> c.AdmissibilityDecided:
    """Admit or refuse ideas; those that no longer wait are left as they are."""
    with uow() as tx:
        access.agent(caller, DECIDE, (None,))
        if request.decision == "refuse":
            admissibility.check_refusal(tx.rules, request.reason, request.text)
        found = dict(tx.dossiers.lock_all(set(request.idea_ids)))
        for one in found.values():
            access.agent(caller, DECIDE, access.places_of(one, tx.rules))
        waiting = [found[one] for one in request.idea_ids if one in found and admissibility.waits(found[one])]
        due = {slug: _due(tx, slug) for slug in {one.campaign for one in waiting}}
        for one in waiting:
            _decide(tx, one, request, due[one.campaign])
        decided = tuple(c.IdeaId(one.id) for one in waiting)
        return c.AdmissibilityDecided(decided=decided, left=tuple(set(request.idea_ids) - set(decided)))


def _due(tx: Transaction, slug: str | None) -> date:
    campaign = next((one for one in tx.campaigns.all() if one.slug == slug), None)
    calendar = campaign.calendar if campaign else Calendar(())
    return admissibility.due_on(calendar, tx.today)


def _decide(tx: Transaction, one: Dossier, request: c.DecideAdmissibility, due: date) -> None:
    after = tx.save(_change(tx, one, request, due))
    if after.state is State.DECLINED:
        more = {"outcome": after.state, "reason": after.reason, "service": after.service}
        tx.events.append(
            c.ANSWER_PUBLISHED, c.AnswerPublished.model_validate(facts.of_dossier(after) | more), subject=one.number
        )
        return
    told = {"position": after.steps, "state": after.state, "changed": True}
    tx.events.append(c.STEP_RECORDED, c.StepRecorded.model_validate(facts.of_dossier(after) | told), subject=one.number)


def _change(tx: Transaction, one: Dossier, request: c.DecideAdmissibility, due: date) -> Change:
    if request.decision == "refuse":
        return admissibility.refuse(one, tx.now, reason=request.reason or "", text=request.text)
    return admissibility.admit(one, tx.now, due=due, text=request.text)
