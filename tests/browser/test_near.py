"""Around me in Chromium: the position is asked for on a click, rounded, and in no address; else, a place is typed."""

from playwright.sync_api import BrowserContext, Geolocation, Page, Request, expect

PATH = "/idees/autour-de-moi"
NATION: Geolocation = {"latitude": 48.848412, "longitude": 2.395812, "accuracy": 10}


def test_the_position_is_asked_for_on_a_click_and_rounded(context: BrowserContext, site: str) -> None:
    context.grant_permissions(["geolocation"], origin=site)
    context.set_geolocation(NATION)
    page, sent = context.new_page(), list[Request]()
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 -- Playwright notes on it what it is for
    page.goto(site + PATH)
    assert not [one for one in sent if one.method == "POST"]

    page.get_by_role("button", name="Utiliser ma position").click()

    expect(page.get_by_role("heading", name="Au plus près de vous")).to_be_visible()
    (post,) = (one for one in sent if one.method == "POST")
    assert "latitude=48.848&longitude=2.396" in (post.post_data or "")
    assert not [one.url for one in sent if "48.8" in one.url]
    assert "48.8" not in page.url


def test_a_refused_position_leaves_the_typed_place(context: BrowserContext, site: str) -> None:
    context.clear_permissions()
    page = context.new_page()
    page.goto(site + PATH)

    page.get_by_role("button", name="Utiliser ma position").click()

    expect(page.get_by_role("status").filter(has_text="n’a pas pu être trouvée")).to_be_visible()
    expect(page.get_by_label("Un code postal, un arrondissement")).to_be_focused()


def test_without_a_script_a_place_is_typed(without_scripts: Page, site: str) -> None:
    without_scripts.goto(site + PATH)
    expect(without_scripts.get_by_role("button", name="Utiliser ma position")).to_be_hidden()
    without_scripts.get_by_label("Un code postal, un arrondissement").fill("8 rue Crozatier, 75012")
    without_scripts.get_by_role("main").get_by_role("button", name="Rechercher").click()

    assert without_scripts.url == f"{site}/idees?pres=75012"
