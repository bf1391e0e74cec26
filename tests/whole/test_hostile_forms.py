"""Hostile strings in every form and address of the site: a page in words always, never a 500, nothing unescaped."""

import re
import zlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from decider_demo.sealed import drafted
from gateway.http.paths import positional
from gateway.site import pages

from gateway import modules
from tests.whole.city import City
from tests.whole.conftest import ALL, Suite
from tests.whole.site import Browser, Form, links
from tests.whole.strings import OURS, SCRIPT, for_field, for_form_field, in_path, sendable

pytestmark = pytest.mark.timeout(600)
SITE = (*pages.ROUTES, *(route for module in modules.load(tuple(ALL.split(","))) for route in module.site))
LEAVES = {"/compte/deconnexion", "/moi/compte/partout", "/moi/compte/sessions"}
"""Forms that end the session and ask nothing."""
QUERIES = ("q", "after", "tri", "lieu", "etat", "nature", "vue", "cote", "ouvrir", "fait", "suite", "brouillon")
TYPED = {"email": "essai@example.org", "title": "Un titre pour cet essai", "slug": "un-essai"}


def template_of(path: str, method: str = "GET") -> str:
    """The route that answers a path; empty if none does."""
    for route in SITE:
        if route.method == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", positional(route.path)), path):
            return route.path
    return ""


def crawl(browser: Browser, start: list[str]) -> Iterator[str]:
    """Open one page of each route that a link leads to, from these pages on."""
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        path = waiting.pop(0)
        template = template_of(urlsplit(path).path)
        if template and template not in seen:
            seen.add(template)
            text = browser.open(path)
            assert browser.page.status_code < 500, path
            yield template
            waiting += links(text, "/")


def fixed_pages(*, desk: bool) -> list[str]:
    """The pages with one address: those of the desk, or those of everybody."""
    paths = [route.path for route in SITE if route.method == "GET" and "{" not in route.path]
    return [path for path in paths if path.startswith("/bureau") == desk]


def complete(form: Form) -> list[tuple[str, str]]:
    """The form with something in every field."""
    given = {name for name, value in form.values if value}
    typed = dict.fromkeys(form.prose - given, "Du texte pour cet essai. " * 25)
    chosen = {name: offered[0] for name, offered in form.choices.items() if name not in given}
    lines = {name: TYPED.get(name, "Un titre pour cet essai") for name, value in form.values if not value}
    return form.filled(**(lines | typed | chosen))


def with_word(fields: list[tuple[str, str]], name: str, word: str) -> list[tuple[str, str]]:
    return [*((known, value) for known, value in fields if known != name), (name, word)]


def complaint(status: int, text: str) -> str:
    if status >= 500:
        return str(status)
    return "unescaped" if SCRIPT in text else ""


def attack(browser: Browser, start: list[str]) -> tuple[set[str], list[tuple[str, str, str, str]]]:
    """Send every form of the pages with hostile fields: which routes were reached, and what went wrong."""
    reached: set[str] = set()
    wrong: list[tuple[str, str, str, str]] = []
    for page in crawl(browser, start):
        for form in browser.forms():
            template = template_of(urlsplit(form.action).path, "POST")
            if template in reached or template in LEAVES:
                continue
            reached.add(template)
            fields = complete(form)
            for name in form.names:
                for word in for_form_field(zlib.crc32(f"{template} {name}".encode())):
                    answer = browser.post(form, with_word(fields, name, sendable(word)))
                    if said := complaint(answer.status_code, answer.text):
                        wrong.append((f"{page} -> {template}", name, word, said))
    return reached, wrong


def test_no_field_of_a_citizens_form_causes_an_accident(suite: Suite, city: City) -> None:
    who = city.someone()
    number = city.agent.get(f"/ideas/{city.idea()[0]}")["number"]
    with suite.browser() as browser:
        browser.sign_in(who.person.login, who.password)
        reached, wrong = attack(browser, [f"/dossiers/{number}", *fixed_pages(desk=False)])
    assert not wrong
    assert len(reached) > 20, reached


def closed_sealed_vote(suite: Suite, city: City, folder: Path) -> str:
    """A sealed vote whose paper is counted: its id."""
    held = drafted(city.counter, suite.site, folder)
    held.make_key()
    held.close()
    return held.id


def test_no_field_of_an_agents_form_causes_an_accident(suite: Suite, city: City, tmp_path: Path) -> None:
    numbers = [city.agent.get(f"/ideas/{city.idea(state)[0]}")["number"] for state in ("examined", "open", "submitted")]
    start = [f"/bureau/votes/{city.election()[0]}", f"/bureau/consultations/{city.consultation()[0]}"]
    sealed = city.sealed_election()
    counted = closed_sealed_vote(suite, city, tmp_path)
    start += [
        f"/bureau/votes/{sealed}/depositaires",
        f"/bureau/vote-papier/{sealed}/emargement",
        f"/bureau/vote-papier/{counted}/depouillement/75012",
    ]
    with suite.browser() as browser:
        browser.sign_in("demonstration@example.org", suite.password)
        reached, wrong = attack(browser, [*start, *fixed_pages(desk=True)])
        for number in numbers:
            browser.open(f"/bureau/dossiers/{number}")
            for form in browser.forms():
                for name, word in product(form.names, OURS[1:6]):
                    answer = browser.post(form, with_word(complete(form), name, sendable(word)))
                    if said := complaint(answer.status_code, answer.text):
                        wrong.append((form.action, name, word, said))
    assert not wrong
    assert len(reached) > 5, reached
    assert "/bureau/vote-papier/{election_id}/emargement/chercher" in reached
    assert "/bureau/vote-papier/{election_id}/depouillement/{place}" in reached
    assert "/bureau/votes/{election_id}/depositaires/{place}" in reached


def test_no_address_causes_an_accident(suite: Suite, city: City) -> None:
    who = city.someone()
    wrong = []
    with suite.browser() as browser:
        browser.sign_in(who.person.login, who.password)
        for number, route in enumerate(route for route in SITE if route.method == "GET"):
            path = re.sub(r"{\w+}", in_path(OURS[number % len(OURS)]), route.path)
            words = [(name, for_field(zlib.crc32(f"{path} {name}".encode()))[number % len(OURS)]) for name in QUERIES]
            for name, word in [*words, ("after", "x" * 600)]:
                answer = browser.http.get(path, params={name: sendable(word)})
                if said := complaint(answer.status_code, answer.text):
                    wrong.append((path, name, word, said))
    assert not wrong
