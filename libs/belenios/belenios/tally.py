"""The encrypted tally (§8): for each answer, the product of the counted ciphertexts, each to its ballot's weight.

It is kept as running products, so the memory it takes does not depend on the number of ballots. A ballot that a later
one replaces is taken out again, by division.
"""

from collections.abc import Iterable, Sequence

from belenios.ballots import Answer, Ciphertext, ciphertext_json, read_ciphertext
from belenios.election import Election
from belenios.encoding import Json, as_list, compact_bytes, read_canonical
from belenios.groups import Group
from belenios.refusal import Check, require

Row = tuple[Ciphertext, ...]
EncryptedTally = tuple[Row, ...]


def neutral(election: Election) -> EncryptedTally:
    """The tally of no ballot: (1, 1) everywhere."""
    one = Ciphertext(election.group.identity, election.group.identity)
    return tuple((one,) * question.ciphertexts for question in election.questions)


def of_answers(answers: Sequence[Answer]) -> EncryptedTally:
    """The tally of one ballot of weight one: its ciphertexts."""
    return tuple(answer.choices for answer in answers)


def weighted(group: Group, tally: EncryptedTally, weight: int) -> EncryptedTally:
    """Raise everything to a public weight, which multiplies what is encrypted."""
    if weight == 1:
        return tally
    return tuple(
        tuple(Ciphertext(group.power(cell.alpha, weight), group.power(cell.beta, weight)) for cell in row)
        for row in tally
    )


def inverse(group: Group, tally: EncryptedTally) -> EncryptedTally:
    """Invert everything, to take ballots out of a tally."""
    return tuple(
        tuple(Ciphertext(group.inverse(cell.alpha), group.inverse(cell.beta)) for cell in row) for row in tally
    )


def product(election: Election, tallies: Iterable[EncryptedTally]) -> EncryptedTally:
    """Multiply tallies cell by cell, which adds what they hold. An iterator is consumed one tally at a time."""
    total = neutral(election)
    for tally in tallies:
        total = _multiply(election.group, [total, tally])
    return total


def product_of_batch(election: Election, tallies: Sequence[EncryptedTally]) -> EncryptedTally:
    """Multiply tallies that are all in memory, quicker than one at a time."""
    return _multiply(election.group, [neutral(election), *tallies])


def _multiply(group: Group, tallies: Sequence[EncryptedTally]) -> EncryptedTally:
    return tuple(
        tuple(
            Ciphertext(group.product(cell.alpha for cell in cells), group.product(cell.beta for cell in cells))
            for cells in zip(*rows, strict=True)
        )
        for rows in zip(*tallies, strict=True)
    )


def tally_json(group: Group, tally: EncryptedTally) -> Json:
    """Write an encrypted tally as JSON."""
    return [[ciphertext_json(group, cell) for cell in row] for row in tally]


def write_tally(group: Group, tally: EncryptedTally) -> bytes:
    """Write an encrypted tally, byte for byte as it is published."""
    return compact_bytes(tally_json(group, tally))


def read_tally(election: Election, data: bytes) -> EncryptedTally:
    """Read an encrypted tally of this election's shape, all members."""
    group = election.group
    tally = read_canonical(data, lambda value: _tally(group, value), lambda tally: tally_json(group, tally))
    shape = [question.ciphertexts for question in election.questions]
    require([len(row) for row in tally] == shape, Check.TALLY, "not of the shape of the questions")
    elements = [element for row in tally for cell in row for element in (cell.alpha, cell.beta)]
    require(group.are_members(elements), Check.MEMBERSHIP, "an element of the tally is not a member of the group")
    return tally


def _tally(group: Group, value: Json) -> EncryptedTally:
    return tuple(tuple(read_ciphertext(group, cell) for cell in as_list(row)) for row in as_list(value))
