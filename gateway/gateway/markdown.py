"""Citizens' texts: a small part of Markdown, made harmless. Headings stay below those of the page."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "pre", "h3", "h4", "hr"}
_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
_LEVELS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@lru_cache(maxsize=2048)
def render(text: str) -> Markup:
    """HTML of a citizen's Markdown."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        token.tag = _LEVELS.get(token.tag, token.tag)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return Markup(clean)  # noqa: S704 -- cleaned one line above


def excerpt(text: str, length: int = 200) -> str:
    """The first words of a Markdown text, without its marks."""
    plain = " ".join(nh3.clean(_PARSER.render(text), tags=set()).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + "…"
