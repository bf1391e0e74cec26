"""The booth's own code against the real services: tokens of identity, a box with its workers, receipts that hold."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from chassis.testing.private_rabbitmq import PrivateRabbitMQ

from tests.sealed.secrecy_town import Town, running
from tests.sealed.test_secrecy import open_vote

from .conftest import FRONTEND

PEOPLE = ("ada@example.org", "grace@example.org", "emmy@example.org")
CHOSEN: tuple[dict[str, str], ...] = ({"un": ""}, {"deux": ""}, {})


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def town(
    broker: PrivateRabbitMQ, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    urls = {service: fresh_database(service) for service in ("identity", "voting")}
    with running(broker, urls, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def site(town: Town) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, town.gateway.app, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_voter_ends_with_a_receipt_of_the_box(town: Town, site: str, tmp_path: Path) -> None:
    view = open_vote(town)
    voters = []
    for email, chosen in zip(PEOPLE, CHOSEN, strict=True):
        town.account(email)
        voters.append({"access": town.session(email), "chosen": chosen})
    lines = "\n".join(map(json.dumps, [*voters, voters[0]]))
    command = ["node", str(FRONTEND / "booth" / "cast-many.js"), site, view.slug, "1"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=tmp_path)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    found = [one for one in told if "pending" not in one]
    assert [bool(one.get("receipt")) for one in found] == [True, True, True, False]
    assert found[3]["denied"] == "token-given"
    for one in found[:3]:
        tracker = one["tracker"].translate(str.maketrans("+/", "-_"))
        told = town.ask("GET", f"/elections/{view.slug}/sealed-ballots/{tracker}")
        assert (told["state"], told["receipt"]) == ("recorded", one["receipt"])
