"""Signatures on paper at the desk: entered, confirmed by another, corrected from what was there, shown apart."""

from typing import Any
from uuid import UUID

import pytest
from contracts import ideas
from contracts.errors import Fault
from gateway.testing import city, paper_samples, samples
from gateway.testing.merge_samples import INTO
from gateway.testing.stand_ins import Browser, FakeServices

DESK = "/bureau/dossiers/PAR-2026-004200/papier"
NEW = "0192eeee-0000-7000-8000-0000000000ff"
SHEETS = {"signatures": "120", "place": "Marché d’Aligre", "collected_on": "2026-11-28", "reference": "Carton 12"}


@pytest.fixture
def officer(browser: Browser, services: FakeServices) -> Browser:
    city.populate(services)
    browser.cookies["access"] = samples.token("counter_officer")
    return browser


def asked(services: FakeServices, call: Any) -> list[Any]:
    return [request for route, request, _ in services.asked if route == call.route]


def test_a_batch_is_entered_with_the_forms_own_id(officer: Browser, services: FakeServices) -> None:
    waiting = paper_samples.batch(1, state=ideas.PaperState.WAITING)
    services.on(ideas.ENTER_PAPER, waiting)
    sent = officer.send(DESK, DESK, SHEETS | {"batch_id": NEW, "replaces": ""})
    assert sent.headers["location"] == f"{DESK}?fait=waiting"
    (request,) = asked(services, ideas.ENTER_PAPER)
    assert (request.batch_id, request.signatures, request.replaces) == (UUID(NEW), 120, None)


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    officer: Browser, services: FakeServices
) -> None:
    refused = officer.send(DESK, DESK, SHEETS | {"batch_id": NEW, "signatures": "beaucoup", "reference": ""})
    assert refused.status_code == 422
    assert 'href="#signatures"' in refused.text
    assert 'href="#reference"' in refused.text
    assert "Marché d’Aligre" in refused.text
    assert not asked(services, ideas.ENTER_PAPER)


def test_a_correction_begins_with_what_it_corrects(officer: Browser) -> None:
    counted = paper_samples.batch(1)
    shown = officer.get(f"{DESK}?corriger={counted.batch_id}").text
    assert f'value="{counted.signatures}"' in shown
    assert f'name="replaces" value="{counted.batch_id}"' in shown


def test_a_colleague_confirms_and_whoever_entered_it_cannot(officer: Browser, services: FakeServices) -> None:
    page = officer.get("/bureau/papier").text
    assert page.count("/bureau/papier/0192eeee") == 1
    assert page.count("Pour une autre personne") == 1
    batch = paper_samples.batch(0).batch_id
    assert officer.send("/bureau/papier", f"/bureau/papier/{batch}", {}).status_code == 303
    services.on(ideas.CONFIRM_PAPER, Fault.wrong_state("You entered it.", "another-agent"))
    assert officer.send("/bureau/papier", f"/bureau/papier/{batch}", {}).status_code == 409


def test_taking_back_needs_its_reason(officer: Browser, services: FakeServices) -> None:
    batch = str(paper_samples.batch(1).batch_id)
    assert officer.send(DESK, f"{DESK}/retirer", {"batch_id": batch, "text": ""}).status_code == 422
    said = {"batch_id": batch, "text": "Ces feuilles concernaient une autre idée."}
    assert officer.send(DESK, f"{DESK}/retirer", said).headers["location"] == f"{DESK}?fait=withdrawn"
    assert len(asked(services, ideas.WITHDRAW_PAPER)) == 1


def test_the_public_sees_how_many_are_on_paper(browser: Browser, services: FakeServices) -> None:
    city.populate(services)
    assert "Dont 120 sur papier." in browser.get(f"/dossiers/{INTO}").text.replace("\u00a0", " ")
