"""Every small change to a valid archive or ballot is refused: thousands of mutants, cheap ones first.

Three kinds. Raw mutants break a byte or the order of records, and the reader alone must refuse them. Resealed mutants
change what a record says and recompute every hash around it, as a forger would: only the checker can refuse those.
Signed mutants are ballots changed by their own voter, who signs them anew: only the proofs can refuse those.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from belenios.archive.events import Kind
from belenios.archive.reader import read_steps
from belenios.ballots import read_ballot, write_ballot
from belenios.checking import check_ballot, check_ballots
from belenios.election import read_election
from belenios.encoding import Json, compact_bytes, parse
from belenios.refusal import Refused
from belenios.sealing import sign
from belenios.testing.mutants import (
    INSIDE,
    Change,
    Mutant,
    byte_mutants,
    forge,
    json_mutants,
    labels_of,
    record_mutants,
    records_of,
    reseal,
    spellings,
    steps_of,
)
from belenios.testing.trial import DATE, Trial, make_trial
from belenios.verifier import batches
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
    """Two voters, two ballots, every optional field of the rules: quick to verify."""
    trial = make_trial("Ed25519", QUESTIONS, [(1, 1), (2, 2)], [1, 2])
    rules = replace(trial.election, administrator="La mairie", credential_authority="Le greffe")
    trial.election = read_election(rules.data)
    trial.vote(0, [[1, 0], [0, 1, 0]])
    trial.vote(1, [[0, 1], [1, 0, 0]])
    return trial


@pytest.fixture(scope="module")
def little() -> Trial:
    return small()


@pytest.fixture(scope="module")
def little_archive(little: Trial) -> bytes:
    return little.archive()


@pytest.fixture(scope="module")
def remembering() -> Iterator[None]:
    """Ballots that held once, under the same rules, are not checked again for each mutant of another record."""
    checked = cache(lambda rules, batch: check_ballots(read_election(rules), batch))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "check_ballots", lambda election, batch: checked(election.data, tuple(batch)))
        yield


# Kinds of records, with the least number of mutants each must have given.
FORGED = {
    "header": 20,
    "election": 200,
    "trustees": 600,
    "roll": 20,
    "setup": 35,
    "ballot": 1400,
    "tally": 140,
    "sized tally": 25,
    "partial decryption": 650,
    "owner": 75,
    "result": 50,
    "event Setup": 25,
    "event Ballot": 70,
    "event EndBallots": 25,
    "event EncryptedTally": 35,
    "event PartialDecryption": 100,
    "event Result": 35,
}


def is_legitimate(change: Change, label: str) -> bool:
    """The list of voters in another order is another valid archive, which its fingerprint tells."""
    return label == "roll" and change.path == () and change.what.startswith("swap")


def places(text: str, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every field there is in a JSON text, found by other means than the mutants are."""
    waiting: list[tuple[tuple[str | int, ...], Json]] = [(path, json.loads(text))]
    while waiting:
        where, value = waiting.pop()
        yield where
        if isinstance(value, dict | list):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*where, name), item) for name, item in items]
        elif isinstance(value, str) and value[:1] == "{":
            yield from places(value, (*where, INSIDE))


def test_every_kind_of_record_is_forged(little_archive: bytes) -> None:
    assert set(labels_of(little_archive)) == set(FORGED)
    assert {event.kind for event, _ in steps_of(little_archive)} == set(Kind)
    assert forge(little_archive, 0, records_of(little_archive)[0][1], DATE) == little_archive


@pytest.mark.usefixtures("remembering")
@pytest.mark.parametrize("label", FORGED)
def test_a_record_that_says_something_else_is_refused(
    little: Trial, little_archive: bytes, save: Save, label: str
) -> None:
    """Every field of every record of this kind is changed, and all the hashes around recomputed."""
    tried = 0
    for position, (record, (_, data)) in enumerate(
        zip(labels_of(little_archive), records_of(little_archive), strict=True)
    ):
        if record != label:
            continue
        reached = set()
        for change in json_mutants(parse(data), little.group):
            forged = forge(little_archive, position, compact_bytes(change.value), DATE)
            accepted = verify(save(forged)).accepted
            assert accepted == is_legitimate(change, label), f"{change.name} of record {position}"
            reached.add(change.path)
            tried += 1
        for mutant in spellings(data):
            assert not verify(save(forge(little_archive, position, mutant.data, DATE))).accepted, mutant.name
            tried += 1
        assert reached == set(places(data.decode())), "a field was left out"
    sys.stdout.write(f"{label}: {tried} mutants\n")  # shown by pytest -rP
    assert tried >= FORGED[label]


def test_a_reordered_roll_is_another_roll(little_archive: bytes, save: Save) -> None:
    position = labels_of(little_archive).index("roll")
    roll = parse(records_of(little_archive)[position][1])
    assert isinstance(roll, list)
    mutant = verify(save(forge(little_archive, position, compact_bytes(roll[::-1]), DATE)))
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
        *(Mutant(change.name, compact_bytes(change.value)) for change in json_mutants(parse(original), little.group)),
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
        for change in json_mutants(parse(original), little.group):
            data = None if "signature" in change.path else signed(change.value)
            if data is not None:
                yield Mutant(change.name, data)

    passed, tried = survivors(mutants(), ballot_accepts(little))
    assert not passed
    assert tried > 100


@pytest.mark.parametrize("name", ["BELENIOS-2048", "RFC-3526-2048"])
def test_ballots_of_a_field_too(name: str) -> None:
    trial = make_trial(name, QUESTIONS[1:], [(1, 1)], [1])
    original = trial.vote(0, [[0, 1, 0]])
    changes = json_mutants(parse(original), trial.group)
    mutants = [Mutant(change.name, compact_bytes(change.value)) for change in changes]
    passed, tried = survivors(mutants, ballot_accepts(trial))
    assert not passed
    assert tried > 400
