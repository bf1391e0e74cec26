"""`make demo` on a small folder of our own: everything through the public API, twice."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local import published
from tests.whole.conftest import ALL, Suite

pytestmark = pytest.mark.timeout(900)


def demo(suite: Suite, data: Path) -> tuple[int, str]:
    environment = os.environ | {"DECIDER_VAR": str(suite.var), "SERVICES": ALL}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "decider_demo", str(data)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def row(printed: str, title: str) -> list[str]:
    """The cells of a line of the tables."""
    found = re.search(rf"^ *{re.escape(title)}  +(.*)$", printed, re.MULTILINE)
    assert found, printed
    return found[1].split()


def test_published_data_are_imported_and_voted_and_a_second_time_nothing_changes(suite: Suite, tmp_path: Path) -> None:
    data = published.write(tmp_path)

    code, first = demo(suite, data)
    again, second = demo(suite, data)

    # One ballot names a project that is not there: it is refused with its place, and missing from the published number.
    assert (code, again) == (1, 1), first + second
    assert row(first, "Paris: projects") == ["4", "0", "0", "10"]
    assert row(first, "République numérique") == ["2", "0", "2", "5"]
    assert row(second, "Paris: projects") == ["0", "4", "0", "10"]
    assert row(second, "République numérique") == ["0", "2", "2", "5"]
    assert row(first, "ballots") == ["4", "3", "NO"]
    assert row(first, "votes for projects") == ["5", "5", "yes"]
    assert "the ballot names an unknown project: '9'" in first
    assert "bp_paris_descriptions.jsonl.gz:6: /place/district There is no such district." in first
    assert "Districts' outlines" in first
    assert "The ballots were cast in an earlier run." in second


def test_what_was_imported_can_be_read(suite: Suite) -> None:
    found = suite.api().get("/ideas", search="préau tilleuls")["items"]

    delivered = next(one for one in found if one["state"] == "delivered")
    status, page = suite.page(f"/dossiers/{delivered['number']}")

    assert status == 200
    assert "Un préau pour l’école de la rue des Tilleuls" in page
    assert "Le préau est ouvert." in page
