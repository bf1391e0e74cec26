"""The life of a dossier on PostgreSQL: draft, deposit, moderation, correction, notes, withdrawal, expiry."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from contracts import ideas as c
from contracts.errors import Fault, FaultCode
from ideas.repository import UnitOfWork
from ideas.use_cases import clock as by_clock
from ideas.use_cases import moderating, reading, writing

from services.ideas.tests.conftest import ANYBODY, TEXT, City, Clock, agent, citizen, deposit


def read(city: City, idea_id: object, caller: object = ANYBODY) -> c.DossierView:
    return reading.read_idea(city.uow, caller, c.ReadIdea(dossier=str(idea_id)))  # type: ignore[arg-type]


def test_a_deposited_idea_waits_for_moderation_and_then_gathers_supports(city: City) -> None:
    author = citizen()
    submitted = city.submitted(author)
    assert submitted.number == "PAR-2026-000001"
    assert (submitted.state, submitted.place.district) == (c.State.SUBMITTED, "75012")
    assert submitted.clock is not None
    assert submitted.clock.kind is c.ClockKind.MODERATION
    with pytest.raises(Fault) as hidden:
        read(city, submitted.number)
    assert hidden.value.code is FaultCode.NOT_FOUND
    opened = moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=submitted.id))
    assert opened.state is c.State.OPEN
    assert str(opened.closes_on) == "2027-03-01"
    assert read(city, submitted.number).days_left == 181
    assert [topic for topic, _ in city.told()] == ["idea_deposited.v1", "idea_opened.v1"]


def test_numbers_follow_each_other(city: City) -> None:
    assert [city.submitted().number[-6:] for _ in range(3)] == ["000001", "000002", "000003"]


def test_depositing_twice_changes_nothing_and_the_id_is_ones_own(city: City) -> None:
    author, request = citizen(), deposit()
    first = writing.deposit_idea(city.uow, city.territory, author, request)
    assert writing.deposit_idea(city.uow, city.territory, author, request) == first
    assert len(city.told()) == 1
    with pytest.raises(Fault) as taken:
        writing.deposit_idea(city.uow, city.territory, citizen(), request)
    assert taken.value.reason == "id-taken"


def test_every_error_of_a_deposit_is_named_at_once(city: City) -> None:
    with pytest.raises(Fault) as wrong:
        city.submitted(title="Trop court", text="Trop court aussi", theme="inconnu")
    assert [error.pointer for error in wrong.value.errors] == ["/title", "/text", "/theme"]
    assert wrong.value.errors[0].limits == {"min_length": 15, "max_length": 80, "length": 10}


@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        ({"scope": "point", "point": {"latitude": 48.8394, "longitude": 2.60}}, "/place/point"),
        ({"scope": "district", "district": "69001"}, "/place/district"),
    ],
)
def test_a_place_outside_is_refused(city: City, place: object, pointer: str) -> None:
    with pytest.raises(Fault) as outside:
        city.submitted(place=place)
    assert [error.pointer for error in outside.value.errors] == [pointer]


def test_who_is_not_certified_enough_cannot_deposit(city: City) -> None:
    with pytest.raises(Fault) as low:
        city.submitted(citizen(level=100))
    assert low.value.reason == "level-too-low"
    with pytest.raises(Fault) as nobody:
        city.submitted(ANYBODY)
    assert nobody.value.code is FaultCode.UNAUTHENTICATED


def test_five_deposits_a_day(city: City, clock: Clock) -> None:
    author = citizen()
    for _ in range(5):
        city.submitted(author)
        clock.forward(hours=1)
    with pytest.raises(Fault) as often:
        city.submitted(author)
    assert often.value.retry_after == 19 * 3600 + 1
    clock.forward(hours=19, seconds=1)
    city.submitted(author)


def test_a_kind_moderated_afterwards_is_open_at_once_and_still_read(city: City) -> None:
    made = city.submitted(kind="suggestion")
    assert made.state is c.State.OPEN
    queue = moderating.list_moderation(city.uow, city.moderator, c.ListModeration())
    assert [item.number for item in queue.items] == [made.number]
    moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=made.id))
    assert moderating.list_moderation(city.uow, city.moderator, c.ListModeration()).total == 0


def test_a_budget_idea_needs_a_campaign(city: City) -> None:
    with pytest.raises(Fault) as closed:
        city.submitted(kind="budget_idea")
    assert closed.value.reason == "no-campaign-open"


def test_a_refusal_is_motivated_and_hides_words_that_may_not_be_shown(city: City) -> None:
    author = citizen()
    polite, rude = city.submitted(author), city.submitted(author)
    for one, reason in ((polite, "not-competent"), (rude, "targets-a-person")):
        request = c.RefuseIdea(idea_id=one.id, reason=reason, text="Voici pourquoi, en quelques mots.")
        moderating.refuse_idea(city.uow, city.moderator, request)
        moderating.refuse_idea(city.uow, city.moderator, request)
    assert read(city, polite.id).title == polite.title
    shown = read(city, rude.id)
    assert (shown.title, shown.text, shown.reason) == ("", "", "targets-a-person")
    assert read(city, rude.id, author).text == rude.text
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=rude.number))
    assert [(step.kind, step.reason) for step in record.steps] == [("deposited", None), ("refused", "targets-a-person")]
    assert [topic for topic, _ in city.told()].count("idea_refused.v1") == 2


def test_a_reason_that_is_not_of_the_list_is_refused(city: City) -> None:
    one = city.submitted()
    with pytest.raises(Fault) as unknown:
        moderating.refuse_idea(
            city.uow, city.moderator, c.RefuseIdea(idea_id=one.id, reason="off-topic", text="Pas pour un refus.")
        )
    assert [error.pointer for error in unknown.value.errors] == ["/reason"]


def test_moderators_decide_in_their_districts_only(city: City) -> None:
    one = city.submitted()
    with pytest.raises(Fault) as elsewhere:
        moderating.approve_idea(city.uow, agent("moderator", "75020"), c.ApproveIdea(idea_id=one.id))
    assert elsewhere.value.reason == "role-needed"
    assert not moderating.list_moderation(city.uow, agent("moderator", "75020"), c.ListModeration()).items
    moderating.approve_idea(city.uow, agent("moderator", "75012"), c.ApproveIdea(idea_id=one.id))


def test_what_is_hidden_can_be_shown_again_in_the_state_it_had(city: City) -> None:
    one = city.opened()
    why = "Signalé plusieurs fois, à vérifier."
    hidden = moderating.hide_idea(city.uow, city.moderator, c.HideIdea(idea_id=one.id, reason="advertising", text=why))
    assert hidden.state is c.State.HIDDEN
    assert read(city, one.id).title == ""
    shown = moderating.restore_idea(city.uow, city.moderator, c.RestoreIdea(idea_id=one.id, text="Rien à redire."))
    assert (shown.state, read(city, one.id).title) == (c.State.OPEN, one.title)


def test_an_author_corrects_before_the_first_support_and_then_adds_notes(city: City) -> None:
    author = citizen()
    one = city.opened(author)
    edit = c.EditIdea(idea_id=one.id, version=one.version, title="Planter la rue Crozatier, vraiment")
    edited = writing.edit_idea(city.uow, city.territory, author, edit)
    assert edited.title == "Planter la rue Crozatier, vraiment"
    with pytest.raises(Fault) as stale:
        writing.edit_idea(city.uow, city.territory, author, edit)
    assert stale.value.code is FaultCode.PRECONDITION_FAILED
    city.crowd(one.id, 1)
    with pytest.raises(Fault) as late:
        writing.edit_idea(city.uow, city.territory, author, edit.model_copy(update={"version": edited.version}))
    assert late.value.reason == "already-supported"
    note = c.AddAddendum(idea_id=one.id, addendum_id=uuid4(), text="L’hôpital soutient l’idée.")
    for _ in range(2):
        noted = writing.add_addendum(city.uow, author, note)
    assert [addendum.text for addendum in noted.addenda] == ["L’hôpital soutient l’idée."]


def test_only_its_author_touches_a_dossier(city: City) -> None:
    one = city.opened()
    with pytest.raises(Fault) as stranger:
        writing.withdraw_idea(city.uow, citizen(), c.WithdrawIdea(idea_id=one.id))
    assert stranger.value.code is FaultCode.FORBIDDEN


def test_a_withdrawn_idea_stays_readable(city: City) -> None:
    author = citizen()
    one = city.opened(author)
    for _ in range(2):
        writing.withdraw_idea(city.uow, author, c.WithdrawIdea(idea_id=one.id, text="Une autre idée la contient."))
    assert read(city, one.number).state is c.State.WITHDRAWN
    assert [topic for topic, _ in city.told()].count("idea_withdrawn.v1") == 1


def test_an_idea_expires_when_its_last_day_is_over(city: City, clock: Clock) -> None:
    one = city.opened()
    clock.forward(days=181)
    assert by_clock.expire_ideas(city.uow) == 0
    clock.forward(days=1)
    assert by_clock.expire_ideas(city.uow) == 1
    assert by_clock.expire_ideas(city.uow) == 0
    assert read(city, one.id).state is c.State.EXPIRED
    assert city.told()[-1][0] == "idea_expired.v1"


def test_drafts_are_kept_whatever_is_in_them_and_seen_by_their_author_alone(city: City) -> None:
    author, idea_id = citizen(), uuid4()
    writing.save_draft(city.uow, author, c.SaveDraft(idea_id=idea_id, title="Un", text="Deux mots"))
    saved = writing.save_draft(city.uow, author, c.SaveDraft(idea_id=idea_id, title="Un titre"))
    assert writing.read_draft(city.uow, author, c.ReadDraft(idea_id=idea_id)) == saved
    assert [one.title for one in writing.list_drafts(city.uow, author, c.ListDrafts()).items] == ["Un titre"]
    with pytest.raises(Fault):
        writing.read_draft(city.uow, citizen(), c.ReadDraft(idea_id=idea_id))
    with pytest.raises(Fault) as taken:
        writing.save_draft(city.uow, citizen(), c.SaveDraft(idea_id=idea_id))
    assert taken.value.reason == "id-taken"
    city.submitted(author, idea_id=idea_id)
    assert not writing.list_drafts(city.uow, author, c.ListDrafts()).items


def test_the_record_of_a_dossier_only_grows(uow: UnitOfWork, city: City) -> None:
    city.opened()
    for statement in ("UPDATE steps SET text = 'autre'", "DELETE FROM steps"):
        with pytest.raises(sa.exc.DBAPIError, match="never changed or removed"), uow() as tx:
            tx.connection.execute(sa.text(statement))


def test_a_draft_is_not_limited_to_what_a_deposit_needs(city: City) -> None:
    assert writing.save_draft(city.uow, citizen(), c.SaveDraft(idea_id=uuid4(), text=TEXT * 10)).text.startswith(
        "La rue"
    )
