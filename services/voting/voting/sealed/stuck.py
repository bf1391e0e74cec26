"""Ballots whose check fails: tried again a few times, then left to agents, who have them checked again or give them up.

A failure here is the program's or the machine's: a ballot whose proofs do not hold is refused, and never stuck. While
one is stuck its vote is not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
import structlog
from chassis.auth import EVERYWHERE, Caller
from chassis.telemetry import STUCK
from contracts.errors import Fault
from contracts.voting import MANAGER_ROLE
from contracts.voting.sealed_stuck import (
    LeaveOutBallot,
    LeftOutBallot,
    ListStuckBallots,
    RetryStuckBallots,
    StuckBallot,
    StuckBallots,
)
from sqlalchemy.dialects.postgresql import insert

from voting import translate
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.box import Verdict
from voting.sealed.checks import ATTEMPTS, Reference
from voting.sealed.receipts import from_tracker, to_tracker
from voting.sealed.tables import sealed_ballots, sealed_stuck
from voting.tables import elections
from voting.use_cases.managing import managed

log = structlog.get_logger()
LEFT_OUT = "left-out"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Stuck:
    """A ballot whose check failed."""

    reference: Reference
    attempts: int
    error: str
    perimeter: str | None


def note_failure(resources: Resources, reference: Reference, error: Exception) -> None:
    """Count a check that failed; the failure is told by its kind alone, never with what it was about."""
    kind = type(error).__name__
    row = {"election_id": reference.election_id, "tracker": reference.tracker, "attempts": 1, "error": kind}
    again = {"attempts": sealed_stuck.c.attempts + 1, "error": kind}
    statement = insert(sealed_stuck).values(row)
    statement = statement.on_conflict_do_update(index_elements=["election_id", "tracker"], set_=again)
    with resources.uow() as tx:
        attempts = tx.connection.execute(statement.returning(sealed_stuck.c.attempts)).scalar_one()
    log.error("sealed_ballot_check_failed", election=str(reference.election_id), attempts=attempts, error=kind)


def report(resources: Resources) -> None:
    """Tell the metrics how many ballots somebody has to look at."""
    with resources.uow() as tx:
        STUCK.set(len(_stuck(tx, None)))


@translate.speaks_faults
def list_stuck_ballots(resources: Resources, caller: Caller, request: ListStuckBallots) -> StuckBallots:
    """Those of a vote, or of every vote that the caller manages."""
    caller.require(MANAGER_ROLE)
    with resources.uow() as tx:
        return _view(tx, caller, request.election_id)


@translate.speaks_faults
def retry_stuck_ballots(resources: Resources, caller: Caller, request: RetryStuckBallots) -> StuckBallots:
    """Forget the failures of a vote, and name its ballots to the workers again."""
    with resources.uow() as tx:
        managed(tx, caller, request.election_id)
        again = [one.reference for one in _stuck(tx, request.election_id)]
        those = (sealed_stuck.c.election_id == request.election_id) & sealed_stuck.c.left_out_because.is_(None)
        tx.connection.execute(sa.delete(sealed_stuck).where(those))
    resources.checks.add(again)
    return list_stuck_ballots(resources, caller, ListStuckBallots(election_id=request.election_id))


@translate.speaks_faults
def leave_out_ballot(resources: Resources, caller: Caller, request: LeaveOutBallot) -> StuckBallots:
    """Refuse a stuck ballot in public. Again: nothing is done twice. Raises *wrong-state* for one that is not stuck."""
    reference = Reference(request.election_id, from_tracker(request.tracker))
    with resources.uow() as tx:
        managed(tx, caller, request.election_id)
        if reference not in {one.reference for one in _stuck(tx, request.election_id)}:
            _require_left_out(tx, reference)
        else:
            tx.box.decide(request.election_id, 0, [Verdict(reference, LEFT_OUT)])
            which = (sealed_stuck.c.election_id == reference.election_id) & (
                sealed_stuck.c.tracker == reference.tracker
            )
            tx.connection.execute(sa.update(sealed_stuck).where(which).values(left_out_because=request.reason))
        return _view(tx, caller, request.election_id)


def left_out(tx: Transaction, election_id: UUID) -> tuple[LeftOutBallot, ...]:
    """The ballots of a vote that were given up, by tracker, with the reasons."""
    query = sa.select(sealed_stuck.c.tracker, sealed_stuck.c.left_out_because)
    those = (sealed_stuck.c.election_id == election_id) & sealed_stuck.c.left_out_because.is_not(None)
    rows = tx.connection.execute(query.where(those).order_by(sealed_stuck.c.tracker))
    return tuple(LeftOutBallot(tracker=to_tracker(row.tracker), reason=row.left_out_because) for row in rows)


def _require_left_out(tx: Transaction, reference: Reference) -> None:
    if to_tracker(reference.tracker) not in {one.tracker for one in left_out(tx, reference.election_id)}:
        raise Fault.wrong_state("This ballot is not waiting for anybody.", "not-stuck")


def _stuck(tx: Transaction, election_id: UUID | None) -> list[Stuck]:
    joined = sealed_stuck.join(sealed_ballots).join(elections, elections.c.id == sealed_stuck.c.election_id)
    columns = (
        *(sealed_stuck.c[name] for name in ("election_id", "tracker", "attempts", "error")),
        elections.c.perimeter,
    )
    waits = (sealed_ballots.c.state == "received") & (sealed_stuck.c.attempts >= ATTEMPTS)
    query = sa.select(*columns).select_from(joined).where(waits)
    if election_id is not None:
        query = query.where(sealed_stuck.c.election_id == election_id)
    rows = tx.connection.execute(query.order_by(sealed_stuck.c.election_id, sealed_stuck.c.tracker))
    return [Stuck(Reference(row.election_id, row.tracker), row.attempts, row.error, row.perimeter) for row in rows]


def _view(tx: Transaction, caller: Caller, election_id: UUID | None) -> StuckBallots:
    found = _stuck(tx, election_id)
    mine: Sequence[Stuck] = [one for one in found if caller.has(MANAGER_ROLE, one.perimeter or EVERYWHERE)]
    items = (
        StuckBallot(
            election_id=one.reference.election_id,
            tracker=to_tracker(one.reference.tracker),
            attempts=one.attempts,
            error=one.error,
        )
        for one in mine[:SHOWN]
    )
    return StuckBallots(items=tuple(items), total=len(mine))
