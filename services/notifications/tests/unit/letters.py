"""People to whom a mail is due, and what their mails say."""

from email.message import EmailMessage
from itertools import count
from typing import Any
from uuid import UUID

from contracts import ideas, identity

from services.notifications.tests.unit import facts
from services.notifications.tests.world import World

_numbers = count(1)


def told_of_an_answer(world: World, number: str = "", **person: Any) -> UUID:
    """An author to whom a mail is due: the administration has answered on a dossier of theirs."""
    number = number or f"PAR-2026-{next(_numbers):06d}"
    author = world.person(**person)
    world.hear(ideas.IDEA_DEPOSITED, deposited(author, number))
    world.hear(ideas.ANSWER_PUBLISHED, facts.answered(author, number))
    world.tell_all()
    return author


def deposited(author: UUID, number: str = facts.NUMBER) -> ideas.IdeaDeposited:
    fields = facts.about(author, state="submitted", theme="nature", district=None)
    return ideas.IdeaDeposited.model_validate(fields | {"number": number})


def warned(world: World, **person: Any) -> UUID:
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
