"""The sample services at work, once for all tests of this folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from chassis.client import RpcClient
from contracts.errors import Fault

from libs.chassis.tests.sample import contract
from libs.chassis.tests.sample.town import Town, until


@contextmanager
def prepared(town: Town) -> Iterator[Town]:
    """The town with its tables, ended at the end."""
    try:
        for service in town.databases:
            done = town.run(service, "migrate")
            assert done.returncode == 0, done.stderr
        yield town
    finally:
        town.close()


def answers(client: RpcClient) -> bool:
    """Whether giver answers plain calls and batches."""
    gift = contract.Give(gift_id=uuid4(), giver="first", amount=1)
    try:
        client.call(contract.GIVE, gift, deadline=2)
        client.call(contract.GIVE_FAST, gift, deadline=2)
    except Fault:
        return False
    return True


@pytest.fixture(scope="session")
def town(amqp_url: str, fresh_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    databases = {service: fresh_database(service, migrated=False) for service in ("giver", "keeper")}
    made = Town(amqp_url, databases, tmp_path_factory.mktemp("town"), {"RETRY_SECONDS": "[1, 1]"})
    with prepared(made):
        made.start("keeper")
        made.start("keeper")
        until(lambda: made.messages("evt-keeper.gift_made") is not None, "keeper listens")
        made.start("giver")
        client = made.client()
        until(lambda: answers(client), "giver answers")
        client.close()
        yield made
        assert made.stop() == [0, 0, 0]


@pytest.fixture(scope="session")
def client(town: Town) -> Iterator[RpcClient]:
    made = town.client()
    yield made
    made.close()
