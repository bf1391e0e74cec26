"""The link at the end of mails."""

from email.message import EmailMessage

import pytest
from contracts import ideas, identity
from contracts.errors import Fault
from contracts.notifications import (
    EmailMode,
    ReadUnsubscribe,
    Topic,
    Unsubscribe,
)
from notifications.use_cases.preferences import get_preferences
from notifications.use_cases.unsubscribe import read_unsubscribe, unsubscribe

from services.notifications.tests.post_office import PostOffice
from services.notifications.tests.unit import facts
from services.notifications.tests.unit.letters import told_of_an_answer
from services.notifications.tests.world import KEYS, SITE, World


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
