"""A site with sealed votes, and what is needed to look at their pages: a valid archive and one that is not."""

from pathlib import Path
from time import monotonic

from belenios.election import Question
from belenios.testing.mutants import forge, labels_of, records_of
from belenios.testing.trial import DATE, Trial, make_trial
from gateway.testing import samples
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_every_page import in_every_view

QUESTIONS = (
    Question("Quels projets choisissez-vous ?", ("Un verger rue des Lilas", "Des bancs", "Une fontaine"), 0, 2),
    Question("Le préau de l'école", ("Très bien", "Bien", "Passable", "Insuffisant"), 1, 1, blank=True),
)

PROJECTS = ["Un verger", "Des bancs à l’ombre", "Une fontaine", "Un préau", "Une aire de jeux"]
DRAWN = """const random = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (made) => made instanceof Uint32Array && made.length === 1 ? made.fill(%s) : random(made);"""
"""The lot that decides when a ballot leaves, known beforehand."""
MOST = 2**32 - 1


def held() -> Trial:
    """Three voters, four ballots: the first one voted again."""
    trial = make_trial("Ed25519", QUESTIONS, [(1, 1), (2, 3)], [1, 1, 1])
    trial.vote(0, [[1, 0, 0], [0, 1, 0, 0, 0]])
    trial.vote(1, [[1, 1, 0], [0, 0, 1, 0, 0]])
    trial.vote(2, [[0, 0, 0], [1, 0, 0, 0, 0]])
    trial.vote(0, [[1, 0, 1], [0, 1, 0, 0, 0]])
    return trial


def false_result(archive: bytes) -> bytes:
    """The archive with another number in its result, every digest around made to fit."""
    position = labels_of(archive).index("result")
    data = records_of(archive)[position][1]
    return forge(archive, position, data.replace(b"[2,1,1]", b"[1,2,1]"), DATE)


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what its browser complains about."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def looked_at(page: Page, folder: Path | None = None, name: str = "") -> None:
    """Nothing is wrong for those who see little, and nothing is wider than a small phone. ``folder``: for pictures."""
    size = page.viewport_size
    assert in_every_view(page) == {}
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if folder:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    assert page.locator("h1:visible").count() == 1
    if size:
        page.set_viewport_size(size)


def signed_in(context: BrowserContext, site: str) -> None:
    """Somebody is signed in in this browser."""
    context.add_cookies([{"name": "access", "value": samples.token(), "url": site}])


def go_on(page: Page, name: str) -> None:
    """Press the button of the dock."""
    page.locator("#dock").get_by_role("button", name=name).click()


def drop(page: Page) -> None:
    """Cast what is sealed as somebody who does not want to wait; how long others wait has tests of its own."""
    page.locator("#hurry").dispatch_event("click")
    go_on(page, "Déposer mon bulletin")


def heading(page: Page, name: str) -> None:
    """Wait for a step of the page."""
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible(timeout=20_000)


def act(page: Page, said: str) -> None:
    """Do one's part until this is said: what the API tells of the state may be two seconds old."""
    until = monotonic() + 20
    while True:
        page.get_by_role("button", name="Faire ma part maintenant").click()
        expect(page.locator("#act")).to_be_enabled(timeout=20_000)
        told = page.locator("#told-text").inner_text()
        if said in told or monotonic() > until or "pour l’instant" not in told:
            break
    expect(page.locator("#told")).to_contain_text(said)


def take_place(page: Page, place: int, code: str, seed: str = "") -> None:
    """Say again on the key holders' page who one is: it keeps nothing."""
    page.reload()
    page.get_by_label("Votre place").select_option(str(place))
    page.get_by_label("Votre code").fill(code)
    page.get_by_label("Votre clé", exact=True).fill(seed)


def choose_and_seal(page: Page, site: str, *projects: str) -> None:
    page.goto(f"{site}/votes/ville-2027/voter")
    heading(page, "Budget participatif 2027")
    for project in projects:
        page.get_by_label(project, exact=True).check()
    go_on(page, "Relire")
    heading(page, "Relisez votre bulletin")
    go_on(page, "Sceller mon bulletin")
    heading(page, "Votre bulletin est scellé")
