"""What arrives: in which words, when, once, with which headers, whatever a title holds."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from contracts import ideas, identity
from contracts.identity import LinkPurpose
from contracts.notifications import (
    EmailMode,
    Follow,
    FollowKind,
    SavePreferences,
    Topic,
    TopicChoice,
)
from notifications.use_cases.follow import follow
from notifications.use_cases.preferences import save_preferences

from services.notifications.tests.post_office import PostOffice
from services.notifications.tests.unit import facts
from services.notifications.tests.unit.letters import deposited, text_of, told_of_an_answer, warned
from services.notifications.tests.world import SITE, World


def test_a_mail_arrives_in_both_forms_and_in_the_persons_language(world: World, office: PostOffice) -> None:
    french, english = told_of_an_answer(world, facts.NUMBER), told_of_an_answer(world, language="en")
    world.send_all()
    (mail,) = office.to(world.address(french))
    assert mail["Subject"] == "Réponse à votre idée"
    assert mail["From"] == "Décider pour Paris <ne-pas-repondre@decider.example>"
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("fr", "auto-generated")
    for kind in ("plain", "html"):
        assert "Bonjour Camille" in text_of(mail, kind)
        assert f"{SITE}/dossiers/{facts.NUMBER}" in text_of(mail, kind)
    assert office.to(world.address(english))[0]["Subject"] == "An answer to your idea"
    assert world.states() == ["sent", "sent"]


def test_a_language_that_is_not_spoken_gets_the_first_one(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world, language="oc")
    world.send_all()
    assert office.to(world.address(author))[0]["Content-Language"] == "fr"


def test_nothing_is_sent_twice(world: World, office: PostOffice) -> None:
    told_of_an_answer(world)
    for _ in range(3):
        world.send_all()
        world.later(hours=1)
    assert len(office.mails) == 1


def test_one_connection_serves_many_mails(world: World, office: PostOffice) -> None:
    for _ in range(12):
        told_of_an_answer(world)
    world.send_all()
    assert (len(office.mails), office.connections) == (12, 1)


def test_the_mail_of_a_link_holds_the_secret_and_nothing_of_it_is_kept(world: World, office: PostOffice) -> None:
    link: dict[str, Any] = {
        "purpose": LinkPurpose.RESET_PASSWORD,
        "secret": "s3cret-of-the-link",
        "secret_expires_at": world.now,
    }
    owner, request = world.person(**link), uuid4()
    fact = identity.LinkRequested(account_id=owner, request_id=request)
    world.hear(identity.PASSWORD_RESET_REQUESTED, fact)
    world.tell_all()
    world.send_all()
    (mail,) = office.to(world.address(owner))
    assert f"{SITE}/compte/mot-de-passe/s3cret-of-the-link" in text_of(mail)
    assert "23 novembre 2026" in text_of(mail)
    assert (owner, request) in world.book.asked
    assert "List-Unsubscribe" not in mail
    kept = str(world.rows("SELECT * FROM delivery")) + str(world.rows("SELECT * FROM story"))
    assert "s3cret" not in kept
    assert world.address(owner) not in kept


def test_security_leaves_first_even_at_night(world: World, office: PostOffice) -> None:
    world.now = datetime(2026, 11, 23, 1, tzinfo=UTC)
    news, owner = told_of_an_answer(world), warned(world)
    world.send_all()
    assert [recipient for _, recipient, _ in office.mails] == [world.address(owner)]
    world.now = datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC)
    world.send_all()
    assert len(office.to(world.address(news))) == 1


@pytest.mark.parametrize("line", ["\u2028", "\u0085", "\x0b", "\x1c", "\n", "\r\n"])
def test_a_hostile_title_cannot_add_a_header(world: World, office: PostOffice, line: str) -> None:
    reader = world.person()
    follow(world.uow, reader, Follow(kind=FollowKind.THEME, key="nature"))
    choose_now(world, reader, Topic.DISCOVERIES)
    title = f"Une idée{line}Bcc: everybody@example.org{line}{line}<script>alert(1)</script>"
    world.hear(ideas.IDEA_OPENED, facts.opened(None, title=title))
    world.tell_all()
    world.send_all()
    (mail,) = office.to(world.address(reader))
    assert mail["Bcc"] is None
    assert len(office.mails) == 1
    assert "<script>" not in text_of(mail, "html")
    assert mail["Subject"].startswith("Nouveau\u00a0: Une idée Bcc: everybody@example.org")


def choose_now(world: World, account: UUID, topic: Topic) -> None:
    choice = TopicChoice(topic=topic, inbox=True, email=EmailMode.NOW)
    save_preferences(world.uow, account, SavePreferences(topics=(choice,)))


def test_hostile_names_and_a_title_in_template_language_are_only_words(world: World, office: PostOffice) -> None:
    author = world.person(display_name="{{ 7*7 }} <b>Eve</b>")
    world.hear(ideas.IDEA_OPENED, facts.opened(author, title="{{ config }} {% raw %} « a » & <i>b</i>"))
    world.tell_all()
    world.send_all()
    (mail,) = office.to(world.address(author))
    assert "{{ config }} {% raw %}" in text_of(mail)
    assert "{{ 7*7 }} &lt;b&gt;Eve&lt;/b&gt;" in text_of(mail, "html")


def test_an_address_beyond_ascii_arrives_where_servers_know_how(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world, address="éléonore@example.org")
    world.send_all()
    assert len(office.to("éléonore@example.org")) == 1
    assert world.rows("SELECT state FROM delivery WHERE account_id = :a", a=author) == [{"state": "sent"}]


def test_the_weekly_cap_turns_news_into_a_digest(world: World, office: PostOffice) -> None:
    author = world.person()
    world.hear(ideas.IDEA_DEPOSITED, deposited(author))
    for _ in range(8):
        world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author))
    world.tell_all()
    world.send_all()
    assert len(office.mails) == 5
    assert world.states().count("waiting") == 3
    world.now = datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC)
    world.gather_all()
    world.send_all()
    digest = office.mails[-1][2]
    assert digest["Subject"] == "Vos nouvelles du jour"
    assert text_of(digest).count("Réponse à votre idée") == 3
    assert text_of(digest, "html").count("<li") == 3


def test_the_digest_tells_only_what_is_still_wanted(world: World, office: PostOffice) -> None:
    reader = world.person()
    follow(world.uow, reader, Follow(kind=FollowKind.DOSSIER, key=facts.NUMBER))
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered())
    world.tell_all()
    world.now = datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC)
    world.gather_all()
    save_preferences(
        world.uow,
        reader,
        SavePreferences(topics=(TopicChoice(topic=Topic.FOLLOWED, inbox=True, email=EmailMode.NEVER),)),
    )
    world.send_all()
    assert (office.mails, world.states()) == ([], ["digested", "cancelled"])
