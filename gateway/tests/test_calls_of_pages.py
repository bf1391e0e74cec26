"""A page asks each service once for all that it shows, however much that is."""

import pytest
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices

DOSSIER = "/dossiers/PAR-2026-004200"


@pytest.mark.parametrize(
    ("page", "calls"),
    [
        (DOSSIER, ["ideas.read_whole", "identity.display_names"]),
        (f"{DOSSIER}?cote=pro&tri=recents", ["ideas.read_whole", "identity.display_names"]),
        ("/idees", ["ideas.browse_ideas"]),
        ("/idees?q=arbres&vue=carte", ["ideas.browse_ideas"]),
    ],
)
def test_a_page_asks_each_service_once(browser: Browser, services: FakeServices, page: str, calls: list[str]) -> None:
    populate(services)
    assert browser.get(page).status_code == 200
    assert [route for route, *_ in services.asked] == calls
