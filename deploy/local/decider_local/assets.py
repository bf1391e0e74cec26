"""The site's scripts and styles: built from gateway/frontend with npm, again only when something there changed."""

import fcntl
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from decider_local.layout import ROOT
from decider_local.supervision import SuiteError

FRONTEND = ROOT / "gateway" / "frontend"
STATIC = ROOT / "gateway" / "gateway" / "static"
TERRITORIES = ROOT / "territories"
_STAMP = FRONTEND / "node_modules" / ".built-from"


def digest(folders: Iterable[Path], *, ending: tuple[str, ...] = ("",)) -> str:
    """Changes when a file under the folders does; what package managers and Python put there does not count."""
    found = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name.endswith(ending) and not {"node_modules", "__pycache__"} & set(path.parts):
                found.update(str(path).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else builds: several suites may start from this repository at once."""
    folder = os.open(FRONTEND, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def up_to_date() -> bool:
    """Whether what is built is what the sources say."""
    return STATIC.exists() and _STAMP.exists() and _STAMP.read_text() == _sources()


def build() -> None:
    """Install the locked packages and build. SuiteError, with npm's words, when that fails."""
    _npm("ci", "--no-audit", "--no-fund")
    _npm("run", "build")
    _STAMP.write_text(_sources())


def _sources() -> str:
    return digest([FRONTEND, TERRITORIES], ending=(".js", ".json", ".css", ".svg", ".png"))


def _npm(*arguments: str) -> None:
    done = subprocess.run(["npm", *arguments], cwd=FRONTEND, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SuiteError(f"npm {' '.join(arguments)} failed\n{done.stdout}{done.stderr}")
