"""The four questionnaires of the 2019 national debate as one form: 94 questions, 19 of them shown on conditions.

The source says which question another one depends on, not on which answer: its own words do ("Si oui", "Si non"); where
they do not, the question is shown to everybody who answered the first one. A question that depends on words, and not on
a choice, is shown to everybody.
"""

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
THEMES = {
    "organisation": "Organisation de l’État et des services publics",
    "democratie": "Démocratie et citoyenneté",
    "fiscalite": "Fiscalité et dépenses publiques",
    "transition": "Transition écologique",
}
YES, NO = "oui", "non"


def source() -> Path:
    """Where the questions are; the file may be absent."""
    data = Path(os.environ.get("DECIDER_DATA", str(ROOT.parent / "shared" / "data")))
    return data / "consultations" / "granddebat_2019_questions.json"


def read_form(path: Path) -> dict[str, Any]:
    """The form, one page per theme."""
    themes: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return {"pages": [_page(theme, questions) for theme, questions in themes.items()]}


def _page(theme: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    closed = {question["key"] for question in questions if question["kind"] == "closed_yes_no"}
    asked = [_question(theme, question, closed) for question in questions]
    return {"key": theme, "title": {"fr": THEMES[theme]}, "questions": asked}


def _key(theme: str, key: str) -> str:
    return f"{theme}-{key.lower()}"


def _option(key: str, label: str) -> dict[str, Any]:
    return {"key": key, "label": {"fr": label}}


def _question(theme: str, raw: dict[str, Any], closed: set[str]) -> dict[str, Any]:
    question: dict[str, Any] = {"key": _key(theme, raw["key"]), "label": {"fr": raw["question"]}}
    if raw["kind"] == "closed_yes_no":
        question |= {
            "kind": "single",
            "options": [{"key": YES, "label": {"fr": "Oui"}}, {"key": NO, "label": {"fr": "Non"}}],
        }
    else:
        question |= {"kind": "long_text", "max_length": 3_000}
    if raw["depends_on"] in closed:
        question["shown_if"] = {"question": _key(theme, raw["depends_on"]), "options": _deciding(raw["question"])}
    return question


def _deciding(words: str) -> list[str]:
    if words.startswith("Si oui"):
        return [YES]
    return [NO] if words.startswith("Si non") else [YES, NO]
