"""What is kept of versions, drafts and answers: plain values between the database and the rest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consultations.domain.form import Form, Values
from consultations.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class FormVersion:
    """A form with its number; not published yet if ``published_at`` is ``None``."""

    number: int
    form: Form
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workbench:
    """What an agent sees of a consultation beside its details."""

    versions: tuple[FormVersion, ...]
    form: Form
    """As last saved."""
    problems: tuple[Problem, ...]
    answers: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has typed so far."""

    version: int
    values: Values
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that counts. Its author is known to the database alone, and only as long as they have an account."""

    id: UUID
    consultation_id: UUID
    version: int
    values: Values
    receipt: str
    fingerprint: str
    submitted_at: datetime
    revised_at: datetime | None = None
