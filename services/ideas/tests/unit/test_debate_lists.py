"""Debates on PostgreSQL: found by stage, place, theme and words, in pages, and not among ideas."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts import ideas as c
from ideas.use_cases import debating, moderating, reading

from services.ideas.tests.conftest import City, Clock
from services.ideas.tests.unit.test_debates import TODAY, by_citizen, by_city, conclude, read, say


def listed(city: City, **more: Any) -> list[UUID]:
    found = debating.list_debates(city.uow, c.ListDebates.model_validate(more))
    return [one.dossier.id for one in found.items]


def test_what_waits_for_a_reading_is_in_no_list(city: City) -> None:
    by_citizen(city)
    assert listed(city) == []


def test_debates_are_found_by_stage_place_theme_and_words(city: City, clock: Clock) -> None:
    here = by_city(city, opens_on=TODAY)
    everywhere = by_city(
        city, title="Quels horaires pour les bibliothèques ?", theme="culture", place={"scope": "city"}
    )
    elsewhere = by_city(city, place={"scope": "district", "district": "75018"})
    conclude(city, elsewhere)
    say(city, here)

    first, second, third = here.dossier.id, everywhere.dossier.id, elsewhere.dossier.id
    assert set(listed(city)) == {first, second, third}
    assert listed(city, stages=["open"]) == [first]
    assert listed(city, stages=["coming"]) == [second]
    assert listed(city, stages=["concluded"]) == [third]
    assert set(listed(city, stages=["open", "coming"])) == {first, second}
    assert set(listed(city, districts=["75012"])) == {first, second}
    assert listed(city, themes=["culture"]) == [second]
    assert listed(city, search="bibliotheque") == [second]
    assert listed(city, sort="discussed")[0] == first
    assert set(listed(city, sort="closing")) == {first, second}


def test_a_list_of_debates_is_read_in_pages(city: City) -> None:
    made = [by_city(city, opens_on=TODAY + timedelta(days=days)).dossier.id for days in range(5)]
    found, after = [], None
    while True:
        page = debating.list_debates(city.uow, c.ListDebates(limit=2, after=after))
        found += [one.dossier.id for one in page.items]
        assert page.total == (5 if after is None else None)
        after = page.next
        if after is None:
            break
    assert found == made[::-1]


def test_debates_are_not_among_ideas_unless_asked_for(city: City) -> None:
    idea, made = city.opened(), by_city(city)
    everything = reading.list_ideas(city.uow, c.ListIdeas())
    debates = reading.list_ideas(city.uow, c.ListIdeas(kinds=("debate",)))
    counts = reading.count_ideas(city.uow, c.CountIdeas())
    alike = reading.find_similar(city.uow, city.territory, c.FindSimilar(title=made.dossier.title))

    assert [one.id for one in everything.items] == [idea.id]
    assert [one.id for one in debates.items] == [made.dossier.id]
    assert counts.total == 1
    assert made.dossier.id not in [one.id for one in alike.items]


def test_what_moderation_hides_leaves_the_list(city: City) -> None:
    made = by_city(city)
    hide = c.HideIdea(idea_id=made.dossier.id, reason="insult-or-hate", text="Des mots que la charte refuse.")
    moderating.hide_idea(city.uow, city.moderator, hide)

    assert listed(city) == []
    assert read(city, made).dates.stage is None
    assert read(city, made).dossier.title == ""
