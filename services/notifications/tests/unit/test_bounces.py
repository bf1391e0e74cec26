"""Mails that come back."""

import pytest
from contracts import identity
from contracts.notifications import (
    DELIVERY_FAILED,
    BounceOutcome,
    ReportBounce,
)
from notifications.use_cases.bounces import report_bounce
from notifications.use_cases.preferences import get_preferences

from services.notifications.tests.post_office import PostOffice
from services.notifications.tests.unit.letters import told_of_an_answer
from services.notifications.tests.world import KEYS, World


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
