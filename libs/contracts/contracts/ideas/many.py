"""The desk, several things at once: the same decision for each, and who takes what in hand."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Distinct, Model, Prose, Reply, Request, length

Items = Annotated[tuple[UUID, ...], Distinct, Field(min_length=1, max_length=100)]
"""Dossiers or messages by their ids."""


class ManyDecision(StrEnum):
    """What is decided about each."""

    APPROVE = "approve"
    REFUSE = "refuse"
    KEEP = "keep"
    """Reported messages."""
    HIDE = "hide"
    """Reported messages."""
    ASSIGN = "assign"
    """To one service."""


class DecideMany(Request):
    """Decide the same about each, with the same reason and text: each by itself, as if it were asked alone.

    What fails changes nothing and hinders no other. Repeating it changes nothing.
    """

    items: Items
    decision: ManyDecision
    reason: Code | None = None
    service: Code | None = None
    """To which service, to assign."""
    text: Annotated[Prose, length(0, 5000)] = ""


class ItemResult(Model):
    """What became of one."""

    id: UUID
    done: bool
    refusal: str | None
    """Why not: the reason code of the fault that it would have given alone."""


class ManyResults(Reply):
    """One result for each, in the order that was asked."""

    items: tuple[ItemResult, ...]


class WorkQueue(StrEnum):
    """Where something is taken in hand."""

    MODERATION = "moderation"
    EXAMINATION = "examination"


class TakeItems(Request):
    """Take things in hand so that nobody else begins them, or put them back. Nobody is kept from deciding by it."""

    queue: WorkQueue
    act: Literal["take", "release"] = "take"
    items: Items


class Taken(StrEnum):
    """Which part of a queue."""

    MINE = "mine"
    FREE = "free"
