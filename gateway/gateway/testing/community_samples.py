"""Sample answers for appeals."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts import ideas

from gateway.testing.samples import IDEA, NOW, TEXT, place

APPEAL = UUID("0192eeee-0000-7000-8000-000000000001")


def contested() -> ideas.Contested:
    return ideas.Contested(
        decision="refuse",
        reason="not-competent",
        text="La rue appartient à l’État : écrivez au préfet.",
        decided_at=NOW - timedelta(days=3),
    )


def _values(n: int = 0) -> dict[str, Any]:
    return {
        "appeal_id": UUID(int=APPEAL.int + n),
        "idea_id": IDEA,
        "number": f"PAR-2026-{4200 + n:06d}",
        "comment_id": None,
        "contested": contested(),
        "text": "La rue Crozatier est bien une voie communale : le plan de la Ville le montre.",
        "made_at": NOW - timedelta(days=2),
        "due_on": (NOW + timedelta(days=3 * n - 2)).date(),
        "outcome": None,
        "reason": None,
        "answer": "",
        "decided_at": None,
    }


def appeal(**changes: object) -> ideas.AppealView:
    return ideas.AppealView(**(_values() | changes))


def to_decide(n: int) -> ideas.AppealItem:
    more = {
        "title": f"Planter une rue-jardin rue Crozatier, {n}e essai",
        "words": TEXT,
        "kind": "idea",
        "place": place(n),
        "days_left": 3 * n - 2,
        "may_decide": n != 0,
    }
    return ideas.AppealItem(**(_values(n) | more))


def standing(**changes: object) -> ideas.AppealStanding:
    values = {
        "idea_id": IDEA,
        "number": "PAR-2026-004200",
        "comment_id": None,
        "contested": contested(),
        "words": TEXT,
        "may_appeal": True,
        "until": (NOW + timedelta(days=27)).date(),
        "appeal": None,
    }
    return ideas.AppealStanding(**(values | changes))
