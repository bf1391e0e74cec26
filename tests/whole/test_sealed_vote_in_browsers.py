"""A sealed vote from the key holders' keys to the verified archive, in Chromium, on everything that really runs.

One test: each step needs what the one before left, as in a real vote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from belenios.verifier.verify import Request, verify
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.sealed_site import DRAWN, MOST, drop, go_on, heading, looked_at
from tests.whole.city import City, Someone
from tests.whole.conftest import Suite
from tests.whole.polling import PROJECTS, KeyHolder, Poll, Watch, by_keyboard, sign_in, stands_alone

pytestmark = pytest.mark.timeout(900)
PHONE, SCREEN = (360, 740), (1280, 800)
OMBRE, VELOS, FONTAINE = PROJECTS.values()


@dataclass
class Rooms:
    """Browsers of different people: none knows anything of another."""

    chromium: Browser
    site: str
    folder: Path

    @contextmanager
    def one(self, path: str, size: tuple[int, int] = SCREEN) -> Iterator[tuple[Page, Watch]]:
        """A browser on a page of the site; in the end it must have had nothing to complain of."""
        made = self.chromium.new_context(
            base_url=self.site,
            locale="fr-FR",
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
        )
        made.set_default_timeout(20_000)
        page, watch = made.new_page(), Watch.over(made)
        page.goto(path)
        yield page, watch
        assert watch.unexpected == []
        made.close()


@pytest.fixture
def rooms(suite: Suite, chromium: Browser, tmp_path: Path) -> Rooms:
    return Rooms(chromium, suite.site, tmp_path)


def test_a_sealed_vote_held_in_browsers(rooms: Rooms, city: City) -> None:
    poll = Poll(city.agent)
    holders = make_the_lock(rooms, poll)
    poll.open()
    tested, first = vote_by_keyboard_on_a_phone(rooms, poll, city.someone())
    replaced, last = vote_twice(rooms, poll, city.someone())
    vote_through_a_broken_network(rooms, poll, city.someone())
    check_on_another_device(rooms, poll, tested, first)
    poll.close()
    open_the_sum(rooms, poll, [holders[0], holders[2]])
    file = read_the_result(rooms, poll)
    verify_the_archive(rooms, poll, file, replaced, last)
    report = verify(file, Request(ballot=first))
    assert report.accepted
    assert report.ballots == 4


def make_the_lock(rooms: Rooms, poll: Poll) -> list[KeyHolder]:
    """Three key holders, each time in a browser that knows nothing of the last time."""
    holders = [KeyHolder(place, code) for place, code in enumerate(poll.draft(), 1)]
    for holder in holders:
        with rooms.one(poll.at("depositaires")) as (page, _):
            stands_alone(page, "trustee")
            holder.make_key(page)
            looked_at(page)
    for said in ("Vos parts sont prises.", "votre part de la serrure est faite"):
        for holder in holders:
            with rooms.one(poll.at("depositaires")) as (page, _):
                holder.take(page, said)
    return holders


def vote_by_keyboard_on_a_phone(rooms: Rooms, poll: Poll, someone: Someone) -> tuple[Path, str]:
    """Tests a ballot, then casts another one, on a network that is lost and found twice; a test file and a tracker."""
    with rooms.one(poll.at(), PHONE) as (page, watch):
        page.add_init_script(DRAWN % MOST)
        by_keyboard(page, page.get_by_role("main").get_by_role("link", name="Voter"))
        sign_in(page, someone)
        heading(page, "Le budget de la rue")
        stands_alone(page, "booth")
        looked_at(page)
        page.context.set_offline(True)
        for project in (OMBRE, FONTAINE):
            by_keyboard(page, page.get_by_label(project, exact=True), "Space")
        for step in ("Relisez votre bulletin", "Votre bulletin est scellé"):
            by_keyboard(page, page.locator("#next"))
            heading(page, step)
            looked_at(page)
        by_keyboard(page, page.get_by_role("button", name="L’ouvrir pour un essai"))
        heading(page, "Un bulletin ouvert pour un essai")
        looked_at(page)
        with page.expect_download() as download:
            by_keyboard(page, page.get_by_role("button", name="Enregistrer le fichier"))
        tested = rooms.folder / "essai.json"
        download.value.save_as(tested)
        by_keyboard(page, page.locator("#next"))
        heading(page, "Votre bulletin est scellé")
        tracker = page.locator("#trackers .tracker").inner_text()
        by_keyboard(page, page.locator("#next"))
        expect(page.get_by_role("alert")).to_contain_text("Le réseau est perdu")
        assert watch.casts == []
        page.context.set_offline(False)
        expect(page.get_by_role("heading", name="Pourquoi attendre ?")).to_be_visible()
        page.context.set_offline(True)  # signed, not sent: lost again between the two
        by_keyboard(page, page.get_by_role("button", name="L’envoyer sans attendre"))
        expect(page.get_by_role("alert")).to_contain_text("Le réseau est perdu")
        assert watch.casts == []
        page.context.set_offline(False)
        heading(page, "Votre vote est enregistré")
        looked_at(page)
        with page.expect_download() as download:
            by_keyboard(page, page.get_by_role("button", name="Enregistrer le reçu"))
        receipt = download.value.path().read_text()
        assert tracker in receipt
        assert not any(title in receipt for title in PROJECTS.values())
        watch.nobody_was_named()
    return tested, tracker


def vote_twice(rooms: Rooms, poll: Poll, someone: Someone) -> tuple[str, str]:
    """Changes their mind; both trackers."""
    with rooms.one(poll.at("voter")) as (page, watch):
        sign_in(page, someone)
        first = cast(page, VELOS)
        page.goto(poll.at("cabine"))
        heading(page, "Le budget de la rue")
        expect(page.get_by_text("Vous avez voté depuis ce navigateur.")).to_be_visible()
        second = cast(page, FONTAINE)
        watch.nobody_was_named()
    return first, second


def cast(page: Page, project: str) -> str:
    """From the choice to the receipt; its tracker."""
    seal(page, project)
    drop(page)
    heading(page, "Votre vote est enregistré")
    return page.locator(".receipt .tracker").inner_text()


def seal(page: Page, project: str) -> None:
    heading(page, "Le budget de la rue")
    page.get_by_label(project, exact=True).check()
    go_on(page, "Relire")
    go_on(page, "Sceller mon bulletin")
    heading(page, "Votre bulletin est scellé")


def vote_through_a_broken_network(rooms: Rooms, poll: Poll, someone: Someone) -> None:
    """The ballot reaches the box, its answer does not come back, the page is closed: one ballot, one receipt."""
    with rooms.one(poll.at("voter")) as (page, watch):
        sign_in(page, someone)
        seal(page, OMBRE)
        tracker = page.locator("#trackers .tracker").inner_text()

        def lose(route: Route) -> None:
            assert route.fetch().status == 200
            route.abort()

        page.route("**/sealed-ballots", lose)
        drop(page)
        expect(page.get_by_role("alert")).to_contain_text("Le réseau est perdu")
        again = page.context.new_page()
        page.close()
        again.goto(poll.at("cabine"))
        heading(again, "Votre vote est enregistré")
        expect(again.locator(".receipt .tracker")).to_have_text(tracker)
        watch.nobody_was_named()


def check_on_another_device(rooms: Rooms, poll: Poll, tested: Path, tracker: str) -> None:
    """Somebody without a session finds the ballot in the box, and sees that the opened one held what was chosen."""
    with rooms.one(poll.at("verifier")) as (page, _):
        page.get_by_label("Numéro de suivi de mon bulletin").fill(tracker)
        page.get_by_role("button", name="Vérifier").click()
        expect(page.get_by_role("status")).to_contain_text("Ce bulletin est dans l’urne")
        page.goto("/verifier")
        page.get_by_label("L’archive d’une élection").set_input_files(tested)
        page.get_by_role("button", name="Vérifier le fichier").click()
        expect(page.locator("#tested")).to_contain_text("Ce bulletin contient ce qui a été choisi")


def open_the_sum(rooms: Rooms, poll: Poll, holders: list[KeyHolder]) -> None:
    """Two of three: enough."""
    for holder in holders:
        with rooms.one(poll.at("depositaires")) as (page, _):
            holder.take(page, "votre part de l’ouverture est prise")
    poll.until("published")


def read_the_result(rooms: Rooms, poll: Poll) -> Path:
    """The sums are those of what was chosen, the last ballot of each; the archive, as the page gives it."""
    with rooms.one(poll.at("resultats")) as (page, _):
        expect(page.get_by_text("3 personnes ont voté.")).to_be_visible()
        looked_at(page)
        page.get_by_text("Les chiffres en tableau").first.click()
        for project, votes in {OMBRE: 2, FONTAINE: 2, VELOS: 0}.items():
            expect(page.get_by_role("row", name=project).get_by_role("cell").first).to_have_text(str(votes))
        with page.expect_download() as download:
            page.get_by_role("link", name="L’archive").click()
        file = rooms.folder / download.value.suggested_filename
        download.value.save_as(file)
        page.get_by_role("link", name="Vérifier cette élection").click()
        expect(page.get_by_role("button", name="Vérifier cette élection ici")).to_be_visible()
    return file


def verify_the_archive(rooms: Rooms, poll: Poll, file: Path, replaced: str, last: str) -> None:
    """A curious citizen computes everything again: the site's own copy, then the file, with a tracker."""
    with rooms.one(f"/verifier?vote={poll.slug}") as (page, _):
        stands_alone(page, "verifier")
        page.get_by_role("button", name="Vérifier cette élection ici").click()
        expect(page.get_by_role("heading", name="Tout est exact")).to_be_focused(timeout=20_000)
        looked_at(page)
        page.get_by_role("button", name="Vérifier un autre fichier").click()
        page.get_by_text("Chercher mon bulletin").click()
        page.get_by_label("Le numéro de suivi de mon bulletin").fill(replaced)
        page.get_by_label("L’archive d’une élection").set_input_files(file)
        page.get_by_role("button", name="Vérifier le fichier").click()
        report = page.locator("#report")
        expect(report).to_contain_text(f"un vote ultérieur avec le même droit l’a remplacé : {last}")
        expect(report).to_contain_text("4 bulletins dans l’urne, 3 comptés, 3 votants sur la liste")
