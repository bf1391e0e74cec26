"""What each program is told: its settings, those that are secret as files. The one place that knows them all.

The same for every way of running the suite here or in containers; only the addresses differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from decider_local import accounts, keys
from decider_local.layout import GATEWAY, SECRETS


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers are, as the programs see them."""

    broker: str
    """`host:port` of a broker with an account for each program; or a whole `amqp://` address for all of them."""
    postgres: URL
    """The server, as a user who may create roles and databases."""


def secrets_of(program: str, addresses: Addresses) -> dict[str, str]:
    """The secret settings of a service or the gateway, by name."""
    broker = {"AMQP_URL": accounts.broker_url(program, addresses.broker)}
    if program == GATEWAY:
        return {**broker, "COOKIE_SECRET": keys.key("gateway-cookie-secret")}
    database = {"DATABASE_URL": database_url(program, addresses)}
    return {**broker, **database, **_OWN.get(program, dict)()}


def database_url(service: str, addresses: Addresses) -> str:
    """The address with which a service works."""
    return _url(f"decider_{service}", f"postgres-{service}", service, addresses)


def owner_url(service: str, addresses: Addresses) -> str:
    """The address with which a service's schema is changed."""
    return _url(f"decider_{service}_owner", f"postgres-{service}-owner", service, addresses)


def write_files(program: str, addresses: Addresses) -> dict[str, str]:
    """Write the secret settings of a program into files; the settings that name these files."""
    found = secrets_of(program, addresses)
    return {f"{setting}_FILE": str(write_file(program, setting, text)) for setting, text in found.items()}


def write_file(program: str, setting: str, text: str) -> Path:
    """Write one secret setting of a program into its file."""
    path = SECRETS / f"{program}-{setting.lower().replace('_', '-')}"
    keys.write(path, text)
    return path


def _identity() -> Mapping[str, str]:
    return {"INDEX_KEY": keys.read("index-key"), "SEALING_KEYS": keys.read("sealing-keys")}


def _ideas() -> Mapping[str, str]:
    return {"RECORD_KEY": keys.key("ideas-record-key")}


def _voting() -> Mapping[str, str]:
    box = keys.secret("voting-ballot-box-secret")
    return {"BALLOT_BOX_SECRET": box, "SERVICE_TOKEN": keys.read("service-token-voting")}


def _notifications() -> Mapping[str, str]:
    links = keys.secret("notifications-link-keys")
    return {"LINK_KEYS": links, "SERVICE_TOKEN": keys.read("service-token-notifications")}


_OWN = {"identity": _identity, "ideas": _ideas, "voting": _voting, "notifications": _notifications}


def _url(user: str, password: str, service: str, addresses: Addresses) -> str:
    url = addresses.postgres.set(username=user, password=keys.secret(password), database=f"decider_{service}")
    return url.render_as_string(hide_password=False)
