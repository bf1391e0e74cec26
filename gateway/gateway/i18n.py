"""The languages of the site: catalogues merged from ``locale/<language>/LC_MESSAGES/*.po``, read once at the start.

The identifiers of messages are the English text. French strings get French type (no-break spaces, apostrophes) here,
so that translators write them plainly.
"""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locale"
DEFAULT = "fr"
_HIGH = re.compile(r" (?=[;!?»]|:(?!\S)|%(?![(sd]))")
_AFTER_OPENING = re.compile(r"« ")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def N_(message: str) -> str:  # noqa: N802 -- the name that every extractor of messages knows
    """Mark a message that is translated later, when the reader's language is known."""
    return message


def french_type(text: str) -> str:
    """``« Quoi ? »`` with the spaces that do not break, and typographic apostrophes."""
    return _APOSTROPHE.sub("’", _AFTER_OPENING.sub("«\u00a0", _HIGH.sub("\u00a0", text)))


def _typeset(string: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(string, (list, tuple)):
        return tuple(french_type(part) for part in string)
    return french_type(string)


def catalogue(language: str) -> Catalog:
    """Every message of a language, from all its files."""
    merged = Catalog(locale=language)
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, _typeset(message.string) if language == "fr" else message.string)
    return merged


@cache
def translations(language: str) -> NullTranslations:
    """The messages of a language; English is the language of the identifiers themselves."""
    if not (FOLDER / language).is_dir():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def negotiate(wanted: str, offered: tuple[str, ...]) -> str:
    """The best of the offered languages for an ``Accept-Language`` header; the first one if none fits."""
    ranked = sorted((_quality(part) for part in wanted.split(",") if part.strip()), key=lambda pair: -pair[1])
    for name, quality in ranked:
        if quality > 0 and name in offered:
            return name
    return offered[0]


def _quality(part: str) -> tuple[str, float]:
    name, _, parameters = part.strip().partition(";")
    match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters)
    return name.partition("-")[0].lower(), float(match[1]) if match else 1.0
