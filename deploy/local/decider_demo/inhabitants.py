"""People of the demonstration: accounts opened at a counter by an agent, then used by themselves, all through the API.

Identifiers, card codes and passwords are made from a seed kept beside the other secrets of this machine, so that a
second run finds the same people again.
"""

import hashlib
import hmac
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from tqdm import tqdm

from decider_demo.api import REFRESH_AFTER, Api, Refused

T = TypeVar("T")
R = TypeVar("R")

REASON = "Compte de démonstration ouvert au guichet"
BIRTH = "1980-01-01"


@dataclass(frozen=True, slots=True)
class Seed:
    """Makes the same identifiers and passwords from the same words."""

    secret: bytes

    def uuid(self, *words: object) -> UUID:
        """A version 4 identifier."""
        return UUID(bytes=self._digest("uuid", *words)[:16], version=4)

    def password(self, *words: object) -> str:
        """A password of 32 characters."""
        return self._digest("password", *words).hex()[:32]

    def _digest(self, *words: object) -> bytes:
        return hmac.new(self.secret, "\x1f".join(map(str, words)).encode(), hashlib.sha256).digest()


@dataclass(slots=True)
class Person:
    """Somebody who can act: an account and the tokens of its session."""

    id: UUID
    name: str
    login: str
    _api: Api = field(repr=False)
    _session: dict[str, Any] = field(repr=False)
    _since: float = field(default_factory=time.monotonic, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def token(self) -> str:
        """An access token that is still valid for a while."""
        self.renew()
        return str(self._session["access_token"])

    def renew(self) -> None:
        """Exchange the tokens for new ones, if the access token is about to expire."""
        with self._lock:
            if time.monotonic() - self._since > REFRESH_AFTER:
                body = {"refresh_token": self._session["refresh_token"]}
                self._session = self._api.post("/sessions/refresh", body, token="")
                self._since = time.monotonic()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be given an account. ``key`` is unique among the people of one seed."""

    key: str
    name: str
    district: str


class Wallet:
    """The card numbers handed out at the counter, kept in a file: an account is opened once, then signed in to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._cards = dict(line.split("\t") for line in lines if line.count("\t") == 1)

    def card(self, key: str) -> str | None:
        """The card number of that person, if one was handed out."""
        return self._cards.get(key)

    def keep(self, key: str, login: str) -> None:
        """Keep a card number, at once: what comes next may be interrupted."""
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            self._cards[key] = login
            file.write(f"{key}\t{login}\n")


@dataclass(frozen=True, slots=True)
class Counter:
    """Where accounts are opened: the API as the counter's officer, the seed, the wallet."""

    api: Api
    seed: Seed
    wallet: Wallet

    def settle(self, newcomer: Newcomer) -> Person:
        """Open the account and activate it, or sign in to it if that was done before."""
        login = self.wallet.card(newcomer.key)
        session = self._sign_in(newcomer, login) if login else None
        if session is None:
            card = self.api.post("/counter", _card(newcomer, self.seed.uuid(newcomer.key)))
            login = str(card["login"])
            self.wallet.keep(newcomer.key, login)
            session = self._activate(newcomer, card)
        return Person(self.seed.uuid(newcomer.key), newcomer.name, str(login), self.api, session)

    def _activate(self, newcomer: Newcomer, card: dict[str, Any]) -> dict[str, Any]:
        own = {"password": self.seed.password(newcomer.key), "device": "demo"}
        return self.api.post("/accounts/activations", {"login": card["login"], "code": card["code"], **own}, token="")

    def _sign_in(self, newcomer: Newcomer, login: str) -> dict[str, Any] | None:
        body = {"login": login, "password": self.seed.password(newcomer.key), "device": "demo"}
        try:
            return self.api.post("/sessions", body, token="")
        except Refused:
            return None


def _card(newcomer: Newcomer, account: UUID) -> dict[str, Any]:
    return {
        "account_id": str(account),
        "display_name": newcomer.name,
        "language": "fr",
        "attributes": {
            "given_name": newcomer.name.split()[0],
            "family_name": newcomer.key,
            "birth_date": BIRTH,
            "home_district": newcomer.district,
        },
        "level": 400,
        "reason": REASON,
    }


def together(work: Callable[[T], R], items: Sequence[T], *, threads: int, title: str) -> list[R]:
    """Do the work for all items, several at once, behind a progress bar; the results in the items' order."""
    with ThreadPoolExecutor(threads) as pool:
        done = tqdm(pool.map(work, items), desc=f"  {title}", total=len(items), unit="", mininterval=pace())
        return list(done)


def pace() -> float:
    """Seconds between two looks at the progress: often for a person, seldom for a file."""
    return 0.2 if sys.stderr.isatty() else 20.0
