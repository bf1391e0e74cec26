"""The pages of accounts, without JavaScript, before a running identity."""

import falcon.testing
import pytest
from contracts import identity as contract
from gateway.testing.stand_ins import Browser

from services.identity.tests.suite import Suite
from services.identity.tests.world import ANOTHER, PASSWORD

FORM = {"email": "site@example.org", "display_name": "Sacha", "password": PASSWORD, "accepts_terms": "on"}


@pytest.fixture
def browser(gateway: falcon.testing.TestClient) -> Browser:
    return Browser(gateway)


def mailed(suite: Suite, event: object) -> str:
    told = suite.listener.next(event)
    secret: str = suite.ask(contract.CONTACT_FOR_DELIVERY, suite.service_token, **told).secret
    return secret


def sign_in(browser: Browser, password: str) -> falcon.testing.Result:
    page = "/compte/connexion"
    return browser.send(page, page, {"login": FORM["email"], "password": password, "next": "/moi"})


def test_from_the_form_to_ones_own_page_and_to_a_new_password(browser: Browser, suite: Suite) -> None:
    weak = browser.send("/compte/nouveau", "/compte/nouveau", FORM | {"password": "azertyazerty"})
    assert weak.status_code == 422
    assert "Choisissez plusieurs mots" in weak.text.replace("\u00a0", " ")
    assert 'value="Sacha"' in weak.text, "nothing typed is lost"
    assert browser.send("/compte/nouveau", "/compte/nouveau", FORM).status_code == 303
    link = f"/compte/confirmer/{mailed(suite, contract.CONFIRMATION_REQUESTED)}"
    assert browser.get(link).status_code == 200, "opening the page uses nothing"
    assert browser.send(link, link, {}).headers["location"] == "/compte/confirme"
    assert sign_in(browser, PASSWORD).headers["location"] == "/moi"
    assert "Sacha" in browser.get("/moi").text
    browser.cookies.clear()
    forgotten = "/compte/mot-de-passe"
    assert browser.send(forgotten, forgotten, {"email": "nobody@example.org"}).status_code == 303
    suite.listener.next(contract.PASSWORD_RESET_REQUESTED)


def test_a_wrong_password_says_so_and_keeps_the_address(browser: Browser) -> None:
    answer = sign_in(browser, ANOTHER)
    assert answer.status_code in {401, 422}
    assert FORM["email"] in answer.text
    assert ANOTHER not in answer.text


def test_what_is_not_deployed_leaves_no_trace(browser: Browser) -> None:
    home = browser.get("/").text
    for absent in ("/idees", "/consultations", "/votes"):
        assert f'href="{absent}' not in home
