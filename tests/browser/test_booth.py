"""The voting booth of sealed votes: from the choice to the receipt, through lost networks and by keyboard."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from belenios.ballots import read_ballot, tracker
from belenios.checking import check_ballot
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import served
from tests.browser.sealed_box import SealedVote, answer
from tests.browser.sealed_site import PROJECTS, choose_and_seal, drop, go_on, heading, looked_at, signed_in, watched


@pytest.fixture
def approval() -> SealedVote:
    return SealedVote("ville-2027", "Budget participatif 2027", PROJECTS, most=2)


@pytest.fixture
def site(approval: SealedVote) -> Iterator[str]:
    with served(services="identity,voting", filled=lambda services: answer(services, [approval])) as address:
        yield address


def test_from_the_choice_to_the_receipt(context: BrowserContext, site: str, approval: SealedVote) -> None:
    signed_in(context, site)
    page, complaints = watched(context)
    page.goto(f"{site}/votes/ville-2027/voter")
    heading(page, "Budget participatif 2027")
    looked_at(page)
    page.get_by_label("Un verger", exact=True).check()
    page.get_by_label("Une fontaine", exact=True).check()
    expect(page.locator("#dock-text")).to_have_text("2 choisis, 2 au plus.")
    go_on(page, "Relire")
    heading(page, "Relisez votre bulletin")
    expect(page.locator("#chosen li")).to_have_count(2)
    expect(page.get_by_text("ne vous protège ni de quelqu’un qui regarde l’écran")).to_be_visible()
    looked_at(page)
    go_on(page, "Sceller mon bulletin")
    heading(page, "Votre bulletin est scellé")
    shown = page.locator("#trackers .tracker").inner_text()
    looked_at(page)
    drop(page)
    heading(page, "Votre vote est enregistré")
    expect(page.locator(".receipt .tracker")).to_have_text(shown)
    looked_at(page)

    assert list(approval.cast) == [shown]
    ballot = check_ballot(approval.election, approval.cast[shown])
    assert len(ballot.answers[0].choices) == len(PROJECTS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le reçu").click()
    receipt = download.value.path().read_text()
    assert shown in receipt
    assert "Un verger" not in receipt
    assert complaints == []


def test_the_sum_of_the_box_is_what_was_chosen(context: BrowserContext, site: str, approval: SealedVote) -> None:
    """Opened with every key, as no real vote ever is: the ballot holds the two projects, and nothing else."""
    signed_in(context, site)
    page = context.new_page()
    choose_and_seal(page, site, "Un verger", "Un préau")
    drop(page)
    heading(page, "Votre vote est enregistré")

    (data,) = approval.cast.values()
    group = approval.election.group
    key = approval.lagrange_key()
    found = []
    for cell in read_ballot(approval.election, data).answers[0].choices:
        held = group.multiply(cell.beta, group.inverse(group.power(cell.alpha, key)))
        found.append({group.identity: 0, group.generator: 1}[held])
    assert found == [1, 0, 0, 1, 0]


def test_the_ballot_carries_neither_cookie_nor_session(context: BrowserContext, site: str) -> None:
    signed_in(context, site)
    page = context.new_page()
    sent: list[dict[str, str]] = []

    def watch(route: Route) -> None:
        sent.append(route.request.all_headers())
        route.continue_()

    page.route("**/sealed-ballots*", watch)
    choose_and_seal(page, site, "Un verger")
    drop(page)
    heading(page, "Votre vote est enregistré")
    assert sent
    assert all(not {"cookie", "authorization", "referer"} & set(headers) for headers in sent)


def test_too_many_choices_are_said_and_not_sealed(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/votes/ville-2027/cabine")
    heading(page, "Budget participatif 2027")
    for project in PROJECTS[:3]:
        page.get_by_label(project, exact=True).check()
    expect(page.locator("#dock-text")).to_have_text("3 choisis : enlevez-en 1, 2 au plus.")
    go_on(page, "Relire")
    heading(page, "Budget participatif 2027")


def test_without_network_from_the_first_choice_to_the_cast(
    context: BrowserContext, site: str, approval: SealedVote
) -> None:
    signed_in(context, site)
    page, _ = watched(context)
    page.goto(f"{site}/votes/ville-2027/cabine")
    heading(page, "Budget participatif 2027")
    context.set_offline(True)
    page.get_by_label("Un verger", exact=True).check()
    go_on(page, "Relire")
    go_on(page, "Sceller mon bulletin")
    heading(page, "Votre bulletin est scellé")
    drop(page)
    expect(page.get_by_role("alert")).to_contain_text("Le réseau est perdu")
    looked_at(page)
    assert not approval.cast
    context.set_offline(False)  # it is sent by itself
    heading(page, "Votre vote est enregistré")
    assert len(approval.cast) == 1


@pytest.mark.parametrize("lost", ["**/cabine/jeton", "**/sealed-ballots"])
def test_a_lost_answer_and_a_closed_page_end_with_one_receipt(
    context: BrowserContext, site: str, approval: SealedVote, lost: str
) -> None:
    """What was sent arrived, its answer did not, and the page was closed: the same bytes are sent again."""
    signed_in(context, site)
    page = context.new_page()
    seen: list[str | None] = []

    def lose(route: Route) -> None:
        seen.append(route.request.post_data)
        route.fetch()
        route.abort()

    page.route(lost, lose)
    choose_and_seal(page, site, "Un verger")
    drop(page)
    expect(page.get_by_role("alert")).to_contain_text("Le réseau est perdu")
    page.close()
    page = context.new_page()
    page.on("request", lambda request: seen.append(request.post_data) if request.method == "POST" else None)
    page.goto(f"{site}/votes/ville-2027/cabine")
    if lost.endswith("jeton"):  # the ballot was not sent yet: its moment is still to come
        page.get_by_role("button", name="L’envoyer sans attendre").click()
    heading(page, "Votre vote est enregistré")
    assert len(approval.cast) == len(approval.signed) == 1
    assert len({body for body in seen if body and body.startswith("{")}) == 1, "the same bytes"


def test_without_a_session_the_ballot_waits(context: BrowserContext, site: str, approval: SealedVote) -> None:
    page = context.new_page()
    page.goto(f"{site}/votes/ville-2027/cabine")
    heading(page, "Budget participatif 2027")
    page.get_by_label("Un verger", exact=True).check()
    go_on(page, "Relire")
    go_on(page, "Sceller mon bulletin")
    heading(page, "Votre bulletin est scellé")
    drop(page)
    expect(page.get_by_role("alert")).to_contain_text("Connectez-vous pour recevoir votre droit de vote")
    assert not approval.cast
    signed_in(context, site)
    page.get_by_role("button", name="Réessayer maintenant").click()
    heading(page, "Votre vote est enregistré")


def test_voting_again_from_the_same_browser(context: BrowserContext, site: str, approval: SealedVote) -> None:
    signed_in(context, site)
    page = context.new_page()
    choose_and_seal(page, site, "Un verger")
    drop(page)
    heading(page, "Votre vote est enregistré")
    choose_and_seal(page, site, "Une fontaine")
    drop(page)
    heading(page, "Votre vote est enregistré")
    assert len(approval.cast) == 2
    credentials = {read_ballot(approval.election, data).credential for data in approval.cast.values()}
    assert len(credentials) == len(approval.signed) == 1
    page.get_by_role("button", name="Oublier ce vote sur cet appareil").click()
    expect(page.locator("#forgotten")).to_contain_text("Oublié")
    assert page.evaluate("localStorage.length") == 0


def test_a_ballot_opened_for_a_test_is_never_cast(
    context: BrowserContext, site: str, approval: SealedVote, tmp_path: Path
) -> None:
    signed_in(context, site)
    page, complaints = watched(context)
    choose_and_seal(page, site, "Une fontaine")
    shown = page.locator("#trackers .tracker").inner_text()
    page.get_by_role("button", name="L’ouvrir pour un essai").click()
    heading(page, "Un bulletin ouvert pour un essai")
    looked_at(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le fichier").click()
    opened = tmp_path / "essai.json"
    download.value.save_as(opened)
    go_on(page, "En sceller un autre")
    heading(page, "Votre bulletin est scellé")
    other = page.locator("#trackers .tracker").inner_text()
    assert other != shown
    drop(page)
    heading(page, "Votre vote est enregistré")
    assert list(approval.cast) == [other]
    test = json.loads(opened.read_text())["ballots"][0]
    assert tracker(test["ballot"].encode()) == shown
    cast = read_ballot(approval.election, approval.cast[other])
    assert read_ballot(approval.election, test["ballot"].encode()).credential != cast.credential

    page.goto(f"{site}/verifier")
    page.get_by_label("L’archive d’une élection").set_input_files(opened)
    page.get_by_role("button", name="Vérifier le fichier").click()
    expect(page.locator("#tested")).to_contain_text(shown)
    looked_at(page)
    test["choices"][0] = [1, 0, 0, 0, 0]
    opened.write_text(json.dumps({"decider_test": 1, "ballots": [test]}))
    page.get_by_role("button", name="Vérifier un autre fichier").click()
    page.get_by_label("L’archive d’une élection").set_input_files(opened)
    page.get_by_role("button", name="Vérifier le fichier").click()
    expect(page.get_by_role("heading", name="Ce bulletin ne contient pas ce qui a été choisi")).to_be_visible()
    assert complaints == []


def test_checking_ones_ballot_without_scripts(
    context: BrowserContext, without_scripts: Page, site: str, approval: SealedVote
) -> None:
    signed_in(context, site)
    page = context.new_page()
    choose_and_seal(page, site, "Un verger")
    drop(page)
    heading(page, "Votre vote est enregistré")
    (shown,) = approval.cast
    checking = without_scripts
    checking.goto(f"{site}/votes/ville-2027/verifier")
    checking.get_by_label("Numéro de suivi de mon bulletin").fill(f" {shown[:20]} {shown[20:]} ")
    checking.get_by_role("button", name="Vérifier").click()
    expect(checking.get_by_role("status")).to_contain_text("Ce bulletin est dans l’urne")
    checking.get_by_label("Numéro de suivi de mon bulletin").fill("A" * 43)
    checking.get_by_role("button", name="Vérifier").click()
    expect(checking.get_by_role("status")).to_contain_text("Aucun bulletin n’a ce numéro")
    checking.get_by_label("Numéro de suivi de mon bulletin").fill("A")
    checking.get_by_role("button", name="Vérifier").click()
    expect(checking.get_by_role("alert")).to_contain_text("Un numéro de suivi a 43")
    page.goto(f"{site}/votes/ville-2027/verifier")
    looked_at(page)


def test_a_script_with_other_bytes_does_not_run(page: Page, site: str) -> None:
    """One letter more than what the page's digest names, as a cache on the way could slip in."""

    def change(route: Route) -> None:
        served = route.fetch()
        route.fulfill(response=served, body=served.text() + "\n")

    page.route("**/static/booth.*.js", change)
    with page.expect_console_message(lambda said: "integrity" in said.text):
        page.goto(f"{site}/votes/ville-2027/cabine")
    expect(page.locator("#without")).to_be_visible()


def test_without_scripts_it_explains_paper_and_counters(without_scripts: Page, site: str) -> None:
    without_scripts.goto(f"{site}/votes/ville-2027/cabine")
    expect(without_scripts.get_by_role("heading", level=1)).to_have_text("Cabine de vote")
    expect(without_scripts.locator("#without")).to_contain_text("voter sur papier ou à un guichet")
