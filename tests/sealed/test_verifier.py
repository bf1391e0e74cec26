"""The browser's verifier comes to the same verdict as decider-verify, for the same reason, with the same figures."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from belenios.ballots import tracker
from belenios.encoding import compact_bytes, parse
from belenios.testing.mutants import (
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
from belenios.testing.trial import DATE, Trial
from belenios.verifier.verify import Request, verify

from .conftest import Node

Save = Callable[[bytes], Path]
SAME = (
    "accepted",
    "finished",
    "voters",
    "ballots",
    "counted",
    "total_weight",
    "fingerprints",
    "trustees",
    "checks",
    "refusal",
    "election",
    "result",
    "ballot",
    "previous_records",
)


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(data: bytes) -> Path:
        path = tmp_path / "election.bel"
        path.write_bytes(data)
        return path

    return write


def plain(report: Any) -> dict[str, Any]:
    """What both reports say, numbers as texts."""
    as_text = json.loads(json.dumps(report), parse_int=str)
    return {name: as_text[name] for name in SAME if as_text.get(name) is not None}


def same(node: Node, path: Path, request: Request | None = None) -> dict[str, Any]:
    """The report, having seen that both are the same."""
    asked = request or Request()
    found = node.ask(
        "verify",
        archive=path.read_bytes(),
        ballot=asked.ballot,
        unfinished=asked.unfinished,
        previous=asked.previous.read_bytes() if asked.previous else None,
    )
    expected = plain(verify(path, asked).as_json())
    assert plain(found) == expected
    return expected


def test_a_valid_archive_is_reported_alike(node: Node, little_archive: bytes, save: Save) -> None:
    assert same(node, save(little_archive))["accepted"] is True


@pytest.mark.parametrize("name", ["ed-basic", "ed-threshold", "ff-basic", "ff-threshold", "ff-weights"])
def test_archives_of_the_belenios_project_hold(node: Node, vectors: Path, name: str) -> None:
    assert same(node, vectors / "good" / f"{name}.bel")["accepted"] is True


@pytest.mark.parametrize("name", ["ed-broken-signature", "ed-vote-of-1000", "ff-broken-signature", "ff-vote-of-1000"])
def test_bad_archives_are_refused_alike(node: Node, vectors: Path, name: str) -> None:
    assert same(node, vectors / "bad" / f"{name}.bel")["accepted"] is False


def test_a_ballot_and_an_earlier_copy_are_explained_alike(
    node: Node, little: Trial, little_archive: bytes, save: Save, tmp_path: Path
) -> None:
    wanted = tracker(little.ballots[1][1])
    assert same(node, save(little_archive), Request(ballot=wanted))["ballot"]["counted"] is True
    assert same(node, save(little_archive), Request(ballot="nothing"))["refusal"]["check"] == "tracker"
    earlier = tmp_path / "earlier.bel"
    steps = steps_of(little_archive)
    earlier.write_bytes(reseal(steps[:2], DATE))
    assert int(same(node, save(little_archive), Request(previous=earlier))["previous_records"]) == 8
    withdrawn = save(reseal([steps[0], *steps[2:3]], DATE))
    lost = same(node, withdrawn, Request(previous=earlier, unfinished=True))
    assert lost["refusal"]["check"] == "continuity with the earlier copy"


def test_replaced_ballots_are_taken_out_alike(node: Node, little: Trial, save: Save) -> None:
    again = Trial(little.election, little.trustees, little.secrets, little.voters, little.weights, [*little.ballots])
    again.vote(1, [[1, 0], [0, 0, 1]])
    report = same(node, save(again.archive()))
    assert (report["ballots"], report["counted"]) == ("3", "2")


def test_records_dropped_repeated_moved_and_swapped(node: Node, little_archive: bytes, save: Save) -> None:
    mutants = list(record_mutants(little_archive, DATE))
    for mutant in random.sample(mutants, 25):
        assert same(node, save(mutant.data))["accepted"] is False, mutant.name


def test_flipped_bytes(node: Node, little_archive: bytes, save: Save) -> None:
    mutants = list(byte_mutants(little_archive, 17))
    for mutant in random.sample(mutants, 25):
        assert same(node, save(mutant.data))["accepted"] is False, mutant.name


def test_forged_records(node: Node, little: Trial, little_archive: bytes, save: Save) -> None:
    """Five changes of each kind of record, all the hashes around recomputed, drawn anew in each run."""
    labels = labels_of(little_archive)
    for label in sorted(set(labels)):
        position = labels.index(label)
        data = records_of(little_archive)[position][1]
        changes = [(change.name, compact_bytes(change.value)) for change in json_mutants(parse(data), little.group)] + [
            (mutant.name, mutant.data) for mutant in spellings(data)
        ]
        # Python reads 1.0 as the version 1 and refuses its spelling; JavaScript refuses the number.
        changes = [change for change in changes if change[0] != "float version"]
        for name, changed in random.sample(changes, min(5, len(changes))):
            report = same(node, save(forge(little_archive, position, changed, DATE)))
            assert report["accepted"] is (label == "roll" and name.startswith("swap")), f"{label}: {name}"
