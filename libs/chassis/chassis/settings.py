"""Settings come from the environment; every secret ``X`` may also come from the file that ``X_FILE`` names."""

import os
from pathlib import Path
from typing import Annotated, Any

from contracts.registry import SERVICES
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict


def _words(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


class FilesSource(PydanticBaseSettingsSource):
    """Reads ``X`` from the file named by ``X_FILE``, for fields that have no field ``x_file`` of their own."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ANN401, ARG002
        """What the file of one field holds; ``None`` if no file is named."""
        path = os.environ.get(f"{field_name.upper()}_FILE")
        return (Path(path).read_text(encoding="utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        """What all named files hold."""
        found = ((name, self.get_field_value(field, name)[0]) for name, field in self.settings_cls.model_fields.items())
        return {name: value for name, value in found if value is not None}


class Settings(BaseSettings):
    """What every service needs. A service subclasses it and adds its own; each field says what it is for."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)

    database_url: str
    """PostgreSQL database of this service: ``postgresql://role:password@host/database``."""
    migration_database_url: str = ""
    """The same database as its owner, for migrations; empty: as ``DATABASE_URL``."""
    amqp_url: str
    """RabbitMQ: ``amqp://user:password@host/vhost``."""
    jwks_file: Path
    """The public keys (JWKS) with which access tokens are verified."""
    token_issuer: str = "decider"  # noqa: S105 -- a name, no secret
    """The ``iss`` of the access tokens."""
    territory_dir: Path
    """The folder of the territory: names, districts, thresholds, delays, texts."""
    services: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = SERVICES
    """The services that are deployed, separated by commas: events of others are not subscribed to."""
    health_host: str = "127.0.0.1"
    """Where the health listener listens."""
    health_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """Port of ``/live``, ``/ready`` and ``/metrics``; 0: none."""
    max_workers: Annotated[int, Field(ge=1, le=100)] = 8
    """How many messages each of the three containers works on at once; the database pool follows."""
    retry_seconds: Annotated[tuple[int, ...], Field(min_length=1)] = (5, 60, 600)
    """How long an event whose handling failed waits before each new attempt; after the last it is parked."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then files, then the environment."""
        return init_settings, FilesSource(settings_cls), env_settings


def complaint(error: ValidationError) -> str:
    """What is wrong with the settings, a line each, without the values."""
    rows = (f"  {'.'.join(str(p) for p in e['loc']).upper()}: {e['msg']}" for e in error.errors(include_input=False))
    return "The settings are not complete:\n" + "\n".join(rows)
