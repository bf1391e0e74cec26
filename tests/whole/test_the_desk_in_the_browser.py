"""What agents and supporters do together, in Chromium on a running suite: with the keyboard alone, or without scripts.

Joining dossiers and taking it back, supports found made up, and ideas that become a project the commission decides on.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uuid_utils
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.test_every_page import in_every_view
from tests.whole.city import City, fresh
from tests.whole.conftest import Suite
from tests.whole.journeys import until

pytestmark = pytest.mark.timeout(600)
CROWD = 16
"""Supports given together: more than what the territory shows to agents."""
WINDOW = 600
"""Seconds; supports given in the same one are given together."""
DEMO = "demonstration@example.org"
Visit = Callable[..., Page]


@pytest.fixture
def visit(suite: Suite, chromium: Browser) -> Iterator[Visit]:
    """Opens the site as somebody; ``scripts`` says whether they run."""
    opened: list[BrowserContext] = []
    expect.set_options(timeout=20_000)

    def open_as(login: str, password: str, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            locale="fr-FR", base_url=suite.site, java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        page.goto("/compte/connexion")
        page.fill("[name=login]", login)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        expect(page.locator("[name=password]")).to_have_count(0)
        return page

    yield open_as
    for context in opened:
        context.close()


def reach(page: Page, wanted: Locator) -> None:
    """Go on with the Tab key until that has the focus."""
    for _ in range(200):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {wanted}")


def push(page: Page, wanted: Locator, key: str = "Enter") -> None:
    reach(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, text: str) -> None:
    reach(page, wanted)
    page.keyboard.type(text)


def flawless(page: Page) -> None:
    """No accessibility violation on a phone and on a wide screen, in light and in dark; nothing wider than 320 px."""
    assert in_every_view(page) == {}
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 800})


def test_dossiers_are_joined_with_the_consent_of_supporters_and_parted_again(
    suite: Suite, city: City, visit: Visit
) -> None:
    api = city.agent  # whoever is signed in reads what is, not what was kept for everybody
    target, source = (api.get(f"/ideas/{city.idea()[0]}") for _ in range(2))
    supporter = city.someone()
    api.send("PUT", f"/ideas/{source['id']}/support", token=supporter.token, json={})

    desk = visit(DEMO, suite.password)
    desk.goto(f"/bureau/dossiers/{target['number']}/reunir")
    flawless(desk)
    write(desk, desk.locator("[name=other]"), source["number"])
    push(desk, desk.locator("[name=reason]"), "ArrowDown")
    write(desk, desk.locator("[name=text]").first, "Les deux demandent la même chose.")
    push(desk, desk.locator("button[value=preview]"))
    expect(desk.locator("#apercu")).to_contain_text(source["number"])
    flawless(desk)
    push(desk, desk.locator("button[value=merge]"))
    expect(desk.get_by_text("Ils sont réunis.")).to_be_visible()

    theirs = visit(supporter.person.login, supporter.password, scripts=False)
    theirs.goto(f"/dossiers/{source['number']}")
    theirs.locator(f'a[href="/dossiers/{source["number"]}/reunion"]').first.click()
    theirs.locator("button[value=leave]").click()
    expect(theirs.get_by_text("Retrait enregistré").first).to_be_visible()
    expect(theirs.locator("button[value=leave]")).to_have_count(0)
    (asked,) = api.send("GET", "/me/merges", token=supporter.token)["items"]
    assert asked["choice"] == "leave"

    desk.reload()
    push(desk, desk.locator("summary", has_text="Annuler la réunion"))
    write(desk, desk.locator("details[open] [name=text]"), "Ce sont bien deux demandes.")
    push(desk, desk.locator("details[open] button[type=submit]"))
    expect(desk.get_by_text("C’est annulé").or_(desk.get_by_text("C'est annulé"))).to_be_visible()
    flawless(desk)
    after = [api.get(f"/ideas/{one['number']}") for one in (target, source)]
    assert [(one["state"], one["supports"]) for one in after] == [("open", 0), ("open", 1)]


# -- supports that look made up ---------------------------------------------------------------------------------------


def made_now(city: City) -> str:
    """Somebody whose account was made a moment ago; an access token of theirs."""
    civil = {"given_name": "Rosa", "family_name": secrets.token_hex(6), "birth_date": "1970-05-05"}
    body = {"account_id": str(uuid_utils.uuid7()), "display_name": "Rosa L.", "language": "fr", "level": 400}
    card = city.agent.post("/counter", {**body, "reason": "Compte ouvert au guichet", "attributes": civil})
    own = {"login": card["login"], "code": card["code"], "password": secrets.token_urlsafe(16)}
    return str(city.agent.post("/accounts/activations", own, token="")["access_token"])


def score(suite: Suite) -> None:
    """Look at the supports of the last day now, as the service does every ten minutes."""
    said = "from decider_local import demo, state; demo.command('ideas', ['score'], state.State.load())"
    environment = os.environ | {"DECIDER_VAR": str(suite.var), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", said], env=environment, check=True)


def test_supports_are_taken_out_by_two_agents_and_given_back(suite: Suite, city: City, visit: Visit) -> None:
    api = city.agent  # whoever is signed in reads what is, not what was kept for everybody
    idea = api.get(f"/ideas/{city.idea()[0]}")
    crowd = [made_now(city) for _ in range(CROWD)]
    until(lambda: time.time() % WINDOW < WINDOW - 20 or None, "a window with room for all of them")
    for token in crowd:
        api.send("PUT", f"/ideas/{idea['id']}/support", token=token, json={})
    until(lambda: api.get(f"/ideas/{idea['id']}")["supports"] == CROWD or None, "the count")
    score(suite)

    first = visit("moderation@example.org", suite.password)
    first.goto("/bureau/soutiens")
    flawless(first)
    push(first, first.locator("tr", has_text=idea["number"]).locator("a").first)
    expect(first.get_by_role("heading", level=1)).to_contain_text(str(CROWD))
    group = first.url
    flawless(first)
    push(first, first.locator("summary", has_text="Proposer"))
    write(first, first.locator("form[action$=proposer] [name=text]"), "Seize comptes ouverts dans la même minute.")
    push(first, first.locator("form[action$=proposer] button"))
    expect(first.get_by_text("Un autre agent décide.")).to_be_visible()
    expect(first.locator("form[action$=confirmer]")).to_have_count(0)
    flawless(first)
    assert api.get(f"/ideas/{idea['id']}")["supports"] == CROWD

    second = visit(DEMO, suite.password, scripts=False)
    second.goto(group)
    second.locator("form[action$=confirmer] button").click()
    expect(second.get_by_text("Ils sont retirés du compte")).to_be_visible()
    assert api.get(f"/ideas/{idea['id']}")["supports"] == 0
    second.locator("form[action$=rendre] [name=text]").fill("Une classe entière a soutenu cette idée.")
    second.locator("form[action$=rendre] button").click()
    expect(second.get_by_text("Ils comptent de nouveau")).to_be_visible()
    assert api.get(f"/ideas/{idea['id']}")["supports"] == CROWD
    kinds = [step["kind"] for step in api.get(f"/ideas/{idea['id']}/record")["steps"]]
    assert kinds[-2:] == ["supports_invalidated", "supports_given_back"]


# -- from admitted ideas to a project that is put to the vote ---------------------------------------------------------


def admitted(city: City, number: int) -> dict[str, Any]:
    """An idea for the budget that takes deposits now, which services may study."""
    words = {"title": f"Un préau pour la pluie, variante {number}", "text": "La cour n’a pas d’abri. " * 30}
    place = {"theme": "ecoles", "place": {"scope": "district", "district": "75020"}}
    body = {"idea_id": fresh(), "kind": "budget_idea", **words, **place}
    made = city.agent.post("/ideas", body, token=city.writer().token)
    city.agent.post(f"/desk/ideas/{made['id']}/approval", {})
    city.agent.post("/desk/admissibility", {"idea_ids": [made["id"]], "decision": "admit"})
    return made


def test_ideas_become_a_project_that_the_commission_puts_to_the_vote(suite: Suite, city: City, visit: Visit) -> None:
    api = city.agent  # whoever is signed in reads what is, not what was kept for everybody
    campaign = next(one for one in api.get("/campaigns")["items"] if one["now"] == "deposit")
    ideas = [admitted(city, number) for number in range(2)]

    examiner = visit("instruction@example.org", suite.password)
    examiner.goto(f"/bureau/projets/campagne/{campaign['year']}")
    flawless(examiner)
    for one in ideas:
        push(examiner, examiner.locator(f"[name=idee][value='{one['id']}']"), "Space")
    push(examiner, examiner.get_by_role("button", name="Former un projet"))
    title = examiner.locator("[name=title]")
    expect(title).to_be_visible()
    flawless(examiner)
    reach(examiner, title)
    title.press("ControlOrMeta+a")
    examiner.keyboard.type("Deux préaux pour la pluie")
    write(examiner, examiner.locator("textarea[name=description]"), "Un préau de bois dans chacune des deux cours.")
    push(examiner, examiner.locator("main form.form button[type=submit]").first)
    expect(examiner.get_by_role("heading", level=1)).to_have_text("Deux préaux pour la pluie")
    flawless(examiner)
    made = api.get(f"/projects/{ideas[0]['id']}")
    assert [one["id"] for one in made["made_of"]] == [one["id"] for one in ideas]

    manager = visit("administration@example.org", suite.password, scripts=False)
    manager.goto(f"/bureau/projets/{made['number']}")
    decision = manager.locator("details", has_text="Décision de la commission")

    def retain() -> None:
        if decision.get_attribute("open") is None:
            decision.locator("summary").click()
        decision.locator("[value=retain]").check()
        decision.locator("button[type=submit]").click()

    retain()
    expect(manager.locator(".errors").first).to_be_visible()
    city.agent.post(f"/desk/ideas/{made['id']}/assignment", {"service": "affaires-scolaires"})
    judged = {"feasibility": "feasible", "cost": 300_000, "text": "Possible côté impair."}
    city.agent.post(f"/desk/ideas/{made['id']}/feasibility", judged)
    retain()
    expect(manager.get_by_text("le registre le dit")).to_be_visible()
    manager.goto(f"/budget/{campaign['year']}/projets/{made['number']}")
    expect(manager.get_by_role("heading", level=1)).to_have_text("Deux préaux pour la pluie")
    assert api.get(f"/projects/{made['number']}")["project_state"] == "retained"
