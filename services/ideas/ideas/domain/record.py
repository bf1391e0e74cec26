"""The record of a dossier: steps chained by hash, so that nobody rewrites the past unnoticed.

``hash = SHA-256(previous hash, 32 bytes ‖ canonical JSON of the step)``. Canonical: keys sorted, no spaces, UTF-8,
times in UTC with microseconds, the text as its SHA-256. The first step follows 64 zeros. Whoever has the public export
can recompute it all, also where moderation had to withhold a text.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: what, by whom (a role), why, and what comes next."""

    kind: str
    actor: str
    service: str | None = None
    reason: str | None = None
    text: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    withheld: str | None = None
    """The digest of a text that may not be shown any more; ``text`` is empty then."""

    @property
    def text_digest(self) -> str:
        """What the chain holds of the text."""
        return self.withheld or hashlib.sha256(self.text.encode()).hexdigest()


def without_words(step: Step) -> Step:
    """The step without what its author wrote; the words of the administration stay."""
    return replace(step, text="", withheld=step.text_digest) if step.actor == "author" else step


@dataclass(frozen=True, slots=True)
class Link:
    """A step in its place."""

    position: int
    at: datetime
    step: Step
    previous: str
    hash: str


def canonical(number: str, position: int, at: datetime, step: Step) -> bytes:
    """The bytes that are hashed, besides the previous hash."""
    content = {
        "number": number,
        "position": position,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kind": step.kind,
        "actor": step.actor,
        "service": step.service,
        "reason": step.reason,
        "text": step.text_digest,
        "facts": dict(step.facts),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(previous: str, content: bytes) -> str:
    """The hash of a step after the one before."""
    return hashlib.sha256(bytes.fromhex(previous) + content).hexdigest()


def follow(number: str, position: int, head: str, at: datetime, step: Step) -> Link:
    """The step, put after the record's last one (``position``, ``head``)."""
    return Link(position + 1, at, step, head, digest(head, canonical(number, position + 1, at, step)))


def broken_links(number: str, links: Iterable[Link]) -> list[str]:
    """What does not hold in a record, each with its position; empty: it is intact."""
    found = []
    head = BEGINNING
    for expected, link in enumerate(links, start=1):
        if link.position != expected:
            found.append(f"step {link.position}: step {expected} was expected here")
        if link.previous != head:
            found.append(f"step {link.position}: does not follow the step before")
        if link.hash != digest(link.previous, canonical(number, link.position, link.at, link.step)):
            found.append(f"step {link.position}: its content does not give its hash")
        head = link.hash
    return found


def content_digest(title: str, text: str) -> str:
    """What a record holds of a dossier's words: enough to show that they were not changed."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
