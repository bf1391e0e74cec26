"""Every page: no accessibility violation, nothing wider than the screen, nothing the browser complains about."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from contracts import ideas
from gateway.testing import project_samples, samples
from gateway.testing.pages import PAGES
from gateway.testing.stand_ins import FakeServices
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import served, sign_in

AXE = Path(__file__).parents[2] / "gateway" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
EVERY_RULE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
View = tuple[int, Literal["light", "dark"], dict[str, Any]]
VIEWS: list[View] = [
    (360, "light", EVERY_RULE),
    (360, "dark", CONTRAST),
    (1280, "dark", CONTRAST),
    (1280, "light", EVERY_RULE),
]


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def in_every_view(page: Page) -> dict[str, list[str]]:
    """What is wrong on a phone and on a wide screen, in light and in dark; colours alone differ in dark."""
    page.evaluate(axe())
    found = {}
    for width, scheme, rules in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = violations(page, rules)
    return {view: wrong for view, wrong in found.items() if wrong}


@pytest.mark.parametrize(("path", "roles"), PAGES, ids=[f"{path} {roles}" for path, roles in PAGES])
def test_page(context: BrowserContext, site: str, path: str, roles: tuple[str, ...] | None) -> None:
    if roles is not None:
        context.add_cookies([{"name": "access", "value": samples.token(*roles), "url": site}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(site + path)
    wrong = in_every_view(page)
    page.set_viewport_size({"width": 320, "height": 800})

    assert wrong == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
    assert page.title().count(" - ") >= 1
    assert [text for text in complaints if answer is None or answer.status != 404] == []


@pytest.fixture
def long_words() -> Iterator[str]:
    """A site on which somebody gave a title of one very long word."""
    word = "Anticonstitutionnellement" * 4

    def filled(services: FakeServices) -> None:
        waiting = project_samples.ungrouped()
        named = tuple(one.model_copy(update={"title": word}) for one in waiting.items)
        services.on(ideas.LIST_PROJECTS, project_samples.projects(title=word))
        services.on(ideas.LIST_UNGROUPED, waiting.model_copy(update={"items": named}))

    with served(filled=filled) as address:
        yield address


def test_a_word_longer_than_the_screen_is_broken(context: BrowserContext, long_words: str) -> None:
    sign_in(context, long_words, "campaign_manager")
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{long_words}/bureau/projets/campagne/2027")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
