"""Associations and other collectives: accounts that persons speak for."""

from typing import Annotated
from uuid import UUID

from contracts.base import Instant, Language, Line, Model, Reply, Request, length
from contracts.identity.accounts import Nothing
from contracts.identity.sessions import Device, Session
from contracts.identity.words import CertificationLevel, DisplayName
from contracts.registry import Call


class OpenCollective(Request):
    """Declare a collective and become its first representative. ``account_id`` is made by the caller."""

    account_id: UUID
    display_name: DisplayName
    language: Language
    register_number: Annotated[Line, length(0, 40)] = ""
    """RNA or SIRET number, if it has one."""


class CollectiveView(Model):
    """A collective that one may speak for."""

    account_id: UUID
    display_name: str
    register_number: str
    level: CertificationLevel
    """100 until an agent has validated it."""
    created_at: Instant


class CollectiveReply(Reply, CollectiveView):
    """The collective as it stands."""


class Collectives(Reply):
    """The collectives one may speak for, by name."""

    collectives: tuple[CollectiveView, ...]


class ActAs(Request):
    """Begin a session in which one speaks for a collective."""

    account_id: UUID
    device: Device = ""


OPEN_COLLECTIVE = Call("identity", "open_collective", OpenCollective, CollectiveReply, idempotent=True)
MY_COLLECTIVES = Call("identity", "my_collectives", Nothing, Collectives, idempotent=True)
ACT_AS = Call("identity", "act_as", ActAs, Session, idempotent=False)

CALLS = (OPEN_COLLECTIVE, MY_COLLECTIVES, ACT_AS)
