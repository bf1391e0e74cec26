"""Does a ballot hold? Its form, its fingerprint, its signature, and every proof it carries (§6).

Everything is recomputed from the ciphertexts. Ballots are best checked several at a time: membership in the group, a
third of the work, is then tested for all of them together.
"""

from collections.abc import Iterator, Sequence

from belenios.ballots import Ballot, ballot_context, read_ballot, signed_hash, tracker
from belenios.disjunctions import Disjunction, claims
from belenios.election import Election
from belenios.groups import Element, NotAnElement
from belenios.proofs import Proof, branches, challenges_add_up, knowledge_holds
from belenios.refusal import Check, Refused, require


def check_ballot(election: Election, data: bytes) -> Ballot:
    """Return the ballot if all of it holds; Refused otherwise. Eligibility and duplicates are the board's matter."""
    (ballot,) = check_ballots(election, [data])
    return ballot


def check_signer(election: Election, ballot: Ballot) -> None:
    """Refused unless credential and signature of a ballot that was read hold: a small part of `check_ballot`."""
    require(election.group.is_member(ballot.credential), Check.MEMBERSHIP, "the credential is not a member")
    _check_signature(election, ballot)


def check_ballots(election: Election, batch: Sequence[bytes]) -> list[Ballot]:
    """Check a batch; Refused names the tracker of the first ballot that does not hold."""
    try:
        ballots = [read_ballot(election, data) for data in batch]
        for ballot in ballots:
            _check_proofs(election, ballot)
        _check_members(election, ballots)
    except Refused:
        _blame(election, batch)
        raise
    return ballots


def _blame(election: Election, batch: Sequence[bytes]) -> None:
    """Check one by one, to say which ballot is at fault."""
    for data in batch:
        try:
            ballot = read_ballot(election, data)
            _check_members(election, [ballot])
            _check_proofs(election, ballot)
        except Refused as refusal:
            raise refusal.at(f"ballot {tracker(data)}") from None


def _elements(ballot: Ballot) -> Iterator[Element]:
    yield ballot.credential
    for answer in ballot.answers:
        for choice in answer.choices:
            yield choice.alpha
            yield choice.beta


def _check_members(election: Election, ballots: Sequence[Ballot]) -> None:
    elements = [element for ballot in ballots for element in _elements(ballot)]
    require(election.group.are_members(elements), Check.MEMBERSHIP, "an element is outside the group of prime order")


def _check_proofs(election: Election, ballot: Ballot) -> None:
    try:
        _check_claims(election, ballot)
    except NotAnElement as error:
        raise Refused(Check.MEMBERSHIP, str(error)) from error


def _check_claims(election: Election, ballot: Ballot) -> None:
    _check_signature(election, ballot)
    context = ballot_context(election, ballot.credential)
    found = [
        (number, *claim)
        for number, answer in enumerate(ballot.answers)
        for claim in claims(election, context, number, answer)
    ]
    _check_disjunctions(election, found)


def _check_signature(election: Election, ballot: Ballot) -> None:
    """Check hash = b64(SHA256(ballot without signature)) and c = H("sig|" hash "|"; g^r S^c)."""
    signature = ballot.signature
    if signature is None or signature.hash != signed_hash(election, ballot):
        raise Refused(Check.BALLOT_HASH, "the signed hash is not that of the ballot")
    holds = knowledge_holds(election.group, f"sig|{signature.hash}|", ballot.credential, signature.proof)
    require(holds, Check.BALLOT_SIGNATURE, "the signature does not hold under the credential")


def _check_disjunctions(election: Election, found: Sequence[tuple[int, Disjunction, Sequence[Proof]]]) -> None:
    """Recompute all the commitments in one call, then compare each sum of challenges with its hash."""
    group = election.group
    flat = [branch for _, claim, proofs in found for branch in branches(claim.statements, proofs)]
    commitments = group.commitments(election.public_key, flat)
    position = 0
    for number, claim, proofs in found:
        end = position + 2 * len(proofs)
        holds = challenges_add_up(group, claim.prefix, commitments[position:end], proofs)
        if not holds:
            raise Refused(claim.check, "the challenges do not add up to the hash", f"answer {number + 1}")
        position = end
