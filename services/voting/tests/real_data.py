"""Where the real elections are: the folder named by ``DECIDER_DATA``, or ``shared/data`` beside the repository."""

import os
from pathlib import Path

import pytest

from services.voting.tests.world import ROOT


def folder(name: str) -> Path:
    """A folder of real data; without it the test is skipped and says what it misses."""
    found = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data")) / name
    if not found.is_dir():
        pytest.skip(f"needs the real data in {found}: name its folder with DECIDER_DATA")
    return found
