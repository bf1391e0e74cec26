"""Signatures on paper: what a batch is, when it counts, and what the record says of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ideas.domain.dossier import Dossier, State, require
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.record import Step


class Ended(StrEnum):
    """Why a batch counts no more."""

    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets of one collection, as an agent entered them."""

    id: UUID
    idea_id: UUID
    signatures: int
    place: str
    collected_on: date
    reference: str
    entered_at: datetime
    entered_by: UUID | None
    """``None``: an agent whose account is no more."""
    replaces: UUID | None = None
    counted_at: datetime | None = None
    confirmed_by: UUID | None = None
    ended_at: datetime | None = None
    ended_as: Ended | None = None

    @property
    def waits(self) -> bool:
        """Whether it is to be confirmed."""
        return self.counted_at is None and self.ended_at is None

    @property
    def counts(self) -> bool:
        """Whether its signatures are in the count."""
        return self.counted_at is not None and self.ended_at is None


def check(batch: Batch, dossier: Dossier, replaced: Batch | None, today: date) -> None:
    """Raises with everything that is wrong with what an agent enters."""
    require(dossier, State.OPEN)
    found = []
    if batch.collected_on > today:
        found.append(Problem("/collected_on", "collected-in-the-future", "This day is still to come."))
    if batch.replaces is not None and not _can_be_replaced(replaced, dossier):
        found.append(Problem("/replaces", "not-counted", "Only a batch of this dossier that counts can be corrected."))
    if found:
        raise Invalid(*found)


def _can_be_replaced(replaced: Batch | None, dossier: Dossier) -> bool:
    return replaced is not None and replaced.idea_id == dossier.id and replaced.counts


def confirm(batch: Batch, dossier: Dossier, replaced: Batch | None, agent: UUID, now: datetime) -> Batch:
    """It counts from now on. Raises if the same agent entered it, or if what it corrects counts no more."""
    require(dossier, State.OPEN)
    if not batch.waits:
        raise DomainError("wrong-state", "It does not wait for anybody.")
    if batch.entered_by == agent:
        raise DomainError("another-agent", "Whoever entered it cannot confirm it.")
    if batch.replaces is not None and not _can_be_replaced(replaced, dossier):
        raise DomainError("wrong-state", "What it corrects counts no more.")
    return replace(batch, counted_at=now, confirmed_by=agent)


def counted(batch: Batch, now: datetime) -> Batch:
    """It counts at once: no second agent is asked for."""
    return replace(batch, counted_at=now)


def ended(batch: Batch, why: Ended, now: datetime) -> Batch:
    """It counts no more."""
    return replace(batch, ended_at=now, ended_as=why)


def counted_step(batch: Batch, replaced: Batch | None) -> Step:
    """What the record says of a batch that counts."""
    facts: dict[str, str | int] = {
        "number": batch.signatures,
        "place": batch.place,
        "on": batch.collected_on.isoformat(),
    }
    if replaced is not None:
        facts["instead_of"] = replaced.signatures
    return Step("paper_counted", "counter", facts=facts)


def withdrawn_step(batch: Batch, text: str) -> Step:
    """What the record says of a batch that is taken back."""
    return Step("paper_withdrawn", "counter", text=text, facts={"number": batch.signatures})
