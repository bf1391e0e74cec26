"""Templates: one environment per language, with the components, the words and the icons."""

import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gateway import markdown
from gateway.i18n import translations
from gateway.site.jinja import OneLanguage
from gateway.site.visit import Visit
from gateway.words import sentence

FOLDER = Path(__file__).parent.parent / "templates"
_used = threading.local()


@cache
def _symbols() -> dict[str, str]:
    text = (FOLDER / "icons.svg").read_text(encoding="utf-8")
    return {match[1]: match[0] for match in re.finditer(r'<symbol id="i-([a-z]+)".*?</symbol>', text)}


def icon(name: str) -> Markup:
    """A drawing, always beside a word. Raises ``KeyError`` for one that is not in the set."""
    _symbols()[name]
    _used.icons.add(name)
    return Markup(f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>')  # noqa: S704 -- a known name


def sprite() -> Markup:
    """The symbols of the icons that this page used."""
    symbols = "".join(_symbols()[name] for name in sorted(_used.icons))
    return Markup(f'<svg hidden xmlns="http://www.w3.org/2000/svg">{symbols}</svg>')  # noqa: S704 -- our own file


def _sayings(language: str) -> dict[str, Any]:
    """``_``, ``gettext`` and ``ngettext`` of templates, as Jinja's own, without looking up each message each time.

    A message is trusted, the values in it are not: they are escaped.
    """
    say = translations(language)

    @cache
    def whole(message: str) -> Markup:
        return Markup(say.gettext(message))  # noqa: S704 -- our own catalogue

    @cache
    def alone(message: str) -> Markup:
        return whole(message) % {}

    def gettext(message: str, /, **values: Any) -> Markup:  # noqa: ANN401 -- whatever a template says
        return whole(message) % values if values else alone(message)

    def ngettext(one: str, many: str, number: int, /, **values: Any) -> Markup:  # noqa: ANN401
        return Markup(say.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


@cache
def _environment(language: str) -> Environment:
    environment = OneLanguage(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(icon=icon, sprite=sprite, **_sayings(language))
    environment.filters.update(markdown=markdown.render, excerpt=markdown.excerpt, sentence=sentence)
    return environment


def render(visit: Visit, template: str, shows: dict[str, Any]) -> str:
    """The HTML of a page."""
    _used.icons = set()
    found = _environment(visit.language).get_template(template)
    return found.render(
        visit=visit,
        territory=visit.territory,
        words=visit.words,
        asset=visit.frame.assets.url,
        integrity=visit.frame.assets.integrity,
        **shows,
    )
