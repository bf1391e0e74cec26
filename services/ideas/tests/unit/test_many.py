"""Several things at once at the desk, what is in hand, and the filters of the queues, on PostgreSQL."""

from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import erasure, examining, many, moderating

from services.ideas.tests.conftest import City, Clock, agent, citizen
from services.ideas.tests.unit.test_discussion import post, report
from services.ideas.tests.unit.test_examination import examined

WHY = "Une idée ouverte demande déjà la même chose."


def decide(city: City, who: Caller, decision: str, *items: UUID, **more: object) -> list[tuple[bool, str | None]]:
    request = c.DecideMany.model_validate({"items": items, "decision": decision} | more)
    return [(one.done, one.refusal) for one in many.decide_many(city.uow, who, request).items]


def take(city: City, who: Caller, *items: UUID, act: str = "take", queue: str = "moderation") -> list[bool]:
    request = c.TakeItems.model_validate({"queue": queue, "act": act, "items": items})
    return [one.done for one in many.take_items(city.uow, who, request).items]


def waiting(city: City, who: Caller, **filters: object) -> list[UUID]:
    page = moderating.list_moderation(city.uow, who, c.ListModeration.model_validate(filters))
    assert page.total == len(page.items)
    return [item.comment_id or item.idea_id for item in page.items]


def test_what_fails_hinders_no_other_and_repeating_changes_nothing(city: City) -> None:
    first, second = city.submitted(), city.submitted()
    elsewhere = city.submitted(place={"scope": "district", "district": "75020"})
    who, ids = agent("moderator", "75012"), (first.id, uuid4(), elsewhere.id, second.id)
    expected = [(True, None), (False, "no-such-dossier"), (False, "role-needed"), (True, None)]
    assert decide(city, who, "refuse", *ids, reason="unclear", text=WHY) == expected
    before = len(city.told())
    assert decide(city, who, "refuse", *ids, reason="unclear", text=WHY) == expected
    assert len(city.told()) == before


def test_a_request_that_is_wrong_for_all_decides_nothing_and_names_its_fields(city: City) -> None:
    one = city.submitted()
    for more, pointer in (
        ({"reason": "unclear", "text": ""}, "/text"),
        ({"reason": None, "text": WHY}, "/reason"),
        ({"reason": "no-such-reason", "text": WHY}, "/reason"),
    ):
        with pytest.raises(Fault) as wrong:
            decide(city, city.moderator, "refuse", one.id, **more)
        assert [error.pointer for error in wrong.value.errors] == [pointer]
    assert waiting(city, city.moderator) == [one.id]


def test_reported_messages_are_hidden_together_and_a_second_time_changes_nothing(city: City) -> None:
    one = city.opened()
    messages = [post(city, one.id) for _ in range(3)]
    for message in messages:
        report(city, message.id, citizen())
    ids = [message.id for message in messages]
    assert sorted(waiting(city, city.moderator, subject="comment")) == sorted(ids)
    for _ in range(2):
        assert decide(city, city.moderator, "hide", *ids, reason="off-topic") == [(True, None)] * 3
    assert waiting(city, city.moderator) == []
    assert [topic for topic, _ in city.told()].count("comment_hidden.v1") == 3
    with city.uow() as tx:
        from sqlalchemy import text  # noqa: PLC0415

        assert tx.connection.scalar(text("SELECT count(*) FROM comment_decisions")) == 3


def test_several_examinations_go_to_one_service(city: City) -> None:
    ids = [examined(city).id for _ in range(2)]
    assert decide(city, agent("administrator"), "assign", *ids, service="voirie") == [(True, None)] * 2
    page = examining.list_examination(
        city.uow, agent("examiner", "voirie"), c.ListExamination(show=c.ExaminationFilter.ASSIGNED)
    )
    assert sorted(item.id for item in page.items) == sorted(ids)


def test_what_one_agent_has_in_hand_another_does_not_take_but_may_decide(city: City) -> None:
    one, two = city.submitted(), city.submitted()
    other = agent("moderator")
    assert take(city, city.moderator, one.id) == [True]
    assert take(city, other, one.id, two.id) == [False, True]
    assert waiting(city, city.moderator, taken="mine") == [one.id]
    assert waiting(city, city.moderator, taken="free") == []
    take(city, city.moderator, one.id, act="release")
    assert waiting(city, other, taken="free") == [one.id]
    assert decide(city, city.moderator, "approve", two.id) == [(True, None)]
    assert other.account is not None
    take(city, other, one.id)
    with city.uow() as tx:
        erasure.forget_citizen(tx, other.account)
    assert waiting(city, city.moderator, taken="free") == [one.id]


def test_only_agents_take_and_each_in_their_queues(city: City) -> None:
    one = city.submitted()
    for somebody, queue in ((citizen(), "moderation"), (city.moderator, "examination")):
        with pytest.raises(Fault) as refused:
            take(city, somebody, one.id, queue=queue)
        assert refused.value.reason == "role-needed"


def test_queues_are_filtered_by_kind_theme_and_age(city: City, clock: Clock) -> None:
    old = city.submitted()
    clock.forward(days=3)
    new = city.submitted(theme="culture")
    assert waiting(city, city.moderator, theme="culture") == [new.id]
    assert waiting(city, city.moderator, waiting_days=2) == [old.id]
    assert waiting(city, city.moderator, kind="petition") == []
    late = examined(city)
    clock.forward(days=10)

    def work(**filters: object) -> list[UUID]:
        request = c.ListExamination.model_validate({"show": "to_assign"} | filters)
        return [item.id for item in examining.list_examination(city.uow, agent("administrator"), request).items]

    assert work(late_days=3, theme="nature", kind="idea") == [late.id]
    assert work(late_days=7) == work(theme="culture") == []
    take(city, agent("administrator"), late.id, queue="examination")
    assert work(taken="free") == []
