"""Chromium on the gateway, with a city of samples behind it: what people see and touch."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from gateway.app import create_app
from gateway.settings import GatewaySettings
from gateway.testing import city, samples
from gateway.testing.stand_ins import FakeServices
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the library's name
        return


@contextmanager
def served(
    territory: str = "paris", services: str = "identity,ideas", *, filled: Callable[[FakeServices], None] | None = None
) -> Iterator[str]:
    """A site on a free port; ``filled`` says what more its services answer."""
    server = make_server("127.0.0.1", 0, None, server_class=_Server, handler_class=_Quiet)  # type: ignore[call-overload]
    address = f"http://127.0.0.1:{server.server_port}"
    settings = GatewaySettings(
        amqp_url="amqp://unused",
        cookie_secret="a secret of the browser tests, long enough",
        territory_dir=ROOT / "territories" / territory,
        services=services,
        public_url=address,
        rate_factor=0,
    )
    behind = FakeServices()
    city.populate(behind)
    if filled:
        filled(behind)
    server.set_app(create_app(settings, behind))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with served() as address:
        yield address


def sign_in(context: BrowserContext, site: str, *roles: str) -> None:
    """Give the context the session of somebody with these roles."""
    context.add_cookies([{"name": "access", "value": samples.token(*roles), "url": site}])


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def without_scripts(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_context(locale="fr-FR", java_script_enabled=False)
    made.set_default_timeout(20_000)
    yield made.new_page()
    made.close()
