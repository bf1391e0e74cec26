"""Refusals, broken connections, crashes: what is tried again, what is given up, and nothing twice."""

import smtplib
from concurrent.futures import ThreadPoolExecutor

import pytest
from contracts import ideas, identity
from contracts.notifications import (
    DELIVERY_FAILED,
    SavePreferences,
)
from notifications.mailer import MailSession
from notifications.use_cases.preferences import get_preferences, save_preferences

from services.notifications.tests.post_office import PostOffice
from services.notifications.tests.unit import facts
from services.notifications.tests.unit.letters import told_of_an_answer, warned
from services.notifications.tests.world import World


def test_a_temporary_refusal_is_tried_again_and_later_still(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    office.answer_to_recipient[world.address(author)] = "451 4.7.1 Greylisted, come back later"
    world.send_all()
    assert (world.states(), office.mails) == (["pending"], [])
    world.later(seconds=60)
    world.send_all()
    assert world.rows("SELECT attempts FROM delivery") == [{"attempts": 1}], "not before its time"
    office.answer_to_recipient.clear()
    world.later(seconds=61)
    world.send_all()
    assert (world.states(), len(office.mails)) == (["sent"], 1)
    assert world.told(DELIVERY_FAILED) == []


def test_a_trouble_that_lasts_is_given_up_and_told(world: World, office: PostOffice) -> None:
    owner = warned(world)
    office.answer_to_recipient[world.address(owner)] = "452 4.2.2 Mailbox full"
    for _ in range(20):
        world.send_all()
        world.later(hours=5)
    assert world.states() == ["failed"]
    (told,) = world.told(DELIVERY_FAILED)
    assert (told["reason"], told["status"], told["kind"]) == ("expired", "4.2.2", "password-changed")
    assert "@" not in str(told)


def test_a_mailbox_that_does_not_exist_is_given_up_at_once_and_left_alone(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world, facts.NUMBER)
    office.answer_to_recipient[world.address(author)] = "550 5.1.1 No such user"
    world.send_all()
    assert world.states() == ["failed"]
    assert world.told(DELIVERY_FAILED)[0]["reason"] == "refused"
    assert get_preferences(world.uow, author).email_suspended
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author))
    world.tell_all()
    assert world.states() == ["failed"], "no other mail is written to a dead mailbox"


def test_another_address_or_the_persons_word_ends_the_suspension(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    office.answer_to_recipient[world.address(author)] = "550 5.1.1 No such user"
    world.send_all()
    world.later(minutes=5)
    changed = identity.SecurityNotice(account_id=author, matter=identity.SecurityMatter.EMAIL_CHANGED)
    world.hear(identity.SECURITY_NOTICE, changed)
    assert not get_preferences(world.uow, author).email_suspended
    other = told_of_an_answer(world)
    office.answer_to_recipient[world.address(other)] = "550 5.1.1 No such user"
    world.send_all()
    save_preferences(world.uow, other, SavePreferences(retry_email=True))
    assert not get_preferences(world.uow, other).email_suspended


def test_a_refused_text_is_given_up_without_condemning_the_mailbox(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    office.answer_to_text = "554 5.7.1 We do not like this"
    world.send_all()
    assert world.states() == ["failed"]
    assert not get_preferences(world.uow, author).email_suspended


def test_one_bad_mailbox_does_not_hold_up_the_others(world: World, office: PostOffice) -> None:
    people = [told_of_an_answer(world) for _ in range(6)]
    office.answer_to_recipient[world.address(people[0])] = "550 5.1.1 No such user"
    office.answer_to_recipient[world.address(people[2])] = "451 4.3.0 Later"
    office.answer_to_recipient[world.address(people[4])] = "hang up"
    world.send_all()
    assert sorted(recipient for _, recipient, _ in office.mails) == sorted(map(world.address, people[1::2]))
    assert sorted(world.states()) == ["failed", "pending", "pending", "sent", "sent", "sent"]


def test_a_sender_refused_by_our_server_is_our_trouble_not_theirs(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    office.answer_to_sender = "550 5.7.1 You may not send from here"
    world.send_all()
    assert world.states() == ["pending"]
    assert not get_preferences(world.uow, author).email_suspended


def test_without_a_mail_server_nothing_is_lost_and_no_attempt_counts(world: World, office: PostOffice) -> None:
    told_of_an_answer(world)
    port, world.server = world.server, office.server.__class__("127.0.0.1", 9, tls="none", timeout=1)
    world.send_all()
    assert world.rows("SELECT state, attempts FROM delivery") == [{"state": "pending", "attempts": 0}]
    world.server = port
    world.later(seconds=31)
    world.send_all()
    assert (world.states(), len(office.mails)) == (["sent"], 1)


def test_without_identity_nothing_is_lost(world: World, office: PostOffice) -> None:
    told_of_an_answer(world)
    world.book.reachable = False
    world.send_all()
    assert world.states() == ["pending"]
    world.book.reachable = True
    world.later(seconds=31)
    world.send_all()
    assert (world.states(), len(office.mails)) == (["sent"], 1)


def test_an_account_that_is_gone_gets_nothing(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    del world.book.contacts[author]
    world.send_all()
    assert (world.states(), office.mails) == (["cancelled"], [])


def test_a_mail_that_may_have_arrived_is_not_sent_again_unless_it_protects_the_account(
    world: World, office: PostOffice
) -> None:
    office.answer_to_text = "keep and hang up"
    author = told_of_an_answer(world)
    owner = warned(world)
    world.send_all()
    assert sorted(world.states()) == ["pending", "uncertain"]
    office.answer_to_text = "250 OK"
    world.later(minutes=2)
    world.send_all()
    first, second = office.to(world.address(owner))
    assert first["Message-ID"] == second["Message-ID"], "whoever reads sees it once"
    assert len(office.to(world.address(author))) == 1
    assert world.told(DELIVERY_FAILED)[0]["reason"] == "uncertain"


class Crash(BaseException):
    """The process ends here."""


def test_a_crash_after_the_text_was_given(world: World, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    author, owner = told_of_an_answer(world), warned(world)
    given = MailSession._give_text

    def give_and_die(*arguments: object) -> object:
        given(*arguments)  # type: ignore[arg-type]
        raise Crash

    monkeypatch.setattr(MailSession, "_give_text", give_and_die)
    for _ in range(2):
        with pytest.raises(Crash):
            world.sender.send_some()
        world.later(minutes=11)
    monkeypatch.undo()
    world.send_all()
    assert len(office.to(world.address(author))) == 1, "news at most once"
    assert len(office.to(world.address(owner))) == 2, "security at least once"
    assert sorted(world.states()) == ["sent", "uncertain"]


def test_a_crash_before_the_text_was_given_loses_nothing(
    world: World, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of_an_answer(world)

    def die(*_: object) -> None:
        raise Crash

    monkeypatch.setattr(smtplib.SMTP, "rcpt", die)
    with pytest.raises(Crash):
        world.sender.send_some()
    monkeypatch.undo()
    assert (world.states(), office.mails) == (["pending"], [])
    world.later(minutes=11)
    world.send_all()
    assert (world.states(), len(office.mails)) == (["sent"], 1)


def test_two_senders_share_the_work_without_sending_twice(world: World, office: PostOffice) -> None:
    for _ in range(30):
        told_of_an_answer(world)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: world.send_all(), range(2)))
    assert len(office.mails) == 30
    assert len({recipient for _, recipient, _ in office.mails}) == 30
