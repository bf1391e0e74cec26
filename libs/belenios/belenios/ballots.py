"""The form of a ballot (§6): reading it strictly, writing it, and the texts its proofs are bound to.

A ballot that comes out of `read_ballot` has the shape its election asks for and one possible sequence of bytes;
whether its proofs hold is told by `belenios.checking`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from belenios.election import Election, Question
from belenios.encoding import (
    Json,
    as_element,
    as_list,
    as_object,
    as_text,
    compact_bytes,
    read_canonical,
    short_digest,
)
from belenios.groups import Element, Group
from belenios.proofs import Proof, proof_json, read_proof
from belenios.refusal import Check, Refused, require


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """An ElGamal encryption of m: alpha = g^r, beta = y^r g^m."""

    alpha: Element
    beta: Element


@dataclass(frozen=True, slots=True)
class Answer:
    """The sealed answer to one question; `blank_proof` is None where the question has no blank vote."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of the ballot's hash under its credential."""

    hash: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot; `signature` is None only while it is being made."""

    election_uuid: str
    election_hash: str
    credential: Element
    answers: tuple[Answer, ...]
    signature: Signature | None = None


def tracker(data: bytes) -> str:
    """The ballot's short name, which its voter keeps: b64(SHA256(ballot)) (§6)."""
    return short_digest(data)


def read_ballot(election: Election, data: bytes) -> Ballot:
    """Read a ballot of this election; Refused unless it is in the one form it may have."""
    group = election.group
    return read_canonical(data, lambda value: _ballot(election, value), lambda ballot: ballot_json(group, ballot))


def write_ballot(election: Election, ballot: Ballot) -> bytes:
    """Write a ballot, byte for byte as it is published."""
    return compact_bytes(ballot_json(election.group, ballot))


def signed_hash(election: Election, ballot: Ballot) -> str:
    """b64(SHA256(the ballot without its signature)), what the credential signs (§6)."""
    bare = Ballot(ballot.election_uuid, ballot.election_hash, ballot.credential, ballot.answers)
    return short_digest(write_ballot(election, bare))


def ballot_context(election: Election, credential: Element) -> str:
    """S0 = φ | S: binds every proof of a ballot to the election and to the credential (§6)."""
    return f"{election.fingerprint}|{election.group.text(credential)}"


def answer_context(election: Election, context: str, choices: Sequence[Ciphertext]) -> str:
    """S1 = S0 | α1,β1,α2,β2…: binds the proofs on a whole answer to its ciphertexts (§6)."""
    text = election.group.text
    return context + "|" + ",".join(f"{text(choice.alpha)},{text(choice.beta)}" for choice in choices)


def _ballot(election: Election, value: Json) -> Ballot:
    fields = as_object(value, ("election_uuid", "election_hash", "credential", "answers", "signature"))
    require(fields["election_uuid"] == election.uuid, Check.UUID, "the ballot names another election")
    require(fields["election_hash"] == election.fingerprint, Check.ELECTION_HASH, "the ballot is for other rules")
    answers = as_list(fields["answers"])
    require(len(answers) == len(election.questions), Check.ANSWERS, "not one answer for each question")
    return Ballot(
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=as_element(election.group, fields["credential"]),
        answers=tuple(_located_answer(election, number, answer) for number, answer in enumerate(answers)),
        signature=_signature(election.group, fields["signature"]),
    )


def _located_answer(election: Election, number: int, value: Json) -> Answer:
    try:
        return _answer(election.group, election.questions[number], value)
    except Refused as refusal:
        raise refusal.at(f"answer {number + 1}") from None


def _answer(group: Group, question: Question, value: Json) -> Answer:
    names = ("choices", "individual_proofs", "overall_proof")
    fields = as_object(value, (*names, "blank_proof") if question.blank else names)
    return Answer(
        choices=tuple(read_ciphertext(group, choice) for choice in _exactly(question.ciphertexts, fields["choices"])),
        individual_proofs=tuple(
            _proofs(group, 2, proofs) for proofs in _exactly(question.ciphertexts, fields["individual_proofs"])
        ),
        overall_proof=_proofs(group, _overall_length(question), fields["overall_proof"]),
        blank_proof=_proofs(group, 2, fields["blank_proof"]) if question.blank else None,
    )


def _overall_length(question: Question) -> int:
    """One proof for each permitted number of choices, and one for the blank vote."""
    return question.maximum - question.minimum + 1 + bool(question.blank)


def _exactly(length: int, value: Json) -> list[Json]:
    items = as_list(value)
    require(len(items) == length, Check.ANSWERS, f"{length} items are expected, not {len(items)}")
    return items


def _proofs(group: Group, length: int, value: Json) -> tuple[Proof, ...]:
    return tuple(read_proof(group, proof) for proof in _exactly(length, value))


def read_ciphertext(group: Group, value: Json) -> Ciphertext:
    """Read a ciphertext; membership is checked apart."""
    fields = as_object(value, ("alpha", "beta"))
    return Ciphertext(as_element(group, fields["alpha"]), as_element(group, fields["beta"]))


def ciphertext_json(group: Group, ciphertext: Ciphertext) -> Json:
    """Write a ciphertext."""
    return {"alpha": group.text(ciphertext.alpha), "beta": group.text(ciphertext.beta)}


def _signature(group: Group, value: Json) -> Signature:
    fields = as_object(value, ("hash", "proof"))
    return Signature(as_text(fields["hash"]), read_proof(group, fields["proof"]))


def ballot_json(group: Group, ballot: Ballot) -> Json:
    """Write a ballot as JSON; without the field `signature` while it has none."""
    value: dict[str, Json] = {
        "election_uuid": ballot.election_uuid,
        "election_hash": ballot.election_hash,
        "credential": group.text(ballot.credential),
        "answers": [_answer_json(group, answer) for answer in ballot.answers],
    }
    if ballot.signature is not None:
        value["signature"] = {"hash": ballot.signature.hash, "proof": proof_json(ballot.signature.proof)}
    return value


def _answer_json(group: Group, answer: Answer) -> Json:
    value: dict[str, Json] = {
        "choices": [ciphertext_json(group, choice) for choice in answer.choices],
        "individual_proofs": [[proof_json(proof) for proof in proofs] for proofs in answer.individual_proofs],
        "overall_proof": [proof_json(proof) for proof in answer.overall_proof],
    }
    if answer.blank_proof is not None:
        value["blank_proof"] = [proof_json(proof) for proof in answer.blank_proof]
    return value
