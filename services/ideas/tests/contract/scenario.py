"""The committed examples in an order in which each of them works, and what else must happen between them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import Caller, Grant
from contracts import ideas as c
from contracts.identity import SERVICE
from contracts.registry import Call

from services.ideas.tests.conftest import NOON, TEXT
from services.ideas.tests.unit.test_fraud_score import account


def _agent(last: int, role: str) -> Caller:
    account = UUID(f"01927f3e-0000-7000-8000-0000000000a{last}")
    return Caller(account=account, level=250, grants=(Grant(role, frozenset({"*"})),), today=NOON.date())


def _person(last: int) -> Caller:
    return Caller(account=UUID(f"01927f3e-0000-7000-8000-00000000000{last}"), level=200, today=NOON.date())


ANYBODY = Caller(today=NOON.date())
AUTHOR, NEIGHBOUR, OTHER, FOURTH = (_person(number) for number in range(1, 5))
COLLEAGUE = _agent(4, "moderator")
MODERATOR, EXAMINER, ADMINISTRATOR = _agent(1, "moderator"), _agent(2, "examiner"), _agent(3, "administrator")
MANAGER = _agent(4, "campaign_manager")
OFFICER = _agent(5, "counter_officer")
NOTIFIER = Caller(account=UUID(int=9), grants=(Grant(SERVICE, frozenset({"notifications"})),), today=NOON.date())

IDEA, DRAFT, SUGGESTION, REFUSED, WITHDRAWN, FOR_BUDGET, WITH_PHOTO, MESSAGE = (
    f"01927f3e-0000-7000-8000-0000000000{code}" for code in ("d1", "d2", "d3", "d4", "d5", "d6", "d7", "e1")
)

SUSPECTED, SUSPECTED_TOO = "01927f3e-0000-7000-8000-0000000000c9", "01927f3e-0000-7000-8000-0000000000ca"
ROBOTS = [Caller(account=account(NOON + timedelta(hours=25), n), level=200, today=NOON.date()) for n in range(14)]
STAYS, JOINS = "01927f3e-0000-7000-8000-0000000000c7", "01927f3e-0000-7000-8000-0000000000c8"


@dataclass(frozen=True)
class Step:
    """A caller and a call; without a request: the example's."""

    who: Caller
    call: Call[Any, Any]
    request: dict[str, Any] | None = None


def deposit(idea_id: str, kind: str = "idea", who: Caller = AUTHOR) -> Step:
    request = {
        "idea_id": idea_id,
        "kind": kind,
        "title": "Ouvrir les bibliothèques le dimanche",
        "text": TEXT,
        "theme": "culture",
        "place": {"scope": "city"},
    }
    return Step(who, c.DEPOSIT_IDEA, request)


def _wave(idea_id: str) -> tuple[Step, ...]:
    """A suggestion that robots support."""
    supports = (Step(one, c.SUPPORT_IDEA, {"idea_id": idea_id}) for one in ROBOTS)
    return deposit(idea_id, "suggestion", FOURTH), Step(MODERATOR, c.APPROVE_IDEA, {"idea_id": idea_id}), *supports


def _report(who: Caller) -> Step:
    return Step(who, c.REPORT_COMMENT, {"comment_id": MESSAGE, "reason": "off-topic"})


def _phase(code: str, starts_on: str, ends_on: str) -> dict[str, str]:
    return {"code": code, "starts_on": starts_on, "ends_on": ends_on}


LATER: dict[str, Any] = {
    "year": 2027,
    "version": 2,
    "reason": "L’étude des idées demande un mois de plus.",
    "phases": [
        _phase("deposit", "2026-08-15", "2026-09-30"),
        _phase("review", "2026-10-01", "2027-03-31"),
        _phase("ballot", "2027-04-01", "2027-05-31"),
        _phase("vote", "2027-09-03", "2027-09-26"),
        _phase("results", "2027-10-06", "2027-12-31"),
        _phase("delivery", "2028-01-01", "2029-12-31"),
    ],
    "envelopes": [{"place": None, "amount": 20_000_000}, {"place": "75012", "amount": 3_800_000}],
}
MERGED_AGAIN = {
    "merge_id": "01927f3e-0000-7000-8000-0000000000f2",
    "target_id": STAYS,
    "source_ids": [JOINS],
    "reason": "already-open",
    "text": "Les deux idées demandent la même chose, finalement.",
}

STEPS = (
    Step(AUTHOR, c.SAVE_DRAFT),
    Step(AUTHOR, c.READ_DRAFT),
    Step(AUTHOR, c.LIST_DRAFTS),
    Step(AUTHOR, c.DISCARD_DRAFT),
    Step(AUTHOR, c.DEPOSIT_IDEA),
    Step(MODERATOR, c.LIST_MODERATION),
    Step(MODERATOR, c.TAKE_ITEMS),
    Step(MODERATOR, c.APPROVE_IDEA),
    Step(MODERATOR, c.DECIDE_MANY),
    Step(AUTHOR, c.EDIT_IDEA),
    Step(ANYBODY, c.FIND_SIMILAR),
    Step(NEIGHBOUR, c.SUPPORT_IDEA),
    Step(NEIGHBOUR, c.LIST_MY_SUPPORTS),
    Step(AUTHOR, c.ADD_ADDENDUM),
    Step(OTHER, c.SUPPORT_IDEA, {"idea_id": IDEA}),
    Step(FOURTH, c.SUPPORT_IDEA, {"idea_id": IDEA}),
    Step(OTHER, c.WITHDRAW_SUPPORT),
    Step(EXAMINER, c.LIST_EXAMINATION),
    Step(EXAMINER, c.ANSWER_STAGE),
    Step(ADMINISTRATOR, c.INVALIDATE_SUPPORTS),
    Step(NEIGHBOUR, c.POST_COMMENT),
    Step(NEIGHBOUR, c.EDIT_COMMENT),
    Step(AUTHOR, c.UPVOTE_COMMENT),
    Step(OTHER, c.UPVOTE_COMMENT, {"comment_id": MESSAGE}),
    Step(OTHER, c.REMOVE_UPVOTE),
    Step(OTHER, c.DOWNVOTE_COMMENT),
    Step(AUTHOR, c.REPORT_COMMENT),
    _report(OTHER),
    _report(FOURTH),
    Step(MODERATOR, c.DECIDE_COMMENT),
    Step(ANYBODY, c.READ_COMMENT),
    Step(ANYBODY, c.LIST_COMMENTS),
    Step(ANYBODY, c.LIST_REPLIES),
    Step(MODERATOR, c.HIDE_IDEA),
    Step(MODERATOR, c.RESTORE_IDEA),
    deposit(SUGGESTION, "suggestion"),
    Step(ADMINISTRATOR, c.ASSIGN_EXAMINATION),
    Step(EXAMINER, c.ASK_OPINIONS),
    Step(EXAMINER, c.GIVE_OPINION),
    Step(EXAMINER, c.RECORD_FEASIBILITY),
    Step(EXAMINER, c.ADD_INTERNAL_NOTE),
    Step(MODERATOR, c.READ_INTERNAL_NOTES),
    Step(EXAMINER, c.PUBLISH_ANSWER),
    Step(EXAMINER, c.MAKE_COMMITMENT),
    Step(EXAMINER, c.FOLLOW_COMMITMENT),
    Step(EXAMINER, c.RECORD_PROGRESS),
    deposit(REFUSED),
    Step(MODERATOR, c.REFUSE_IDEA),
    deposit(WITHDRAWN),
    Step(AUTHOR, c.WITHDRAW_IDEA),
    Step(ADMINISTRATOR, c.IMPORT_DOSSIER),
    Step(ADMINISTRATOR, c.IMPORT_COMMENTS),
    Step(NEIGHBOUR, c.READ_IDEA),
    Step(ANYBODY, c.READ_RECORD),
    Step(ANYBODY, c.LIST_IDEAS),
    Step(ANYBODY, c.COUNT_IDEAS),
    Step(AUTHOR, c.LIST_MY_IDEAS),
    Step(NEIGHBOUR, c.EXPORT_MINE),
    Step(ADMINISTRATOR, c.READ_DESK_COUNTS),
    Step(ANYBODY, c.READ_TRANSPARENCY),
    Step(ANYBODY, c.LIST_HEADS),
    Step(ANYBODY, c.READ_HEAD),
    Step(ANYBODY, c.LIST_DATA_FILES),
    Step(ANYBODY, c.READ_DATA_PART),
    Step(MANAGER, c.SAVE_CAMPAIGN),
    Step(MANAGER, c.PUBLISH_CAMPAIGN),
    Step(MANAGER, c.SAVE_CAMPAIGN, LATER),
    Step(ANYBODY, c.READ_CAMPAIGN),
    Step(ANYBODY, c.LIST_CAMPAIGNS),
    deposit(FOR_BUDGET, "budget_idea"),
    Step(MODERATOR, c.APPROVE_IDEA, {"idea_id": FOR_BUDGET}),
    Step(MANAGER, c.DECIDE_ADMISSIBILITY),
    Step(AUTHOR, c.READ_APPEAL),
    Step(AUTHOR, c.MAKE_APPEAL),
    Step(COLLEAGUE, c.LIST_APPEALS),
    Step(COLLEAGUE, c.DECIDE_APPEAL),
    Step(AUTHOR, c.SAVE_DRAFT, {"idea_id": WITH_PHOTO}),
    Step(AUTHOR, c.UPLOAD_PART),
    Step(AUTHOR, c.ATTACH_FILE),
    deposit(WITH_PHOTO, "suggestion"),
    Step(ANYBODY, c.READ_ATTACHMENT),
    Step(MODERATOR, c.HIDE_ATTACHMENT),
    Step(MODERATOR, c.RESTORE_ATTACHMENT),
    Step(AUTHOR, c.REMOVE_ATTACHMENT),
    Step(EXAMINER, c.OPEN_DEBATE),
    Step(ANYBODY, c.READ_DEBATE),
    Step(ANYBODY, c.LIST_DEBATES),
    Step(EXAMINER, c.CONCLUDE_DEBATE),
    deposit(STAYS, who=OTHER),
    Step(MODERATOR, c.APPROVE_IDEA, {"idea_id": STAYS}),
    deposit(JOINS, who=FOURTH),
    Step(MODERATOR, c.APPROVE_IDEA, {"idea_id": JOINS}),
    Step(NEIGHBOUR, c.SUPPORT_IDEA, {"idea_id": JOINS}),
    Step(MODERATOR, c.PREVIEW_MERGE),
    Step(MODERATOR, c.MERGE_IDEAS),
    Step(MODERATOR, c.LIST_MERGES),
    Step(NEIGHBOUR, c.LIST_MY_MERGES),
    Step(NEIGHBOUR, c.CHOOSE_MERGE),
    Step(NOTIFIER, c.LIST_MERGE_SUPPORTERS),
    Step(MODERATOR, c.UNDO_MERGE),
    Step(MODERATOR, c.MERGE_IDEAS, MERGED_AGAIN),
    Step(OFFICER, c.ENTER_PAPER),
    Step(MODERATOR, c.LIST_PAPER),
    Step(MODERATOR, c.CONFIRM_PAPER),
    Step(OFFICER, c.WITHDRAW_PAPER),
    *_wave(SUSPECTED),
    *_wave(SUSPECTED_TOO),
    Step(MODERATOR, c.LIST_FRAUD),
    Step(MODERATOR, c.READ_FRAUD_GROUP),
    Step(MODERATOR, c.PROPOSE_INVALIDATION),
    Step(COLLEAGUE, c.CONFIRM_INVALIDATION),
    Step(MODERATOR, c.UNDO_INVALIDATION),
    Step(MODERATOR, c.DISMISS_FRAUD),
    Step(ANYBODY, c.READ_FRAUD_REPORT),
    Step(ADMINISTRATOR, c.LIST_FRAUD_LOG),
)
