"""From an event to the inboxes and mails of the people concerned, on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from contracts import consultations, ideas, identity, voting
from contracts.errors import Fault
from contracts.notifications import (
    EmailMode,
    Follow,
    FollowKind,
    GetFollow,
    ListInbox,
    SavePreferences,
    Topic,
    TopicChoice,
    Unfollow,
)
from notifications import queries
from notifications.use_cases import digest, tell
from notifications.use_cases.follow import follow, get_follow, unfollow
from notifications.use_cases.preferences import get_preferences, save_preferences

from services.notifications.tests.unit import facts
from services.notifications.tests.world import TEXTS, World

DOSSIER = {"kind": FollowKind.DOSSIER, "key": facts.NUMBER}


def inbox(world: World, account: UUID, language: str = "fr", **request: object) -> list[str]:
    page = queries.list_inbox(world.uow, TEXTS, account, ListInbox.model_validate(request), language)
    return [notice.title for notice in page.items]


def choose(world: World, account: UUID, topic: Topic, email: EmailMode, *, in_inbox: bool = True) -> None:
    choice = TopicChoice(topic=topic, inbox=in_inbox, email=email)
    save_preferences(world.uow, account, SavePreferences(topics=(choice,)))


def test_the_author_and_those_who_follow_hear_of_an_answer_each_in_their_words(world: World) -> None:
    author, reader, stranger = world.person(), world.person(), world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    follow(world.uow, reader, Follow(**DOSSIER))
    world.tell_all()
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author))
    world.tell_all()
    assert inbox(world, author)[0] == "Réponse à votre idée"
    assert inbox(world, reader) == [f"Réponse publiée\u00a0: {facts.TITLE}"]
    assert inbox(world, reader, "en") == [f"Answer published: {facts.TITLE}"]
    assert inbox(world, stranger) == []


def test_following_by_theme_and_by_district_is_told_once(world: World) -> None:
    reader, elsewhere = world.person(), world.person()
    for kind, key in ((FollowKind.THEME, "nature"), (FollowKind.DISTRICT, "75012")):
        follow(world.uow, reader, Follow(kind=kind, key=key))
    follow(world.uow, elsewhere, Follow(kind=FollowKind.DISTRICT, key="75020"))
    world.hear(ideas.IDEA_OPENED, facts.opened(uuid4()))
    world.tell_all()
    assert inbox(world, reader) == [f"Nouveau\u00a0: {facts.TITLE}"]
    assert inbox(world, elsewhere) == []
    assert len(world.rows("SELECT 1 FROM delivery WHERE account_id = :a", a=reader)) == 1


def test_who_won_an_appeal_hears_of_it_once_and_the_neighbours_discover_the_idea(world: World) -> None:
    author, neighbour = world.person(), world.person()
    follow(world.uow, neighbour, Follow(kind=FollowKind.DISTRICT, key="75012"))
    comment_id = uuid4()
    world.hear(ideas.IDEA_REFUSED, ideas.IdeaRefused.model_validate(facts.about(author, reason="unclear")))
    world.tell_all()
    won = facts.about(author, outcome="overturned", reason="misjudged", contested="refuse", comment_id=None)
    world.hear(ideas.APPEAL_DECIDED, ideas.AppealDecided.model_validate(won))
    world.hear(ideas.IDEA_OPENED, facts.opened(author).model_copy(update={"by_appeal": True}))
    restored = facts.about(author, state="open", by_appeal=True)
    world.hear(ideas.IDEA_RESTORED, ideas.IdeaRestored.model_validate(restored))
    message = {"comment_id": comment_id, "idea_id": uuid4(), "number": facts.NUMBER, "author_id": author}
    world.hear(ideas.COMMENT_RESTORED, ideas.CommentRestored.model_validate(message | {"by_appeal": True}))
    world.tell_all()
    assert len(inbox(world, author)) == 2
    assert inbox(world, neighbour) == [f"Nouveau\u00a0: {facts.TITLE}"]


def test_the_same_event_twice_is_told_once(world: World) -> None:
    author = world.person()
    event = world.hear(ideas.IDEA_OPENED, facts.opened(author))
    world.tell_all()
    world.hear(ideas.IDEA_OPENED, facts.opened(author), id_=event)
    world.tell_all()
    assert len(inbox(world, author)) == 1
    assert world.states() == ["pending"]


def test_a_replay_after_the_inbox_was_emptied_still_tells_nothing_twice(world: World) -> None:
    author = world.person()
    event = world.hear(ideas.IDEA_OPENED, facts.opened(author))
    world.tell_all()
    world.rows("DELETE FROM inbox RETURNING 1")
    world.hear(ideas.IDEA_OPENED, facts.opened(author), id_=event)
    world.tell_all()
    assert world.states() == ["pending"]


def test_a_service_deployed_late_learns_the_past_without_telling_it(world: World) -> None:
    author = world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author), ago=timedelta(days=400))
    world.tell_all()
    assert inbox(world, author) == []
    assert world.states() == []
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    world.tell_all()
    assert inbox(world, author) == ["Réponse à votre idée"]


def test_many_followers_are_told_step_by_step_and_none_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tell, "PEOPLE_PER_STEP", 10)
    readers = [uuid4() for _ in range(35)]
    for reader in readers:
        follow(world.uow, reader, Follow(**DOSSIER))
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    tell.tell_some(world.uow)
    tell.tell_some(world.uow)
    assert 0 < len(world.states()) < 35
    world.tell_all()
    told = world.rows("SELECT account_id FROM delivery")
    assert sorted(row["account_id"] for row in told) == sorted(readers)


def test_who_writes_is_not_told_and_who_is_answered_is(world: World) -> None:
    author, first, second = world.person(), world.person(), world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    world.tell_all()
    question = facts.comment(first, author)
    world.hear(ideas.COMMENT_PUBLISHED, question)
    world.hear(ideas.COMMENT_PUBLISHED, facts.comment(second, author, (question.comment_id, first)))
    world.tell_all()
    assert inbox(world, first) == ["Nouvelle réponse dans une discussion"]
    assert inbox(world, second) == []
    assert sorted(inbox(world, author)) == sorted(
        ["Nouvelle réponse dans une discussion", "Nouveau message sur votre idée", "Votre idée est publiée"]
    )


def test_a_hidden_dossier_is_not_named(world: World) -> None:
    reader = world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(None))
    follow(world.uow, reader, Follow(**DOSSIER))
    world.hear(ideas.IDEA_HIDDEN, ideas.IdeaHidden.model_validate(facts.about(None, reason="insult")))
    world.hear(ideas.STEP_RECORDED, _step())
    world.tell_all()
    assert inbox(world, reader) == [f"Du nouveau\u00a0: {facts.NUMBER}"]


def test_who_attached_a_file_hears_why_it_is_hidden_and_the_dossier_keeps_its_title(world: World) -> None:
    author, reader = world.person(), world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    follow(world.uow, reader, Follow(**DOSSIER))
    about = facts.about(author, reason="insult", attachment_id=uuid4())
    world.hear(ideas.ATTACHMENT_HIDDEN, ideas.AttachmentHidden.model_validate(about))
    world.tell_all()
    assert "Un fichier de votre idée n’est plus affiché" in inbox(world, author)
    assert inbox(world, reader) == []


def _step() -> ideas.StepRecorded:
    return ideas.StepRecorded.model_validate(facts.about(None, position=4, state="under_way", changed=True))


def test_preferences_decide_what_is_written(world: World) -> None:
    silent, by_mail = world.person(), world.person()
    for reader in (silent, by_mail):
        follow(world.uow, reader, Follow(**DOSSIER))
    choose(world, silent, Topic.FOLLOWED, EmailMode.NEVER)
    choose(world, by_mail, Topic.FOLLOWED, EmailMode.NOW, in_inbox=False)
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    world.tell_all()
    assert len(inbox(world, silent)) == 1
    assert inbox(world, by_mail) == []
    assert [row["account_id"] for row in world.rows("SELECT account_id FROM delivery")] == [by_mail]


def test_votes_reach_followers_of_the_vote_and_of_its_place(world: World) -> None:
    voter, neighbour, other = world.person(), world.person(), world.person()
    election = uuid4()
    follow(world.uow, voter, Follow(kind=FollowKind.VOTE, key=str(election)))
    follow(world.uow, neighbour, Follow(kind=FollowKind.DISTRICT, key="*"))
    follow(world.uow, other, Follow(kind=FollowKind.DISTRICT, key="75012"))
    opened = voting.ElectionOpened(
        election_id=election,
        slug="budget-2026",
        campaign=None,
        perimeter=None,
        title={"fr": "Budget 2026", "en": "Budget 2026"},
        closes_at=world.now + timedelta(days=12),
    )
    world.hear(voting.ELECTION_OPENED, opened)
    world.tell_all()
    assert inbox(world, voter) == inbox(world, neighbour) == ["Le vote est ouvert\u00a0: Budget 2026"]
    assert inbox(world, other) == []
    page = queries.list_inbox(world.uow, TEXTS, voter, ListInbox(), "fr")
    assert (page.items[0].path, page.items[0].priority.value) == ("/votes/budget-2026", "action")
    assert (
        "5 décembre 2026 à 12\u00a0h\u00a000" in page.items[0].text or "5 décembre 2026 à 12 h 00" in page.items[0].text
    )


def test_who_answers_a_consultation_hears_of_its_end(world: World) -> None:
    reader, consultation = world.person(), uuid4()
    fact = consultations.AnswerReceived(consultation_id=consultation, account_id=reader, revised=False)
    world.hear(consultations.ANSWER_RECEIVED, fact)
    world.hear(
        consultations.CONSULTATION_CLOSED, consultations.ConsultationClosed(consultation_id=consultation, answers=2)
    )
    world.tell_all()
    assert inbox(world, reader) == ["La consultation est close"]


def test_erasing_an_account_leaves_nothing_of_it(world: World) -> None:
    person = world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(person))
    follow(world.uow, person, Follow(kind=FollowKind.THEME, key="nature"))
    choose(world, person, Topic.VOTES, EmailMode.DAILY)
    world.hear(identity.SECURITY_NOTICE, _notice(person))
    world.hear(ideas.COMMENT_PUBLISHED, facts.comment(person, None))
    world.tell_all()
    world.hear(identity.CITIZEN_ERASED, identity.CitizenErased(account_id=person))
    tables = ("person", "preference", "follower", "notice", "delivery", "story")
    columns = {"story": "account_id = :a OR except_for"}
    for table in tables:
        column = columns.get(table, "account_id")
        assert world.rows(f"SELECT 1 FROM {table} WHERE {column} = :a", a=person) == [], table


def _notice(person: UUID) -> identity.SecurityNotice:
    return identity.SecurityNotice(account_id=person, matter=identity.SecurityMatter.PASSWORD_CHANGED)


def test_following_twice_counts_once_and_ends_at_once(world: World) -> None:
    person = world.person()
    assert follow(world.uow, person, Follow(**DOSSIER)).followers == 1
    assert follow(world.uow, person, Follow(**DOSSIER)).followers == 1
    assert get_follow(world.uow, None, GetFollow(**DOSSIER)).model_dump()["following"] is False
    assert unfollow(world.uow, person, Unfollow(**DOSSIER)).followers == 0
    assert unfollow(world.uow, person, Unfollow(**DOSSIER)).following is False


def test_nobody_follows_more_than_the_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.use_cases.follow.MAX_FOLLOWED", 2)
    person = world.person()
    for key in ("a", "b"):
        follow(world.uow, person, Follow(kind=FollowKind.THEME, key=key))
    with pytest.raises(Fault) as refused:
        follow(world.uow, person, Follow(kind=FollowKind.THEME, key="c"))
    assert refused.value.reason == "follows-too-much"
    assert follow(world.uow, person, Follow(kind=FollowKind.THEME, key="a")).following


def test_every_wrong_preference_is_named_at_once(world: World) -> None:
    account = TopicChoice(topic=Topic.ACCOUNT, inbox=False, email=EmailMode.NEVER)
    votes = TopicChoice(topic=Topic.VOTES, inbox=True, email=EmailMode.DAILY)
    with pytest.raises(Fault) as refused:
        save_preferences(world.uow, uuid4(), SavePreferences(topics=(account, votes, votes)))
    found = [(error.pointer, error.code) for error in refused.value.errors]
    assert found == [("/topics/0/topic", "locked"), ("/topics/2/topic", "duplicate")]


def test_preferences_not_named_stay(world: World) -> None:
    person = world.person()
    choose(world, person, Topic.VOTES, EmailMode.DAILY)
    save_preferences(world.uow, person, SavePreferences(quiet_from=23, weekly_cap=0))
    view = get_preferences(world.uow, person)
    assert {t.topic: t.email for t in view.topics}[Topic.VOTES] is EmailMode.DAILY
    assert (view.quiet_from, view.quiet_until, view.weekly_cap) == (23, 8, 0)


def test_the_digest_gathers_once_what_waited_before_its_hour(world: World) -> None:
    person = world.person()
    follow(world.uow, person, Follow(**DOSSIER))
    for _ in range(3):
        world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    world.tell_all()
    world.gather_all()
    assert world.states() == ["waiting"] * 3, "it is noon: they wait until eight tomorrow"
    world.now = datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC)
    world.gather_all()
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    world.tell_all()
    world.gather_all()
    assert world.states() == ["digested"] * 3 + ["pending", "waiting"]
    world.later(days=1)
    assert digest.gather_some(world.uow, 8, TEXTS._territory.zone) is False
    assert world.states().count("digested") == 4
