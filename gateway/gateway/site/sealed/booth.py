"""The booth of sealed votes, and the one thing it asks with the session: a signature it cannot be known by."""

from uuid import UUID

import orjson
from contracts.errors import Fault
from contracts.identity.tokens import ISSUE_TOKEN, IssueToken
from pydantic import ValidationError

from gateway.forms import messages
from gateway.site.answers import Answer, Document, page_alone
from gateway.site.visit import Visit

SIGNING_SECONDS = 10.0
UNKNOWN = "sign-in-needed"
ASK_AGAIN = 500
"""Faults from here on say that nobody could answer now: the booth sends the same again."""


def show(_visit: Visit) -> Answer:
    """The same page for everybody: it says nothing of a vote and nothing of the visitor."""
    return page_alone("sealed/booth.html")


def session(visit: Visit) -> Answer:
    """Whether somebody is signed in, and the token that their request for a signature must carry."""
    if visit.session is None:
        return _json({"signed_in": False})
    return _json({"signed_in": True, "csrf": visit.protect()})


def sign(visit: Visit) -> Answer:
    """Identity signs what the booth blinded. A refusal is an answer: the booth says it in words."""
    if visit.session is None:
        return _json({"refused": UNKNOWN})
    try:
        request = IssueToken(election_id=UUID(visit.field("election_id")), blinded=visit.field("blinded"))
        signed = visit.call(ISSUE_TOKEN, request, deadline=SIGNING_SECONDS)
    except Fault as fault:
        if fault.status >= ASK_AGAIN:
            raise
        said = messages.reason(fault.reason) or messages.FAULTS[fault.code]
        return _json({"refused": fault.reason or str(fault.code), "words": visit.text(said)})
    except (ValueError, ValidationError):
        raise Fault.invalid() from None
    return _json({"blind_signature": signed.blind_signature})


def _json(value: dict[str, object]) -> Document:
    return Document(orjson.dumps(value), "application/json")
