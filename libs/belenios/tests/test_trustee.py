"""decider-trustee: a whole ceremony and the opening of a real archive by files alone, one folder per trustee."""

import stat
from collections.abc import Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from belenios.archive.writer import ArchiveWriter
from belenios.checking import check_ballot
from belenios.credentials import write_roll
from belenios.decryption import check_decryption, combine, find_result, write_result
from belenios.election import Election, Question, read_election
from belenios.encoding import parse
from belenios.groups import group_named
from belenios.keys import read_trustee_key
from belenios.tally import EncryptedTally, of_answers, product, write_tally
from belenios.testing.mutants import reseal, steps_of
from belenios.testing.trial import DATE, Trial, make_trial
from belenios.threshold import read_threshold
from belenios.trustee.cli import main
from belenios.trustee.texts import TEXTS
from belenios.trustees import Item, check_trustees, decryption_keys, write_trustees
from belenios.verifier.verify import verify

CURVE = group_named("Ed25519")
SIZE = 3


class Office:
    """Runs decider-trustee; its messages become files of these names."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def run(self, *arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def write(self, name: str, *arguments: object) -> Path:
        code, out, err = self.run(*arguments)
        assert code == 0, err
        path = self.folder / name
        path.write_text(out)
        return path

    def seed(self, number: int) -> Path:
        return self.folder / f"{number}.seed"


class Ceremony:
    """Two of three trustees, and a single one whose part is always needed."""

    def __init__(self, office: Office) -> None:
        each = range(1, SIZE + 1)
        self.office = office
        self.single = office.write("single", "single", office.seed(0), "--name", "Le greffe")
        self.certs = [office.write(f"{i}.c", "certificate", office.seed(i), "--place", f"{i}/2/{SIZE}") for i in each]
        heard = ("--certificates", *self.certs)
        self.messages = [office.write(f"{i}.m", "shares", office.seed(i), *heard) for i in each]
        heard += ("--shares", *self.messages)
        self.keys = [office.write(f"{i}.k", "key", office.seed(i), *heard) for i in each]
        self.parameters = office.write("parameters", "assemble", *heard, "--keys", *self.keys)

    def trustees(self) -> tuple[Item, ...]:
        single = read_trustee_key(CURVE, parse(self.single.read_bytes()))
        return single, read_threshold(CURVE, parse(self.parameters.read_bytes()))

    def secret_of(self, number: int) -> tuple[object, ...]:
        """The arguments by which this trustee decrypts."""
        if number == 0:
            return (self.office.seed(0),)
        own = ("--own", self.keys[number - 1], "--certificates", *self.certs)
        return (self.office.seed(number), *own)


@pytest.fixture
def ceremony(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ceremony:
    return Ceremony(Office(tmp_path, capsys))


def held(trustees: tuple[Item, ...]) -> Trial:
    """An election under these trustees' key, with two ballots."""
    trial = make_trial("Ed25519", [Question("?", ("a", "b"), 1, 1)], [(1, 1)], [1, 1])
    rules = Election(
        name="Essai",
        description="",
        group_name="Ed25519",
        public_key=check_trustees(CURVE, trustees),
        questions=trial.election.questions,
        uuid=trial.election.uuid,
    )
    trial.election, trial.trustees = read_election(rules.data), trustees
    trial.vote(0, [[1, 0]])
    trial.vote(1, [[0, 1]])
    return trial


def closed(trial: Trial, stream: BytesIO) -> ArchiveWriter:
    """Write the archive up to its encrypted tally."""
    writer = ArchiveWriter(stream, DATE)
    writer.setup(trial.election.data, write_trustees(CURVE, trial.trustees), write_roll(CURVE, trial.roll))
    for _, ballot in trial.ballots:
        writer.ballot(ballot)
    writer.end_ballots()
    writer.encrypted_tally(write_tally(CURVE, tally_of(trial)), len(trial.ballots), len(trial.ballots))
    return writer


def tally_of(trial: Trial) -> EncryptedTally:
    return product(
        trial.election, [of_answers(check_ballot(trial.election, ballot).answers) for _, ballot in trial.ballots]
    )


def test_trustees_make_a_key_and_open_an_archive_with_files_alone(ceremony: Ceremony, tmp_path: Path) -> None:
    trial = held(ceremony.trustees())
    for pair in combinations(range(1, SIZE + 1), 2):
        stream, path = BytesIO(), tmp_path / "election.bel"
        writer = closed(trial, stream)
        path.write_bytes(stream.getvalue())
        partials = {}
        for number in (0, *pair):
            code, out, err = ceremony.office.run("decrypt", path, *ceremony.secret_of(number))
            assert code == 0, err
            owner, data = number + 1, out.rstrip("\n").encode()
            assert f"{owner}" in err.partition(";")[0]
            writer.partial_decryption(owner, data)
            key = decryption_keys(trial.trustees)[owner - 1]
            partials[owner] = check_decryption(trial.election, tally_of(trial), key, data)
        opened = combine(CURVE, trial.trustees, partials)
        writer.result(write_result(find_result(CURVE, tally_of(trial), opened, 2)))
        path.write_bytes(stream.getvalue())
        assert verify(path).result == ((1, 1),)


def test_nothing_is_decrypted_of_an_archive_that_is_open_or_does_not_hold(ceremony: Ceremony, tmp_path: Path) -> None:
    trial, stream = held(ceremony.trustees()), BytesIO()
    closed(trial, stream)
    steps, path = steps_of(stream.getvalue()), tmp_path / "election.bel"
    without_a_ballot = [steps[0], *steps[2:]]
    for broken, reason in ((steps[:-1], "unfinished election"), (without_a_ballot, "encrypted tally")):
        path.write_bytes(reseal(broken, DATE))
        code, out, err = ceremony.office.run("decrypt", path, *ceremony.secret_of(0))
        assert (code, out) == (1, "")
        assert reason in err


def test_a_stranger_to_the_election_decrypts_nothing(ceremony: Ceremony, archive: bytes, tmp_path: Path) -> None:
    path = tmp_path / "election.bel"
    path.write_bytes(archive)
    code, out, err = ceremony.office.run("decrypt", path, *ceremony.secret_of(0))
    assert (code, out) == (1, "")
    assert "owner of a partial decryption" in err


def test_the_seed_is_its_owners_and_is_shown_nowhere(ceremony: Ceremony, tmp_path: Path) -> None:
    seeds = [path for path in tmp_path.iterdir() if path.suffix == ".seed"]
    assert len(seeds) == SIZE + 1
    public = "".join(path.read_text() for path in tmp_path.iterdir() if path.suffix != ".seed")
    for path in seeds:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text().strip() not in public


def test_a_seed_is_kept_not_replaced(ceremony: Ceremony) -> None:
    seed = ceremony.office.seed(0)
    before = seed.read_text()
    _, again, _ = ceremony.office.run("single", seed, "--name", "Le greffe")
    same = [read_trustee_key(CURVE, parse(text.encode())).public_key for text in (again, ceremony.single.read_text())]
    assert same[0] == same[1]
    assert seed.read_text() == before


def test_what_is_wrong_is_said_without_showing_the_seed(ceremony: Ceremony, tmp_path: Path) -> None:
    bad = tmp_path / "bad.seed"
    bad.write_text("not the seed it should be")
    cases: Sequence[tuple[int, tuple[object, ...]]] = (
        (1, ("single", bad)),
        (1, ("shares", ceremony.office.seed(0), "--certificates", *ceremony.certs)),
        (1, ("shares", ceremony.office.seed(1), "--certificates", *ceremony.certs[:2])),
        (2, ("shares", tmp_path / "absent", "--certificates", *ceremony.certs)),
        (2, ("shares", ceremony.office.seed(1), "--certificates", tmp_path / "absent")),
    )
    for expected, arguments in cases:
        code, out, err = ceremony.office.run(*arguments)
        assert (code, out) == (expected, ""), arguments
        assert err
        assert bad.read_text() not in err
    for place in ("0/2/3", "4/2/3", "1/4/3", "1/0/3", "1/2", "a/b/c"):
        with pytest.raises(SystemExit) as leaving:
            main(["certificate", str(tmp_path / "new.seed"), "--place", place])
        assert leaving.value.code == 2
    assert not (tmp_path / "new.seed").exists()


def test_the_languages_say_the_same_things() -> None:
    assert TEXTS["fr"].keys() == TEXTS["en"].keys()
