"""The page that verifies an election on the visitor's own device."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from belenios.ballots import tracker
from belenios.testing.trial import Trial
from belenios.verifier.verify import verify
from contracts.voting.sealed import GET_SEALED_ELECTION
from contracts.voting.sealed_board import GET_SEALED_ARCHIVE
from gateway.testing.stand_ins import FakeServices
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.sealed_box import SealedVote, part_of
from tests.browser.sealed_site import false_result, held, looked_at, watched


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(services="identity,voting") as address:
        yield address


@pytest.fixture(scope="module")
def trial() -> Trial:
    return held()


@pytest.fixture
def archive(trial: Trial, tmp_path: Path) -> Path:
    path = tmp_path / f"{trial.election.uuid}.bel"
    path.write_bytes(trial.archive([1, 2, 4]))
    return path


def test_a_valid_archive(context: BrowserContext, site: str, archive: Path, trial: Trial) -> None:
    page, complaints = watched(context)
    page.goto(f"{site}/verifier")
    looked_at(page)
    page.get_by_text("Chercher mon bulletin").click()
    page.get_by_label("Le numéro de suivi de mon bulletin").fill(tracker(trial.ballots[0][1]))
    page.get_by_label("L’archive d’une élection").set_input_files(archive)
    page.get_by_role("button", name="Vérifier le fichier").click()

    expect(page.get_by_role("heading", name="Tout est exact")).to_be_focused()
    report = page.locator("#report")
    expect(report).to_contain_text("4 bulletins dans l’urne, 3 comptés, 3 votants sur la liste")
    expect(report).to_contain_text(
        f"un vote ultérieur avec le même droit l’a remplacé : {tracker(trial.ballots[3][1])}"
    )
    expect(report.get_by_role("row", name="Un verger rue des Lilas 2")).to_be_visible()
    expect(report.get_by_role("row", name="vote blanc 1")).to_be_visible()
    expect(report).to_contain_text(verify(archive).fingerprints["voters"])
    looked_at(page)
    assert complaints == []


def test_a_false_result_is_refused_and_explained(context: BrowserContext, site: str, archive: Path) -> None:
    archive.write_bytes(false_result(archive.read_bytes()))
    refusal = verify(archive).refusal
    assert refusal
    page, complaints = watched(context)
    page.goto(f"{site}/verifier")
    page.get_by_label("L’archive d’une élection").set_input_files(archive)
    page.get_by_role("button", name="Vérifier le fichier").click()

    expect(page.get_by_role("heading", name="Refusé : cette archive ne tient pas")).to_be_visible()
    expect(page.locator("#refusal")).to_contain_text("le résultat n’est pas ce que contient la somme chiffrée")
    expect(page.locator("#refusal")).to_contain_text(refusal.reason)
    expect(page.locator("#result")).to_be_hidden()
    looked_at(page)
    page.get_by_role("button", name="Vérifier un autre fichier").click()
    expect(page.get_by_label("L’archive d’une élection")).to_be_visible()
    assert complaints == []


def test_by_keyboard_and_in_english(page: Page, site: str, archive: Path) -> None:
    page.goto(f"{site}/lang/en?suite=/verifier")
    page.get_by_role("button", name="Verify the file").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Choose the file of an archive first.")
    expect(page.get_by_label("The archive of an election")).to_be_focused()
    page.get_by_label("The archive of an election").set_input_files(archive)
    page.get_by_role("button", name="Verify the file").press("Enter")
    expect(page.get_by_role("heading", name="Everything holds")).to_be_focused()


def test_this_election_here(context: BrowserContext, trial: Trial) -> None:
    """The archive is fetched from the site in parts, and verified on the device."""
    data = trial.archive([1, 2, 4])
    vote = SealedVote("ville", "Budget 2027", ["un", "deux"], most=1)

    def filled(services: FakeServices) -> None:
        services.on(GET_SEALED_ELECTION, lambda _request, _context: vote.view())
        services.on(GET_SEALED_ARCHIVE, lambda request, _context: part_of(data, request.part))

    with served(services="identity,voting", filled=filled) as site:
        page, complaints = watched(context)
        page.goto(f"{site}/verifier?vote=ville")
        looked_at(page)
        page.get_by_role("button", name="Vérifier cette élection ici").click()
        expect(page.get_by_role("heading", name="Tout est exact")).to_be_focused(timeout=20_000)
        assert complaints == []


def test_something_else_than_an_archive(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/verifier")
    other = tmp_path / "photo.bel"
    other.write_bytes(bytes(range(256)) * 40)
    page.get_by_label("L’archive d’une élection").set_input_files(other)
    page.get_by_role("button", name="Vérifier le fichier").click()
    expect(page.locator("#refusal")).to_contain_text("tar form")


def test_no_script_of_another_page_and_no_other_code(page: Page, site: str) -> None:
    answer = page.goto(f"{site}/verifier")
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "'unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    scripts = page.locator("script")
    expect(scripts).to_have_count(1)
    assert (scripts.get_attribute("integrity") or "").startswith("sha384-")
    with pytest.raises(Exception, match="TrustedScriptURL"):
        page.evaluate("new Worker('/static/site.js')")


def test_what_is_claimed_and_what_is_not(context: BrowserContext, site: str) -> None:
    page, complaints = watched(context)
    page.goto(f"{site}/aide/votes-scelles")
    expect(page.get_by_role("heading", name="Ce qui n’est pas promis")).to_be_visible()
    for said in ("contrôle", "derrière vous", "prouver son propre vote", "pour toujours", "réseau"):
        expect(page.get_by_role("region", name="Ce qui n’est pas promis")).to_contain_text(said)
    looked_at(page)
    assert complaints == []


def test_without_scripts_it_says_what_to_do(without_scripts: Page, site: str) -> None:
    without_scripts.goto(f"{site}/verifier")
    expect(without_scripts.get_by_text("decider-verify UUID.bel")).to_be_visible()
    expect(without_scripts.get_by_role("button", name="Vérifier le fichier")).to_be_hidden()
