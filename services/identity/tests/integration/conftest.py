"""One running identity service for all integration tests."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chassis.client import RpcClient
from contracts import identity as contract

from services.identity.tests.suite import PATIENCE, Listener, Suite, running
from services.identity.tests.world import settings


@pytest.fixture(scope="session")
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
