"""Mails through a real mail server: what arrives, what is tried again, what is given up, and nothing twice."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from uuid import UUID, uuid4

import pytest
from contracts import ideas, identity
from contracts.errors import Fault
from contracts.identity import LinkPurpose
from contracts.notifications import (
    DELIVERY_FAILED,
    BounceOutcome,
    EmailMode,
    Follow,
    FollowKind,
    ReadUnsubscribe,
    ReportBounce,
    SavePreferences,
    Topic,
    TopicChoice,
    Unsubscribe,
)
from notifications.mailer import MailSession
from notifications.use_cases.bounces import report_bounce
from notifications.use_cases.follow import follow
from notifications.use_cases.preferences import get_preferences, save_preferences
from notifications.use_cases.unsubscribe import read_unsubscribe, unsubscribe

from services.notifications.tests.post_office import PostOffice
from services.notifications.tests.unit import facts
from services.notifications.tests.world import KEYS, SITE, World

_numbers = count(1)


def told_of_an_answer(world: World, number: str = "", **person: object) -> UUID:
    """An author to whom a mail is due: the administration has answered on a dossier of theirs."""
    number = number or f"PAR-2026-{next(_numbers):06d}"
    author = world.person(**person)
    world.hear(ideas.IDEA_DEPOSITED, _deposited(author, number))
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author, number))
    world.tell_all()
    return author


def _deposited(author: UUID, number: str = facts.NUMBER) -> ideas.IdeaDeposited:
    fields = facts.about(author, state="submitted", theme="nature", district=None)
    return ideas.IdeaDeposited.model_validate(fields | {"number": number})


def warned(world: World, **person: object) -> UUID:
    """An account of which the password was changed."""
    owner = world.person(**person)
    matter = identity.SecurityMatter.PASSWORD_CHANGED
    world.hear(identity.SECURITY_NOTICE, identity.SecurityNotice(account_id=owner, matter=matter))
    world.tell_all()
    return owner


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


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
    link = {"purpose": LinkPurpose.RESET_PASSWORD, "secret": "s3cret-of-the-link", "secret_expires_at": world.now}
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
    world.hear(ideas.IDEA_DEPOSITED, _deposited(author))
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


# --- unsubscribing -----------------------------------------------------------------------------------------------


def unsubscribe_link(mail: EmailMessage) -> str:
    """The token of the mail's one-click link, as a mail program finds it."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>")
    assert address.startswith(f"{SITE}/desinscription/")
    return str(address.rpartition("/")[2])


def test_one_click_stops_the_mails_of_a_topic_and_of_nothing_else(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    world.send_all()
    token = unsubscribe_link(office.mails[0][2])
    assert author.hex not in token
    before = read_unsubscribe(world.uow, KEYS, ReadUnsubscribe(token=token))
    assert (before.topic, before.subscribed) == (Topic.CONTRIBUTIONS, True)
    for _ in range(2):
        after = unsubscribe(world.uow, KEYS, Unsubscribe(token=token))
        assert (after.topic, after.subscribed) == (Topic.CONTRIBUTIONS, False)
    modes = {one.topic: one.email for one in get_preferences(world.uow, author).topics}
    assert modes[Topic.CONTRIBUTIONS] is EmailMode.NEVER
    assert modes[Topic.VOTES] is EmailMode.NOW


def test_unsubscribing_stops_what_is_already_under_way(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world, facts.NUMBER)
    world.send_all()
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author))
    world.tell_all()
    unsubscribe(world.uow, KEYS, Unsubscribe(token=unsubscribe_link(office.mails[0][2])))
    world.send_all()
    assert len(office.mails) == 1
    assert world.states() == ["sent", "cancelled"]


def test_everything_but_security_can_be_stopped(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    world.send_all()
    token = unsubscribe_link(office.mails[0][2])
    unsubscribe(world.uow, KEYS, Unsubscribe(token=token, everything=True))
    modes = {one.topic: one.email for one in get_preferences(world.uow, author).topics}
    assert modes.pop(Topic.ACCOUNT) is EmailMode.NOW
    assert set(modes.values()) == {EmailMode.NEVER}


def test_a_link_of_nobody_or_of_somebody_erased_is_not_found(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    world.send_all()
    token = unsubscribe_link(office.mails[0][2])
    world.hear(identity.CITIZEN_ERASED, identity.CitizenErased(account_id=author))
    for refused in (token, "a" * 53):
        with pytest.raises(Fault) as fault:
            unsubscribe(world.uow, KEYS, Unsubscribe(token=refused))
        assert (fault.value.code.value, fault.value.reason) == ("not-found", "link-unknown")


# --- bounces -----------------------------------------------------------------------------------------------------


def returned(envelope_sender: str, status: str) -> str:
    """A report as mail servers write it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.example.org\r\n"
        f"To: {envelope_sender}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; somebody@example.org\r\nAction: failed\r\nStatus: {status}\r\n\r\n"
        "--b--\r\n"
    )


@pytest.mark.parametrize(
    ("status", "outcome", "suspended"),
    [
        ("5.1.1", BounceOutcome.SUSPENDED, True),
        ("5.7.1", BounceOutcome.NOTED, False),
        ("4.4.7", BounceOutcome.NOTED, False),
    ],
)
def test_a_returned_mail_is_recognised(
    world: World,
    office: PostOffice,
    status: str,
    outcome: BounceOutcome,
    suspended: bool,  # noqa: FBT001
) -> None:
    author = told_of_an_answer(world)
    world.send_all()
    sender, _, _ = office.mails[0]
    assert sender.startswith("bounce-")
    assert sender.endswith("@retours.decider.example")
    report = returned(sender, status)
    assert report_bounce(world.uow, KEYS, ReportBounce(report=report)).outcome is outcome
    assert get_preferences(world.uow, author).email_suspended is suspended
    assert report_bounce(world.uow, KEYS, ReportBounce(report=report)).outcome is BounceOutcome.NOTED
    assert len(world.told(DELIVERY_FAILED)) == (1 if status.startswith("5") else 0)


def test_a_bounce_of_the_former_address_says_nothing_of_the_new_one(world: World, office: PostOffice) -> None:
    author = told_of_an_answer(world)
    world.send_all()
    world.later(hours=1)
    changed = identity.SecurityNotice(account_id=author, matter=identity.SecurityMatter.EMAIL_CHANGED)
    world.hear(identity.SECURITY_NOTICE, changed)
    world.later(hours=1)
    report = ReportBounce(report=returned(office.mails[0][0], "5.1.1"))
    assert report_bounce(world.uow, KEYS, report).outcome is BounceOutcome.NOTED
    assert not get_preferences(world.uow, author).email_suspended


def test_a_report_nobody_signed_is_ignored(world: World) -> None:
    for sender in ("bounce-" + "a" * 53 + "@x.example", "news@x.example"):
        report = ReportBounce(report=returned(sender, "5.1.1"))
        assert report_bounce(world.uow, KEYS, report).outcome is BounceOutcome.IGNORED
