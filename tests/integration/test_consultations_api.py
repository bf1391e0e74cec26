"""A real national debate of 94 questions through the public API: written, published, answered, counted, corrected."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.consultations.tests import granddebat
from tests.browser.consultations_site import Site, running

DETAILS = {
    "title": {"fr": "Un grand débat", "en": "A great debate"},
    "summary": {"fr": "Quatre thèmes, quatre-vingt-quatorze questions."},
    "description": {"fr": "Répondez à ce que vous voulez."},
    "organiser": {"fr": "Ville de Paris"},
    "outcome": {"fr": "Synthèse publiée deux mois après."},
    "results": "live",
}


@pytest.fixture(scope="module")
def real(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with running(amqp_url, fresh_database("consultations"), tmp_path_factory.mktemp("consultations")) as site:
        yield site


@pytest.fixture(scope="module")
def api(real: Site) -> Iterator[Callable[..., httpx.Client]]:
    clients: list[httpx.Client] = []

    def somebody(*roles: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {real.token(uuid4(), *roles)}"}
        clients.append(httpx.Client(base_url=f"{real.url}/api/v1", headers=headers, timeout=30))
        return clients[-1]

    yield somebody
    for client in clients:
        client.close()


def dated(**changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return DETAILS | {"opens_at": now.isoformat(), "closes_at": (now + timedelta(days=9)).isoformat()} | changes


def test_a_national_debate_through_the_api(api: Callable[..., httpx.Client]) -> None:
    if not granddebat.source().exists():
        pytest.skip(f"the questions of the national debate are not at {granddebat.source()} (see DECIDER_DATA)")
    manager, person = api("campaign_manager"), api()
    form = granddebat.read_form(granddebat.source())
    key = {"Idempotency-Key": str(uuid4())}

    made = [manager.post("/desk/consultations", json={"details": dated(), "form": form}, headers=key) for _ in range(2)]
    one = made[0].json()
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[1].json()["id"] == one["id"]
    published = manager.post(f"/desk/consultations/{one['id']}/publication", json={"revision": one["revision"]})
    assert published.json()["state"] == "open"

    asked = [question for page in form["pages"] for question in page["questions"]]
    values = {q["key"]: "oui" if q["kind"] == "single" else f"« Réponse » à {q['key']}" for q in asked}
    where = f"/consultations/{one['id']}"
    kept = person.patch(f"{where}/my-draft", json={"version": 1, "values": values})
    assert (kept.status_code, kept.json()["problems"]) == (200, [])
    answered = person.put(f"{where}/my-answer", json={"version": 1, "values": values})
    assert answered.status_code == 200
    results = person.get(f"{where}/results").json()
    assert (results["answers"], len(results["questions"])) == (1, 94)
    assert person.delete(f"{where}/my-answer").status_code == 200
    assert person.get(f"{where}/my-answer").json()["answer"] is None


def test_a_correction_that_spoils_answers_is_refused_with_its_places(api: Callable[..., httpx.Client]) -> None:
    manager, person = api("campaign_manager"), api()
    options = [{"key": "yes", "label": {"fr": "Oui"}}, {"key": "no", "label": {"fr": "Non"}}]
    question: dict[str, Any] = {"kind": "single", "key": "q1", "label": {"fr": "Venez-vous ?"}, "options": options}
    form: dict[str, Any] = {"pages": [{"key": "p", "title": {"fr": "Page"}, "questions": [question]}]}
    one = manager.post("/desk/consultations", json={"details": dated(), "form": form}).json()
    desk = f"/desk/consultations/{one['id']}"
    one = manager.post(f"{desk}/publication", json={"revision": one["revision"]}).json()
    refused = person.put(f"/consultations/{one['id']}/my-answer", json={"version": 1, "values": {"q1": "maybe"}})
    assert refused.headers["content-type"] == "application/problem+json"
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [("/values/q1", "not-an-option")]
    person.put(f"/consultations/{one['id']}/my-answer", json={"version": 1, "values": {"q1": "yes"}})

    form["pages"][0]["questions"][0] = {"kind": "long_text", "key": "q1", "label": {"fr": "Venez-vous ?"}}
    saved = manager.put(f"{desk}/form", json={"revision": one["revision"], "form": form}).json()
    refused = manager.post(f"{desk}/publication", json={"revision": saved["revision"]})

    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/form/pages/0/questions/0/kind", "kind-changed")
    ]
    stale = manager.put(f"{desk}/form", json={"revision": one["revision"], "form": form})
    assert stale.status_code == 412


def test_strangers_write_nothing(api: Callable[..., httpx.Client]) -> None:
    citizen = api()
    assert citizen.get("/desk/consultations").status_code == 403
    refused = citizen.post("/desk/consultations", json={"id": str(uuid4()), "details": dated()})
    assert refused.status_code == 403
    assert citizen.get("/consultations/no-such-one").status_code == 404
