"""« Vouliez-vous dire … ? » on the lists: a link that keeps every filter and forgets the page."""

import pytest
from contracts import ideas
from gateway.testing import debate_samples, samples
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices


@pytest.fixture
def city(services: FakeServices) -> FakeServices:
    populate(services)
    return services


def test_the_words_that_somebody_wrote_are_one_link_away(browser: Browser, city: FakeServices) -> None:
    nothing = ideas.DossierPage(items=(), next=None, total=0, suggestion="bibliothèques")
    city.on(ideas.LIST_IDEAS, nothing)
    found = browser.get("/idees?q=bibliotheqes&theme=culture&after=abc").text

    assert "Vouliez-vous dire" in found
    assert 'href="/idees?q=biblioth%C3%A8ques&amp;theme=culture"' in found
    assert "Personne n’a écrit" not in found


def test_titles_that_are_only_alike_are_said_to_be(browser: Browser, city: FakeServices) -> None:
    alike = ideas.DossierPage(items=(samples.card(1),), next=None, total=1, suggestion="bibliothèques")
    city.on(ideas.LIST_IDEAS, alike)

    assert "Personne n’a écrit les mots de votre recherche" in browser.get("/idees?q=bibliotheqes").text
    assert "Vouliez-vous dire" not in browser.get("/debats?q=voitures").text


def test_debates_propose_words_too(browser: Browser, city: FakeServices) -> None:
    city.on(ideas.LIST_DEBATES, debate_samples.debates().model_copy(update={"suggestion": "<b>voiture</b>"}))
    found = browser.get("/debats?q=voitur&etape=open").text

    assert "&lt;b&gt;voiture" in found
    assert "etape=open" in found
