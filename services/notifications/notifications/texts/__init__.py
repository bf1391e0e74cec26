"""The words of every message, one template per kind and language, and the frames of mails.

A template has three blocks: ``title`` (the subject of the mail), ``text`` (paragraphs, parted by an empty line) and
``action`` (the words of the button). A territory may put its own words beside: files of the same name in its folder
``texts/<language>/`` win.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from contracts.territory import Territory
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, Template

from notifications.domain.stories import Story
from notifications.domain.words import Topic
from notifications.repository.subjects import Subject

_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
Subjects = Mapping[tuple[str, str], Subject]


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says, in one language."""

    title: str
    paragraphs: tuple[str, ...]
    action: str

    @property
    def text(self) -> str:
        """The paragraphs as one text."""
        return "\n\n".join(self.paragraphs)


class Texts:
    """Finds the words of messages. A language without words speaks the territory's first one."""

    def __init__(self, territory: Territory, folder: Path) -> None:
        own = FileSystemLoader(folder / "texts")
        loader = ChoiceLoader([own, PackageLoader("notifications", "texts")])
        self._territory = territory
        self._plain = _environment(loader, territory.zone, escape=False)
        self._html = _environment(loader, territory.zone, escape=True)

    def language(self, wanted: str) -> str:
        """The language in which somebody who wants ``wanted`` is spoken to."""
        return wanted if wanted in self._territory.languages else self._territory.languages[0]

    def words(self, kind: str, story: Story, topic: Topic, subjects: Subjects, wanted: str) -> Words:
        """What a story says to somebody who hears of it under ``topic``."""
        language = self.language(wanted)
        template = self._plain.get_template(f"{language}/{kind}.jinja")
        context = template.new_context(self._context(story, topic, subjects, language))
        title, text, action = (_block(template, name, context) for name in ("title", "text", "action"))
        paragraphs = tuple(_one_line(part) for part in text.split("\n\n") if part.strip())
        return Words(_one_line(title), paragraphs, _one_line(action))

    def frame(self, name: str, wanted: str, parts: Mapping[str, Any]) -> str:
        """A whole mail: ``name`` is ``mail.txt`` or ``mail.html``."""
        language = self.language(wanted)
        environment = self._html if name.endswith(".html") else self._plain
        common = {
            "language": language,
            "frame_words": f"{language}/frame.jinja",
            "platform": self._territory.title.to(language),
            "reply_to": self._territory.mail.reply_to,
        }
        return environment.get_template(f"{name}.jinja").render({**common, **parts})

    def _context(self, story: Story, topic: Topic, subjects: Subjects, language: str) -> dict[str, Any]:
        territory = self._territory
        return {
            "about": title_of(story, subjects, language),
            "mine": topic is Topic.CONTRIBUTIONS,
            "administration": territory.administration.to(language),
            "platform": territory.title.to(language),
            "p": story.parameters,
            "language": language,
            "reason": partial(_reason, territory, language),
            "stage": partial(_stage, territory, language),
        }


def title_of(story: Story, subjects: Subjects, language: str) -> str:
    """The title of what a story is about; its number or nothing when no title was heard of."""
    if story.subject is None:
        return ""
    known = subjects.get(story.subject)
    title = known.title(language) if known else ""
    return title or (story.subject[1] if story.subject[0] == "dossier" else "")


def _environment(loader: ChoiceLoader, zone: ZoneInfo, *, escape: bool) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=escape,  # noqa: S701 -- only plain text is not escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = partial(_day, zone)
    environment.filters["moment"] = partial(_moment, zone)
    return environment


def _one_line(text: str) -> str:
    """Without line breaks of any kind (a title must not grow a header); no-break spaces are kept."""
    return _BREAKABLE.sub(" ", text).strip(" ")


def _block(template: Template, name: str, context: Any) -> str:  # noqa: ANN401 -- jinja's context
    return "".join(template.blocks[name](context)) if name in template.blocks else ""


def _day(zone: ZoneInfo, value: str, language: str) -> str:
    moment = datetime.fromisoformat(value)
    day: date = moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    return str(format_date(day, "long", locale=language))


def _moment(zone: ZoneInfo, value: str, language: str) -> str:
    local = datetime.fromisoformat(value).astimezone(zone)
    pattern = "d MMMM y 'à' HH 'h' mm" if language == "fr" else "d MMMM y, HH:mm"
    return str(format_datetime(local, pattern, tzinfo=zone, locale=language))


def _reason(territory: Territory, language: str, code: str) -> str:
    found = next((reason for reason in territory.reasons if reason.code == code), None)
    return found.name.to(language) if found else ""


def _stage(territory: Territory, language: str, code: str) -> str:
    stages = (stage for kind in territory.kinds for stage in kind.stages)
    found = next((stage for stage in stages if stage.code == code), None)
    return found.owed.to(language) if found else ""
