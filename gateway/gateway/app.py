"""Puts the gateway together: the frame, the declared modules, the API and the site."""

from collections import defaultdict
from functools import cached_property
from urllib.parse import urlsplit

import falcon
import orjson
from contracts.errors import Fault
from contracts.territory import Territory, load_territory

from gateway import modules as declared
from gateway.api.openapi import document
from gateway.api.resource import ApiResource
from gateway.api.routes import ApiRoute
from gateway.calls import Client
from gateway.capabilities import Capabilities, suite_version
from gateway.failures import Failures
from gateway.frame import Frame
from gateway.health import Live, Metrics, PublicKeys, Ready
from gateway.http.compression import Compression
from gateway.http.cookies import Jar
from gateway.http.limits import Limiter
from gateway.http.paths import positional
from gateway.http.security import SecurityHeaders
from gateway.http.static import Assets, StaticFiles
from gateway.http.trace import Trace
from gateway.modules import Module
from gateway.settings import GatewaySettings
from gateway.site import pages
from gateway.site.account import renew
from gateway.site.refresh import Refresher
from gateway.site.resource import Site
from gateway.site.routes import SiteRoute

PREFIX = "/api/v1"
App = falcon.App[falcon.Request, falcon.Response]


def create_app(
    settings: GatewaySettings, client: Client, *, territory: Territory | None = None, assets: Assets | None = None
) -> App:
    """The WSGI application of the declared services."""
    territory = territory or load_territory(settings.territory_dir)
    frame = Frame(
        settings=settings,
        client=client,
        territory=territory,
        theme=settings.territory_dir.name,
        assets=assets or Assets.load(),
        limiter=Limiter(territory.limits, settings.rate_factor, settings.rate_exempt),
        jar=Jar(settings.secure),
    )
    modules = declared.load(settings.services)
    site = Site(frame, modules, Refresher(renew))
    app = _bare(frame, site)
    _add_system(app, frame, modules)
    _add_api(app, frame, modules)
    _add_site(app, site, modules)
    return app


def _bare(frame: Frame, site: Site) -> App:
    tiles = urlsplit(frame.settings.tile_url)
    origin = f"{tiles.scheme}://{tiles.netloc}".replace("{s}", "*") if tiles.netloc else ""
    app = falcon.App()
    app.add_middleware(Trace())
    app.add_middleware(SecurityHeaders(tile_origin=origin, secure=frame.settings.secure))
    app.add_middleware(Compression())
    app.req_options.strip_url_path_trailing_slash = True
    app.req_options.auto_parse_qs_csv = False
    app.req_options.keep_blank_qs_values = True
    failures = Failures(frame, site)
    app.add_error_handler(Exception, failures.on_accident)
    app.add_error_handler(falcon.HTTPError, failures.on_http_error)
    app.add_error_handler(Fault, failures.on_fault)
    return app


def _add_system(app: App, frame: Frame, modules: tuple[Module, ...]) -> None:
    app.add_route("/healthz", Live())
    app.add_route("/readyz", Ready(frame))
    app.add_route("/metrics", Metrics())
    app.add_route("/.well-known/jwks.json", PublicKeys(frame))
    app.add_route("/static/{name}", StaticFiles(frame.assets))
    app.add_route(PREFIX, Capabilities(frame, modules))


def _add_api(app: App, frame: Frame, modules: tuple[Module, ...]) -> None:
    by_path: dict[str, list[ApiRoute]] = defaultdict(list)
    for module in modules:
        for route in module.api:
            by_path[positional(route.path)].append(route)
    for path, routes in by_path.items():
        app.add_route(PREFIX + path, ApiResource(frame, tuple(routes)))
    app.add_route(f"{PREFIX}/openapi.json", _Description(frame, modules))


def _add_site(app: App, site: Site, modules: tuple[Module, ...]) -> None:
    by_path: dict[str, list[SiteRoute]] = defaultdict(list)
    for routes in (pages.ROUTES, *(module.site for module in modules)):
        for route in routes:
            by_path[positional(route.path)].append(route)
    for path, routes_of_path in by_path.items():
        app.add_route(path, _PageResource(site, routes_of_path))


class _PageResource:
    def __init__(self, site: Site, routes: list[SiteRoute]) -> None:
        for route in routes:
            setattr(self, f"on_{route.method.lower()}", site.responder(route))
        if hasattr(self, "on_get"):
            self.on_head = self.on_get


class _Description:
    """The OpenAPI document, made when it is first asked for: it takes a second, which a start need not wait for."""

    def __init__(self, frame: Frame, modules: tuple[Module, ...]) -> None:
        self._frame = frame
        self._modules = modules

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        response.data = self._document
        response.content_type = falcon.MEDIA_JSON
        response.set_header("Cache-Control", "public, max-age=60")

    @cached_property
    def _document(self) -> bytes:
        territory = self._frame.territory
        described = document(
            (route for module in self._modules for route in module.api),
            title=territory.title.to(territory.languages[0]),
            version=suite_version(),
            server=self._frame.settings.public_url.rstrip("/"),
        )
        return orjson.dumps(described)
