"""Opening the encrypted tally, and only that (§9, §10): partial decryptions, their proofs, the result they give.

A trustee publishes F = α^x for each ciphertext and proves it. Together they give D = α^(secret key), and β / D =
g^count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from belenios.election import Election
from belenios.encoding import (
    Json,
    as_element,
    as_list,
    as_object,
    as_weight,
    compact_bytes,
    read_canonical,
    weight_json,
)
from belenios.groups import Element, Group
from belenios.logarithm import Logarithms
from belenios.proofs import Proof, SamePower, equality_holds, proof_json, prove_equality, read_proof
from belenios.refusal import Check, Refused, require
from belenios.secret import Secret
from belenios.tally import EncryptedTally
from belenios.threshold import Threshold
from belenios.trustees import Item, members

Factors = tuple[tuple[Element, ...], ...]
Result = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """The factors F of one trustee, and their proofs, in the shape of the tally."""

    factors: Factors
    proofs: tuple[tuple[Proof, ...], ...]


def decrypt(election: Election, tally: EncryptedTally, secret: Secret[int]) -> bytes:
    """Compute a trustee's partial decryption: F = α^x, c = H("decrypt|" φ "|" X "|"; g^w, α^w), r = w - x c."""
    group, x = election.group, secret.reveal()
    prefix = _prefix(election, group.secret_power(group.generator, x))
    return compact_bytes(
        _partial_json(
            group,
            PartialDecryption(
                tuple(tuple(group.secret_power(cell.alpha, x) for cell in row) for row in tally),
                tuple(tuple(prove_equality(group, prefix, cell.alpha, x) for cell in row) for row in tally),
            ),
        )
    )


def check_decryption(election: Election, tally: EncryptedTally, key: Element, data: bytes) -> Factors:
    """Return the factors of the trustee whose public key is `key`; Refused unless every proof holds."""
    group = election.group
    partial = read_canonical(data, lambda value: _partial(group, value), lambda it: _partial_json(group, it))
    shapes = [[len(row) for row in rows] for rows in (tally, partial.factors, partial.proofs)]
    require(shapes[0] == shapes[1] == shapes[2], Check.FORM, "not of the shape of the tally")
    factors = [factor for row in partial.factors for factor in row]
    require(group.are_members(factors), Check.MEMBERSHIP, "a decryption factor is not a member of the group")
    prefix = _prefix(election, key)
    bases = [cell.alpha for row in tally for cell in row]
    proofs = [proof for row in partial.proofs for proof in row]
    for base, factor, proof in zip(bases, factors, proofs, strict=True):
        holds = equality_holds(group, prefix, SamePower(key, base, factor), proof)
        require(holds, Check.DECRYPTION_PROOF, "the proof of a factor does not hold")
    return partial.factors


def _prefix(election: Election, key: Element) -> str:
    return f"decrypt|{election.fingerprint}|{election.group.text(key)}|"


def combine(group: Group, trustees: Sequence[Item], partials: Mapping[int, Factors]) -> Factors:
    """Multiply checked factors, by number of trustee, into D (§9); Refused when too few trustees decrypted."""
    contributions: list[Factors] = []
    first = 1
    for item in trustees:
        contributions += _contributions(group, item, first, partials)
        first += len(members(item))
    return tuple(
        tuple(group.product(cells) for cells in zip(*rows, strict=True)) for rows in zip(*contributions, strict=True)
    )


def _contributions(group: Group, item: Item, first: int, partials: Mapping[int, Factors]) -> list[Factors]:
    """What the members of one item bring, each raised to its Lagrange coefficient where there is a threshold."""
    came = [j for j in range(1, len(members(item)) + 1) if first + j - 1 in partials]
    needed = item.threshold if isinstance(item, Threshold) else 1
    if len(came) < needed:
        raise Refused(Check.MISSING_DECRYPTION, f"{len(came)} of the {needed} needed from trustee {first} on")
    if not isinstance(item, Threshold):
        return [partials[first]]
    chosen = came[:needed]
    return [_raised(group, partials[first + j - 1], lagrange(group.order, chosen, j)) for j in chosen]


def lagrange(order: int, chosen: Sequence[int], j: int) -> int:
    """λ_j = Π_{k ≠ j} k / (k - j) mod q: weighs the value at j to find the value at 0."""
    coefficient = 1
    for k in chosen:
        if k != j:
            coefficient = coefficient * k * pow(k - j, -1, order) % order
    return coefficient


def _raised(group: Group, factors: Factors, exponent: int) -> Factors:
    return tuple(tuple(group.power(factor, exponent) for factor in row) for row in factors)


def find_result(group: Group, tally: EncryptedTally, opened: Factors, total_weight: int) -> Result:
    """Find r in g^r = β / D for each ciphertext, 0 ≤ r ≤ total weight; Refused when there is none."""
    logarithms = Logarithms(group, total_weight)
    return tuple(
        tuple(
            logarithms.of(group.multiply(cell.beta, group.inverse(factor)))
            for cell, factor in zip(row, factors, strict=True)
        )
        for row, factors in zip(tally, opened, strict=True)
    )


def check_result(group: Group, tally: EncryptedTally, opened: Factors, total_weight: int, result: Result) -> None:
    """Refused unless the result has the tally's shape, 0 ≤ r ≤ total weight, and g^r D = β everywhere."""
    shapes = [[len(row) for row in rows] for rows in (tally, opened, result)]
    require(shapes[0] == shapes[1] == shapes[2], Check.RESULT, "not of the shape of the tally")
    for number, (row, factors, counts) in enumerate(zip(tally, opened, result, strict=True), 1):
        for cell, factor, count in zip(row, factors, counts, strict=True):
            holds = group.multiply(factor, group.power(group.generator, count)) == cell.beta
            require(count <= total_weight, Check.RESULT, f"question {number}: {count} is more than all the votes")
            require(holds, Check.RESULT, f"question {number}: {count} is not what the tally holds")


def read_result(data: bytes) -> Result:
    """Read result.json."""
    return read_canonical(data, _result, _result_json)


def write_result(result: Result) -> bytes:
    """Write result.json."""
    return compact_bytes(_result_json(result))


def _result(value: Json) -> Result:
    rows = as_list(as_object(value, ("result",))["result"])
    return tuple(tuple(as_weight(count) for count in as_list(row)) for row in rows)


def _result_json(result: Result) -> Json:
    return {"result": [[weight_json(count) for count in row] for row in result]}


def _partial(group: Group, value: Json) -> PartialDecryption:
    fields = as_object(value, ("decryption_factors", "decryption_proofs"))
    return PartialDecryption(
        tuple(tuple(as_element(group, cell) for cell in as_list(row)) for row in as_list(fields["decryption_factors"])),
        tuple(tuple(read_proof(group, cell) for cell in as_list(row)) for row in as_list(fields["decryption_proofs"])),
    )


def _partial_json(group: Group, partial: PartialDecryption) -> Json:
    return {
        "decryption_factors": [[group.text(factor) for factor in row] for row in partial.factors],
        "decryption_proofs": [[proof_json(proof) for proof in row] for row in partial.proofs],
    }
