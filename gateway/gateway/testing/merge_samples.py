"""Sample answers for merges: one that waits for its notice, one that was undone, and what a supporter is asked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts import ideas

from gateway.testing.samples import IDEA, NOW, dossier, mine_view

JOINED, INTO = "PAR-2026-004203", "PAR-2026-004204"
MERGE = UUID("0192eeee-0000-7000-8000-0000000000f1")
UNTIL = (NOW + timedelta(days=9)).date()
TEXT = "Ces deux idées demandent la même rue-jardin, sur le même trottoir."


def _link(number: str, title: str, *, carried: bool = False) -> ideas.MergeLink:
    return ideas.MergeLink(
        merge_id=MERGE,
        number=number,
        title=title,
        supports=212,
        merged_at=NOW - timedelta(days=5),
        leave_until=UNTIL,
        carried=carried,
    )


def joined() -> ideas.DossierView:
    link = _link(INTO, "Une rue-jardin le long de l’hôpital")
    mine = mine_view(supported=True, may_support=False)
    return dossier(ideas.State.MERGED, number=JOINED, joined_to=link).model_copy(update={"mine": mine})


def into() -> ideas.DossierView:
    links = (
        _link(JOINED, "Planter la rue Crozatier"),
        _link("PAR-2026-004205", "Des arbres pour l’hôpital", carried=True),
    )
    return dossier(number=INTO, joined=links, joined_supports=212, paper_supports=120)


def mine(**changes: Any) -> ideas.MyMerge:
    values = {
        "merge_id": MERGE,
        "number": JOINED,
        "title": "Planter la rue Crozatier",
        "into": INTO,
        "into_title": "Une rue-jardin le long de l’hôpital",
        "reason": "already-open",
        "text": TEXT,
        "merged_at": NOW - timedelta(days=5),
        "leave_until": UNTIL,
        "days_left": 9,
        "carried": False,
        "choice": None,
        "also_supports": False,
        "may_choose": True,
    }
    return ideas.MyMerge(**(values | changes))


def _merged(n: int, new: int) -> ideas.MergedDossier:
    return ideas.MergedDossier(
        id=ideas.IdeaId(UUID(int=IDEA.int + n)),
        number=f"PAR-2026-{4200 + n:06d}",
        title=f"Planter une rue-jardin rue Crozatier, {n}e essai",
        state=ideas.State.OPEN,
        supports=1204 if n == 0 else 412,
        new=new,
    )


def preview(**changes: Any) -> ideas.MergeView:
    values = {
        "merge_id": None,
        "target": _merged(0, 0),
        "sources": (_merged(1, 310), _merged(2, 44)),
        "joining": 348,
        "leaving": 0,
        "total": 1552,
        "stages": (ideas.MergeStage(code="examination", supports=1500),),
        "reason": None,
        "text": "",
        "merged_at": None,
        "leave_until": UNTIL,
        "carried_at": None,
        "undone_at": None,
        "may_undo": False,
    }
    return ideas.MergeView(**(values | changes))


def pending() -> ideas.MergeView:
    kept = {"merge_id": MERGE, "reason": "already-open", "text": TEXT, "merged_at": NOW - timedelta(days=5)}
    return preview(sources=(_merged(3, 120),), joining=120, total=1324, leaving=3, stages=(), may_undo=True, **kept)


def undone() -> ideas.MergeView:
    kept = {
        "merge_id": UUID(int=MERGE.int + 1),
        "reason": "already-open",
        "text": TEXT,
        "merged_at": NOW - timedelta(days=40),
    }
    return preview(sources=(_merged(4, 0),), joining=0, total=1204, undone_at=NOW - timedelta(days=30), **kept)
