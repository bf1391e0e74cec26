"""Sealing a ballot (§6): encrypt each choice, prove that the ballot is well formed, sign it with the credential.

The server never needs this: ballots are sealed on the voter's machine. It is here for tests, tools and second
devices.
"""

from collections.abc import Sequence

from belenios.ballots import (
    Answer,
    Ballot,
    Ciphertext,
    Signature,
    answer_context,
    ballot_context,
    signed_hash,
    write_ballot,
)
from belenios.credentials import public_credential
from belenios.disjunctions import Disjunction, blank_or_not, individual, overall
from belenios.election import Election, Question
from belenios.groups import Group
from belenios.proofs import Opening, Proof, prove_knowledge, prove_one, random_exponent
from belenios.refusal import Check, require
from belenios.secret import Secret

Choices = Sequence[int]


def seal(election: Election, credential: Secret[int], choices: Sequence[Choices]) -> bytes:
    """Return the bytes of a ballot.

    `choices` has a list for each question, of 0 and 1 for each answer; where the question has a blank vote, one more
    bit comes first. Refused when the choices break the rules: nobody could prove such a ballot.
    """
    require(len(choices) == len(election.questions), Check.ANSWERS, "not one answer for each question")
    for question, bits in zip(election.questions, choices, strict=True):
        _check_choices(question, bits)
    public = public_credential(election.group, credential)
    context = ballot_context(election, public)
    answers = tuple(
        _seal_answer(election, question, context, bits)
        for question, bits in zip(election.questions, choices, strict=True)
    )
    ballot = Ballot(election.uuid, election.fingerprint, public, answers)
    return write_ballot(election, sign(election, credential, ballot))


def sign(election: Election, credential: Secret[int], ballot: Ballot) -> Ballot:
    """Sign a ballot with its credential: a proof of knowledge of s bound to the ballot's hash."""
    digest = signed_hash(election, ballot)
    proof = prove_knowledge(election.group, f"sig|{digest}|", credential.reveal())
    return Ballot(
        ballot.election_uuid, ballot.election_hash, ballot.credential, ballot.answers, Signature(digest, proof)
    )


def _check_choices(question: Question, bits: Choices) -> None:
    require(len(bits) == question.ciphertexts, Check.ANSWERS, "not one choice for each possible answer")
    require(all(bit in (0, 1) for bit in bits), Check.ANSWERS, "a choice is 0 or 1")
    if question.blank and bits[0]:
        require(not any(bits[1:]), Check.ANSWERS, "a blank vote chooses nothing else")
        return
    require(question.minimum <= sum(bits) <= question.maximum, Check.ANSWERS, "too many or too few choices")


def encrypt(group: Group, election: Election, randomness: int, value: int) -> Ciphertext:
    """Encrypt m = 0 or 1: α = g^r, β = y^r g^m. Both β are computed, so that the time says nothing of m."""
    masked = group.secret_power(election.public_key, randomness)
    betas = (masked, group.multiply(masked, group.generator))
    return Ciphertext(group.secret_power(group.generator, randomness), betas[value])


def _seal_answer(election: Election, question: Question, context: str, bits: Choices) -> Answer:
    group = election.group
    randomness = [random_exponent(group) for _ in bits]
    choices = tuple(encrypt(group, election, r, bit) for r, bit in zip(randomness, bits, strict=True))
    individual_proofs = tuple(
        _prove(election, individual(election, context, choice), Opening(bit, r))
        for choice, bit, r in zip(choices, bits, randomness, strict=True)
    )
    whole = answer_context(election, context, choices)
    claim = overall(election, question, whole, choices)
    if not question.blank:
        opening = Opening(sum(bits) - question.minimum, sum(randomness))
        return Answer(choices, individual_proofs, _prove(election, claim, opening))
    is_blank = _prove(election, claim, _blank_opening(question, bits, randomness))
    rest = sum(randomness[1:])
    tied = Opening(1, rest) if bits[0] else Opening(0, randomness[0])
    return Answer(choices, individual_proofs, is_blank, _prove(election, blank_or_not(election, whole, choices), tied))


def _blank_opening(question: Question, bits: Choices, randomness: Sequence[int]) -> Opening:
    """The true disjunct of m_0 = 1 ∨ m_Σ = min ∨ … ∨ m_Σ = max."""
    if bits[0]:
        return Opening(0, randomness[0])
    return Opening(1 + sum(bits[1:]) - question.minimum, sum(randomness[1:]))


def _prove(election: Election, claim: Disjunction, opening: Opening) -> tuple[Proof, ...]:
    return tuple(prove_one(election.group, election.public_key, claim.prefix, claim.statements, opening))
