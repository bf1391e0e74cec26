"""The booth of open votes: choose, read again, cast, receipt. Every step works without JavaScript.

Nothing is kept between the steps but in the form itself. The receipt is shown by the answer to the last step and
nowhere else: it is in no address and no cookie. Sending the step again is harmless: the same cast gives the same
receipt.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from contracts.errors import Fault, FaultCode
from contracts.voting import (
    CAST_BALLOT,
    Candidate,
    CastBallot,
    ElectionView,
    Secrecy,
    State,
)

from gateway.forms import messages
from gateway.site.answers import Answer, Document, Page, Redirect, page
from gateway.site.visit import Visit
from gateway.site.voting.budget import budget
from gateway.site.voting.filling import PREFIXES, Filled, filled
from gateway.site.voting.labels import Labels
from gateway.site.voting.reading import participation, read

CAST_SECONDS = 10.0
CODE_LENGTH = 24


def of_open_votes(step: Callable[[Visit, ElectionView], Answer]) -> Callable[[Visit], Answer]:
    """A step of this booth; who comes with a sealed vote is sent to the booth that seals."""

    @wraps(step)
    def answer(visit: Visit) -> Answer:
        one = read(visit)
        return Redirect(f"/votes/{one.slug}/cabine") if one.secrecy is Secrecy.SEALED else step(visit, one)

    return answer


@of_open_votes
def enter(visit: Visit, one: ElectionView) -> Answer:
    """An empty ballot, or why the visitor cannot vote."""
    if one.state is not State.OPEN:
        return Redirect(f"/votes/{one.slug}")
    mine = participation(visit, one)
    if mine is None or not mine.allowed:
        reason = messages.reason(mine.reason if mine else "") or messages.FAULTS[FaultCode.FORBIDDEN]
        return page("voting/not-allowed.html", status=403, one=one, why=visit.text(reason), labels=Labels(visit))
    return _booth(visit, one, filled(visit, one), voted=mine.voted)


@of_open_votes
def change(visit: Visit, one: ElectionView) -> Answer:
    """The ballot as it was chosen, to change it before it is cast."""
    return _booth(visit, one, filled(visit, one), voted=False)


def _booth(visit: Visit, one: ElectionView, found: Filled, *, voted: bool) -> Page:
    return page(
        "voting/booth.html",
        status=422 if found.wrong else 200,
        one=one,
        projects=in_own_order(visit, one),
        found=found,
        prefix=PREFIXES.get(one.method.kind, ""),
        budget=budget(visit, one, found),
        voted=voted,
        labels=Labels(visit),
    )


def in_own_order(visit: Visit, one: ElectionView) -> list[Candidate]:
    """The projects in an order drawn for each person, the same each time: no place on the ballot is a favour."""
    who = visit.session.account if visit.session else ""
    return sorted(one.candidates, key=lambda c: hashlib.sha256(f"{who} {one.id} {c.id}".encode()).digest())


@of_open_votes
def review(visit: Visit, one: ElectionView) -> Answer:
    """The ballot to read again; what is wrong with it leads back to the booth."""
    found = filled(visit, one)
    if found.wrong:
        return _booth(visit, one, found, voted=False)
    return page(
        "voting/review.html",
        one=one,
        projects=in_own_order(visit, one),
        ballot=found.ballot,
        budget=budget(visit, one, found),
        cast_id=str(uuid4()),
        labels=Labels(visit),
    )


@of_open_votes
def cast(visit: Visit, one: ElectionView) -> Answer:
    """Put the ballot into the box and show its receipt."""
    found = filled(visit, one)
    if found.wrong:
        return _booth(visit, one, found, voted=False)
    request = CastBallot(election_id=one.id, cast_id=_cast_id(visit), ballot=found.ballot)
    answer = visit.call(CAST_BALLOT, request, deadline=CAST_SECONDS)
    return page("voting/receipt.html", one=one, receipt=answer, labels=Labels(visit))


def _cast_id(visit: Visit) -> UUID:
    try:
        return UUID(visit.field("cast_id"))
    except ValueError:
        raise Fault.invalid() from None


@of_open_votes
def save_receipt(visit: Visit, one: ElectionView) -> Answer:
    """The receipt as a small text file. It comes from the page and goes back to it: nothing is looked up or kept."""
    lines: tuple[Any, ...] = (
        visit.text("Receipt of a vote"),
        Labels(visit).of(one.title),
        visit.field("receipt")[:CODE_LENGTH],
        visit.text("Rules: SHA-256 %(sum)s", sum=one.rules[-1].sha256 if one.rules else ""),
        visit.text("To check it: %(address)s", address=f"{visit.frame.settings.public_url}/votes/{one.slug}/verifier"),
    )
    return Document("\n".join(lines).encode() + b"\n", "text/plain; charset=utf-8", f"{one.slug}-recu.txt")
