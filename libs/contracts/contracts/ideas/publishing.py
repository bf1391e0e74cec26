"""What ideas publishes of itself: the signed head of each day, and files of open data without personal data."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Instant, ListRequest, Model, Page, Reply, Request
from contracts.ideas.words import Day, Digest

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}=$")]
"""An Ed25519 public key: 32 bytes in base64."""
Signature = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{86}==$")]
"""An Ed25519 signature: 64 bytes in base64."""
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,40}\.(csv|jsonl|json)$")]


class HeadCard(Model):
    """The head of a day, without what it names."""

    day: date
    until: Instant
    """When the day ended."""
    records: int
    """How many records grew since the head before."""
    previous: Digest
    hash: Digest
    key: Key
    """With which it was signed."""
    signature: Signature
    signed_at: Instant


class ListHeads(ListRequest):
    """The heads of the days, last first."""


class HeadPage(Page[HeadCard], Reply):
    """A page of heads."""

    public_key: Key
    """The key that signs today. Keep a copy: a head that you compare with should not come with its own key."""


class ReadHead(Request):
    """The head of one day, whole."""

    day: Day


class HeadView(Reply):
    """The head of a day: a line of ``heads.jsonl``, and all that its hash is made of."""

    day: date
    until: Instant
    previous: Digest
    records: tuple[tuple[str, int, Digest], ...]
    """Each record that grew: its number, the position and the hash of its last step then."""
    hash: Digest
    key: Key
    signature: Signature
    signed_at: Instant


class DataFile(Model):
    """A file of open data, as it was made last."""

    name: FileName
    size: Annotated[int, Field(ge=0)]
    """In bytes of UTF-8."""
    rows: Annotated[int, Field(ge=0)]
    digest: Digest
    """The SHA-256 of the whole file."""
    version: UUID
    """Names these bytes: parts are asked for with it, so that nobody reads half of two versions."""
    parts: Annotated[int, Field(ge=0)]
    made_at: Instant


class ListDataFiles(Request):
    """The files of open data."""


class DataFiles(Reply):
    """All of them, by name."""

    items: tuple[DataFile, ...]


class ReadDataPart(Request):
    """A part of a file: those of one version, in their order, are the file. Kept until the second night after."""

    version: UUID
    part: Annotated[int, Field(ge=1, le=1_000_000)]


class DataPart(Reply):
    """Some lines of a file."""

    text: str
