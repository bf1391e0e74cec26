"""Leaving Decidim on a running suite: dossiers, threads and supports are there, and a second time nothing changes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local.test_decidim_import import COMMENTS, DEBATES, PLAN, PROPOSALS
from tests.whole.conftest import UNLIMITED, Suite

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("decidim")
    names = PLAN.replace("debates.csv.gz", "debates.csv").replace(', "debate_comments.csv"', "")
    (made / "plan.toml").write_text(names, encoding="utf-8")
    for name, text in {"proposals": PROPOSALS, "comments": COMMENTS, "debates": DEBATES}.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


def move(suite: Suite, folder: Path) -> str:
    command = [sys.executable, "-m", "decider_import", str(folder / "plan.toml"), str(folder)]
    command += ["--site", suite.site, "--account", "demonstration@example.org", "--from-address", UNLIMITED]
    done = subprocess.run(
        [*command, "--report", str(folder / "report.csv")],
        input=suite.password + "\n",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_whole_export_arrives_once(suite: Suite, folder: Path) -> None:
    first, second = move(suite, folder), move(suite, folder)
    assert re.search(r"4 dossiers \(4 new\), 48 supports", first), first
    assert re.search(r"4 dossiers \(0 new\), 48 supports", second), second
    found = suite.api().get("/ideas", search="planter la place")["items"]
    (planted,) = [one for one in found if one["title"] == "Planter la place"]
    whole = suite.api().get(f"/ideas/{planted['number']}")
    assert (whole["state"], whole["imported_supports"], whole["discussion"]["all"]) == ("accepted", 41, 3)
    record = suite.api().get(f"/ideas/{planted['number']}/record")
    assert [step["kind"] for step in record["steps"]] == ["imported", "accepted"]
    assert record["steps"][0]["facts"]["source"] == "Decidim d’essai"


def test_every_row_that_did_not_fit_is_in_the_report(suite: Suite, folder: Path) -> None:
    move(suite, folder)
    lines = (folder / "report.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "what,file,line,reason"
    assert sum(line.startswith("not taken,") for line in lines) == 11
    assert sum(line.startswith("changed,") for line in lines) == 2


def test_who_is_no_administrator_sends_nothing(suite: Suite, folder: Path) -> None:
    command = [sys.executable, "-m", "decider_import", str(folder / "plan.toml"), str(folder), "--site", suite.site]
    done = subprocess.run(
        [*command, "--account", "nobody@example.org", "--report", str(folder / "none.csv")],
        input="not the password\n",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nobody@example.org" in done.stderr
    assert not (folder / "none.csv").exists()
