"""The queues of the desk through the pages: several things at once, what failed, filters, who has what in hand."""

import re
from typing import Any
from uuid import UUID

import pytest
from contracts import ideas
from contracts.errors import Fault, FieldError
from gateway.testing import city, desk_samples, samples
from gateway.testing.stand_ins import Browser, FakeServices

QUEUE = "/bureau/moderation"
FIRST, SECOND = (str(desk_samples.to_moderate(n).idea_id) for n in (1, 2))


@pytest.fixture
def agent(browser: Browser, services: FakeServices) -> Browser:
    city.populate(services)
    browser.cookies["access"] = samples.token("moderator", "examiner")
    return browser


def results(*refusals: str | None) -> Any:
    def answer(request: Any, _context: Any) -> ideas.ManyResults:
        pairs = zip(request.items, refusals, strict=True)
        return ideas.ManyResults(items=tuple(ideas.ItemResult(id=i, done=r is None, refusal=r) for i, r in pairs))

    return answer


def asked(services: FakeServices, call: Any) -> Any:
    return next(request for route, request, _ in reversed(services.asked) if route == call.route)


def test_what_is_done_and_what_is_not_is_said_by_name_and_stays_ticked(agent: Browser, services: FakeServices) -> None:
    services.on(ideas.DECIDE_MANY, results(None, "role-needed"))
    fields = {"item": [FIRST, SECOND], "act": "refuse", "reason": "unclear", "text": "Dites où, s’il vous plaît."}
    page = agent.send(QUEUE, QUEUE, fields)
    assert page.status_code == 200
    assert "1 ligne traitée" in page.text.replace("\u00a0", " ")
    assert "<b>Interdire les trottinettes sur le quai de la Rapée, 2</b>" in page.text
    assert page.text.count(" checked") == 1
    request = asked(services, ideas.DECIDE_MANY)
    assert [str(item) for item in request.items] == [FIRST, SECOND]
    assert (request.decision.value, request.reason) == ("refuse", "unclear")


def test_what_was_typed_and_ticked_is_kept_when_a_reason_is_missing(agent: Browser, services: FakeServices) -> None:
    error = FieldError("/reason", "unknown-reason", "Choose one of the territory's reasons.")
    services.on(ideas.DECIDE_MANY, Fault.invalid(error))
    page = agent.send(QUEUE, QUEUE, {"item": [FIRST, SECOND], "act": "refuse", "text": "Le même texte pour tous."})
    assert page.status_code == 422
    assert 'href="#many-reason"' in page.text
    assert "Le même texte pour tous." in page.text
    assert page.text.count(" checked") == 2


def test_nothing_ticked_is_said(agent: Browser) -> None:
    page = agent.send(QUEUE, QUEUE, {"act": "approve"})
    assert page.status_code == 422
    assert "Cochez d’abord" in page.text


def test_taking_in_hand_and_filters_reach_the_service(agent: Browser, services: FakeServices) -> None:
    services.on(ideas.TAKE_ITEMS, results(None))
    page = f"{QUEUE}?theme=nature&nature=idea&lieu=75012&depuis=7&pris=personne&tri=recent"
    assert agent.send(page, page, {"item": FIRST, "act": "take"}).status_code == 200
    taken = asked(services, ideas.TAKE_ITEMS)
    assert (taken.queue, taken.act, taken.items) == (ideas.WorkQueue.MODERATION, "take", (UUID(FIRST),))
    listed = asked(services, ideas.LIST_MODERATION)
    assert (listed.theme, listed.kind, listed.district) == ("nature", "idea", "75012")
    assert (listed.waiting_days, listed.taken, listed.sort.value) == (7, ideas.Taken.FREE, "recent")
    assert agent.get(f"{QUEUE}?theme=nowhere&depuis=-1&pris=x").status_code == 200
    assert asked(services, ideas.LIST_MODERATION).theme is None


def test_examinations_are_assigned_together(agent: Browser, services: FakeServices) -> None:
    services.on(ideas.DECIDE_MANY, results(None))
    page = "/bureau/etude/affecter?depuis=2"
    item = str(desk_samples.to_examine(1).id)
    assert agent.send(page, page, {"item": item, "act": "assign", "service": "voirie"}).status_code == 200
    request = asked(services, ideas.DECIDE_MANY)
    assert (request.decision.value, request.service) == ("assign", "voirie")
    assert asked(services, ideas.LIST_EXAMINATION).late_days == 2


def test_who_makes_projects_sees_how_many_ideas_wait_for_one(agent: Browser) -> None:
    agent.cookies["access"] = samples.token("campaign_manager")
    assert re.search(r'href="/bureau/projets"[^>]*>Projets <b>17</b>', agent.get("/bureau/recevabilite").text)
