"""What the frame offers machines: feeds, health, metrics without anybody's address."""

from xml.etree import ElementTree as ET

import falcon.testing
from contracts import ideas
from contracts.identity import JWKS, Keys
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices

PROBLEM = "application/problem+json"
IDEA = "/api/v1/ideas/PAR-2026-004200"


class TestFeeds:
    def test_the_feed_of_ideas_is_atom(self, browser: Browser, services: FakeServices) -> None:
        services.on(ideas.LIST_IDEAS, samples.page_of(samples.card(1, title="Arbres & bancs <à l’ombre>")))
        answer = browser.get("/idees.atom?lieu=75012")
        feed = ET.fromstring(answer.text)
        atom = {"a": "http://www.w3.org/2005/Atom"}

        assert answer.headers["content-type"] == "application/atom+xml"
        assert [entry.text for entry in feed.findall("a:entry/a:title", atom)] == ["Arbres & bancs <à l’ombre>"]
        assert services.asked[-1][1].districts == ("75012",)

    def test_the_address_of_a_problem_explains_it(self, browser: Browser) -> None:
        assert "409" in browser.get("/problems/wrong-state").text
        assert browser.get("/problems/unheard-of").status_code == 404


class TestHealth:
    def test_alive_needs_nothing(self, api: falcon.testing.TestClient) -> None:
        assert api.simulate_get("/healthz").status_code == 200

    def test_ready_needs_identity(self, api: falcon.testing.TestClient, services: FakeServices) -> None:
        assert api.simulate_get("/readyz").status_code == 503
        services.on(JWKS, Keys(keys=()))
        assert api.simulate_get("/readyz").status_code == 200

    def test_routes_are_counted_without_addresses(self, api: falcon.testing.TestClient) -> None:
        api.simulate_get("/dossiers/PAR-2026-999999")
        text = api.simulate_get("/metrics").text

        assert 'route="/dossiers/{v0}"' in text
        assert "PAR-2026" not in text
