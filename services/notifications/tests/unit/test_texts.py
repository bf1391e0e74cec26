"""Every message has its words in every language, for every way of hearing of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from notifications import stories
from notifications.domain.stories import Story
from notifications.domain.words import Priority, Topic
from notifications.repository.subjects import Subject
from notifications.texts import Texts, Words

from services.notifications.tests.world import TERRITORY, TEXTS

FOLDER = Path(stories.__file__).parents[1] / "texts"
KINDS = sorted(path.stem for path in (FOLDER / "fr").glob("*.jinja") if path.stem != "frame")
PARAMETERS: dict[str, Any] = {
    "closes_on": "2027-05-23",
    "opens_at": "2026-12-01T08:00:00+00:00",
    "closes_at": "2026-12-05T11:00:00+00:00",
    "due_on": "2026-12-24",
    "reason": "out-of-scope",
    "progress": 66,
    "supports": 990,
    "threshold": 1500,
    "stage": "read",
    "service": "parks",
    "outcome": "declined",
    "state": "under_way",
    "changed": True,
    "reply": True,
    "answers": 12,
    "awaited": "answer",
    "verdict": "with_reservations",
    "comment": None,
    "title": "Une rue-jardin",
    "into": "PAR-2026-004300",
    "until": "2026-12-07",
    "carried": True,
    "joined": 12,
    "year": 2027,
}


def a_story(kind: str) -> Story:
    return Story(
        id=uuid4(),
        kind=kind,
        priority=Priority.NEWS,
        occurred_at=datetime(2026, 11, 23, tzinfo=UTC),
        parameters=PARAMETERS,
        subject=("dossier", "PAR-2026-004217"),
    )


def test_the_languages_have_the_same_messages() -> None:
    assert sorted(p.name for p in (FOLDER / "en").iterdir()) == sorted(p.name for p in (FOLDER / "fr").iterdir())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("topic", [Topic.CONTRIBUTIONS, Topic.FOLLOWED])
def test_every_message_says_something(kind: str, language: str, topic: Topic) -> None:
    subjects = {("dossier", "PAR-2026-004217"): Subject({"": "Des arbres"})}
    words = TEXTS.words(kind, a_story(kind), topic, subjects, language)
    assert 5 < len(words.title) < 90
    assert words.paragraphs
    assert words.action
    said = f"{words.title} {words.text} {words.action}"
    assert "{" not in said
    assert "None" not in said
    assert "  " not in said


@pytest.mark.parametrize(("language", "colon"), [("fr", "\u00a0:"), ("en", ":")])
def test_a_mail_is_set_in_the_type_of_its_language(language: str, colon: str) -> None:
    words = Words("Un titre", ("Un mot.",), "Lire")
    nothing: dict[str, Any] = {"name": "", "link": "", "expires_at": "", "listed": [], "home": "", "preferences": ""}

    mail = TEXTS.frame("mail.txt", language, nothing | {"words": words, "unsubscribe": "https://d.example/u"})

    assert f"Lire{colon}\n" in mail
    assert f"{colon} https://d.example/u" in mail


@pytest.mark.parametrize("kind", ["idea-opened", "stage-reached"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_has_no_date_is_told_without_one(kind: str, language: str) -> None:
    dateless = {name: value for name, value in PARAMETERS.items() if name not in {"closes_on", "due_on"}}
    story = replace(a_story(kind), parameters=dateless)
    said = TEXTS.words(kind, story, Topic.CONTRIBUTIONS, {}, language).text
    assert said
    assert "202" not in said.replace("PAR-2026", "")


def test_a_text_of_the_territory_wins(tmp_path: Path) -> None:
    own = tmp_path / "texts" / "fr"
    own.mkdir(parents=True)
    (own / "vote-opened.jinja").write_text(
        "{% block title %}À vos bulletins{% endblock %}{% block text %}Oui{% endblock %}"
    )
    words = Texts(TERRITORY, tmp_path).words("vote-opened", a_story("vote-opened"), Topic.VOTES, {}, "fr")
    assert words.title == "À vos bulletins"
