"""The browser's half of sealed votes, run by Node, beside libs/belenios, which is the reference."""

import json
import os
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from belenios.election import Question
from belenios.testing.trial import Trial, make_trial

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FRONTEND = ROOT / "gateway" / "frontend"


class Node:
    """The JavaScript library, asked line by line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", HERE / "service.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, what: str, **given: Any) -> Any:
        """What the library answers; bytes are given as they are. A refusal is a ``dict`` with ``check``."""
        plain = {name: encoded(value) for name, value in given.items() if value is not None}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"ask": what, **plain}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the library stopped: see its error above"
        found = json.loads(line)
        return found.get("refused") or found["answer"]

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def encoded(value: Any) -> Any:
    """Bytes in Base64, big numbers as text."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, list) and value and isinstance(value[0], bytes):
        return [encoded(item) for item in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    made = Node()
    yield made
    made.close()


@pytest.fixture(scope="session")
def vectors() -> Path:
    path = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data")) / "belenios"
    if not path.is_dir():
        pytest.skip(f"no vectors at {path}: set DECIDER_DATA to the folder of test data")
    return path


QUESTIONS = (
    Question("Faut-il planter « ici » ?", ("Oui", "Non"), 0, 1),
    Question("Où ?", ("Ici", "Là"), 1, 1, blank=True),
)


@pytest.fixture(scope="session")
def little() -> Trial:
    """Two voters, two ballots, a mandatory trustee and two of two: quick to verify."""
    trial = make_trial("Ed25519", QUESTIONS, [(1, 1), (2, 2)], [1, 2])
    trial.vote(0, [[1, 0], [0, 1, 0]])
    trial.vote(1, [[0, 1], [1, 0, 0]])
    return trial


@pytest.fixture(scope="session")
def little_archive(little: Trial) -> bytes:
    return little.archive()
