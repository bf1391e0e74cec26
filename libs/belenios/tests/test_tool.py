"""Cross-checks with belenios-tool, the Belenios project's own program, written in another language by other people.

What we write, it accepts; what it writes, we accept, with the same result. Elections are drawn at random, anew.
"""

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from belenios.election import Question
from belenios.encoding import compact
from belenios.testing.trial import Trial, make_trial
from belenios.verifier.verify import verify

Layout = list[tuple[int, int]]
LETTERS = 'éàü/"\\œ€'

LAYOUTS: list[Layout] = [[(1, 1)], [(1, 1), (1, 1)], [(2, 3)], [(1, 1), (2, 3)]]


def some_questions(chance: random.Random) -> list[Question]:
    """One without a blank vote, one with, perhaps a third."""
    questions = []
    for number, blank in enumerate([None, True, chance.choice([None, True])][: chance.randint(2, 3)]):
        size = chance.randint(1, 4)
        low = chance.randint(0, size)
        answers = tuple(f"« {chance.choice(LETTERS)} » {n}" for n in range(size))
        questions.append(Question(f"Question {number} ?", answers, low, chance.randint(low, size), blank))
    return questions


def some_choices(chance: random.Random, question: Question) -> list[int]:
    size = len(question.answers)
    if question.blank and chance.random() < 0.3:
        return [1] + [0] * size
    chosen = chance.sample(range(size), chance.randint(question.minimum, question.maximum))
    return [0] * bool(question.blank) + [int(answer in chosen) for answer in range(size)]


def some_votes(chance: random.Random, questions: Sequence[Question], voters: int) -> list[tuple[int, list[list[int]]]]:
    """Every voter once, in any order, and some of them again."""
    order = [*chance.sample(range(voters), voters), chance.randrange(voters)]
    return [(voter, [some_choices(chance, question) for question in questions]) for voter in order]


def totals(votes: Sequence[tuple[int, list[list[int]]]], weights: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The result by plain addition of each voter's last vote."""
    last = dict(votes).items()
    rows = range(len(votes[0][1]))
    return tuple(
        tuple(
            sum(weights[voter] * choices[row][column] for voter, choices in last)
            for column in range(len(votes[0][1][row]))
        )
        for row in rows
    )


def ours(group: str, layout: Layout, chance: random.Random) -> tuple[Trial, list[int], tuple[tuple[int, ...], ...]]:
    """Hold a random election with weights; the trustees who decrypt, and the expected result."""
    questions, weights = some_questions(chance), [1, chance.randint(2, 9), 2**31 + chance.randint(0, 9)]
    trial = make_trial(group, questions, layout, weights)
    votes = some_votes(chance, questions, len(weights))
    for voter, choices in votes:
        trial.vote(voter, choices)
    decrypting, first = [], 1
    for threshold, size in layout:
        decrypting += sorted(chance.sample(range(first, first + size), threshold if size > 1 else 1))
        first += size
    return trial, decrypting, totals(votes, weights)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_the_tool_accepts_what_we_write(
    layout: Layout, tool: str, tool_version: tuple[int, ...], tmp_path: Path
) -> None:
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)
    for group in ("BELENIOS-2048", "Ed25519")[: 1 + (tool_version >= (2, 1))]:
        trial, decrypting, expected = ours(group, layout, chance)
        path = tmp_path / group / f"{trial.election.uuid}.bel"
        path.parent.mkdir()
        path.write_bytes(trial.archive(decrypting))
        assert verify(path).result == expected, f"seed {seed}"
        told = subprocess.run(
            [tool, "election", "verify", "--dir", str(path.parent)], capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, f"seed {seed}: {told.stderr}"
        assert "all checks passed" in told.stderr


class Theirs:
    """Holds an election with the tool alone, in a folder of its own."""

    def __init__(self, tool: str, version: tuple[int, ...], folder: Path, group: str) -> None:
        self.tool, self.version, self.folder, self.group = tool, version, folder, group
        self.uuid = self.run("setup", "generate-token").strip()
        self.voters: list[tuple[str, str]] = []
        self.members: list[Path] = []

    def run(self, *arguments: str, text: str = "", folder: Path | None = None) -> str:
        done = subprocess.run(
            [self.tool, *arguments], input=text, capture_output=True, text=True, cwd=folder or self.folder, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def credentials(self, weights: Sequence[int]) -> None:
        """Public and private credentials of voters, in the same order."""
        voters = self.folder / "voters.txt"
        voters.write_text("".join(f"v{i}@example.org,,{weight}\n" for i, weight in enumerate(weights)))
        options = ("--group", self.group, "--uuid", self.uuid)
        self.run("setup", "generate-credentials", *options, "--file", "voters.txt")
        (public,) = self.folder.glob("*.pubcreds")
        public.rename(self.folder / "public_creds.json")
        (private,) = self.folder.glob("*.privcreds")
        text = private.read_text()
        pairs = json.loads(text).items() if text.startswith("{") else map(str.split, text.splitlines())
        self.voters = sorted((identity.partition(",")[0], credential) for identity, credential in pairs)

    def trustees(self, layout: Layout) -> None:
        for _, size in layout:
            if size == 1:
                self.run("setup", "generate-trustee-key", "--group", self.group)
        keys = sorted(self.folder.glob("*.pubkey"))
        (self.folder / "public_keys.jsons").write_text("".join(key.read_text() for key in keys))
        for threshold, size in layout:
            if size > 1:
                self.ceremony(threshold, size)
        self.run("setup", "make-trustees")

    def ceremony(self, threshold: int, size: int) -> None:
        """The six steps of the tool's threshold key generation."""
        folder = self.folder / "threshold"
        folder.mkdir()
        common = ("setup", "generate-trustee-key-threshold", "--group", self.group, "--step")
        names: list[str] = []
        for index in range(1, size + 1):
            self.run(*common, "1", *self.context(index, threshold, size), folder=folder)
            names += [path.stem for path in folder.glob("*.cert") if path.stem not in names]
        self.gather(folder, names, "cert", "certs.jsons")
        certs = ("--certs", "certs.jsons")
        self.run(*common, "2", *certs, folder=folder)
        for index, name in enumerate(names, 1):
            options = (*certs, "--key", f"{name}.key", *self.context(index, threshold, size))
            (folder / f"{name}.poly").write_text(self.run(*common, "3", *options, folder=folder))
        self.gather(folder, names, "poly", "polynomials.jsons")
        polynomials = ("--polynomials", "polynomials.jsons")
        self.run(*common, "4", *certs, *polynomials, folder=folder)
        for name in names:
            text, own = (folder / f"{name}.vinput").read_text(), ("--key", f"{name}.key")
            (folder / f"{name}.out").write_text(self.run(*common, "5", *certs, *own, text=text, folder=folder))
        outputs = self.gather(folder, names, "out", "outputs.jsons")
        made = self.run(*common, "6", *certs, *polynomials, text=outputs, folder=folder)
        (self.folder / "threshold.json").write_text(made)
        self.members = [folder / f"{name}.dkey" for name in names]

    def context(self, index: int, threshold: int, size: int) -> tuple[str, str]:
        """How each version wants to be told the threshold."""
        if self.version >= (2, 5):
            return ("--threshold-context", f"{index}/{threshold}/{size}")
        return ("--threshold", str(threshold))

    @staticmethod
    def gather(folder: Path, names: Sequence[str], suffix: str, target: str) -> str:
        text = "".join((folder / f"{name}.{suffix}").read_text() for name in names)
        (folder / target).write_text(text)
        return text

    def rules(self, questions: Sequence[Question]) -> None:
        template = {
            "description": "Écrite par l'outil",
            "name": "Essai",
            "questions": [
                {
                    "answers": list(question.answers),
                    **({"blank": True} if question.blank else {}),
                    "min": question.minimum,
                    "max": question.maximum,
                    "question": question.text,
                }
                for question in questions
            ],
        }
        (self.folder / "template.json").write_text(compact(template))
        self.run("setup", "make-election", "--group", self.group, "--uuid", self.uuid, "--template", "template.json")
        self.run("archive", "init")

    def vote(self, voter: int, choices: Sequence[Sequence[int]]) -> None:
        (self.folder / "credential").write_text(self.voters[voter][1])
        (self.folder / "choices").write_text(json.dumps(choices))
        option = "--choice" if self.version >= (2, 2) else "--ballot"
        ballot = self.run("election", "generate-ballot", "--privcred", "credential", option, "choices")
        self.event("Ballot", ballot)

    def event(self, kind: str, text: str = "") -> None:
        self.run("archive", "add-event", "--type", kind, text=text)

    def close(self, layout: Layout) -> Path:
        self.event("EndBallots")
        self.event("EncryptedTally", self.run("election", "compute-encrypted-tally"))
        for number, key in enumerate(sorted(self.folder.glob("*.privkey")), 1):
            command = ("election", "decrypt", "--privkey", key.name, "--trustee-id", str(number))
            self.event("PartialDecryption", self.run(*command))
        singles = sum(size == 1 for _, size in layout)
        needed = sum(threshold for threshold, size in layout if size > 1)
        for number, key in enumerate(self.members[:needed], singles + 1):
            private = ("--key", str(key.with_suffix(".key")), "--decryption-key", str(key))
            told = self.run("election", "decrypt-threshold", *private, "--trustee-id", str(number))
            self.event("PartialDecryption", told)
        self.event("Result", self.run("election", "compute-result"))
        return self.folder / f"{self.uuid}.bel"


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_we_accept_what_the_tool_writes(
    layout: Layout, tool: str, tool_version: tuple[int, ...], tmp_path: Path
) -> None:
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)
    group = chance.choice(["BELENIOS-2048", "Ed25519"]) if tool_version >= (2, 1) else "BELENIOS-2048"
    questions, weights = some_questions(chance), [1, 1, 3]
    theirs = Theirs(tool, tool_version, tmp_path, group)
    theirs.credentials(weights)
    theirs.trustees(layout)
    theirs.rules(questions)
    votes = some_votes(chance, questions, len(weights))
    for voter, choices in votes:
        theirs.vote(voter, choices)
    path = theirs.close(layout)
    report = verify(path)
    assert report.accepted, f"seed {seed}: {report.refusal}"
    assert report.result == totals(votes, weights), f"seed {seed}"
    assert (report.ballots, report.counted, report.total_weight) == (4, 3, 5)
