"""Every small change to a valid archive or ballot is refused: thousands of mutants, cheap ones first.

Three kinds. Raw mutants break a byte or the order of records, and the reader alone must refuse them. Resealed mutants
change what a record says and recompute every hash around it, as a forger would: only the checker can refuse those.
Signed mutants are ballots changed by their own voter, who signs them anew: only the proofs can refuse those.
"""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from belenios.archive.events import Kind
from belenios.archive.reader import read_steps
from belenios.ballots import read_ballot, write_ballot
from belenios.checking import check_ballot
from belenios.encoding import Json, compact_bytes, parse
from belenios.groups import Group
from belenios.refusal import Refused
from belenios.sealing import sign
from belenios.testing.mutants import (
    Mutant,
    Step,
    byte_mutants,
    json_mutants,
    record_mutants,
    reseal,
    spellings,
    steps_of,
)
from belenios.testing.trial import DATE, Trial, make_trial
from belenios.verifier.verify import Request, verify

from .conftest import QUESTIONS

Save = Callable[[bytes], Path]


def survivors(mutants: Iterable[Mutant], accepts: Callable[[bytes], bool]) -> tuple[list[str], int]:
    """Names of the mutants that pass, and how many were tried."""
    passed, tried = [], 0
    for mutant in mutants:
        tried += 1
        if accepts(mutant.data):
            passed.append(mutant.name)
    return passed, tried


def reader_accepts(data: bytes) -> bool:
    try:
        for _ in read_steps(BytesIO(data)):
            pass
    except Refused:
        return False
    return True


def test_flipped_bytes_are_refused_by_the_reader(archive: bytes) -> None:
    passed, tried = survivors(byte_mutants(archive, 17), reader_accepts)
    assert not passed
    assert tried > 2500


def test_every_byte_of_every_kind_of_header_matters(archive: bytes) -> None:
    for start in (0, archive.index(b".data.json") - 64, archive.index(b".event.json") - 64):
        before, block, after = archive[:start], archive[start : start + 512], archive[start + 512 :]
        mutants = (Mutant(name, before + data + after) for name, data in byte_mutants(block, 1))
        passed, tried = survivors(mutants, reader_accepts)
        assert not passed
        assert tried == 512


def test_records_dropped_repeated_moved_and_swapped_are_refused(archive: bytes, save: Save) -> None:
    def accepts(data: bytes) -> bool:
        return reader_accepts(data) and verify(save(data)).accepted

    passed, tried = survivors(record_mutants(archive, DATE), accepts)
    assert not passed
    assert tried > 400


def small() -> Trial:
    """Two voters, three ballots: what resealed mutants start from, quick to verify."""
    trial = make_trial("Ed25519", QUESTIONS, [(1, 1), (2, 2)], [1, 2])
    trial.vote(0, [[1, 0], [0, 1, 0]])
    trial.vote(1, [[0, 1], [1, 0, 0]])
    return trial


@pytest.fixture(scope="module")
def little() -> Trial:
    return small()


@pytest.fixture(scope="module")
def little_archive(little: Trial) -> bytes:
    return little.archive()


def resealed(archive: bytes, position: int, record: int, group: Group) -> Iterable[Mutant]:
    """Mutants of one record of one event, in archives whose hashes all agree."""
    steps = steps_of(archive)
    event, contents = steps[position]
    changes = [Mutant(name, compact_bytes(value)) for name, value in json_mutants(parse(contents[record]), group)]
    for name, data in (*changes, *spellings(contents[record])):
        changed = (*contents[:record], data, *contents[record + 1 :])
        yield Mutant(f"{event.kind} record {record}: {name}", with_step(steps, position, changed, record))


def with_step(steps: Sequence[Step], position: int, contents: Sequence[bytes], record: int) -> bytes:
    """The archive with other contents for one step; when its last record is the one changed, it stays as it is."""
    event, _ = steps[position]
    last = len(contents) > 1 and record == len(contents) - 1
    changed = [*steps[:position], (event, contents), *steps[position + 1 :]]
    return reseal(changed, DATE, position if last else None)


RESEALED = {
    "election": (0, 0, 60),
    "trustees": (0, 1, 400),
    "roll": (0, 2, 15),
    "setup": (0, 3, 10),
    "tally": (4, 0, 100),
    "sized tally": (4, 1, 15),
    "partial decryption": (5, 0, 200),
    "owner": (6, 1, 10),
    "result": (8, 0, 25),
}

# Changes that make another valid archive: the list of voters in another order, which its fingerprint tells.
LEGITIMATE = {"Setup record 2: swap 0 and 1 of .", "Setup record 2: reverse ."}


@pytest.mark.parametrize("record", RESEALED)
def test_a_record_that_says_something_else_is_refused(
    little: Trial, little_archive: bytes, save: Save, record: str
) -> None:
    position, index, least = RESEALED[record]
    assert reseal(steps_of(little_archive), DATE) == little_archive

    def accepts(data: bytes) -> bool:
        return data != little_archive and verify(save(data)).accepted

    passed, tried = survivors(resealed(little_archive, position, index, little.group), accepts)
    assert set(passed) <= LEGITIMATE
    assert tried >= least


def test_a_reordered_roll_is_another_roll(little_archive: bytes, save: Save) -> None:
    steps = steps_of(little_archive)
    contents = list(steps[0][1])
    roll = parse(contents[2])
    assert isinstance(roll, list)
    contents[2] = compact_bytes(roll[::-1])
    mutant = verify(save(with_step(steps, 0, contents, 2)))
    assert mutant.accepted
    assert mutant.fingerprints["voters"] != verify(save(little_archive)).fingerprints["voters"]


def test_resealed_changes_of_events_show_against_an_earlier_copy(
    little_archive: bytes, save: Save, tmp_path: Path
) -> None:
    earlier = tmp_path / "kept.bel"
    earlier.write_bytes(little_archive)
    steps = steps_of(little_archive)
    mutants = [steps[:i] + steps[i + 1 :] for i in range(len(steps))]
    mutants += [[*steps[: i + 1], *steps[i:]] for i in range(len(steps))]
    mutants += [[*steps[:i], steps[i + 1], steps[i], *steps[i + 2 :]] for i in range(len(steps) - 1)]
    for mutant in mutants:
        assert not verify(save(reseal(mutant, DATE)), Request(previous=earlier, unfinished=True)).accepted


def test_without_an_earlier_copy_nothing_counted_can_be_left_out(little_archive: bytes, save: Save) -> None:
    steps = steps_of(little_archive)
    for i, (event, _) in enumerate(steps):
        rest = reseal(steps[:i] + steps[i + 1 :], DATE)
        assert not verify(save(rest)).accepted, event.kind
        twice = reseal([*steps[: i + 1], *steps[i:]], DATE)
        assert not verify(save(twice)).accepted, event.kind


def ballot_accepts(trial: Trial) -> Callable[[bytes], bool]:
    def accepts(data: bytes) -> bool:
        try:
            check_ballot(trial.election, data)
        except Refused:
            return False
        return True

    return accepts


def test_every_field_of_a_ballot_matters(little: Trial) -> None:
    original = little.ballots[0][1]
    mutants = [
        *(Mutant(name, compact_bytes(value)) for name, value in json_mutants(parse(original), little.group)),
        *spellings(original),
        *byte_mutants(original, 5),
    ]
    passed, tried = survivors(mutants, ballot_accepts(little))
    assert not passed
    assert tried > 1500


def test_a_voter_who_signs_a_changed_ballot_is_refused(little: Trial) -> None:
    """The signature is made anew, so that the proofs alone are left to see it."""
    original = little.ballots[0][1]
    election, voter = little.election, little.voters[0]

    def signed(value: Json) -> bytes | None:
        try:
            return write_ballot(election, sign(election, voter, read_ballot(election, compact_bytes(value))))
        except Refused:
            return None

    def mutants() -> Iterable[Mutant]:
        for name, value in json_mutants(parse(original), little.group):
            data = None if "signature" in name else signed(value)
            if data is not None:
                yield Mutant(name, data)

    passed, tried = survivors(mutants(), ballot_accepts(little))
    assert not passed
    assert tried > 100


@pytest.mark.parametrize("name", ["BELENIOS-2048", "RFC-3526-2048"])
def test_ballots_of_a_field_too(name: str) -> None:
    trial = make_trial(name, QUESTIONS[1:], [(1, 1)], [1])
    original = trial.vote(0, [[0, 1, 0]])
    mutants = [Mutant(name, compact_bytes(value)) for name, value in json_mutants(parse(original), trial.group)]
    passed, tried = survivors(mutants, ballot_accepts(trial))
    assert not passed
    assert tried > 400


def test_kinds_are_all_there(little_archive: bytes) -> None:
    assert {event.kind for event, _ in steps_of(little_archive)} == set(Kind)
