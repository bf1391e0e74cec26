"""The gateway in-process: falcon's test client, and services that answer what a test tells them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import falcon.testing
import pytest
import structlog
from contracts.territory import Territory, load_territory
from gateway.app import create_app
from gateway.http.static import Assets
from gateway.settings import GatewaySettings
from gateway.testing.stand_ins import Browser, FakeServices

structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
ROOT = Path(__file__).parents[2]
SERVICES = ("identity", "ideas", "voting", "consultations", "notifications")


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture(scope="session")
def paris() -> Territory:
    return load_territory(ROOT / "territories" / "paris")


@pytest.fixture
def make_app(services: FakeServices, paris: Territory, tmp_path: Path) -> Callable[..., Any]:
    names = ("site.css", "site.js", "data.css", "desk.css", "booth.css", "map.js", "near.js", "map.css", "desk.js")
    fonts = ("source-sans-3-latin-wght-normal.woff2",)

    def make(**changes: Any) -> Any:
        settings = GatewaySettings(
            amqp_url="amqp://unused",
            cookie_secret="0123456789abcdef0123456789abcdef",
            territory_dir=ROOT / "territories" / "paris",
            **({"services": ",".join(SERVICES), "public_url": "http://falconframework.org"} | changes),
        )
        alone = ("verifier.js", "booth.js", "trustee.js")
        known = {name: name for name in (*names, *fonts, *alone)}
        assets = Assets(tmp_path, known, dict.fromkeys(alone, "sha384-of-the-script"))
        return create_app(settings, services, territory=paris, assets=assets)

    return make


@pytest.fixture
def api(make_app: Callable[..., Any]) -> falcon.testing.TestClient:
    return falcon.testing.TestClient(make_app())


@pytest.fixture
def browser(api: falcon.testing.TestClient) -> Browser:
    return Browser(api)
