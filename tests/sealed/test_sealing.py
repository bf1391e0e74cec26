"""Ballots sealed by the browser's library are accepted by libs/belenios, and the other way round."""

import json
import random
from pathlib import Path

import pytest
from belenios.ballots import tracker
from belenios.checking import check_ballot
from belenios.credentials import derive, new_credential
from belenios.election import Election, Question
from belenios.encoding import compact_bytes, parse
from belenios.refusal import Refused
from belenios.sealing import seal
from belenios.testing.mutants import json_mutants, spellings
from belenios.testing.trial import Trial, make_trial

from .conftest import Node

GROUPS = ("Ed25519", "BELENIOS-2048", "RFC-3526-2048")
GRADES = ("Très bien", "Bien", "Assez bien", "Passable", "À rejeter")
KINDS = {
    "at most two of three": (Question("Lesquels ?", ("un", "deux", "trois"), 0, 2), [[1, 0, 1], [0, 0, 0], [0, 1, 0]]),
    "exactly one": (Question("Lequel ?", ("un", "deux"), 1, 1), [[1, 0], [0, 1]]),
    "from one to all": (Question("Lesquels ?", ("un", "deux"), 1, 2), [[1, 1], [0, 1]]),
    "or blank": (Question("Lequel ?", ("un", "deux"), 1, 1, blank=True), [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    "none, some or blank": (Question("?", ("un", "deux"), 0, 2, blank=True), [[1, 0, 0], [0, 0, 0], [0, 1, 1]]),
    "a grade": (Question("Piste cyclable", GRADES, 1, 1, blank=False), [[0, 0, 1, 0, 0]]),
}


@pytest.mark.parametrize("group", GROUPS)
def test_what_the_browser_seals_holds(node: Node, group: str) -> None:
    trial = make_trial(group, [question for question, _ in KINDS.values()], [(1, 1)], [1])
    longest = max(len(votes) for _, votes in KINDS.values())
    for turn in range(longest if group == "Ed25519" else 1):
        choices = [votes[turn % len(votes)] for _, votes in KINDS.values()]
        sealed = node.ask("seal", election=trial.election.data, secret=trial.voters[0].reveal(), choices=choices)
        ballot = sealed["text"].encode()
        assert sealed["tracker"] == tracker(ballot)
        check_ballot(trial.election, ballot)
        trial.ballots.append((0, ballot))
    counts = node.ask("verify", archive=trial.archive())["result"]
    assert [[int(answer["count"]) for answer in row["answers"]] for row in counts] == choices


@pytest.mark.parametrize("group", GROUPS)
def test_what_libs_belenios_seals_holds(node: Node, group: str) -> None:
    trial = make_trial(group, [question for question, _ in KINDS.values()], [(1, 1)], [1])
    ballot = trial.vote(0, [votes[-1] for _, votes in KINDS.values()])
    assert node.ask("check", election=trial.election.data, ballot=ballot) is True


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_rules_do_not_allow_is_not_sealed(node: Node, little: Trial, kind: str) -> None:
    question, votes = KINDS[kind]
    trial = make_trial("Ed25519", [question], [(1, 1)], [1])
    wrong = [[], votes[0][:-1], [2] + [0] * (len(votes[0]) - 1), [1] * len(votes[0])]
    for choices in wrong if kind != "from one to all" else wrong[:3]:
        refused = node.ask("seal", election=trial.election.data, secret=5, choices=[choices])
        assert refused["check"] == "answers", choices
    assert node.ask("seal", election=little.election.data, secret=5, choices=[votes[0]])["check"] == "answers"


def test_both_derive_the_same_credential(node: Node, little: Trial) -> None:
    election = little.election
    credential = new_credential()
    expected = derive(election.group, election.uuid, credential).reveal()
    assert node.ask("derive", election=election.data, credential=credential.reveal()) == str(expected)
    assert node.ask("derive", election=election.data, credential="12345")["check"] == "credential"


@pytest.mark.parametrize("name", ["ed-approval40k5", "ed-grades", "ff-approval40k5", "ff-grades"])
def test_ballots_of_the_belenios_project_hold(node: Node, vectors: Path, name: str) -> None:
    election = (vectors / "ballots" / f"{name}.election.json").read_bytes().rstrip(b"\n")
    ballot = (vectors / "ballots" / f"{name}.ballot.json").read_bytes().rstrip(b"\n")
    assert node.ask("check", election=election, ballot=ballot) is True


def reason(election: Election, ballot: bytes) -> str:
    try:
        check_ballot(election, ballot)
    except Refused as refusal:
        return refusal.check.value
    return ""


def test_changed_ballots_are_refused_for_the_same_reason(node: Node, little: Trial) -> None:
    """Sixty of the changes, drawn anew in each run."""
    original = little.ballots[0][1]
    changes = json_mutants(parse(original), little.group)
    mutants = [(change.name, compact_bytes(change.value)) for change in changes]
    mutants += [(mutant.name, mutant.data) for mutant in spellings(original)]
    assert len(mutants) > 700
    seed = random.SystemRandom().getrandbits(32)
    for name, data in random.Random(seed).sample(mutants, 60):
        found = node.ask("check", election=little.election.data, ballot=data)
        assert found is not True, f"{name}, seed {seed}"
        assert found["check"] == reason(little.election, data), f"{name}, seed {seed}"


def test_a_revealed_ballot_shows_a_device_that_cheats(node: Node, little: Trial) -> None:
    choices = [[1, 0], [0, 1, 0]]
    given = {"election": little.election.data, "choices": choices}
    sealed = node.ask("seal", secret=little.voters[0].reveal(), **given)
    revealed = {"ballot": sealed["text"], "randomness": sealed["randomness"]}
    assert node.ask("revealed", **given, **revealed) == sealed["tracker"]
    other = {"election": little.election.data, "choices": [[0, 1], [0, 1, 0]]}
    assert node.ask("revealed", **other, **revealed)["check"] == "answers"
    wrong = json.loads(json.dumps(sealed["randomness"]))
    wrong[1][2] = "12"
    assert node.ask("revealed", **given, ballot=sealed["text"], randomness=wrong)["check"] == "answers"


def test_two_ballots_of_the_same_choices_have_nothing_in_common(node: Node, little: Trial) -> None:
    given = {"election": little.election.data, "secret": little.voters[0].reveal(), "choices": [[1, 0], [0, 1, 0]]}
    one, two = (node.ask("seal", **given)["text"].split('"answers"')[1].split('"') for _ in range(2))
    digits = [{word for word in words if len(word) > 20} for words in (one, two)]
    assert all(digits)
    assert not digits[0] & digits[1]


def test_libs_belenios_reads_the_same_bytes_back(node: Node, little: Trial) -> None:
    """The browser's text is the archive's record: nothing writes it again on the way."""
    given = {"election": little.election.data, "secret": little.voters[0].reveal(), "choices": [[0, 0], [1, 0, 0]]}
    text = node.ask("seal", **given)["text"]
    assert compact_bytes(parse(text.encode())).decode() == text
    assert len(text) == pytest.approx(len(seal(little.election, little.voters[0], [[0, 0], [1, 0, 0]])), abs=100)
