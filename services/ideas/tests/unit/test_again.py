"""Asking again for what expired or was refused: both sides say so, once the new dossier is published."""

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import clock as by_clock
from ideas.use_cases import moderating

from services.ideas.tests.conftest import City, Clock, citizen
from services.ideas.tests.unit.test_merging import steps
from services.ideas.tests.unit.test_supports import read


@pytest.fixture
def author() -> Caller:
    return citizen()


@pytest.fixture
def expired(city: City, clock: Clock, author: Caller) -> c.DossierView:
    one = city.opened(author)
    clock.forward(days=200)
    by_clock.expire_ideas(city.uow)
    return read(city, one.id)


def test_both_sides_say_so_once_the_new_one_is_published(city: City, author: Caller, expired: c.DossierView) -> None:
    new = city.submitted(author, again=expired.number)
    assert read(city, expired.id).asked_again == (), "what waits for moderation is not public"
    assert steps(city, expired.id)[-1] == "expired"
    moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=new.id))
    (link,) = read(city, expired.id).asked_again
    assert (link.number, link.state) == (new.number, c.State.OPEN)
    taken_up = read(city, new.id).again_of
    assert taken_up is not None
    assert (taken_up.number, taken_up.state) == (expired.number, c.State.EXPIRED)
    assert steps(city, expired.id)[-1] == steps(city, new.id)[-1] == "asked_again"
    assert read(city, expired.id).state is c.State.EXPIRED


def test_a_refused_dossier_can_be_taken_up_and_another_kind_chosen(city: City, author: Caller) -> None:
    old = city.submitted(author)
    refusal = c.RefuseIdea(idea_id=old.id, reason="unclear", text="Le texte ne dit pas ce que vous demandez.")
    moderating.refuse_idea(city.uow, city.moderator, refusal)
    new = city.opened(author, again=old.number, kind="suggestion")
    assert read(city, new.id).again_of is not None
    assert [link.number for link in read(city, old.id).asked_again] == [new.number]


def test_only_ones_own_and_only_what_has_ended(city: City, author: Caller, expired: c.DossierView) -> None:
    running = city.opened(author)
    for who, number, code in (
        (citizen(), expired.number, "not-your-dossier"),
        (author, "PAR-2026-999999", "not-your-dossier"),
        (author, running.number, "not-ended"),
    ):
        with pytest.raises(Fault) as refused:
            city.submitted(who, again=number)
        assert [(error.pointer, error.code) for error in refused.value.errors] == [("/again", code)]
