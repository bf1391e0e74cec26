"""The secrets that `make up` makes are made once, closed to others, and fit each other."""

from pathlib import Path

import pytest
from chassis.auth import TokenVerifier
from decider_local import keys


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keys, "SECRETS", tmp_path)
    monkeypatch.setattr(keys, "SIGNING_KEYS", tmp_path / "signing-keys.json")
    monkeypatch.setattr(keys, "JWKS", tmp_path / "jwks.json")
    return tmp_path


def test_a_secret_is_made_once_and_only_we_may_read_it(folder: Path) -> None:
    made = keys.secret("anything")
    assert keys.secret("anything") == made
    assert len(made) >= 32
    assert (folder / "anything").stat().st_mode & 0o777 == 0o600


def test_the_signing_key_survives_a_second_start_and_is_closed_to_others(folder: Path) -> None:
    keys.make_identity_keys()
    before = keys.SIGNING_KEYS.read_text()
    keys.make_identity_keys()
    assert keys.SIGNING_KEYS.read_text() == before
    assert keys.SIGNING_KEYS.stat().st_mode & 0o777 == 0o600


def test_services_believe_the_token_of_a_service(folder: Path) -> None:
    keys.make_identity_keys()
    caller = TokenVerifier(keys.JWKS).caller({"token": keys.read("service-token-voting")})
    assert caller.has("service", "voting")
    assert not caller.has("service", "notifications")
