"""A part of the suite alone: it starts, works, and shows no trace of what is not deployed.

The last module of the folder: it changes which services of the shared suite run, and leaves all of them running.
"""

from collections.abc import Iterator

import pytest

from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(600)
TRACES = {
    "ideas": ("/idees", "/ideas"),
    "voting": ("/votes", "/elections"),
    "consultations": ("/consultations", "/consultations"),
    "notifications": ("/moi/notifications", "/me/notifications"),
}


@pytest.fixture(params=["ideas", "voting", "consultations"])
def alone(suite: Suite, request: pytest.FixtureRequest) -> str:
    suite.run("up", f"identity,{request.param}")
    return str(request.param)


@pytest.fixture(scope="module", autouse=True)
def everything_again(suite: Suite) -> Iterator[None]:
    yield
    suite.run("up")


def test_one_service_with_identity_alone(suite: Suite, alone: str) -> None:
    page, collection = TRACES[alone]
    described = suite.api().get("/openapi.json")
    capabilities = suite.api().get("")
    _status, home = suite.page("/")

    assert capabilities["services"] == ["identity", alone]
    assert suite.page(page)[0] == 200
    assert suite.api().get(collection)["items"] is not None
    for absent in set(TRACES) - {alone}:
        absent_page, absent_collection = TRACES[absent]
        assert suite.page(absent_page)[0] == 404
        assert f'href="{absent_page}' not in home
        assert not [path for path in described["paths"] if path.startswith(absent_collection)]
    assert "not ready" not in suite.run("status", f"identity,{alone}")
