"""Two suites that start from one repository do not build its scripts into each other's way."""

import fcntl
import os

import pytest
from decider_local import assets


def test_only_one_builds_at_a_time() -> None:
    with assets.alone():
        other = os.open(assets.FRONTEND, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
