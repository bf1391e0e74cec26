"""One running identity service for each module: it ends with it, so that no other test finds it on the broker."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import falcon.testing
import pytest
from chassis.client import RpcClient
from contracts import identity as contract
from gateway.app import create_app
from gateway.http.static import Assets
from gateway.settings import GatewaySettings

from services.identity.tests.suite import PATIENCE, Listener, Suite, running
from services.identity.tests.world import ROOT, settings


@pytest.fixture(scope="module")
def suite(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Suite]:
    folder: Path = tmp_path_factory.mktemp("identity")
    own = settings(folder, fresh_database("identity"), amqp_url)
    environment = os.environ | own | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    token = (folder / "service-token-notifications").read_text().strip()
    client = RpcClient(amqp_url)
    with running(environment):
        client.call(contract.JWKS, contract.Nothing(), deadline=PATIENCE)
        listener = Listener(amqp_url)
        yield Suite(client, listener, environment, token)
        listener.close()
    client.close()


@pytest.fixture(scope="module")
def gateway(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> falcon.testing.TestClient:
    """The gateway in this process, for identity alone, on the bus."""
    names = ("site.css", "site.js", "data.css", "desk.css", "booth.css", "map.js", "map.css", "desk.js")
    fonts = ("source-sans-3-latin-wght-normal.woff2",)
    settings = GatewaySettings(
        amqp_url="amqp://unused",
        services=("identity",),
        public_url="http://falconframework.org",
        cookie_secret="0123456789abcdef0123456789abcdef",
        territory_dir=ROOT / "territories" / "paris",
        rate_factor=0,
    )
    assets = Assets(tmp_path_factory.mktemp("static"), {name: name for name in (*names, *fonts)})
    return falcon.testing.TestClient(create_app(settings, suite.client, assets=assets))
