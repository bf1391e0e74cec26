"""What is published each night: files in parts with validators, the heads of the days, how to check them."""

import falcon.testing
import pytest
from contracts import ideas
from contracts.errors import Fault
from contracts.ideas.open_data import DATA_SETS
from gateway.i18n import catalogue
from gateway.testing import published_samples as samples
from gateway.testing.city import populate
from gateway.testing.samples import HASH
from gateway.testing.stand_ins import Browser, FakeServices


@pytest.fixture(autouse=True)
def city(services: FakeServices) -> None:
    populate(services)


def test_a_file_is_sent_part_by_part_with_its_size_its_validators_and_its_name(browser: Browser) -> None:
    sent = browser.get("/donnees/records.jsonl")
    assert sent.status_code == 200
    assert sent.text == "{}\n" * 4
    assert sent.headers["content-length"] == "12"
    assert sent.headers["content-type"] == "application/x-ndjson"
    assert sent.headers["etag"] == f'"{HASH}"'
    assert sent.headers["last-modified"] == "Fri, 18 Sep 2026 00:14:00 GMT"
    assert "records.jsonl" in sent.headers["content-disposition"]
    assert "set-cookie" not in sent.headers


def parts_asked(services: FakeServices) -> int:
    return sum(route == "ideas.read_data_part" for route, _, _ in services.asked)


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": f'"{HASH}"'},
        {"If-None-Match": f'"another", W/"{HASH}"'},
        {"If-Modified-Since": "Fri, 18 Sep 2026 00:14:00 GMT"},
    ],
)
def test_who_has_the_file_is_told_so_and_nothing_is_read(
    browser: Browser, services: FakeServices, headers: dict[str, str]
) -> None:
    sent = browser.get("/donnees/records.jsonl", **headers)
    assert (sent.status_code, sent.content) == (304, b"")
    assert parts_asked(services) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"another"', "If-Modified-Since": "Fri, 18 Sep 2026 00:14:00 GMT"},
        {"If-Modified-Since": "Thu, 17 Sep 2026 00:14:00 GMT"},
    ],
)
def test_who_has_another_version_gets_the_new_one(browser: Browser, headers: dict[str, str]) -> None:
    assert browser.get("/donnees/records.jsonl", **headers).status_code == 200


def test_head_reads_no_part(api: falcon.testing.TestClient, services: FakeServices) -> None:
    sent = api.simulate_head("/donnees/records.jsonl")
    assert (sent.status_code, sent.headers["content-length"]) == (200, "12")
    assert parts_asked(services) == 0


@pytest.mark.parametrize("name", ["unknown.csv", "records", "..", "records.exe"])
def test_no_such_file(browser: Browser, name: str) -> None:
    assert browser.get(f"/donnees/{name}").status_code == 404


def test_a_service_that_is_away_is_said(browser: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_DATA_FILES, Fault.unavailable("away"))
    assert browser.get("/donnees/records.jsonl").status_code == 503


def test_heads_are_at_permanent_addresses_of_the_api(api: falcon.testing.TestClient, services: FakeServices) -> None:
    page = api.simulate_get("/api/v1/record/heads").json
    assert (page["public_key"], page["items"][0]["day"]) == (samples.KEY, "2026-09-17")
    card = samples.heads().items[0].model_dump() | {"records": (("PAR-2026-000001", 2, HASH),)}
    services.on(ideas.READ_HEAD, ideas.HeadView.model_validate(card))
    head = api.simulate_get("/api/v1/record/heads/2026-09-17").json
    assert head["records"] == [["PAR-2026-000001", 2, HASH]]
    assert api.simulate_get("/api/v1/record/heads/yesterday").status_code == 422


@pytest.mark.parametrize("path", ["/transparence", "/dossiers/PAR-2026-004200/registre"])
def test_pages_say_how_to_check_oneself(browser: Browser, path: str) -> None:
    shown = browser.get(path).text
    assert f"--key {samples.KEY}" in shown
    assert 'href="/donnees/records.jsonl"' in shown
    assert 'href="/donnees/heads.jsonl"' in shown


def test_before_the_first_night_the_page_says_so(browser: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_HEADS, ideas.HeadPage(items=(), public_key=samples.KEY))
    assert "après la première nuit" in browser.get("/transparence").text


def test_every_file_is_listed_with_its_size_and_its_date(browser: Browser) -> None:
    shown = browser.get("/donnees").text
    for name in samples.FILES:
        assert f'href="/donnees/{name}"' in shown
    assert shown.count("72\u00a0ko") == 2 * len(DATA_SETS)
    assert "18 septembre 2026, 2\u00a0h\u00a014" in shown


def test_before_the_first_night_there_is_nothing_to_download(browser: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_DATA_FILES, ideas.DataFiles(items=()))
    assert "Les premiers fichiers seront faits cette nuit" in browser.get("/donnees").text


def test_the_page_of_the_api_stands_while_the_service_is_away(browser: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_DATA_FILES, Fault.unavailable("away"))
    assert "/api/v1/openapi.json" in browser.get("/donnees").text


def test_every_column_is_explained_in_both_languages(browser: Browser) -> None:
    def shown(language: str) -> str:
        return browser.get("/donnees/dictionnaire", **{"Accept-Language": language}).text

    pages = {"fr": shown("fr"), "en": shown("en")}
    known = catalogue("fr")
    for one in DATA_SETS:
        for said in (one.title, one.says, *(column.says for column in one.columns)):
            assert known.get(said) is not None, said
            assert said in pages["en"]
        assert pages["fr"].count(f'href="/donnees/{one.name}.csv"') == 1
