"""The figures of it all: what waits at the desk, and how the administration keeps its promises."""

from datetime import datetime, timedelta

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.identity import Role

from ideas.domain.rules import Rules
from ideas.queries import appeals, fraud, moderation, paper, projects, transparency, work
from ideas.queries.transparency import Measure
from ideas.repository import Transaction, UnitOfWork
from ideas.use_cases import access, campaigning
from ideas.use_cases.admitting import DECIDE

LOOKED_BACK = timedelta(days=365)
LONGEST_LATE = 10


def read_desk_counts(uow: UnitOfWork, caller: Caller) -> c.DeskCounts:
    """How much waits in each queue of the caller's perimeter. What is not the caller's business is nought."""
    with uow() as tx:
        access.agent(caller, (*access.MODERATORS, *access.EXAMINERS, *access.COUNTERS, *DECIDE), (None,))
        waiting, oldest, appealed = {"dossier": 0, "comment": 0}, None, 0
        if _holds(caller, access.MODERATORS):
            mine = access.perimeter(caller, access.MODERATORS, tx.rules)
            seen = moderation.Seen(caller.account, tx.now, mine and mine[0])
            waiting, oldest = moderation.counts(tx.connection, seen, tx.rules)
            appealed = appeals.total(tx.connection, mine and mine[0], tx.rules)
        awaited: dict[str, int] = {}
        if _holds(caller, access.EXAMINERS):
            theirs = access.perimeter(caller, access.EXAMINERS, tx.rules)
            awaited = work.counts(tx.connection, theirs, tx.rules, tx.today)
        return c.DeskCounts(
            to_moderate=waiting["dossier"],
            reports=waiting["comment"],
            stages=awaited.get("stage", 0),
            to_assign=awaited.get("assignment", 0),
            assigned=awaited.get("answer", 0),
            opinions=awaited.get("opinion", 0),
            overdue=awaited.get("overdue", 0),
            follow_up=awaited.get("follow-up", 0),
            appeals=appealed,
            paper=_paper(tx, caller),
            fraud=_fraud(tx, caller),
            to_group=_to_group(tx, caller),
            oldest_waiting_since=oldest,
        )


def _paper(tx: Transaction, caller: Caller) -> int:
    if not _holds(caller, access.COUNTERS):
        return 0
    mine = access.perimeter(caller, access.COUNTERS, tx.rules)
    return paper.waiting(tx.connection, mine and mine[0])


def _fraud(tx: Transaction, caller: Caller) -> int:
    if not _holds(caller, access.MODERATORS):
        return 0
    mine = access.perimeter(caller, access.MODERATORS, tx.rules)
    return fraud.waiting(tx.connection, mine and mine[0])


def _to_group(tx: Transaction, caller: Caller) -> int:
    newest = campaigning.seen_by(caller, tx)[:1] if _holds(caller, DECIDE) else ()
    return sum(projects.ungrouped(tx.connection, c.ListUngrouped(year=one.year), one.slug, tx.rules) for one in newest)


def _holds(caller: Caller, roles: tuple[Role, ...]) -> bool:
    try:
        access.agent(caller, roles, (None,))
    except Fault:
        return False
    return True


def read_transparency(uow: UnitOfWork) -> c.TransparencyView:
    """How the promised delays were kept in the last twelve months, and why things were refused."""
    with uow() as tx:
        since = tx.now - LOOKED_BACK
        moderated = transparency.moderation(tx.connection, tx.rules, since, tx.now)
        measured = transparency.stages_kept(tx.connection, tx.rules.day(since), tx.today)
        opinions = transparency.opinions_given(tx.connection, tx.rules.day(since), tx.today)
        late = transparency.late_commitments(tx.connection, tx.today, LONGEST_LATE)
        appealed = appeals.kept(tx.connection, tx.rules, since, tx.now)
        steps, head = transparency.records(tx.connection)
        return c.TransparencyView(
            delays=(
                _delay("moderation", tx.rules.moderation_hours, moderated),
                _delay("opinion", tx.rules.opinion_days * 24, opinions),
                _delay("appeal", tx.rules.appeal_days * 24, appealed),
                *_stage_delays(tx.rules, measured),
            ),
            moderated=moderated.done,
            reasons=_reasons(tx, since),
            commitments=c.CommitmentFigures(**transparency.commitments_kept(tx.connection, tx.today)),
            late_commitments=tuple(c.LateCommitment.model_validate(row._asdict()) for row in late),
            steps=steps,
            head=head,
            counted_at=tx.now,
        )


def _reasons(tx: Transaction, since: datetime) -> tuple[c.ReasonCount, ...]:
    decided = transparency.reasons(tx.connection, since)
    appealed = appeals.by_reason(tx.connection, since)
    found = []
    for code in sorted({*decided, *appealed}):
        refused, hidden = decided.get(code, (0, 0))
        made, upheld, overturned = appealed.get(code, (0, 0, 0))
        found.append(
            c.ReasonCount(
                reason=code,
                refused=refused,
                comments_hidden=hidden,
                appeals=made,
                upheld=upheld,
                overturned=overturned,
            )
        )
    return tuple(found)


def _delay(measure: str, promised_hours: int, found: Measure) -> c.Delay:
    return c.Delay(
        measure=measure,
        promised_hours=promised_hours,
        average_hours=found.average_hours,
        done=found.done,
        late_now=found.late_now,
    )


def _stage_delays(rules: Rules, measured: dict[tuple[str, str], Measure]) -> tuple[c.Delay, ...]:
    """One line per stage of the rules; the last of each kind is the answer itself."""
    found: dict[str, tuple[int, Measure]] = {}
    for kind in rules.kinds.values():
        for stage in kind.stages:
            measure = "answer" if stage is kind.stages[-1] else f"stage-{stage.code}"
            _, so_far = found.get(measure, (0, Measure()))
            found[measure] = stage.days * 24, so_far.plus(measured.get((kind.code, stage.code), Measure()))
    return tuple(_delay(measure, hours, one) for measure, (hours, one) in found.items())
