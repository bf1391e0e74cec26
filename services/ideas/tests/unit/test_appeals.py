"""Appeals on PostgreSQL: once, in time, by somebody else, carried out, told, counted."""

from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.repository import UnitOfWork
from ideas.use_cases import appealing, discussing, erasure, figures, moderating, reading

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen

WHY = "La rue appartient à la Ville : relisez, s’il vous plaît."
PLEASE = "Le texte ne dit pas encore ce que vous demandez."


def refused(city: City, author: Caller, moderator: Caller | None = None) -> c.DossierView:
    one = city.submitted(author)
    request = c.RefuseIdea(idea_id=one.id, reason="unclear", text=PLEASE)
    return moderating.refuse_idea(city.uow, moderator or city.moderator, request)


def appeal(city: City, author: Caller, idea_id: UUID, comment_id: UUID | None = None) -> c.AppealView:
    request = c.MakeAppeal(appeal_id=uuid4(), idea_id=idea_id, comment_id=comment_id, text=WHY)
    return appealing.make_appeal(city.uow, author, request)


def decide(city: City, moderator: Caller, one: c.AppealView, outcome: str, reason: str) -> c.AppealView:
    request = c.DecideAppeal(
        appeal_id=one.appeal_id, outcome=c.AppealOutcome(outcome), reason=reason, text="Relu par une autre personne."
    )
    return appealing.decide_appeal(city.uow, moderator, request)


def read(city: City, key: object, caller: Caller = ANYBODY) -> c.DossierView:
    return reading.read_idea(city.uow, caller, c.ReadIdea(dossier=str(key)))


def record(city: City, number: str) -> list[tuple[str, str | None]]:
    found = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=number))
    assert found.intact
    return [(step.kind.value, step.reason) for step in found.steps]


def test_another_moderator_publishes_what_was_refused(city: City) -> None:
    author, other = citizen(), agent("moderator")
    one = refused(city, author)
    made = appeal(city, author, one.id)
    assert (str(made.due_on), made.contested.reason, made.contested.text) == ("2026-09-15", "unclear", PLEASE)
    with pytest.raises(Fault) as same:
        decide(city, city.moderator, made, "overturned", "misjudged")
    assert same.value.reason == "another-moderator"
    decided = decide(city, other, made, "overturned", "misjudged")
    assert decided.outcome is c.AppealOutcome.OVERTURNED
    assert decide(city, other, made, "overturned", "misjudged") == decided
    standing = appealing.read_appeal(city.uow, author, c.ReadAppeal(idea_id=one.id))
    assert (standing.may_appeal, standing.appeal) == (False, decided)
    shown = read(city, one.id)
    assert (shown.state, shown.reason, shown.content_hidden) == (c.State.OPEN, None, False)
    assert str(shown.closes_on) == "2027-03-01"
    assert record(city, one.number)[-3:] == [("appealed", None), ("appeal_overturned", "misjudged"), ("opened", None)]
    told = city.told()
    assert [topic for topic, _ in told][-2:] == ["appeal_decided.v1", "idea_opened.v1"]
    assert told[-1][1]["by_appeal"]


def test_an_upheld_refusal_stands_and_cannot_be_appealed_again(city: City) -> None:
    author = citizen()
    one = refused(city, author)
    made = appeal(city, author, one.id)
    with pytest.raises(Fault) as unknown:
        decide(city, agent("moderator"), made, "upheld", "misjudged")
    assert unknown.value.errors[0].pointer == "/reason"
    decide(city, agent("moderator"), made, "upheld", "private-interest")
    assert (read(city, one.id).state, read(city, one.id).reason) == (c.State.REFUSED, "private-interest")
    standing = appealing.read_appeal(city.uow, author, c.ReadAppeal(idea_id=one.id))
    assert (standing.may_appeal, standing.appeal and standing.appeal.answer) == (False, "Relu par une autre personne.")
    with pytest.raises(Fault) as twice:
        appeal(city, author, one.id)
    assert twice.value.reason == "appealed-already"
    with pytest.raises(Fault) as over:
        decide(city, agent("moderator"), made, "overturned", "misjudged")
    assert over.value.reason == "appeal-decided"


def test_only_its_author_appeals_and_only_in_time(city: City, clock: Clock) -> None:
    author = citizen()
    one, fine = refused(city, author), city.opened(author)
    for caller, idea_id, reason in (
        (citizen(), one.id, "not-the-author"),
        (author, fine.id, "nothing-to-appeal"),
        (ANYBODY, one.id, "sign-in-needed"),
    ):
        with pytest.raises(Fault) as fault:
            appeal(city, caller, idea_id)
        assert fault.value.reason == reason
    clock.forward(days=30)
    assert appealing.read_appeal(city.uow, author, c.ReadAppeal(idea_id=one.id)).may_appeal
    clock.forward(days=1)
    with pytest.raises(Fault) as late:
        appeal(city, author, one.id)
    assert late.value.reason == "appeal-too-late"


def test_a_hidden_dossier_and_a_hidden_message_are_shown_again(city: City) -> None:
    author, other = citizen(), agent("moderator")
    one = city.opened(author)
    post = c.PostComment(idea_id=one.id, comment_id=uuid4(), text="Un seul platane suffirait.")
    said = discussing.post_comment(city.uow, author, post)
    hide = c.DecideComment(comment_id=said.id, decision="hide", reason="off-topic")
    discussing.decide_comment(city.uow, city.moderator, hide)
    decide(city, other, appeal(city, author, one.id, said.id), "overturned", "misjudged")
    assert not discussing.read_comment(city.uow, ANYBODY, c.ReadComment(comment_id=said.id)).hidden
    shown_again = [payload["by_appeal"] for topic, payload in city.told() if topic == "comment_restored.v1"]
    assert shown_again == [True]
    moderating.hide_idea(city.uow, city.moderator, c.HideIdea(idea_id=one.id, reason="advertising", text=PLEASE))
    decide(city, other, appeal(city, author, one.id), "overturned", "misjudged")
    shown = read(city, one.id)
    assert (shown.state, shown.content_hidden) == (c.State.OPEN, False)
    assert [topic for topic, _ in city.told()][-2:] == ["appeal_decided.v1", "idea_restored.v1"]
    assert city.told()[-1][1]["by_appeal"]


def test_an_appeal_about_a_decision_that_no_longer_stands_changes_nothing_more(city: City) -> None:
    author = citizen()
    one = city.opened(author)
    hide = c.HideIdea(idea_id=one.id, reason="advertising", text=PLEASE)
    moderating.hide_idea(city.uow, city.moderator, hide)
    made = appeal(city, author, one.id)
    moderating.restore_idea(city.uow, city.moderator, c.RestoreIdea(idea_id=one.id, text="Montré de nouveau."))
    decide(city, agent("moderator"), made, "upheld", "advertising")
    assert (read(city, one.id).state, read(city, one.id).reason) == (c.State.OPEN, None)
    assert record(city, one.number)[-1] == ("appeal_upheld", "advertising")


def test_the_queue_says_who_may_decide_and_by_when(city: City, clock: Clock) -> None:
    author = citizen()
    made = appeal(city, author, refused(city, author).id)
    clock.forward(days=20)
    waiting = appealing.list_appeals(city.uow, agent("moderator", "75012"), c.ListAppeals())
    assert [(item.days_left, item.may_decide, item.text) for item in waiting.items] == [(-6, True, WHY)]
    assert not appealing.list_appeals(city.uow, city.moderator, c.ListAppeals()).items[0].may_decide
    assert appealing.list_appeals(city.uow, agent("moderator", "75018"), c.ListAppeals()).total == 0
    assert figures.read_desk_counts(city.uow, city.moderator).appeals == 1
    decide(city, agent("moderator"), made, "upheld", "unclear")
    assert figures.read_desk_counts(city.uow, city.moderator).appeals == 0


def test_appeals_are_counted_in_public_by_the_reason_they_are_about(city: City) -> None:
    author = citizen()
    for outcome, reason in (("upheld", "unclear"), ("overturned", "misjudged"), (None, "")):
        made = appeal(city, author, refused(city, author).id)
        if outcome:
            decide(city, agent("moderator"), made, outcome, reason)
    shown = figures.read_transparency(city.uow)
    assert [(one.reason, one.appeals, one.upheld, one.overturned) for one in shown.reasons] == [("unclear", 3, 1, 1)]
    delay = next(one for one in shown.delays if one.measure == "appeal")
    assert (delay.promised_hours, delay.done) == (14 * 24, 2)


def test_whoever_decided_is_in_no_event_and_is_forgotten_with_the_account(city: City, uow: UnitOfWork) -> None:
    author, other = citizen(), agent("moderator")
    decide(city, other, appeal(city, author, refused(city, author).id), "upheld", "unclear")
    agents = {str(city.moderator.account), str(other.account)}
    assert not agents & {str(value) for _, payload in city.told() for value in payload.values()}
    with uow() as tx:
        for account in (city.moderator.account, other.account):
            erasure.forget_citizen(tx, account or uuid4())
        kept = tx.connection.exec_driver_sql("SELECT contested_moderator, decided_by FROM appeals").one()
        first = tx.connection.exec_driver_sql("SELECT moderator FROM dossier_decisions").scalar_one()
    assert (tuple(kept), first) == ((None, None), None)
