"""What the gateway is told by its environment; every secret ``X`` may come from the file that ``X_FILE`` names."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from chassis.settings import FilesSource
from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict


def _words(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class GatewaySettings(BaseSettings):
    """Each field says what it is for."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)

    amqp_url: str
    """RabbitMQ: ``amqp://user:password@host/vhost``."""
    public_url: str = "http://127.0.0.1:8000"
    """The address under which people reach the site. With https, cookies are ``Secure`` and ``__Host-``."""
    services: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = ("identity",)
    """The services that are deployed, separated by commas. What is not named here leaves no trace on the site."""
    territory_dir: Path
    """The folder of the territory: names, districts, thresholds, delays, texts."""
    cookie_secret: SecretStr
    """Signs the tokens that protect forms (32 characters or more). The same for every replica."""
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    """How many proxies stand in front and write ``X-Forwarded-For``."""
    rate_factor: Annotated[float, Field(ge=0)] = 1.0
    """Multiplies every rate limit; 0 lifts them (imports, benchmarks)."""
    rate_exempt: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_words)] = ()
    """Networks without rate limits, separated by commas: schools, libraries, mobile operators behind one address."""
    max_body: Annotated[int, Field(ge=1024)] = 262_144
    """The longest body accepted, in bytes."""
    max_upload: Annotated[int, Field(ge=1024)] = 16_777_216
    """The longest form with files accepted, in bytes; the territory says how large each file may be."""
    tile_url: str = ""
    """Map tiles ``https://…/{z}/{x}/{y}.png``; empty: the territory's outlines alone, nothing from another host."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""

    @property
    def secure(self) -> bool:
        """Whether people come over https."""
        return self.public_url.startswith("https://")

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
