"""Settings from the environment, secrets from files, complaints without values."""

from pathlib import Path

import pytest
from chassis.settings import Settings, complaint
from pydantic import SecretStr, ValidationError


class Own(Settings):
    api_key: SecretStr


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Own.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.setenv("AMQP_URL", "amqp://broker")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db")
    monkeypatch.setenv("JWKS_FILE", "/keys/jwks.json")
    monkeypatch.setenv("TERRITORY_DIR", "/territories/paris")
    monkeypatch.setenv("API_KEY", "from the environment")


def test_a_file_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Own().api_key.get_secret_value() == "from the environment"
    secret = tmp_path / "key"
    secret.write_text("from a file\n")
    monkeypatch.setenv("API_KEY_FILE", str(secret))
    assert Own().api_key.get_secret_value() == "from a file"


def test_a_setting_that_is_a_path_is_not_read_as_a_secret() -> None:
    assert Own().jwks_file == Path("/keys/jwks.json")


def test_services_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "voting" in Own().services
    monkeypatch.setenv("SERVICES", "identity, ideas")
    assert Own().services == ("identity", "ideas")


def test_every_complaint_at_once_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("API_KEY")
    monkeypatch.setenv("MAX_WORKERS", "hunter2")
    with pytest.raises(ValidationError) as refused:
        Own()
    said = complaint(refused.value)
    assert "API_KEY" in said
    assert "MAX_WORKERS" in said
    assert "hunter2" not in said
