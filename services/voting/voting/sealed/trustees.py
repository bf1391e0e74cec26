"""The trustees of a vote: what they have sent, what is missing, whether what one sends now holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from belenios.ceremony import assemble
from belenios.groups import Group, group_named
from belenios.keys import TrusteeKey, trustee_key
from belenios.refusal import Refused
from belenios.secret import Secret
from belenios.steps import check_certificate, check_key, check_shares
from belenios.threshold import Context
from belenios.trustees import Trustees

from voting.domain.errors import DomainError, Invalid, Problem
from voting.domain.rules import Sealed
from voting.sealed.keys import SERVER_NAME


class Step(StrEnum):
    """What a trustee sends, in this order."""

    CERTIFICATE = "certificate"
    SHARES = "shares"
    KEY = "key"
    DECRYPTION = "decryption"


CEREMONY = (Step.CERTIFICATE, Step.SHARES, Step.KEY)


@dataclass(frozen=True, slots=True)
class Trustee:
    """A trustee; ``None``: not sent yet."""

    place: int
    name: str
    code_sha256: bytes | None
    certificate: str | None = None
    shares: str | None = None
    key: str | None = None
    decryption: str | None = None

    def sent(self, step: Step) -> str | None:
        """What was sent in this step."""
        message: str | None = getattr(self, step.value)
        return message


def missing(trustees: Sequence[Trustee], steps: Sequence[Step] = CEREMONY) -> tuple[Step, tuple[int, ...]] | None:
    """The first step that is not complete, and the places that it waits for; ``None``: complete."""
    for step in steps:
        places = tuple(one.place for one in trustees if one.sent(step) is None)
        if places:
            return step, places
    return None


def check_message(setup: Sealed, trustees: Sequence[Trustee], place: int, step: Step, message: str) -> None:
    """Raises :class:`DomainError` if it is not the turn of this step, :class:`Invalid` if the message does not hold."""
    waiting = missing(trustees, CEREMONY)
    if waiting is None or waiting[0] is not step:
        raise DomainError("step-not-now", "This step of the ceremony is not what is waited for.")
    group, data = group_named(setup.group), message.encode()
    try:
        if step is Step.CERTIFICATE:
            check_certificate(group, Context(group.name, len(setup.trustees), setup.threshold, place), data)
        elif step is Step.SHARES:
            check_shares(group, _all(trustees, Step.CERTIFICATE), place, data)
        else:
            check_key(group, _all(trustees, Step.CERTIFICATE), _all(trustees, Step.SHARES), place, data)
    except Refused as refusal:
        raise refused("/message", refusal) from None


def refused(pointer: str, refusal: Refused) -> Invalid:
    """What ``belenios`` refuses, as a problem of the request: the code names the check that failed."""
    return Invalid([Problem(pointer, code_of(refusal), str(refusal)[:300])])


def code_of(refusal: Refused) -> str:
    """The check that failed, as a code."""
    return refusal.check.value.replace("'", "").replace(" ", "-")


def assembled(group: Group, trustees: Sequence[Trustee], server: TrusteeKey) -> Trustees:
    """All who hold a part of the key: the trustees, then the server."""
    return (assemble(group, *(_all(trustees, step) for step in CEREMONY)), server)


def server_key(group: Group, secret: Secret[int]) -> TrusteeKey:
    """The server's public key with its proof."""
    return trustee_key(group, secret, SERVER_NAME)


def _all(trustees: Sequence[Trustee], step: Step) -> list[bytes]:
    return [message.encode() for one in trustees if (message := one.sent(step)) is not None]
