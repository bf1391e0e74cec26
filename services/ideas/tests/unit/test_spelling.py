"""« Vouliez-vous dire … ? » on PostgreSQL: proposed from what may be read, only when the search finds nothing."""

from typing import Any

import pytest
import sqlalchemy as sa
from contracts import ideas as c
from hypothesis import given
from hypothesis import strategies as st
from ideas.domain.spelling import distance, nearest
from ideas.use_cases import learning, moderating, reading

from services.ideas.tests.conftest import TEXT, City

TITLES = ("Ouvrir les bibliothèques le dimanche", "Des bancs sur le chemin des marchés", "Un vélo pour chaque école")


@pytest.fixture
def read(city: City) -> City:
    for title in TITLES:
        city.opened(title=title)
    learning.learn_words(city.uow)
    return city


def asked(city: City, search: str, **more: Any) -> c.DossierPage:
    return reading.list_ideas(city.uow, c.ListIdeas.model_validate({"search": search} | more))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bibliotèques", "bibliothèques"),
        ("bibliotheqe", "bibliothèques"),
        ("marhcés", "marchés"),
        ("bancs marhcés", "bancs marchés"),
        ("les bibliotheqes du dimanhce", "les bibliothèques du dimanche"),
        ("statoinnement", "stationnement"),
    ],
)
def test_a_mistyped_search_is_proposed_as_somebody_wrote_it(read: City, typed: str, meant: str) -> None:
    page = asked(read, typed)

    assert page.suggestion == meant
    assert asked(read, meant).total
    assert asked(read, meant).suggestion is None


@pytest.mark.parametrize("typed", ["bibliothèque", "BIBLIOTHEQUES", "marché", "zzzzzzz", "", "vé", "' OR 1=1 --", "🚲"])
def test_nothing_is_proposed_for_what_is_written_or_like_nothing(read: City, typed: str) -> None:
    assert asked(read, typed).suggestion is None


def test_what_is_found_by_full_text_is_not_drowned_in_what_is_alike(read: City) -> None:
    read.opened(title="Des marchands et des bleus sur les murs")

    assert [one.title for one in asked(read, "marchés").items] == [TITLES[1]]
    assert [one.title for one in asked(read, "biblioteques").items] == [TITLES[0]]


def test_filters_stay_with_a_search_that_is_forgiven(read: City) -> None:
    assert asked(read, "biblioteques", themes=["nature"]).total == 1
    assert asked(read, "biblioteques", themes=["culture"]).total == 0
    counts = reading.count_ideas(read.uow, c.CountIdeas(search="biblioteques"))
    assert counts.total == 1


def test_words_that_moderation_took_away_are_never_proposed(city: City) -> None:
    refused = city.submitted(title="Une abracadabrante affaire de rue", text=TEXT)
    hidden = city.opened(title="Une rocambolesque affaire de rue", text=TEXT)
    waiting = city.submitted(title="Une pittoresquement autre affaire", text=TEXT)
    moderation = {"reason": "insult-or-hate", "text": "Des mots que la charte refuse."}
    moderating.refuse_idea(city.uow, city.moderator, c.RefuseIdea.model_validate({"idea_id": refused.id} | moderation))
    moderating.hide_idea(city.uow, city.moderator, c.HideIdea.model_validate({"idea_id": hidden.id} | moderation))
    learning.learn_words(city.uow)

    assert waiting.title
    with city.uow() as tx:
        known = set(tx.connection.scalars(sa.text("SELECT word FROM search_words")))
    assert not known & {"abracadabrante", "rocambolesque", "pittoresquement"}
    assert asked(city, "abracadabrnte").suggestion is None


WORDS = st.text("abcé", max_size=7)


@given(WORDS, WORDS, WORDS)
def test_the_distance_between_words_is_one(one: str, other: str, third: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) == distance(other, one)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert distance(one, one + third) == len(third)


@pytest.mark.parametrize(
    ("one", "other", "keystrokes"), [("marhces", "marches", 1), ("velo", "veol", 1), ("chat", "rat", 2), ("", "ab", 2)]
)
def test_a_swap_is_one_mistake(one: str, other: str, keystrokes: int) -> None:
    assert distance(one, other) == keystrokes


def test_the_fewest_mistakes_win_and_too_many_propose_nothing() -> None:
    assert nearest("marhces", ["mares", "marches"]) == "marches"
    assert nearest("chat", ["chatons"]) is None


def test_learning_again_forgets_what_is_gone(read: City) -> None:
    with read.uow() as tx:
        before = set(tx.connection.scalars(sa.text("SELECT word FROM search_words")))
    learning.learn_words(read.uow)
    with read.uow() as tx:
        assert set(tx.connection.scalars(sa.text("SELECT word FROM search_words"))) == before
    assert {"bibliothèques", "dimanche", "stationnement"} <= before
    assert not {"les", "le", "sur"} & before
