"""Joining dossiers at the desk, and a supporter's choice to stay or to step out."""

from typing import Any
from uuid import UUID

import pytest
from contracts import ideas
from contracts.errors import Fault, FieldError
from gateway.testing import city, merge_samples, samples
from gateway.testing.merge_samples import INTO, JOINED, MERGE
from gateway.testing.stand_ins import Browser, FakeServices

DESK = "/bureau/dossiers/PAR-2026-004200/reunir"
CHOICE = f"/dossiers/{JOINED}/reunion"
FIELDS = {"source_ids": [str(samples.card(1).id)], "other": "", "reason": "already-open", "text": merge_samples.TEXT}
NEW = "0192eeee-0000-7000-8000-0000000000ff"


@pytest.fixture
def citizen(browser: Browser, services: FakeServices) -> Browser:
    city.populate(services)
    browser.cookies["access"] = samples.token()
    return browser


@pytest.fixture
def moderator(citizen: Browser) -> Browser:
    citizen.cookies["access"] = samples.token("moderator")
    return citizen


def asked(services: FakeServices, call: Any) -> list[Any]:
    return [request for route, request, _ in services.asked if route == call.route]


def test_a_supporter_stays_or_steps_out_from_the_page_and_from_their_own_space(
    citizen: Browser, services: FakeServices
) -> None:
    for place in (CHOICE, "/moi"):
        shown = citizen.get(place).text
        assert "Je reste" in shown
        assert "Je me retire" in shown
        sent = citizen.send(place, CHOICE, {"merge_id": str(MERGE), "choice": "leave"})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{CHOICE}?fait=leave")
    (first, second) = asked(services, ideas.CHOOSE_MERGE)
    assert first == second == ideas.ChooseMerge(merge_id=MERGE, choice=ideas.MergeChoice.LEAVE)


@pytest.mark.parametrize(
    ("standing", "offers"),
    [
        ({"choice": ideas.MergeChoice.LEAVE}, (True, False)),
        ({"choice": ideas.MergeChoice.STAY}, (False, True)),
        ({"carried": True, "days_left": -2}, (False, True)),
        ({"carried": True, "days_left": -2, "may_choose": False}, (False, False)),
        ({"also_supports": True}, (False, False)),
    ],
)
def test_only_what_changes_something_is_offered(
    citizen: Browser, services: FakeServices, standing: dict[str, Any], offers: tuple[bool, bool]
) -> None:
    services.on(ideas.LIST_MY_MERGES, ideas.MyMerges(items=(merge_samples.mine(**standing),)))
    shown = citizen.get(CHOICE).text
    assert ('value="stay"' in shown, 'value="leave"' in shown) == offers
    assert 'value="leave"' not in citizen.get("/moi").text or not standing


def test_somebody_else_reads_why_and_has_nothing_to_choose(citizen: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_MY_MERGES, ideas.MyMerges(items=()))
    shown = citizen.get(CHOICE).text
    assert "il n’y a rien à choisir" in shown
    assert f"/dossiers/{INTO}" in shown


def test_both_pages_link_to_each_other_with_the_counts(browser: Browser, services: FakeServices) -> None:
    city.populate(services)
    assert f'href="/dossiers/{INTO}"' in browser.get(f"/dossiers/{JOINED}").text
    into = browser.get(f"/dossiers/{INTO}").text
    assert f'href="/dossiers/{JOINED}"' in into
    assert "Dont 212 personnes" in into


def test_nothing_is_joined_before_what_it_changes_was_seen(moderator: Browser, services: FakeServices) -> None:
    fields = FIELDS | {"merge_id": NEW}
    seen = moderator.send(DESK, DESK, fields | {"act": "preview"})
    assert seen.status_code == 200
    assert "1 552" in seen.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert 'value="merge"' in seen.text
    assert not asked(services, ideas.MERGE_IDEAS)
    sent = moderator.send(DESK, DESK, fields | {"act": "merge"})
    assert sent.headers["location"] == f"{DESK}?fait=reunir"
    (request,) = asked(services, ideas.MERGE_IDEAS)
    assert (request.merge_id, request.target_id) == (UUID(NEW), samples.IDEA)
    assert request.source_ids == (samples.card(1).id,)


def test_others_are_named_by_their_numbers(moderator: Browser, services: FakeServices) -> None:
    typed = FIELDS | {"merge_id": NEW, "act": "preview", "other": f"{JOINED.lower()}, n'importe"}
    refused = moderator.send(DESK, DESK, typed)
    assert refused.status_code == 422
    assert "Il n’y a pas de dossier N&#39;IMPORTE" in refused.text.replace("\u00a0", " ")
    moderator.send(DESK, DESK, typed | {"other": JOINED, "source_ids": []})
    assert asked(services, ideas.PREVIEW_MERGE)[-1].source_ids == (merge_samples.joined().id,)


def test_what_forbids_it_is_said_beside_the_dossiers(moderator: Browser, services: FakeServices) -> None:
    wrong = Fault.invalid(FieldError("/source_ids/0", "another-kind", "It is of another kind."))
    services.on(ideas.PREVIEW_MERGE, wrong)
    refused = moderator.send(DESK, DESK, FIELDS | {"merge_id": NEW, "act": "preview"})
    assert refused.status_code == 422
    assert "Seuls des dossiers de même nature" in refused.text


def test_undoing_needs_its_reason(moderator: Browser, services: FakeServices) -> None:
    refused = moderator.send(DESK, f"{DESK}/annuler", {"merge_id": str(MERGE), "text": "Non"})
    assert refused.status_code == 422
    assert not asked(services, ideas.UNDO_MERGE)
    said = {"merge_id": str(MERGE), "text": "Les deux lieux sont en fait différents."}
    assert moderator.send(DESK, f"{DESK}/annuler", said).headers["location"] == f"{DESK}?fait=annuler"


def test_the_api_merges_previews_and_chooses(api: Any, services: FakeServices) -> None:
    city.populate(services)
    bearer = {"Authorization": f"Bearer {samples.token()}"}
    body = {"target_id": str(samples.IDEA), "source_ids": [str(samples.card(1).id)]}
    previewed = api.simulate_post("/api/v1/desk/merge-previews", json=body, headers=bearer)
    assert (previewed.status_code, previewed.json["total"]) == (200, 1552)
    more = {"reason": "already-open", "text": merge_samples.TEXT}
    made = api.simulate_put(f"/api/v1/desk/merges/{NEW}", json=body | more, headers=bearer)
    assert made.status_code == 200
    chosen = api.simulate_put(f"/api/v1/me/merges/{MERGE}", json={"choice": "leave"}, headers=bearer)
    assert chosen.json["items"][0]["into"] == INTO
    assert api.simulate_get("/api/v1/me/merges").status_code == 401
