"""Pictures in the news of works: nobody's until the news are told, then everybody's, on the record by their digests."""

from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.queries import mine
from ideas.use_cases import attaching, reading, showing_files

from services.ideas.tests.conftest import ANYBODY, City, agent, citizen
from services.ideas.tests.samples_of_files import document
from services.ideas.tests.unit.test_attaching import Cabinet, cabinet
from services.ideas.tests.unit.test_ballot import retained
from services.ideas.tests.unit.test_commission import EXAMINER
from services.ideas.tests.unit.test_delivery import tell, won
from services.ideas.tests.unit.test_projects import ideas, steps

__all__ = ["cabinet", "ideas", "retained", "won"]


def shown(city: City, one: c.DossierView) -> list[tuple[int, set[UUID]]]:
    view = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=one.number))
    return [(news.step, {file.id for file in news.attachments}) for news in view.news_pictures]


def test_pictures_are_public_with_the_news_and_their_digests_are_on_every_record(
    cabinet: Cabinet, city: City, won: list[c.DossierView]
) -> None:
    news_id = uuid4()
    first, second = (cabinet.attach(EXAMINER, won[0].id, news_id=news_id) for _ in range(2))
    assert shown(city, won[0]) == []
    with pytest.raises(Fault):
        cabinet.read(ANYBODY, first)

    tell(city, won[0], 0, state="planned", due_on="2028-06-30", news_id=news_id)
    tell(city, won[0], 1, progress=10, news_id=uuid4())

    told = steps(city, won[0])[-2]
    assert shown(city, won[0]) == [(told.position, {first.id, second.id})]
    assert cabinet.read(ANYBODY, first)
    for one in (won[0], won[3]):
        facts = steps(city, one)[-2].facts
        assert {facts["attachment_1"], facts["attachment_2"]} == {first.digest, second.digest}
    view = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=won[0].number))
    assert not view.addenda, "they are no notes of the author"
    assert not view.attachments


def test_what_is_told_stays_and_moderators_hide_a_single_picture(
    cabinet: Cabinet, city: City, won: list[c.DossierView]
) -> None:
    news_id = uuid4()
    attached = cabinet.attach(EXAMINER, won[0].id, news_id=news_id)
    tell(city, won[0], 0, news_id=news_id)
    before = len(city.told())

    with pytest.raises(Fault, match="published"):
        cabinet.attach(EXAMINER, won[0].id, news_id=news_id)
    with pytest.raises(Fault, match="published"):
        attaching.remove_attachment(city.uow, EXAMINER, c.RemoveAttachment(attachment_id=attached.id))
    with pytest.raises(Fault, match="taken"):
        tell(city, won[0], 1, news_id=news_id)
    hiding = {"attachment_id": attached.id, "reason": "unlawful", "text": "On reconnaît une personne."}
    showing_files.hide_attachment(city.uow, city.moderator, c.HideAttachment.model_validate(hiding))

    with pytest.raises(Fault):
        cabinet.read(ANYBODY, attached)
    assert "attachment_hidden.v1" not in [topic for topic, _ in city.told()[before:]], "its author is no citizen"


def test_who_may_and_what_is_wrong(cabinet: Cabinet, city: City, won: list[c.DossierView]) -> None:
    strangers: tuple[Caller, ...] = (citizen(), agent("examiner", "proprete"), agent("campaign_manager", "75018"))
    for stranger in strangers:
        with pytest.raises(Fault) as forbidden:
            cabinet.attach(stranger, won[0].id, news_id=uuid4())
        assert forbidden.value.code == "forbidden"
    with pytest.raises(Fault) as wrong:
        cabinet.attach(EXAMINER, won[0].id, document(), news_id=uuid4(), description="?")
    assert [(error.pointer, error.code) for error in wrong.value.errors] == [
        ("/file", "picture-wanted"),
        ("/description", "string-too-short"),
    ]


def test_news_are_not_among_what_the_author_of_the_idea_wrote(city: City, won: list[c.DossierView]) -> None:
    author = won[0].author
    assert author is not None
    tell(city, won[0], 0, news_id=uuid4())
    with city.uow() as tx:
        assert "addendum" not in [one.what for one in mine.everything(tx.connection, author)]
