"""Real things of a running suite, for requests that need one: an open idea, a draft election, somebody's account.

All are made through the public API, by whom they belong to: people from the counter, and the demonstration's agent.
"""

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.consultations import CREATE_CONSULTATION
from contracts.ideas import DEPOSIT_IDEA
from contracts.voting import DRAFT_ELECTION
from decider_demo.api import Api
from decider_demo.inhabitants import Counter, Newcomer, Person

from tests.whole.examples import request_of

SERVICE = "espaces-verts"
REASON = "Pour cet essai seulement."
ASSIGNED, ANSWERED = ("assignment", {"service": SERVICE}), ("answer", {"outcome": "accepted", "text": REASON})
STEPS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "submitted": (),
    "suggested": (),
    "open": (("approval", {}),),
    "hidden": (("approval", {}), ("hiding", {"reason": "advertising", "text": REASON})),
    "examined": (ASSIGNED,),
    "accepted": (ASSIGNED, ANSWERED),
}
"""What agents do to a dossier so that it is in a state."""
AT_ONCE = {"suggested", "examined", "accepted"}
"""States of suggestions, which need no supports."""
OFTEN = 5
"""How much one person may write at once, by the territory's limits."""
QUESTIONS = [
    {"kind": "short_text", "key": "mot", "label": {"fr": "Un mot ?"}},
    {"kind": "long_text", "key": "texte", "label": {"fr": "Un texte ?"}},
    {"kind": "single", "key": "choix", "label": {"fr": "Un choix ?"}, "options": [
        {"key": "oui", "label": {"fr": "Oui"}}, {"key": "non", "label": {"fr": "Non"}}]},
]  # fmt: skip


def fresh() -> str:
    """An identifier."""
    return str(uuid.uuid4())


def period() -> dict[str, str]:
    """From a moment ago until in ten days."""
    now = datetime.now(UTC).replace(microsecond=0)
    return {"opens_at": (now - timedelta(minutes=1)).isoformat(), "closes_at": (now + timedelta(days=10)).isoformat()}


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody with an account, and its password."""

    person: Person
    password: str

    @property
    def token(self) -> str:
        return self.person.token

    @property
    def id(self) -> str:
        return str(self.person.id)


@dataclass
class City:
    """Makes things; ``agent`` is the API as somebody who may do everything."""

    agent: Api
    counter: Counter
    _writer: Someone | None = None
    _written: int = field(default=0)

    def someone(self) -> Someone:
        """Somebody new, whose address in the city an agent has certified."""
        key = f"whole-{secrets.token_hex(6)}"
        return Someone(self.counter.settle(Newcomer(key, "Rosa L.", "75011")), self.counter.seed.password(key))

    def writer(self) -> Someone:
        """Somebody who may still write something."""
        if self._writer is None or self._written >= OFTEN:
            self._writer, self._written = self.someone(), 0
        self._written += 1
        return self._writer

    def card(self) -> dict[str, Any]:
        """What is handed out at the counter: a card number and a code, not used yet."""
        civil = {"given_name": "Rosa", "family_name": secrets.token_hex(6), "birth_date": "1970-05-05"}
        body = {"account_id": fresh(), "display_name": "Rosa L.", "language": "fr", "level": 400, "reason": REASON}
        return self.agent.post("/counter", {**body, "attributes": civil})

    def idea(self, state: str = "open") -> tuple[str, str]:
        """A dossier in a state: its id, and its author's token."""
        author = self.writer()
        kind = "suggestion" if state in AT_ONCE else "idea"
        body = {**request_of(DEPOSIT_IDEA), "idea_id": fresh(), "kind": kind}
        id_ = str(self.agent.post("/ideas", body, token=author.token)["id"])
        for step, said in STEPS[state]:
            self.agent.post(f"/desk/ideas/{id_}/{step}", said)
        return id_, author.token

    def comment(self) -> tuple[str, str]:
        """A message: its id, and its author's token."""
        idea, _token = self.idea()
        author, id_ = self.writer(), fresh()
        self.agent.post(f"/ideas/{idea}/comments", {"comment_id": id_, "text": REASON}, token=author.token)
        return id_, author.token

    def election(self, *, opened: bool = False) -> tuple[str, list[str]]:
        """A vote by majority judgment in the whole city: its id, and its candidates'."""
        id_ = fresh()
        body: dict[str, Any] = {**request_of(DRAFT_ELECTION), "id": id_, "slug": f"essai-{id_[:13]}", **period()}
        del body["perimeter"]
        self.agent.post("/elections", body)
        if opened:
            self.agent.post(f"/elections/{id_}/opening", {})
        return id_, [one["id"] for one in body["candidates"]]

    def sealed_election(self) -> str:
        """A draft of a sealed vote that has a sign-off list already: its id."""
        id_, setup = fresh(), {"trustees": ["Greffe", "Université"], "threshold": 2}
        body: dict[str, Any] = {**request_of(DRAFT_ELECTION), "id": id_, "slug": f"scelle-{id_[:13]}", **period()}
        del body["perimeter"]
        self.agent.post("/elections", body | {"secrecy": "sealed", "sealed": setup})
        asked = {"election_id": id_, "campaign_id": id_, "action": "vote", "closes_at": body["closes_at"]}
        self.agent.post("/sign-off-lists", asked)
        return id_

    def consultation(self, *, opened: bool = False) -> tuple[str, int]:
        """A questionnaire with each kind of text: its id and revision."""
        body: dict[str, Any] = {**request_of(CREATE_CONSULTATION), "id": fresh()}
        body["details"] |= period()
        body["form"] = {"pages": [{"key": "page", "title": {"fr": "Une page"}, "questions": QUESTIONS}]}
        made: dict[str, Any] = self.agent.post("/desk/consultations", body)
        if opened:
            made = self.agent.post(f"/desk/consultations/{made['id']}/publication", {"revision": made["revision"]})
        return made["id"], made["revision"]
