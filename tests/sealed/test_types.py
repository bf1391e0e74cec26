"""The types that the JavaScript of sealed votes says it has are those it has."""

import subprocess

from .conftest import FRONTEND


def test_the_types_hold() -> None:
    compiler = FRONTEND / "node_modules" / ".bin" / "tsc"
    done = subprocess.run([compiler, "-p", "."], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
