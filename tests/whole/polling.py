"""A sealed vote as people hold it: what key holders, a voter and a curious citizen do in browsers of their own."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha384
from typing import Any

from decider_demo.api import Api
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.sealed_site import act, take_place
from tests.whole.city import Someone, fresh
from tests.whole.journeys import until

TRUSTEES = ("Majorité", "Opposition", "Citoyenne tirée au sort")
THRESHOLD = 2
PROJECTS = {"ombre": "De l’ombre dans la cour", "velos": "Un garage à vélos", "fontaine": "Une fontaine"}
LOADED = "performance.getEntriesByType('resource').filter(one => one.initiatorType === 'script').map(one => one.name)"


@dataclass
class Poll:
    """A sealed vote by approval, two projects at most; its agent works through the API."""

    agent: Api
    id: str = field(default_factory=fresh)

    @property
    def slug(self) -> str:
        return f"urne-{self.id[:8]}"

    def at(self, page: str = "") -> str:
        """The address of a page of it."""
        return f"/votes/{self.slug}/{page}".removesuffix("/")

    def draft(self) -> list[str]:
        """Prepare it; the codes that key holders are given."""
        now = datetime.now(UTC).replace(microsecond=0)
        content = {
            "id": self.id,
            "slug": self.slug,
            "title": {"fr": "Le budget de la rue", "en": "The budget of the street"},
            "secrecy": "sealed",
            "sealed": {"trustees": TRUSTEES, "threshold": THRESHOLD},
            "method": {"kind": "approval", "max_choices": 2},
            "candidates": [{"id": code, "title": {"fr": title}, "cost": 50_000} for code, title in PROJECTS.items()],
            "envelope": 100_000,
            "eligibility_action": "vote_sealed",
            "opens_at": now.isoformat(),
            "closes_at": (now + timedelta(days=1)).isoformat(),
        }
        self.agent.post("/elections", content)
        places = range(1, len(TRUSTEES) + 1)
        return [self.agent.post(f"/elections/{self.id}/trustees/{place}/code", {})["code"] for place in places]

    def until(self, phase: str) -> dict[str, Any]:
        """The vote, once it is so far."""

        def found() -> dict[str, Any] | None:
            vote = self.agent.get(f"/elections/{self.slug}/sealed")
            return vote if vote["phase"] == phase else None

        return until(found, f"the phase {phase}")

    def open(self) -> None:
        self.agent.post(f"/elections/{self.id}/opening", {})
        self.until("open")

    def close(self) -> None:
        self.agent.post(f"/elections/{self.id}/closing", {"reason": "Fin de l’essai."})
        self.until("decrypting")


@dataclass
class KeyHolder:
    """Somebody with a code given in person; the key is on paper, no browser keeps it."""

    place: int
    code: str
    key: str = ""

    def make_key(self, page: Page) -> None:
        """Draw a key, print it, send what others need to know of it."""
        page.get_by_role("button", name="Fabriquer une clé").click()
        expect(page.locator("#backup")).to_be_visible()
        self.key = page.locator("#printed").inner_text()
        self.take(page, "Votre certificat est pris.")

    def take(self, page: Page, said: str) -> None:
        """Come with code and key, and do what is waited for."""
        take_place(page, self.place, self.code, self.key)
        page.get_by_label("Ma clé est imprimée").check()
        act(page, said)


@dataclass
class Watch:
    """What went over the wire for the pages of a browser, and what it complained of."""

    casts: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext) -> "Watch":
        made = cls()
        context.on("response", made._note)
        context.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
        return made

    def _note(self, response: Response) -> None:
        if "/sealed-ballots" in response.url:
            self.casts.append(response)

    def nobody_was_named(self) -> None:
        """No request for a ballot bore a cookie or a session, and no answer to one left any."""
        assert self.casts
        for answer in self.casts:
            assert not {"cookie", "authorization", "referer"} & set(answer.request.all_headers())
            assert not {"set-cookie", "x-request-id"} & set(answer.all_headers())

    @property
    def unexpected(self) -> list[str]:
        """What the browser complained of, but for the network that a test took away."""
        return [line for line in self.complaints if "net::ERR_" not in line]


def stands_alone(page: Page, name: str) -> None:
    """The page runs one script, the one that its digest names, under a policy that lets nothing else become code."""
    answer = page.request.get(page.url)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "'unsafe" not in policy
    assert "require-trusted-types-for 'script'; trusted-types worker" in policy
    script = page.locator("script")
    expect(script).to_have_count(1)
    address = script.evaluate("one => one.src")
    assert f"/static/{name}." in address
    assert page.evaluate(LOADED) == [address]
    digest = sha384(page.request.get(address).body()).digest()
    assert script.get_attribute("integrity") == f"sha384-{b64encode(digest).decode()}"


def by_keyboard(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to it with the Tab key alone, as somebody without a mouse does, and press a key there."""
    expect(wanted).to_be_visible(timeout=20_000)
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def sign_in(page: Page, someone: Someone) -> None:
    """On the site's form, which the page shows."""
    for label, text in (
        ("Adresse e-mail ou numéro de carte", someone.person.login),
        ("Mot de passe", someone.password),
    ):
        by_keyboard(page, page.get_by_label(label, exact=True), "Home")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
