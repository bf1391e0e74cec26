"""What consultations shows on the shared pages: the home page and one's own space."""

from typing import Any

from contracts.consultations import LIST_CONSULTATIONS, LIST_MY_ANSWERS, ListConsultations, ListMyAnswers

from gateway.site.consultations.labels import Labels
from gateway.site.visit import Visit


def open_now(visit: Visit) -> dict[str, Any]:
    """The consultations that close soonest."""
    found = visit.call(LIST_CONSULTATIONS, ListConsultations(state="open", limit=4))
    return {"found": found, "labels": Labels(visit)}


def mine(visit: Visit) -> dict[str, Any]:
    """What the person has answered or begun."""
    return {"found": visit.call(LIST_MY_ANSWERS, ListMyAnswers(limit=10)), "labels": Labels(visit)}
