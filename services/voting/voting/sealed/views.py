"""What everybody may know of a sealed vote."""

from collections.abc import Sequence

from belenios.groups import group_named
from chassis.auth import EVERYWHERE, Caller
from contracts.errors import Fault
from contracts.voting import MANAGER_ROLE, ElectionRef
from contracts.voting.sealed import MissingStep, Phase, SealedElectionView, SealedQuestion, TrusteeView
from contracts.voting.sealed import Step as WireStep

from voting.domain.election import Election, State
from voting.domain.rules import Sealed
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.encoding import base64url
from voting.sealed.questions import Sheet, max_ballot_bytes, sheets
from voting.sealed.store import Frozen, SealedElection
from voting.sealed.trustees import CEREMONY, Step, Trustee, missing

_PHASES = {
    State.ANNOUNCED: Phase.FROZEN,
    State.OPEN: Phase.OPEN,
    State.CLOSED: Phase.TALLYING,
    State.PUBLISHED: Phase.PUBLISHED,
    State.CANCELLED: Phase.CANCELLED,
}


def get_sealed_election(resources: Resources, caller: Caller, request: ElectionRef) -> SealedElectionView:
    """A sealed vote. Its ceremony is public from the first invitation on; before, managers alone know of the draft."""
    with resources.uow() as tx:
        election, sealed = found(tx, request.election)
        if election.state is State.DRAFT and not _known(tx, caller, election):
            raise _none()
        return view(resources, tx, election, sealed)


def found(tx: Transaction, reference: str) -> tuple[Election, SealedElection]:
    """A sealed election by its identifier or slug. Raises *not-found*."""
    election = tx.elections.named(reference)
    sealed = tx.sealed.get(election.rules.election_id) if election else None
    if election is None or sealed is None:
        raise _none()
    return election, sealed


def setup_of(election: Election) -> Sealed:
    """The trustees and threshold of a sealed election."""
    if election.rules.sealed is None:
        raise _none()
    return election.rules.sealed


def _none() -> Fault:
    return Fault.not_found("There is no such sealed vote.")


def _known(tx: Transaction, caller: Caller, election: Election) -> bool:
    manages = caller.account is not None and caller.has(MANAGER_ROLE, election.rules.perimeter or EVERYWHERE)
    return manages or any(one.code_sha256 for one in tx.sealed.trustees(election.rules.election_id))


def view(resources: Resources, tx: Transaction, election: Election, sealed: SealedElection) -> SealedElectionView:
    """All that is public of a sealed vote."""
    rules, setup = election.rules, setup_of(election)
    trustees = tx.sealed.trustees(rules.election_id)
    asked = sheets(rules)
    tallied = tx.boards.tally(rules.election_id) is not None
    limit = resources.cast_limit
    return SealedElectionView(
        id=rules.election_id,
        slug=rules.slug,
        title=dict(rules.title),
        uuid=sealed.uuid,
        phase=phase(election, trustees, tallied=tallied),
        group=setup.group,
        threshold=setup.threshold,
        trustees=tuple(map(_trustee_view, trustees)),
        missing=_missing(election, trustees, tallied=tallied),
        questions=tuple(map(_question_view, asked)),
        max_ballot_bytes=max_ballot_bytes(group_named(setup.group), asked, sealed.uuid),
        casts=limit.count,
        casts_seconds=limit.seconds,
        restarted_because=sealed.restarted_because,
        **_frozen_fields(sealed.frozen),
    )


def phase(election: Election, trustees: Sequence[Trustee], *, tallied: bool) -> Phase:
    """Where the vote stands."""
    if election.state is State.DRAFT:
        return Phase.CEREMONY if missing(trustees) else Phase.READY
    if election.state is State.CLOSED and tallied:
        return Phase.DECRYPTING
    return _PHASES[election.state]


def _missing(election: Election, trustees: Sequence[Trustee], *, tallied: bool) -> tuple[MissingStep, ...]:
    waiting = missing(trustees, CEREMONY) if election.state is State.DRAFT else None
    if election.state is State.CLOSED and tallied:
        opened = sum(one.decryption is not None for one in trustees)
        waiting = missing(trustees, (Step.DECRYPTION,)) if opened < setup_of(election).threshold else None
    return (MissingStep(step=WireStep(waiting[0]), places=waiting[1]),) if waiting else ()


def _trustee_view(one: Trustee) -> TrusteeView:
    return TrusteeView(
        place=one.place,
        name=one.name,
        invited=one.code_sha256 is not None,
        certificate=one.certificate,
        shares=one.shares,
        key=one.key,
        decrypted=one.sent(Step.DECRYPTION) is not None,
    )


def _question_view(sheet: Sheet) -> SealedQuestion:
    return SealedQuestion(
        candidate_id=sheet.candidate_id, answers=sheet.answers, minimum=sheet.minimum, maximum=sheet.maximum
    )


def _frozen_fields(frozen: Frozen | None) -> dict[str, str | None]:
    names = ("rules_sha256", "election_json", "trustees_json", "fingerprint")
    if frozen is None:
        return dict.fromkeys((*names, "token_key", "receipt_key"))
    texts: dict[str, str | None] = {name: getattr(frozen, name) for name in names}
    return texts | {"token_key": base64url(frozen.token_key), "receipt_key": base64url(frozen.receipt_key)}
