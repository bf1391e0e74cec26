"""Migrations run once, however many processes begin them; commands explain what they lack."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from libs.chassis.tests.sample.town import ROOT, Town, command


def test_two_processes_that_migrate_at_once_do_it_once(fresh_database: Callable[..., str], tmp_path: Path) -> None:
    town = Town("amqp://unused", {"giver": fresh_database("giver", migrated=False)}, tmp_path)
    started = [subprocess.Popen(command("giver", "migrate"), env=town.environment("giver"), cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert town.rows("giver", "SELECT version_num FROM alembic_version") == [("0001",)]
    assert town.run("giver", "migrate").returncode == 0


def test_missing_settings_are_all_named(tmp_path: Path) -> None:
    town = Town("amqp://unused", {"giver": ""}, tmp_path)
    kept = {name: value for name, value in town.environment("giver").items() if name not in {"AMQP_URL", "JWKS_FILE"}}
    done = subprocess.run(command("giver", "run"), env=kept, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "AMQP_URL" in done.stderr
    assert "JWKS_FILE" in done.stderr
