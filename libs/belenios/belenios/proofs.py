"""Zero-knowledge proofs (§1, §5, §6, §9), Fiat-Shamir: the challenge hashes the statement and the commitments.

Three kinds: knowledge of a secret exponent (keys, signatures), equality of two exponents (decryption), and
one-out-of-many (a ciphertext holds one of the allowed values). A proof is bound to its context by a prefix that
enters the hash.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from belenios.encoding import Json, as_exponent, as_object
from belenios.groups import Branch, Element, Group


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and a response, both below the group's order."""

    challenge: int
    response: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A disjunct to prove: (alpha, beta) encrypts `value` under the election key."""

    alpha: Element
    beta: Element
    value: int


def read_proof(group: Group, value: Json) -> Proof:
    """Read a proof, both numbers canonical and in range."""
    fields = as_object(value, ("challenge", "response"))
    return Proof(as_exponent(group, fields["challenge"]), as_exponent(group, fields["response"]))


def proof_json(proof: Proof) -> Json:
    """Write a proof."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def hash_to_exponent(group: Group, prefix: str, elements: Sequence[Element]) -> int:
    """H(prefix; e1, …, en) = SHA256(prefix ‖ s(e1) ‖ "," ‖ … ‖ s(en)) mod q (§1)."""
    text = prefix + ",".join(map(group.text, elements))
    return int.from_bytes(sha256(text.encode()).digest(), "big") % group.order


def random_exponent(group: Group) -> int:
    """Draw an exponent, uniform, from the system's generator."""
    return secrets.randbelow(group.order)


def prove_knowledge(group: Group, prefix: str, secret: int) -> Proof:
    """Prove knowledge of x, given g^x: w random, c = H(prefix; g^w), r = w - x c (§5)."""
    w = random_exponent(group)
    challenge = hash_to_exponent(group, prefix, [group.secret_power(group.generator, w)])
    return Proof(challenge, (w - secret * challenge) % group.order)


def knowledge_holds(group: Group, prefix: str, key: Element, proof: Proof) -> bool:
    """Check c = H(prefix; g^r X^c) (§5); X = `key` must be a member."""
    commitment = group.combine(group.generator, proof.response, key, proof.challenge)
    return hash_to_exponent(group, prefix, [commitment]) == proof.challenge


def prove_equality(group: Group, prefix: str, base: Element, secret: int) -> Proof:
    """Prove that g^x and base^x have the same x: c = H(prefix; g^w, base^w), r = w - x c (§9)."""
    w = random_exponent(group)
    commitments = [group.secret_power(group.generator, w), group.secret_power(base, w)]
    challenge = hash_to_exponent(group, prefix, commitments)
    return Proof(challenge, (w - secret * challenge) % group.order)


@dataclass(frozen=True, slots=True)
class SamePower:
    """The claim that key = g^x and power = base^x for one x."""

    key: Element
    base: Element
    power: Element


def equality_holds(group: Group, prefix: str, claim: SamePower, proof: Proof) -> bool:
    """Check c = H(prefix; g^r X^c, α^r F^c) with X = key, α = base, F = power (§9); all members."""
    challenge, response = proof.challenge, proof.response
    commitments = [
        group.combine(group.generator, response, claim.key, challenge),
        group.combine(claim.base, response, claim.power, challenge),
    ]
    return hash_to_exponent(group, prefix, commitments) == challenge


@dataclass(frozen=True, slots=True)
class Opening:
    """What the prover knows: which statement is true, and the randomness of its ciphertext."""

    true: int
    randomness: int = field(repr=False)


def prove_one(
    group: Group, key: Element, prefix: str, statements: Sequence[Statement], opening: Opening
) -> list[Proof]:
    """Prove that one statement holds without telling which.

    The others are simulated with random challenges; the true one takes what is left of H(prefix; A_0, B_0, …) (§6).
    Every statement costs the same operations, so that the time says nothing of the choice.
    """
    q, true = group.order, opening.true
    proofs = [Proof(random_exponent(group), random_exponent(group)) for _ in statements]
    commitments = group.commitments(key, branches(statements, proofs))
    w = random_exponent(group)
    commitments[2 * true] = group.secret_power(group.generator, w)
    commitments[2 * true + 1] = group.secret_power(key, w)
    others = sum(proof.challenge for number, proof in enumerate(proofs) if number != true)
    challenge = (hash_to_exponent(group, prefix, commitments) - others) % q
    proofs[true] = Proof(challenge, (w - opening.randomness * challenge) % q)
    return proofs


def branches(statements: Sequence[Statement], proofs: Sequence[Proof]) -> list[Branch]:
    """Pair each statement with its proof, for `Group.commitments`."""
    return [
        Branch(statement.alpha, statement.beta, statement.value, proof.challenge, proof.response)
        for statement, proof in zip(statements, proofs, strict=True)
    ]


def challenges_add_up(group: Group, prefix: str, commitments: Sequence[Element], proofs: Sequence[Proof]) -> bool:
    """Check Σ c_j = H(prefix; A_0, B_0, …) mod q, given the commitments that the proofs open (§6)."""
    total = sum(proof.challenge for proof in proofs) % group.order
    return total == hash_to_exponent(group, prefix, commitments)
