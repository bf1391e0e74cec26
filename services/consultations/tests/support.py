"""Callers, clocks and questionnaires that the tests of consultations share."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from chassis.auth import Caller, Grant
from consultations.domain.rules import Rules
from consultations.repository import UnitOfWork
from consultations.use_cases.answering import submit_answer
from consultations.use_cases.desk import create_consultation, publish_consultation
from contracts.consultations import (
    AnswerView,
    CreateConsultation,
    DeskConsultation,
    Details,
    Form,
    PublishConsultation,
    SubmitAnswer,
)
from contracts.identity import AgeBand, Decision, Refusal

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
RULES = Rules(places=frozenset({"75001", "75012", "paris-centre"}), language="fr", level=100)


class Clock:
    """The service's time, moved by the tests."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Neighbours:
    """Stands for identity: where each person lives."""

    districts: dict[UUID, str] = field(default_factory=dict)
    asked: int = 0

    def decision(self, caller: Caller, place: str | None) -> Decision:
        self.asked += 1
        account = caller.citizen()
        district = self.districts.get(account)
        return Decision(
            account_id=account,
            allowed=district is not None,
            refusals=() if district else (Refusal.RESIDENCE_UNKNOWN,),
            level=caller.level,
            district=district,
            age_band=AgeBand.UNKNOWN,
            valid_until=NOON,
        )


def agent(*places: str) -> Caller:
    """A campaign manager for the places, or for the whole city."""
    grant = Grant("campaign_manager", frozenset(places or {"*"}))
    return Caller(account=uuid4(), level=250, grants=(grant,), today=NOON.date())


def citizen(level: int = 200) -> Caller:
    return Caller(account=uuid4(), level=level, today=NOON.date())


def details(**changes: Any) -> Details:
    content: dict[str, Any] = {
        "title": {"fr": "Les horaires des bibliothèques", "en": "Library opening hours"},
        "summary": {"fr": "Dites-nous quand vous aimeriez venir."},
        "description": {"fr": "La Ville revoit les horaires de ses **bibliothèques**."},
        "organiser": {"fr": "Direction des affaires culturelles"},
        "outcome": {"fr": "Synthèse en octobre, décision au Conseil de Paris de novembre."},
        "places": (),
        "opens_at": NOON,
        "closes_at": NOON + timedelta(days=20),
        "results": "after_closing",
        "audience": {"level": 0, "residents": False},
    }
    return Details.model_validate(content | changes)


def options(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "label": {"fr": key.capitalize()}} for key in keys]


def question(kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "label": {"fr": f"Question {key} ?", "en": f"Question {key}?"}, **more}


QUESTIONS: list[dict[str, Any]] = [
    question("single", "when", options=options("week", "evening", "saturday", "never"), required=True),
    question("long_text", "why-not", shown_if={"question": "when", "options": ["never"]}, max_length=500),
    question("multiple", "obstacles", options=options("closed", "far", "seats", "access"), max_choices=2),
    question("scale", "satisfied", lowest=1, highest=5),
    question("ranking", "measures", options=options("sunday", "late", "morning")),
    question("short_text", "library", max_length=80),
    question("single", "shifts", options=options("yes", "no"), confidential=True),
]


def form(*questions: dict[str, Any]) -> Form:
    """One page with the questions; without any: one of every kind."""
    page = {"key": "habits", "title": {"fr": "Vos habitudes"}, "questions": list(questions or QUESTIONS)}
    return Form.model_validate({"pages": [page]})


FULL_ANSWER: dict[str, Any] = {
    "when": "evening",
    "obstacles": ("closed", "seats"),
    "satisfied": 2,
    "measures": ("late", "sunday", "morning"),
    "library": "Saint-Éloi",
    "shifts": "yes",
}


def submitted(
    uow: UnitOfWork, people: Neighbours, caller: Caller, consultation_id: UUID, version: int = 1, **values: Any
) -> AnswerView:
    """An answer sent: the full one if nothing else is given."""
    content = values or FULL_ANSWER
    if version > 1:
        content = {"when": "week", **values}
    request = SubmitAnswer(consultation_id=consultation_id, version=version, values=content)
    return submit_answer(uow, people, caller, request)


def told(uow: UnitOfWork) -> list[tuple[str, str]]:
    """The topics and subjects of the event log, in order."""
    with uow() as tx:
        rows = tx.connection.execute(sa.text("SELECT topic, subject FROM event_log ORDER BY position"))
        return [(row.topic, row.subject) for row in rows]


def open_consultation(
    uow: UnitOfWork, content: Form | None = None, by: Caller | None = None, **changes: Any
) -> DeskConsultation:
    """A consultation that takes answers."""
    by = by or agent()
    request = CreateConsultation(id=uuid4(), details=details(**changes), form=content or form())
    made = create_consultation(uow, by, request)
    return publish_consultation(uow, by, PublishConsultation(consultation_id=made.id, revision=made.revision))


def told_in_full(uow: UnitOfWork) -> list[tuple[str, dict[str, Any]]]:
    """The topics and payloads of the event log, in order."""
    with uow() as tx:
        rows = tx.connection.execute(sa.text("SELECT topic, payload FROM event_log ORDER BY position"))
        return [(row.topic, row.payload) for row in rows]
