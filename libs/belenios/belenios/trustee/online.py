"""A trustee's part through the site of a vote: what is public is read there, one's own messages are sent there.

The site is not trusted: certificates, shares and the archive are verified here before anything rests on them, and the
seed never leaves this machine.
"""

import json
import urllib.error
import urllib.request
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote, urlsplit

from belenios.ceremony import certificate, decryption_key, key, shares
from belenios.groups import Group, group_named
from belenios.secret import Secret
from belenios.threshold import Context
from belenios.trustee.closed import PartialPart, decrypt_archive

STEPS = ("certificate", "shares", "key")
_SECONDS = 30
_PAUSE = 1.0
_LATER = {429, 502, 503, 504}
View = dict[str, Any]


class SiteRefusedError(Exception):
    """The site says no, in its own words."""


@dataclass(frozen=True, slots=True)
class Site:
    """The API of one vote. `address` is that of its page, https://…/votes/name."""

    address: str

    @property
    def api(self) -> str:
        """Where the vote is in the API."""
        parts = urlsplit(self.address)
        name = parts.path.rstrip("/").rpartition("/")[2]
        return f"{parts.scheme}://{parts.netloc}/api/v1/elections/{quote(name, safe='')}"

    def look(self) -> View:
        """What is public of the vote."""
        return self._ask(f"{self.api}/sealed")

    def send(self, view: View, place: int, body: dict[str, str]) -> View:
        """Send a trustee's message."""
        base = self.api.rpartition("/")[0]
        return self._ask(f"{base}/{view['id']}/trustees/{place}/messages", body)

    def archive(self) -> bytes:
        """The archive as it is now."""
        data, part = b"", 0
        while True:
            found = self._ask(f"{self.api}/archive?part={part}")
            data += urlsafe_b64decode(found["data"] + "=" * (-len(found["data"]) % 4))
            if found["next"] is None:
                return data
            part = found["next"]

    def _ask(self, url: str, body: dict[str, str] | None = None) -> View:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SiteRefusedError("an address that begins with https:// is expected")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", "Accept": "application/json"})  # noqa: S310
        while True:
            try:
                with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                    found: View = json.loads(answer.read())
                    return found
            except urllib.error.HTTPError as error:
                if error.code not in _LATER:
                    raise SiteRefusedError(_words(error)) from None
                _pause()


def _words(error: urllib.error.HTTPError) -> str:
    try:
        problem = json.loads(error.read())
        details = [one["detail"] for one in problem.get("errors", ())] or [problem.get("detail", "")]
        return f"{error.code} {'; '.join(details)}"
    except (ValueError, KeyError, AttributeError):
        return str(error.code)


@dataclass(frozen=True, slots=True)
class Part:
    """One's place, the code that the campaign's managers gave, and one's seed."""

    place: int
    code: Secret[str]
    seed: Secret[str]

    def message(self, view: View, step: str) -> bytes:
        """Compute one's message of a step of the ceremony from what is public."""
        group, trustees = group_named(view["group"]), view["trustees"]
        if step == "certificate":
            context = Context(group.name, len(trustees), view["threshold"], self.place)
            return certificate(group, self.seed, context)
        if step == "shares":
            return shares(group, self.seed, sent(view, "certificate"))
        return key(group, self.seed, sent(view, "certificate"), sent(view, "shares"))

    def decryption_key(self, group: Group, view: View) -> Secret[int]:
        """One's share of the vote's key."""
        own = str(view["trustees"][self.place - 1]["key"]).encode()
        return decryption_key(group, self.seed, sent(view, "certificate"), own)

    def body(self, step: str, message: bytes) -> dict[str, str]:
        """What is sent."""
        return {"code": self.code.reveal(), "step": step, "message": message.decode()}


def sent(view: View, step: str) -> list[bytes]:
    """What all the trustees have sent in a step."""
    return [str(one[step]).encode() for one in view["trustees"] if one[step] is not None]


def join(site: Site, part: Part, *, wait: float) -> View:
    """Send one's messages of the ceremony as their turn comes, for `wait` seconds; the vote as it is then."""
    left = wait
    view = site.look()
    while True:
        mine = view["trustees"][part.place - 1]
        due = next((step for step in STEPS if mine[step] is None), None)
        turn = view["missing"][0]["step"] if view["missing"] else None
        if due is not None and due == turn:
            view = site.send(view, part.place, part.body(due, part.message(view, due)))
            continue
        if due is None or left <= 0:
            return view
        left -= _PAUSE
        _pause()
        view = site.look()


def open_sum(site: Site, part: Part, file: Path, jobs: int) -> PartialPart:
    """Download the archive into `file`, verify all of it, and send one's part of opening its sum."""
    view = site.look()
    file.write_bytes(site.archive())
    opened = decrypt_archive(file, part.decryption_key(group_named(view["group"]), view), jobs)
    site.send(view, part.place, part.body("decryption", opened.data))
    return opened


def _pause() -> None:
    Event().wait(_PAUSE)
