"""Sample answers for signatures on paper."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts import ideas

from gateway.testing.samples import IDEA, NOW

BATCH = UUID("0192eeee-0000-7000-8000-0000000000b0")
PLACES = ("Marché d’Aligre", "Bibliothèque Saint-Éloi", "Fête du quartier", "Mairie du 12e")


def batch(n: int, **changes: Any) -> ideas.PaperView:
    state = list(ideas.PaperState)[n % len(ideas.PaperState)]
    values = {
        "batch_id": UUID(int=BATCH.int + n),
        "signatures": 120 - 17 * n,
        "place": PLACES[n % len(PLACES)],
        "collected_on": (NOW - timedelta(days=n + 1)).date(),
        "reference": f"Carton 12, feuilles {n + 3} à {n + 9}",
        "idea_id": IDEA,
        "number": "PAR-2026-004200",
        "title": "Planter une rue-jardin rue Crozatier",
        "state": state,
        "entered_at": NOW - timedelta(days=n),
        "counted_at": None if state is ideas.PaperState.WAITING else NOW,
        "replaces": None,
        "may_confirm": state is ideas.PaperState.WAITING,
    }
    return ideas.PaperView(**(values | changes))


def listed(request: ideas.ListPaper, _context: object) -> ideas.PaperPage:
    """Of a dossier, one of each state; else two that wait, of which one is the agent's own."""
    waiting = {"state": ideas.PaperState.WAITING}
    found = tuple(batch(n) for n in range(4)) if request.dossier else (batch(0), batch(1, may_confirm=False, **waiting))
    return ideas.PaperPage(items=found, second_agent=True, today=NOW.date())
