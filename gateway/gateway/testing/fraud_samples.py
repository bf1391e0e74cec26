"""Sample answers for the review of supports."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts import ideas

from gateway.testing.samples import IDEA, KARIM, NADIA, NOW

GROUP = UUID("0192eeee-0000-7000-8000-0000000000a0")
REASONS = (
    ideas.FraudReason(signal=ideas.Signal.BURST, points=30, found=58, usual=2),
    ideas.FraudReason(signal=ideas.Signal.YOUNG, points=37, found=58, usual=None),
    ideas.FraudReason(signal=ideas.Signal.ONE_PURPOSE, points=15, found=60, usual=None),
    ideas.FraudReason(signal=ideas.Signal.REGULAR, points=9, found=11, usual=None),
)


def _values(n: int = 0) -> dict[str, Any]:
    reasons = REASONS[n:]
    return {
        "group_id": UUID(int=GROUP.int + n),
        "idea_id": IDEA,
        "number": f"PAR-2026-{4200 + n:06d}",
        "title": "Planter une rue-jardin rue Crozatier",
        "kind": "idea",
        "first_at": NOW - timedelta(hours=9),
        "last_at": NOW - timedelta(hours=8, minutes=48),
        "size": 60 - n,
        "score": sum(one.points for one in reasons),
        "reasons": reasons,
        "state": (ideas.FraudState.OPEN, ideas.FraudState.PROPOSED)[n % 2],
        "found_at": NOW - timedelta(hours=8),
        "may_confirm": n % 2 == 1,
    }


def group(n: int) -> ideas.FraudGroup:
    return ideas.FraudGroup(**_values(n))


def view(**changes: Any) -> ideas.FraudView:
    bars = ((2, 0), (1, 0), (58, 57), (4, 3), (2, 0))
    more = {
        "dossier_state": ideas.State.OPEN,
        "before": 1204,
        "after": 1144,
        "stages_lost": (),
        "rhythm": tuple(
            ideas.RhythmBar(at=NOW - timedelta(hours=9, minutes=20 - 10 * n), supports=all_, in_group=inside)
            for n, (all_, inside) in enumerate(bars)
        ),
        "text": "",
        "looks": 2,
    }
    return ideas.FraudView(**(_values() | more | changes))


def report() -> ideas.FraudReport:
    return ideas.FraudReport(
        groups=14,
        waiting=2,
        dismissed=8,
        invalidated=3,
        undone=1,
        supports_taken_out=212,
        supports_given_back=40,
        dossiers=4,
        stages_lost=1,
        supports=184_210,
        signals=(ideas.SignalCount(signal=ideas.Signal.BURST, groups=12, confirmed=3),),
        counted_at=NOW,
    )


def log() -> ideas.FraudLog:
    looks = (("confirm", NADIA), ("look", KARIM), ("list", None))
    items = tuple(
        ideas.FraudLogItem(at=NOW, agent=who, act=act, number="PAR-2026-004200" if who else None, group_id=GROUP)
        for act, who in looks
    )
    return ideas.FraudLog(items=items)
