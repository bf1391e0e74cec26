"""A part of the suite alone: it starts, works, and shows no trace of what is not deployed.

The last module of the folder: it changes which services of the shared suite run.
"""

import pytest
from decider_demo.api import Refused

from tests.whole.city import City
from tests.whole.conftest import Suite
from tests.whole.journeys import JOURNEYS

pytestmark = pytest.mark.timeout(600)
PAGES = {
    "ideas": ("/idees", "/idees/nouvelle", "/moi/brouillons"),
    "voting": ("/votes",),
    "consultations": ("/consultations",),
    "notifications": ("/moi/notifications", "/moi/preferences", "/moi/suivis"),
}
ADDRESSES = {
    "ideas": ("/ideas", "/idea-counts", "/me/ideas", "/comments", "/desk/moderation"),
    "voting": ("/elections", "/desk/elections"),
    "consultations": ("/consultations", "/me/consultation-answers", "/desk/consultations"),
    "notifications": ("/me/notifications", "/me/preferences", "/unsubscriptions", "/followers"),
}


@pytest.fixture(params=["ideas", "voting", "consultations"])
def alone(suite: Suite, request: pytest.FixtureRequest) -> str:
    suite.run("up", f"identity,{request.param}")
    return str(request.param)


def test_one_service_with_identity_works_and_shows_no_trace_of_the_others(suite: Suite, alone: str, city: City) -> None:
    JOURNEYS[alone](suite, city)

    capabilities, described = suite.api().get(""), suite.api().get("/openapi.json")
    shown = pages_of_everybody(suite, city)
    assert capabilities["services"] == ["identity", alone]
    assert "not ready" not in suite.run("status", f"identity,{alone}")
    for absent in set(PAGES) - {alone}:
        assert {path: suite.page(path)[0] for path in PAGES[absent]} == dict.fromkeys(PAGES[absent], 404)
        links = {where: path for where, text in shown.items() for path in PAGES[absent] if f'href="{path}' in text}
        assert not links, f"links to {absent}, which is not deployed"
        assert not [path for path in described["paths"] if path.startswith(ADDRESSES[absent])]
        with pytest.raises(Refused) as refused:
            suite.api().get(ADDRESSES[absent][0])
        assert refused.value.status == 404


def pages_of_everybody(suite: Suite, city: City) -> dict[str, str]:
    """What visitors, a citizen and an agent see on the pages that are always there."""
    who, shown = city.someone(), {}
    with suite.browser() as citizen, suite.browser() as agent:
        citizen.sign_in(who.person.login, who.password)
        agent.sign_in("demonstration@example.org", suite.password)
        for path in ("/", "/moi", "/moi/compte", "/transparence", "/aide", "/donnees"):
            shown[f"visitor {path}"] = suite.page(path)[1]
            shown[f"citizen {path}"] = citizen.open(path)
            assert citizen.page.status_code == 200, path
        shown["agent /bureau"] = agent.open("/bureau")
    return shown
