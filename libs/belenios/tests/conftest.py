"""What the tests of sealed ballots share: a trial election, the published vectors, the Belenios project's own tool."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from belenios.election import Question
from belenios.groups import Group, group_named
from belenios.groups.ed25519 import Ed25519Group
from belenios.testing.trial import Trial, make_trial

GROUPS: dict[str, Callable[[], Group]] = {
    "BELENIOS-2048": lambda: group_named("BELENIOS-2048"),
    "RFC-3526-2048": lambda: group_named("RFC-3526-2048"),
    "Ed25519": lambda: group_named("Ed25519"),
    "Ed25519 without helper": Ed25519Group,
}


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """The native helper, as the installation builds it, when its sources are newer or it is not there."""
    package = Path(__file__).resolve().parents[1]
    newest = max(source.stat().st_mtime for source in (package / "native").iterdir())
    compiled = list((package / "belenios" / "groups").glob("_edwards.*"))
    if not compiled or min(path.stat().st_mtime for path in compiled) < newest:
        subprocess.run([sys.executable, "setup.py", "-q", "build_ext", "--inplace"], cwd=package, check=True)


@pytest.fixture(params=GROUPS)
def group(request: pytest.FixtureRequest) -> Group:
    return GROUPS[request.param]()


@pytest.fixture(scope="session")
def vectors() -> Path:
    root = Path(__file__).resolve().parents[3]
    path = Path(os.environ.get("DECIDER_DATA", root.parent / "shared" / "data")) / "belenios"
    if not path.is_dir():
        pytest.skip(f"no vectors at {path}: set DECIDER_DATA to the folder of test data")
    return path


@pytest.fixture(scope="session")
def tool() -> str:
    """Debian's belenios-tool, or the one named by BELENIOS_TOOL."""
    found = shutil.which(os.environ.get("BELENIOS_TOOL", "belenios-tool"))
    assert found, "belenios-tool is missing: apt-get install belenios-tool"
    return found


@pytest.fixture(scope="session")
def tool_version(tool: str) -> tuple[int, ...]:
    words = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return tuple(int(part) for part in words[0].split(".")[:2])


QUESTIONS = (
    Question("Faut-il planter ?", ("Oui", "Non"), 0, 1),
    Question("Où ?", ("Ici", "Là"), 1, 1, blank=True),
)


def fill(trial: Trial) -> Trial:
    """Three voters, four ballots: the first voter votes again at the end."""
    trial.vote(0, [[1, 0], [1, 0, 0]])
    trial.vote(1, [[0, 1], [0, 1, 0]])
    trial.vote(2, [[0, 0], [0, 0, 1]])
    trial.vote(0, [[0, 1], [0, 1, 0]])
    return trial


@pytest.fixture(scope="session")
def trial() -> Trial:
    """An election on Ed25519: a mandatory trustee and two of three others, weights 1, 2 and 1."""
    return fill(make_trial("Ed25519", QUESTIONS, [(1, 1), (2, 3)], [1, 2, 1]))


@pytest.fixture(scope="session")
def archive(trial: Trial) -> bytes:
    """Its archive, decrypted by trustees 1, 2 and 4."""
    return trial.archive([1, 2, 4])


@pytest.fixture
def save(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write an archive to a file."""

    def write(data: bytes) -> Path:
        path = tmp_path / "election.bel"
        path.write_bytes(data)
        return path

    return write
