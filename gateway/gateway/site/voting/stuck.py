"""``/bureau/votes/<vote>/bloques``: ballots whose proofs could not be checked, and that hold up the count."""

from contracts.voting import MANAGER_ROLE, ElectionRef
from contracts.voting.sealed_board import GET_BOARD
from contracts.voting.sealed_stuck import (
    LEAVE_OUT_BALLOT,
    LIST_STUCK_BALLOTS,
    RETRY_STUCK_BALLOTS,
    ListStuckBallots,
    RetryStuckBallots,
)

from gateway.forms.sealed import LeaveOutForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.visit import Visit
from gateway.site.voting.counter import sealed_election, vote_id
from gateway.site.voting.labels import Labels

QUEUE = "/bureau/votes"


def waiting(visit: Visit) -> dict[str, int]:
    """How many stuck ballots the agent's votes have: the alert beside the queue."""
    if visit.session is None or not visit.session.has(MANAGER_ROLE):
        return {}
    found = visit.call(LIST_STUCK_BALLOTS, ListStuckBallots()).total
    return {QUEUE: found} if found else {}


def show(visit: Visit) -> Answer:
    """The stuck ballots of a vote."""
    return _page(visit)


def retry(visit: Visit) -> Answer:
    """Have all of them checked again."""
    visit.call(RETRY_STUCK_BALLOTS, RetryStuckBallots(election_id=vote_id(visit)))
    return Redirect(f"{QUEUE}/{vote_id(visit)}/bloques?fait=relance")


def leave_out(visit: Visit) -> Answer:
    """Give one of them up, in public."""
    form = LeaveOutForm.sent(visit)
    done = form.submit(LEAVE_OUT_BALLOT, election_id=vote_id(visit))
    return _page(visit, form) if done is None else Redirect(f"{QUEUE}/{vote_id(visit)}/bloques?fait=ecarte")


def _page(visit: Visit, sent: LeaveOutForm | None = None) -> Answer:
    one = sealed_election(visit)
    found = visit.call(LIST_STUCK_BALLOTS, ListStuckBallots(election_id=one.id))
    kept = {sent.value("tracker"): sent} if sent else {}
    return desk_page(
        visit,
        "desk/stuck-ballots.html",
        status=sent.status if sent else 200,
        one=one,
        found=found,
        forms=[kept.get(each.tracker) or LeaveOutForm.blank(visit, tracker=each.tracker) for each in found.items],
        lost=sent if sent and sent.value("tracker") not in {each.tracker for each in found.items} else None,
        left_out=visit.call(GET_BOARD, ElectionRef(election=str(one.id))).left_out,
        done=visit.query("fait"),
        labels=Labels(visit),
    )
