"""Debates for tests of the gateway: one that is open, one to come, one over, one concluded."""

from datetime import date
from typing import Any

from contracts import ideas
from contracts.errors import Fault
from contracts.territory import DEBATE

from gateway.testing import samples

OPEN, COMING, ENDED, CONCLUDED = (f"PAR-2026-0043{n:02}" for n in range(4))
_TITLES = {
    OPEN: "Quelle place pour la voiture dans nos rues ?",
    COMING: "Quels horaires pour les bibliothèques ?",
    ENDED: "Comment rafraîchir nos écoles l’été ?",
    CONCLUDED: "Faut-il fermer les quais le dimanche ?",
}
_STAGES = {
    OPEN: ideas.DebateStage.OPEN,
    COMING: ideas.DebateStage.COMING,
    ENDED: ideas.DebateStage.ENDED,
    CONCLUDED: ideas.DebateStage.CONCLUDED,
}
_STATES = {ENDED: ideas.State.EXPIRED, CONCLUDED: ideas.State.CONCLUDED}
HEARD = "Vous voulez des quais calmes tous les dimanches. Nous les fermerons aux voitures dès le printemps."
_CLOCKS = {
    OPEN: {"kind": "debate", "due_at": "2026-10-04T21:59:59Z", "due_on": "2026-10-04", "days_left": 17},
    ENDED: {"kind": "synthesis", "due_at": "2026-09-14T21:59:59Z", "due_on": "2026-09-14", "days_left": -3},
}


def _shared(number: str) -> dict[str, Any]:
    return {
        "kind": DEBATE,
        "place": {"scope": "district", "district": "75012", "point": None, "address": None},
        "number": number,
        "title": _TITLES[number],
        "state": _STATES.get(number, ideas.State.OPEN),
        "theme": "mobilites",
        "supports": 0,
        "threshold": None,
        "days_left": 17 if number == OPEN else None,
        "last_word": HEARD if number == CONCLUDED else "",
        "service": None if number == COMING else "voirie",
    }


def of(request: ideas.ReadDebate, *, mine: bool) -> ideas.DebateView:
    """The debate that is asked for. Raises *not found* for one that is none of these."""
    if request.dossier not in _STAGES:
        raise Fault.not_found("There is no such debate.", "no-such-debate")
    return debate(request.dossier, mine=mine)


def dates(number: str, **changes: Any) -> ideas.DebateDates:
    """When, and where it stands."""
    opened_by = None if number == COMING else "voirie"
    days = {"opens_on": date(2026, 9, 5), "closes_on": date(2026, 10, 4)}
    return ideas.DebateDates.model_validate(days | {"stage": _STAGES[number], "opened_by": opened_by} | changes)


def debate(number: str = OPEN, *, mine: bool = False, **changes: Any) -> ideas.DebateView:
    """A debate, whole."""
    shown = samples.dossier(mine=mine).model_dump() | _shared(number) | {"clock": _CLOCKS.get(number), "stages": ()}
    heard = {"service": "voirie", "text": HEARD, "published_at": "2026-09-10T08:00:00Z"}
    fields = {"dossier": shown, "dates": dates(number), "synthesis": heard if number == CONCLUDED else None}
    return ideas.DebateView.model_validate(fields | changes)


def debates() -> ideas.DebatePage:
    """One of each stage."""
    numbers = (OPEN, COMING, ENDED, CONCLUDED)
    cards = tuple(
        ideas.DebateCard.model_validate(
            {"dossier": samples.card(0).model_dump() | _shared(number), "dates": dates(number)}
        )
        for number in numbers
    )
    return ideas.DebatePage(items=cards, next=None, total=len(cards))
