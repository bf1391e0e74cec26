"""Every page: no accessibility violation, nothing wider than the screen, nothing the browser complains about."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from gateway.testing import samples
from gateway.testing.pages import PAGES
from playwright.sync_api import BrowserContext, Page

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
