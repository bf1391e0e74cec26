"""What this site can do: the deployed services, the languages, the version. ``GET /api/v1``."""

from importlib.metadata import PackageNotFoundError, version

import falcon

from gateway.frame import Frame
from gateway.modules import Module


def suite_version() -> str:
    """The version of the installed gateway; ``0`` from a plain checkout."""
    try:
        return version("decider-gateway")
    except PackageNotFoundError:
        return "0"


class Capabilities:
    """``GET /api/v1``."""

    def __init__(self, frame: Frame, modules: tuple[Module, ...]) -> None:
        self._document = {
            "name": frame.territory.title.to(frame.territory.languages[0]),
            "version": suite_version(),
            "languages": list(frame.territory.languages),
            "services": [module.name for module in modules],
            "openapi": "/api/v1/openapi.json",
        }

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """List what is deployed."""
        response.media = self._document
        response.set_header("Cache-Control", "public, max-age=60")
