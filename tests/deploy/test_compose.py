"""docker-compose.yml holds together for every set of profiles, and asks for no more than the programs need."""

import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from decider_local import accounts, compose, keys, layout, settings
from decider_local.layout import GATEWAY, SERVICES, WORKERS

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
OPTIONAL = SERVICES[1:]
SETS = [chosen for size in range(len(OPTIONAL) + 1) for chosen in combinations(OPTIONAL, size)]
CORE = {"postgres", "rabbitmq", "databases", "identity", "identity-migrate", GATEWAY}
SERVERS = {"postgres", "rabbitmq"}


def configuration(profiles: tuple[str, ...], *more_files: str, **settings: str) -> dict[str, Any]:
    files = [part for name in ("docker-compose.yml", *more_files) for part in ("-f", name)]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "COMPOSE_PROFILES": ",".join(profiles)}
    environment |= settings
    command = [str(BIN / "docker-compose"), *files, "config", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return configuration(OPTIONAL)


@pytest.mark.parametrize("chosen", SETS, ids="+".join)
def test_a_set_of_profiles_starts_that_set_and_shows_it(chosen: tuple[str, ...]) -> None:
    services = configuration(chosen)["services"]
    workers = {name for name, service in WORKERS.items() if service in chosen}
    assert set(services) == CORE | set(chosen) | workers | {f"{name}-migrate" for name in chosen}
    shown = services[GATEWAY]["environment"]["SERVICES"].split(",")
    assert set(filter(None, shown)) == {"identity", *chosen}


def test_the_mail_catcher_joins_and_takes_the_mails() -> None:
    services = configuration(("notifications",), "deploy/compose/mail.yml")["services"]
    assert services["notifications"]["environment"]["SMTP_HOST"] == "mail"
    assert "mail" in services


def test_attachments_are_in_a_volume_of_ideas_or_in_a_bucket(everything: dict[str, Any]) -> None:
    (volume,) = everything["services"]["ideas"]["volumes"]
    folder = everything["services"]["ideas"]["environment"]["FILES_DIR"]
    assert (volume["source"], volume["target"]) == ("files", folder)
    bucket = "https://s3.example.org/decider"
    services = configuration(("ideas",), "deploy/compose/files-s3.yml", FILES_URL=bucket)["services"]
    told = services["ideas"]["environment"]
    assert told["FILES_URL"] == bucket
    assert {"FILES_ACCESS_KEY_FILE", "FILES_SECRET_KEY_FILE"} <= set(told)
    assert "out" in services["ideas"]["networks"], "the bucket is outside"


def test_the_file_follows_the_compose_specification() -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    files = ["docker-compose.yml", "deploy/compose/mail.yml", "deploy/compose/files-s3.yml"]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_our_programs_have_no_more_rights_than_they_need(everything: dict[str, Any]) -> None:
    for name, service in everything["services"].items():
        assert service["mem_limit"], name
        if name not in SERVERS:
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name
            assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_the_gateway_is_reached_from_outside_and_only_from_this_machine(everything: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in everything["services"].items() if "ports" in service}
    assert list(published) == [GATEWAY]
    assert [port["host_ip"] for port in published[GATEWAY]] == ["127.0.0.1"]
    assert everything["networks"]["back"]["internal"]
    reaching_out = {name for name, service in everything["services"].items() if "out" in service["networks"]}
    assert reaching_out == {GATEWAY, "notifications"}


def test_what_goes_on_says_when_it_is_ready_and_stops_in_peace(everything: dict[str, Any]) -> None:
    for name, service in everything["services"].items():
        once = name == "databases" or name.endswith("-migrate")
        assert service["restart"] == ("no" if once else "unless-stopped"), name
        assert once or service["healthcheck"]["test"], name
        assert service["stop_grace_period"], name


def secret_settings(service: dict[str, Any]) -> set[str]:
    own = {name.removesuffix("_FILE") for name in service["environment"] if name.endswith("_FILE")}
    return own - {"JWKS", "SIGNING_KEYS"}


def test_every_program_gets_the_secrets_that_it_needs(
    everything: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_secrets(tmp_path, monkeypatch)
    for program in (*SERVICES, *WORKERS, GATEWAY):
        service = everything["services"][program]
        known = settings.secrets_of(WORKERS.get(program, program), compose.addresses())
        assert secret_settings(service) == set(known), program
        mounted = {f"/run/secrets/{secret['source']}" for secret in service["secrets"]}
        named = {value for name, value in service["environment"].items() if name.endswith("_FILE")}
        assert named == mounted, program


def test_every_secret_has_its_file_which_containers_may_read_and_other_users_cannot_reach(
    everything: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_secrets(tmp_path, monkeypatch)
    folder = tmp_path / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    wanted = {Path(secret["file"]).name for secret in everything["secrets"].values()}
    assert wanted <= {path.name for path in folder.iterdir()}
    assert all((folder / name).stat().st_mode & 0o777 == 0o644 for name in wanted)


def test_secrets_stay_the_same_when_they_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_secrets(tmp_path, monkeypatch)
    before = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    compose.write_secrets()
    after = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    renewed = {name for name in before if before[name] != after[name]}
    assert all("service-token" in name or name == compose.DEFINITIONS.name for name in renewed)


def write_secrets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = folder / "secrets"
    for module in (keys, layout, settings, compose):
        monkeypatch.setattr(module, "SECRETS", secrets)
    monkeypatch.setattr(layout, "VAR", folder)
    monkeypatch.setattr(layout, "LOGS", folder / "log")
    monkeypatch.setattr(keys, "SIGNING_KEYS", secrets / "signing-keys.json")
    monkeypatch.setattr(keys, "JWKS", secrets / "jwks.json")
    monkeypatch.setattr(compose, "DEFINITIONS", secrets / "rabbitmq-definitions.json")
    compose.write_secrets()


def test_the_broker_knows_every_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_secrets(tmp_path, monkeypatch)
    defined = json.loads((tmp_path / "secrets" / "rabbitmq-definitions.json").read_text())
    administrators = {user["name"] for user in defined["users"] if user["tags"]}
    assert administrators == {compose.OPERATOR}
    assert {user["name"] for user in defined["users"]} == {compose.OPERATOR, *(u.name for u in accounts.everybody())}
