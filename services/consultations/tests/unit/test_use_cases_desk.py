"""Agents make, write, publish, correct and close consultations, on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from consultations.repository import UnitOfWork
from consultations.use_cases.desk import (
    create_consultation,
    edit_consultation,
    publish_consultation,
    read_desk_consultation,
    save_form,
)
from consultations.use_cases.reading import list_consultations, list_desk_consultations, read_consultation
from contracts.consultations import (
    CreateConsultation,
    DeskConsultation,
    EditConsultation,
    Form,
    ListConsultations,
    ListDeskConsultations,
    PublishConsultation,
    ReadConsultation,
    ReadDeskConsultation,
    SaveForm,
)
from contracts.errors import Fault, FaultCode

from services.consultations.tests.support import (
    FULL_ANSWER,
    NOON,
    Neighbours,
    agent,
    citizen,
    details,
    form,
    options,
    question,
    submitted,
)


def make(uow: UnitOfWork, by: Caller, content: Form | None = None, **changes: object) -> DeskConsultation:
    request = CreateConsultation(id=uuid4(), details=details(**changes), form=content or form())
    return create_consultation(uow, by, request)


def publish(uow: UnitOfWork, by: Caller, made: DeskConsultation) -> DeskConsultation:
    return publish_consultation(uow, by, PublishConsultation(consultation_id=made.id, revision=made.revision))


def pointers(fault: Fault) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in fault.errors]


def test_a_consultation_begins_as_a_draft_nobody_else_sees(uow: UnitOfWork) -> None:
    made = make(uow, agent())

    assert (made.state, made.slug, made.changed, made.problems) == ("draft", "les-horaires-des-bibliotheques", True, ())
    assert list_consultations(uow, ListConsultations()).items == ()
    with pytest.raises(Fault) as refused:
        read_consultation(uow, ReadConsultation(consultation=made.slug))
    assert refused.value.code is FaultCode.NOT_FOUND


def test_creating_twice_with_one_id_is_creating_once(uow: UnitOfWork) -> None:
    by, request = agent(), CreateConsultation(id=uuid4(), details=details(), form=form())

    first, second = create_consultation(uow, by, request), create_consultation(uow, by, request)

    assert first == second
    assert len(list_desk_consultations(uow, by, ListDeskConsultations()).items) == 1


def test_two_consultations_of_one_title_have_two_addresses(uow: UnitOfWork) -> None:
    by = agent()

    assert [make(uow, by).slug, make(uow, by).slug] == [
        "les-horaires-des-bibliotheques",
        "les-horaires-des-bibliotheques-2",
    ]


@pytest.mark.parametrize(
    ("caller", "code"),
    [
        (Caller(), FaultCode.UNAUTHENTICATED),
        (citizen(), FaultCode.FORBIDDEN),
        (agent("75001"), FaultCode.FORBIDDEN),
    ],
)
def test_only_an_agent_of_the_perimeter_makes_one(uow: UnitOfWork, caller: Caller, code: FaultCode) -> None:
    with pytest.raises(Fault) as refused:
        make(uow, caller, places=("75012",))
    assert refused.value.code is code


def test_an_agent_of_a_district_does_not_speak_for_the_city(uow: UnitOfWork) -> None:
    with pytest.raises(Fault) as refused:
        make(uow, agent("75012"))
    assert refused.value.code is FaultCode.FORBIDDEN


def test_an_agent_cannot_move_a_consultation_out_of_their_perimeter(uow: UnitOfWork) -> None:
    by = agent("75012")
    made = make(uow, by, places=("75012",))
    request = EditConsultation(consultation_id=made.id, revision=made.revision, details=details(places=("75001",)))

    with pytest.raises(Fault) as refused:
        edit_consultation(uow, by, request)
    assert refused.value.code is FaultCode.FORBIDDEN


def test_every_error_of_the_details_is_said_at_once(uow: UnitOfWork) -> None:
    with pytest.raises(Fault) as refused:
        make(uow, agent(), places=("75099",), title={"en": "Hello"}, closes_at=NOON - timedelta(days=1))
    assert pointers(refused.value) == [
        ("/details/places/0", "unknown-place"),
        ("/details/title", "untranslated"),
        ("/details/closes_at", "not-after-opening"),
    ]


def test_an_incomplete_form_is_kept_and_not_published(uow: UnitOfWork) -> None:
    by = agent()
    made = make(uow, by, Form())

    assert [problem.code for problem in made.problems] == ["empty"]
    with pytest.raises(Fault) as refused:
        publish(uow, by, made)
    assert pointers(refused.value) == [("/form/pages", "empty")]
    assert refused.value.reason == "form-not-publishable"


def test_an_old_revision_is_refused(uow: UnitOfWork) -> None:
    by = agent()
    made = make(uow, by)
    save_form(uow, by, SaveForm(consultation_id=made.id, revision=made.revision, form=form()))

    attempts: tuple[Callable[[], object], ...] = (
        lambda: publish(uow, by, made),
        lambda: save_form(uow, by, SaveForm(consultation_id=made.id, revision=made.revision, form=Form())),
        lambda: edit_consultation(
            uow, by, EditConsultation(consultation_id=made.id, revision=made.revision, details=details())
        ),
    )
    for attempt in attempts:
        with pytest.raises(Fault) as refused:
            attempt()
        assert refused.value.code is FaultCode.PRECONDITION_FAILED


def test_a_correction_is_a_new_version_and_answers_stay_with_theirs(uow: UnitOfWork, people: Neighbours) -> None:
    by, first, second = agent(), citizen(), citizen()
    made = publish(uow, by, make(uow, by))
    submitted(uow, people, first, made.id)
    corrected = form(*form_questions_with(question("scale", "noise", lowest=0, highest=10)))

    saved = save_form(uow, by, SaveForm(consultation_id=made.id, revision=made.revision, form=corrected))
    assert (saved.changed, len(saved.versions)) == (True, 1)
    assert read_consultation(uow, ReadConsultation(consultation=made.slug)).version == 1
    published = publish(uow, by, saved)

    assert [version.number for version in published.versions] == [1, 2]
    assert submitted(uow, people, second, made.id, version=2, noise=0).version == 2
    assert read_consultation(uow, ReadConsultation(consultation=made.slug)).answers == 2


def form_questions_with(*more: dict[str, object]) -> list[dict[str, object]]:
    base = form().model_dump(mode="json")["pages"][0]["questions"]
    return [*base, *more]


def test_changes_that_would_spoil_answers_are_refused_all_at_once(uow: UnitOfWork) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by))
    spoilt = form(
        question("multiple", "when", options=options("week", "evening")),
        question("scale", "satisfied", lowest=0, highest=10),
        question("ranking", "measures", options=options("sunday", "late")),
        question("single", "shifts", options=options("yes", "no")),
    )

    saved = save_form(uow, by, SaveForm(consultation_id=made.id, revision=made.revision, form=spoilt))
    with pytest.raises(Fault) as refused:
        publish(uow, by, saved)

    place = "/form/pages/0/questions"
    assert pointers(refused.value) == [
        (f"{place}/0/kind", "kind-changed"),
        (f"{place}/1/highest", "scale-changed"),
        (f"{place}/2/options", "ranking-changed"),
        (f"{place}/3/confidential", "made-public"),
    ]
    assert read_desk_consultation(uow, by, ReadDeskConsultation(consultation_id=made.id)).changed


def test_publishing_the_same_again_is_refused(uow: UnitOfWork) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by))

    with pytest.raises(Fault) as refused:
        publish(uow, by, made)
    assert refused.value.reason == "nothing-to-publish"


def test_an_open_consultation_keeps_what_people_answered_to(uow: UnitOfWork) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by))
    moved = details(opens_at=NOON - timedelta(days=3), places=("75012",), results="live", audience={"level": 250})

    with pytest.raises(Fault) as refused:
        edit_consultation(uow, by, EditConsultation(consultation_id=made.id, revision=made.revision, details=moved))
    assert {pointer for pointer, _ in pointers(refused.value)} == {
        "/details/opens_at",
        "/details/places",
        "/details/results",
        "/details/audience",
    }
    longer = details(closes_at=NOON + timedelta(days=40))
    edited = edit_consultation(
        uow, by, EditConsultation(consultation_id=made.id, revision=made.revision, details=longer)
    )
    assert edited.details.closes_at == NOON + timedelta(days=40)


def test_lists_go_page_by_page_in_the_order_of_their_state(uow: UnitOfWork) -> None:
    by = agent()
    for days in (3, 1, 2, 5, 4):
        publish(uow, by, make(uow, by, closes_at=NOON + timedelta(days=days)))
    seen: list[UUID] = []
    ends = []
    after = None
    while True:
        page = list_consultations(uow, ListConsultations(state="open", limit=2, after=after))
        seen += [item.id for item in page.items]
        ends += [item.closes_at for item in page.items]
        after = page.next
        if after is None:
            break

    assert len(set(seen)) == 5
    assert ends == sorted(ends)


def test_a_district_sees_its_consultations_and_those_of_the_city(uow: UnitOfWork) -> None:
    by = agent()
    for places in ((), ("75012",), ("75001",)):
        publish(uow, by, make(uow, by, places=places))

    found = list_consultations(uow, ListConsultations(place="75012")).items

    assert sorted(item.places for item in found) == [(), ("75012",)]
    assert len(list_desk_consultations(uow, agent("75012"), ListDeskConsultations()).items) == 1


def test_a_made_up_cursor_is_refused(uow: UnitOfWork) -> None:
    for after in ("x", "W10", "bnVsbA", "eyJhIjoxfQ", "é" * 30):
        with pytest.raises(Fault) as refused:
            list_consultations(uow, ListConsultations(after=after))
        assert pointers(refused.value) == [("/after", "not-a-cursor")]


def test_answers_of_every_kind_are_counted_by_the_desk(uow: UnitOfWork, people: Neighbours) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by))
    submitted(uow, people, citizen(), made.id, **FULL_ANSWER)

    assert read_desk_consultation(uow, by, ReadDeskConsultation(consultation_id=made.id)).answers == 1
