"""A site with consultations for real: RabbitMQ, PostgreSQL, the service in a process, the gateway behind a socket."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from uuid import UUID, uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
from chassis.client import Context, RpcClient
from contracts.consultations import LIST_CONSULTATIONS, ListConsultations
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gateway.app import create_app
from gateway.settings import GatewaySettings
from pydantic import SecretStr

ROOT = Path(__file__).parents[2]


class Server(ThreadingMixIn, WSGIServer):
    """Many requests at once, as browsers send them."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass
class Site:
    """Where the site is, and how to be somebody on it."""

    url: str
    client: RpcClient
    key: Ed25519PrivateKey

    def token(self, account: UUID, *roles: str) -> str:
        """The access token of an account with roles in the whole city."""
        now = datetime.now(UTC)
        claims = {
            "sub": str(account),
            "iss": "decider",
            "aud": "decider",
            "iat": now,
            "exp": now + timedelta(hours=1),
            "lvl": 250,
            "roles": [{"r": role, "p": ["*"], "u": None} for role in roles],
        }
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": "test"})

    def someone(self, *roles: str) -> Context:
        """A person to ask the service as."""
        return Context(token=self.token(uuid4(), *roles))


@contextmanager
def running(amqp_url: str, database_url: str, folder: Path) -> Iterator[Site]:
    """The site, for as long as the block lasts."""
    key = Ed25519PrivateKey.generate()
    jwks = folder / "jwks.json"
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks.write_text(json.dumps({"keys": [public | {"kid": "test"}]}))
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(jwks),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    client = RpcClient(amqp_url, name="browser")
    process = subprocess.Popen([sys.executable, "-m", "consultations", "run"], env=environment, cwd=ROOT)
    try:
        client.call(LIST_CONSULTATIONS, ListConsultations(), deadline=60)  # it answers: it has started
        with _served(amqp_url, client) as url:
            yield Site(url, client, key)
    finally:
        process.terminate()
        process.wait(15)
        client.close()


@contextmanager
def _served(amqp_url: str, client: RpcClient) -> Iterator[str]:
    settings = GatewaySettings(
        amqp_url=amqp_url,
        services=("identity", "consultations"),
        territory_dir=ROOT / "territories" / "paris",
        cookie_secret=SecretStr("a secret of the tests, long enough for it"),
        rate_factor=0,
    )
    app: Callable[..., Any] = create_app(settings, client)
    server = make_server("127.0.0.1", 0, app, server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
