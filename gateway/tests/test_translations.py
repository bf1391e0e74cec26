"""Every string of the site is translated, with the same variables; French is set in French type."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.extract import extract_from_dir
from gateway.i18n import catalogue, french_type, translations
from gateway.words import Words, sentence

PACKAGE = Path(__file__).parents[1] / "gateway"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trimmed": "true"}}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "text": None, "count": (1, 2), "gettext": None}
VARIABLE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: "static" not in path)
    for file, line, message, _comments, _context in found:
        if message:
            yield f"{file}:{line}", message


def said(message: str | tuple[str, ...]) -> list[str]:
    french = translations("fr")
    if isinstance(message, str):
        return [french.gettext(message)]
    return [french.ngettext(message[0], message[1], n) for n in (1, 5)]


def test_every_string_is_translated() -> None:
    known = catalogue("fr")
    missing = [f"{place} {message!r}" for place, message in messages() if known.get(message) is None]

    assert missing == []


def test_translations_keep_the_variables() -> None:
    wrong = []
    for place, message in messages():
        wanted = set(VARIABLE.findall(message if isinstance(message, str) else message[1]))
        last = said(message)[-1]
        if set(VARIABLE.findall(last)) != wanted:
            wrong.append(f"{place} {last!r}")

    assert wrong == []


def test_french_type() -> None:
    assert french_type("L'idée : « oui » ? 12 % !") == "L’idée\u00a0: «\u00a0oui\u00a0»\u00a0? 12\u00a0%\u00a0!"
    assert french_type("à 10:30, %(n)s %(unit)s") == "à 10:30, %(n)s %(unit)s"


def test_a_line_that_begins_with_a_day_keeps_the_capital_of_its_month() -> None:
    day, zone = date(2026, 12, 1), ZoneInfo("Europe/Paris")
    said = [sentence(Words(language, zone).weekday(day)) for language in ("en", "fr")]

    assert said == ["Tuesday 1 December 2026", "Mardi 1er décembre 2026"]
