"""What every route shares: settings, client, limits, memory, assets, languages."""

from dataclasses import dataclass, field

import falcon
from contracts.territory import Territory

from gateway.calls import Client
from gateway.http.caching import Memory
from gateway.http.cookies import Jar
from gateway.http.limits import Limiter
from gateway.http.line import Line
from gateway.http.static import Assets
from gateway.i18n import negotiate
from gateway.settings import GatewaySettings

LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Frame:
    """Made once per process."""

    settings: GatewaySettings
    client: Client
    territory: Territory
    theme: str
    """The folder's name of the territory; ``theme-<name>.css`` is its theme if it has one."""
    assets: Assets
    limiter: Limiter
    jar: Jar
    memory: Memory = field(default_factory=Memory)
    line: Line = field(default_factory=Line)
    """In which those stand whose page is to be made."""

    def language(self, request: falcon.Request) -> str:
        """The language chosen with the switch, else the browser's best, else the territory's first."""
        chosen = self.jar.read(request, LANGUAGE)
        if chosen in self.territory.languages:
            return chosen
        return negotiate(request.get_header("Accept-Language") or "", self.territory.languages)
