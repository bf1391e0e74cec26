"""Broker and PostgreSQL of the local suite: those named in AMQP_URL and POSTGRES_URL, else private ones under var/."""

import os
import pwd
from hashlib import sha256
from pathlib import Path

from chassis.provisioning import provision
from chassis.testing import private_postgres, private_rabbitmq
from chassis.testing.ports import LOOPBACK
from chassis.testing.private_rabbitmq import BrokerPorts
from sqlalchemy.engine import URL, make_url

from decider_local import accounts, keys
from decider_local.layout import VAR
from decider_local.settings import Addresses, database_url, owner_url
from decider_local.state import State

BROKER_DIRECTORY = VAR / "rabbitmq"
# PostgreSQL's own defaults: what was acknowledged survives a power cut, here too.
DURABLE = {"fsync": "on", "synchronous_commit": "on"}


def given_broker() -> str | None:
    """The address of the broker that the operator named."""
    return os.environ.get("AMQP_URL")


def given_postgres() -> str | None:
    """The address of the server that the operator named, as a user who may create roles and databases."""
    return os.environ.get("POSTGRES_URL")


def addresses(state: State) -> Addresses:
    """Where the servers are."""
    return Addresses(given_broker() or f"{LOOPBACK}:{state.port('amqp')}", postgres_url(state))


def postgres_url(state: State) -> URL:
    """The address of PostgreSQL, as a user who may create roles and databases."""
    url = given_postgres() or private_postgres.server_url(keys.secret("postgres-superuser"), state.port("postgres"))
    return make_url(url).set(drivername="postgresql")


def broker_ports(state: State) -> BrokerPorts:
    """The private broker's ports."""
    return BrokerPorts(state.port("amqp"), state.port("amqp_distribution"), state.port("amqp_mapper"))


def postgres_directory() -> Path:
    """Where the private server's data lie: under var/, unless PostgreSQL's user cannot get there."""
    inside = VAR / "postgres"
    if private_postgres.reachable(inside):
        return inside
    home = Path(pwd.getpwnam(private_postgres.account() or "postgres").pw_dir)
    return home / f"decider-{sha256(str(VAR).encode()).hexdigest()[:12]}"


def prepare(state: State) -> None:
    """Write what the private servers read when they start."""
    if not given_broker():
        private_rabbitmq.configure(BROKER_DIRECTORY, broker_ports(state), accounts.everybody())
    if not given_postgres():
        private_postgres.initialise(postgres_directory(), keys.secret("postgres-superuser"))


def broker_answers(state: State) -> bool:
    """Whether the broker greets."""
    return bool(given_broker()) or private_rabbitmq.answers(state.port("amqp"))


def postgres_answers(state: State) -> bool:
    """Whether PostgreSQL accepts us."""
    return private_postgres.answers(postgres_url(state).render_as_string(hide_password=False))


def make_database(service: str, state: State) -> None:
    """A service's roles and database, where they are missing."""
    where = addresses(state)
    server = where.postgres.render_as_string(hide_password=False)
    provision(server, database_url(service, where), owner_url(service, where))
