"""A citizen's journey through a running suite, by its public API: does what was deployed work?

    python3 deploy/journey.py --site http://127.0.0.1:8000 --mails http://127.0.0.1:8025 --moderator ADDRESS

Standard library only. An account is asked for, its mail is read in the catcher, the address confirmed; an idea is
deposited, opened by the moderator (password in MODERATOR_PASSWORD), supported, and found on the site. Steps of services
that are not deployed are left out. Ends with 1 at the first thing that is not as it should be.
"""

import argparse
import json
import os
import re
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

PATIENCE = 30.0
LATER = {429, 503, 504}
TRIES = 10
SECRET = re.compile(r"/compte/confirmer/([A-Za-z0-9_-]+)")
IDEA: dict[str, Any] = {
    "kind": "idea",
    "title": "Un banc à l’ombre tous les cinquante mètres",
    "text": "Le trajet de l’école au parc se fait en plein soleil, sans un seul endroit où s’asseoir. " * 7,
    "theme": "nature",
    "place": {"scope": "point", "point": {"latitude": 48.8797, "longitude": 2.3905}, "address": "Rue Manin"},
}
T = TypeVar("T")


class JourneyError(RuntimeError):
    """Something on the way was not as it should be."""


@dataclass(frozen=True)
class Site:
    """The public API, as anybody or as the owner of a token."""

    address: str
    token: str = ""
    patience: int = TRIES

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        """What the API answers; JourneyError when it refuses. Repeats what it asked when the answer is "later"."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/v1{path}", sent, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            if error.code in LATER and self.patience > 0:
                time.sleep(float(error.headers.get("Retry-After", 1)))
                return replace(self, patience=self.patience - 1).ask(method, path, body)
            raise JourneyError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def page(self, path: str) -> str:
        """A page of the site."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as answer:  # noqa: S310
            return str(answer.read().decode())

    def signed_in(self, login: str, password: str) -> "Site":
        """The API as this account."""
        session = self.ask("POST", "/sessions", {"login": login, "password": password, "device": "journey"})
        return Site(self.address, session["access_token"])


def until(found: Callable[[], T | None], what: str) -> T:
    """The first thing found; JourneyError after a while."""
    end = time.monotonic() + PATIENCE
    while (value := found()) is None:
        if time.monotonic() > end:
            raise JourneyError(f"{what} did not come within {PATIENCE:.0f} s")
        time.sleep(0.2)
    return value


def mailed_secret(mails: str, address: str) -> str | None:
    """The secret of the confirmation link that was mailed to this address."""
    query = urllib.parse.urlencode({"to": address})
    with urllib.request.urlopen(f"{mails}/mails.json?{query}", timeout=10) as answer:  # noqa: S310
        texts = [mail["text"] for mail in json.loads(answer.read())]
    return next((found[1] for text in texts if (found := SECRET.search(text))), None)


def new_citizen(site: Site, mails: str) -> Site:
    """Ask for an account, confirm it with the mailed link, sign in."""
    address, password = f"journey-{secrets.token_hex(4)}@example.org", secrets.token_urlsafe(16)
    form = {"email": address, "password": password, "display_name": "Camille", "language": "fr", "accepts_terms": True}
    site.ask("POST", "/accounts", form)
    secret = until(lambda: mailed_secret(mails, address), "the confirmation mail")
    site.ask("POST", "/accounts/confirmations", {"token": secret})
    return site.signed_in(address, password)


def idea_journey(author: Site, neighbour: Site, moderator: Site) -> str:
    """Deposit, open, support; the address of the idea's page."""
    idea = str(uuid.uuid4())
    author.ask("POST", "/ideas", {"idea_id": idea, **IDEA})
    moderator.ask("POST", f"/desk/ideas/{idea}/approval", {})
    neighbour.ask("PUT", f"/ideas/{idea}/support", {})
    number = author.ask("GET", f"/ideas/{idea}")["number"]
    until(lambda: True if author.ask("GET", f"/ideas/{idea}")["supports"] >= 1 else None, "the support")
    return f"/dossiers/{number}"


def journey(site: Site, mails: str, moderator: tuple[str, str]) -> None:
    """The whole way; a line for each step."""
    services = site.ask("GET", "")["services"]
    say(f"deployed: {', '.join(services)}")
    citizen, neighbour = new_citizen(site, mails), new_citizen(site, mails)
    say("two citizens asked for accounts, confirmed their addresses and signed in")
    if "ideas" in services:
        path = idea_journey(citizen, neighbour, site.signed_in(*moderator))
        if IDEA["title"] not in site.page(path):
            raise JourneyError(f"{path} does not show the idea")
        say(f"an idea was deposited, opened, supported, and is on the site: {path}")
        until(lambda: citizen.ask("GET", "/me/notifications")["items"] or None, "the author's notification")
        say("its author was told")
    for service, listing in (("voting", "/elections"), ("consultations", "/consultations")):
        if service in services:
            say(f"{service}: {len(site.ask('GET', listing)['items'])} to see")


def say(text: str) -> None:
    """Progress."""
    sys.stdout.write(f"  ✓ {text}\n")


def main() -> int:
    """The way there and back; 1 when it cannot be gone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--mails", default="http://127.0.0.1:8025")
    parser.add_argument("--moderator", default="moderation@example.org")
    options = parser.parse_args()
    try:
        journey(Site(options.site), options.mails, (options.moderator, os.environ.get("MODERATOR_PASSWORD", "")))
    except (JourneyError, urllib.error.URLError, ConnectionError) as error:
        sys.stderr.write(f"  ✗ {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
