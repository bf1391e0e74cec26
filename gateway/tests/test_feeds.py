"""Feeds that a reader understands, at one address for the same choice, found from the pages they follow."""

from typing import Any

import feedparser
import pytest
from contracts import ideas
from gateway.testing import samples
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices

SITE = "http://falconframework.org"


@pytest.fixture(autouse=True)
def city(services: FakeServices) -> None:
    populate(services)


def feed(browser: Browser, path: str) -> Any:
    answer = browser.get(path)
    assert answer.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert found.feed.id.startswith(f"{SITE}/")
    assert found.feed.updated_parsed
    assert len({one.id for one in found.entries}) == len(found.entries) > 0
    assert all(one.title and one.link and one.updated_parsed and one.summary for one in found.entries)
    return found


def test_a_choice_has_one_feed_whatever_its_order_page_or_view(browser: Browser) -> None:
    plain = feed(browser, "/idees.atom?q=arbre&theme=nature&lieu=75012&du=2026-01-01")
    other = feed(browser, "/idees.atom?vue=carte&lieu=75012&theme=nature&q=arbre&tri=supported&du=2026-01-01")
    assert plain.feed.id == other.feed.id == f"{SITE}/idees.atom?q=arbre&theme=nature&lieu=75012&du=2026-01-01"
    assert "« arbre »" in plain.feed.title
    assert feed(browser, "/idees.atom?theme=nature").feed.id != plain.feed.id


def test_what_people_wrote_does_not_break_a_feed(browser: Browser, services: FakeServices) -> None:
    services.on(ideas.LIST_IDEAS, samples.page_of(samples.card(1, title="<b>&amp; ]]> « »"), samples.card(2, title="")))
    titles = [one.title for one in feed(browser, "/idees.atom").entries]
    assert titles == ["<b>&amp; ]]> « »", "PAR-2026-004202"]


def test_a_dossier_has_a_feed_of_its_record(browser: Browser) -> None:
    found = feed(browser, "/dossiers/PAR-2026-004200/registre.atom")
    assert [one.title for one in found.entries][-1] == "Déposée"
    assert found.entries[0].summary == "Possible côté impair."
    assert found.entries[0].author == "Direction de la voirie et des déplacements"


@pytest.mark.parametrize(
    ("page", "linked"),
    [
        ("/idees", "/idees.atom"),
        ("/idees?theme=nature&tri=supported&vue=carte", "/idees.atom?theme=nature"),
        ("/idees?lieu=75012", "/idees.atom?lieu=75012"),
        ("/dossiers/PAR-2026-004200", "/dossiers/PAR-2026-004200/registre.atom"),
    ],
)
def test_feeds_are_found_from_their_pages(browser: Browser, page: str, linked: str) -> None:
    head = browser.get(page).text.partition("</head>")[0]
    assert 'rel="alternate" type="application/atom+xml"' in head
    assert f'href="{linked}"' in head


def test_filters_by_kind_and_dates_and_the_nearest_first(browser: Browser, services: FakeServices) -> None:
    shown = browser.get("/idees?nature=idea&du=2026-01-01&au=2026-06-30&pres=75012").text
    ((_, asked, _),) = services.asked
    assert asked.kinds == ("idea",)
    assert (str(asked.deposited_from), str(asked.deposited_until)) == ("2026-01-01", "2026-06-30")
    assert asked.sort is ideas.Sort.NEAR
    assert asked.latitude == pytest.approx(48.84, abs=0.05)
    assert "Depuis le 2026-01-01" in shown


@pytest.mark.parametrize("query", ["du=hier", "du=2026-13-01", "au=-1", "pres=nulle-part", "nature=rien"])
def test_filters_that_mean_nothing_show_a_page(browser: Browser, query: str) -> None:
    assert browser.get(f"/idees?{query}").status_code == 200
