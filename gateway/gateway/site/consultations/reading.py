"""The list of consultations and the page of one."""

from typing import Any

from contracts.consultations import (
    LIST_CONSULTATIONS,
    READ_CONSULTATION,
    READ_MY_ANSWER,
    ConsultationView,
    ListConsultations,
    MyAnswer,
    ReadConsultation,
    ReadMyAnswer,
)
from contracts.errors import Fault

from gateway.site.answers import Answer, page
from gateway.site.consultations.labels import Labels
from gateway.site.visit import Visit

STATES = ("open", "scheduled", "closed")
SHOWN = {"open": 50, "scheduled": 10, "closed": 10}


def browse(visit: Visit) -> Answer:
    """All consultations by state, or all of one state page by page."""
    wanted = visit.query("etat")
    states = (wanted,) if wanted in STATES else STATES
    place = visit.query("lieu")
    known = {one.code for one in visit.territory.districts}
    lists = {state: _list(visit, state, place if place in known else None, alone=len(states) == 1) for state in states}
    return page("consultations/list.html", cache=15, lists=lists, labels=Labels(visit), alone=len(states) == 1)


def _list(visit: Visit, state: str, place: str | None, *, alone: bool) -> Any:  # noqa: ANN401 -- a page of summaries
    request: dict[str, Any] = {"state": state, "place": place, "limit": SHOWN[state]}
    if alone:
        request |= {"limit": 20, "after": visit.query("after")[:500] or None}
    return visit.call(LIST_CONSULTATIONS, ListConsultations.model_validate(request))


def read(visit: Visit) -> ConsultationView:
    """The consultation of the address. Raises *not-found*."""
    slug = visit.url["slug"]
    if len(slug) > 80:
        raise Fault.not_found()
    return visit.call(READ_CONSULTATION, ReadConsultation(consultation=slug))


def mine(visit: Visit, consultation: ConsultationView) -> MyAnswer:
    """What the person has answered or begun; nothing for somebody who is not signed in."""
    if visit.session is None:
        return MyAnswer()
    return visit.call(READ_MY_ANSWER, ReadMyAnswer(consultation_id=consultation.id))


def show(visit: Visit) -> Answer:
    """What is asked, by whom, until when, and what happens with it."""
    consultation = read(visit)
    return page(
        "consultations/consultation.html",
        cache=10,
        one=consultation,
        mine=mine(visit, consultation),
        labels=Labels(visit),
        saved=visit.query("brouillon") == "garde",
        withdrawn=visit.query("reponse") == "retiree",
    )
