"""The processes of the local suite, in the order in which they start."""

import os
from collections.abc import Sequence
from pathlib import Path

from chassis.testing import private_postgres, private_rabbitmq
from chassis.testing.ports import LOOPBACK
from chassis.testing.processes import Command

from decider_local import keys, servers
from decider_local.assets import STATIC, digest
from decider_local.layout import GATEWAY, PYTHON, ROOT, VAR, WORKERS
from decider_local.settings import owner_url, write_file, write_files
from decider_local.state import State
from decider_local.supervision import Program

TERRITORY = Path(os.environ.get("TERRITORY_DIR", ROOT / "territories" / "paris")).resolve()
MAILS = VAR / "mails"
FILES = VAR / "files"
"""Attachments."""
CHEAP_HASHES = {"ARGON2_MEMORY_KIB": "256", "ARGON2_PASSES": "1"}
"""A demonstration makes thousands of accounts on a small machine; an installation keeps the strong default."""
LOADER = "127.0.0.2"
"""From where demonstration content is loaded: this address alone has no rate limit."""


def programs(services: Sequence[str], state: State) -> list[Program]:
    """Every process of the suite."""
    workers = [service_program(name, number, state) for name in kinds(services) for number in replicas(name, state)]
    before = [*broker_programs(state), *postgres_programs(state), mail_program(state)]
    return [*before, *workers, gateway_program(services, state)]


def kinds(services: Sequence[str]) -> list[str]:
    """What runs of these services: themselves, and their workers."""
    return [*services, *(name for name, service in WORKERS.items() if service in services)]


def replicas(service: str, state: State) -> range:
    """The numbers of a service's processes."""
    return range(1, state.replicas(service) + 1)


def names(services: Sequence[str], state: State) -> list[str]:
    """The names of the services' processes."""
    return [process_name(name, number) for name in kinds(services) for number in replicas(name, state)]


def process_name(service: str, number: int) -> str:
    """What a process of a service is called in status and logs."""
    return f"{service}-{number}"


def broker_programs(state: State) -> list[Program]:
    """RabbitMQ and its port mapper; nothing when the operator named a broker."""
    if servers.given_broker():
        return []
    mapper, server = private_rabbitmq.commands(servers.BROKER_DIRECTORY, servers.broker_ports(state))
    return [_first("epmd", mapper), _first("rabbitmq", server)]


def postgres_programs(state: State) -> list[Program]:
    """PostgreSQL; nothing when the operator named a server."""
    if servers.given_postgres():
        return []
    command = private_postgres.command(servers.postgres_directory(), state.port("postgres"), servers.DURABLE)
    return [_first("postgres", command, stop_signal="INT")]


def mail_program(state: State) -> Program:
    """The mail catcher."""
    ports = ("--smtp", str(state.port("smtp")), "--page", str(state.port("mail_page")))
    argv = (str(PYTHON), "-m", "decider_local.mail", *ports, "--folder", str(MAILS))
    return Program("mail", argv, {}, first=True)


def service_program(kind: str, number: int, state: State) -> Program:
    """One process of a service, or of its workers."""
    service = WORKERS.get(kind, kind)
    only = ("--only", "workers") if kind in WORKERS else ()
    name = process_name(kind, number)
    environment = {**service_environment(service, state), "HEALTH_PORT": str(state.port(name))}
    return Program(name, (str(PYTHON), "-m", service, "run", *only), environment, code=code_of(service))


def service_environment(service: str, state: State) -> dict[str, str]:
    """The settings of a service; secrets by the path of their file."""
    common = {"JWKS_FILE": str(keys.JWKS), "TERRITORY_DIR": str(TERRITORY), "LOG_LEVEL": "INFO"}
    own: dict[str, dict[str, str]] = {
        "identity": {"SIGNING_KEYS_FILE": str(keys.SIGNING_KEYS), **CHEAP_HASHES},
        "ideas": {"FILES_DIR": str(FILES)},
        "notifications": {
            "PUBLIC_URL": public_url(state),
            "SMTP_HOST": LOOPBACK,
            "SMTP_PORT": str(state.port("smtp")),
            "SMTP_TLS": "none",
        },
    }
    return {**write_files(service, servers.addresses(state)), **common, **own.get(service, {})}


def migration_environment(service: str, state: State) -> dict[str, str]:
    """The settings of a migration: those of the service, and its database as its owner."""
    owner = write_file(service, "MIGRATION_DATABASE_URL", owner_url(service, servers.addresses(state)))
    return {**service_environment(service, state), "MIGRATION_DATABASE_URL_FILE": str(owner)}


def gateway_program(services: Sequence[str], state: State) -> Program:
    """The gateway: API and site."""
    environment = {
        **write_files(GATEWAY, servers.addresses(state)),
        "SERVICES": ",".join(services),
        "TERRITORY_DIR": str(TERRITORY),
        "PUBLIC_URL": public_url(state),
        "RATE_EXEMPT": os.environ.get("RATE_EXEMPT", f"{LOADER}/32"),
        "BIND": f"{LOOPBACK}:{state.port(GATEWAY)}",
    }
    configuration = str(ROOT / "gateway" / "gunicorn.conf.py")
    argv = (str(PYTHON), "-m", "gunicorn", "-c", configuration, "gateway.wsgi:app")
    return Program(GATEWAY, argv, environment, code=code_of(GATEWAY) + digest([STATIC], ending=(".json",)))


def public_url(state: State) -> str:
    """Where people find the site."""
    return f"http://{LOOPBACK}:{state.port(GATEWAY)}"


def mail_url(state: State) -> str:
    """Where people find the mails."""
    return f"http://{LOOPBACK}:{state.port('mail_page')}"


def code_of(name: str) -> str:
    """Changes when a program's code does, so that it is restarted then."""
    own = ROOT / "gateway" / "gateway" if name == GATEWAY else ROOT / "services" / name / name
    shared = (ROOT / "libs" / "contracts", ROOT / "libs" / "chassis", ROOT / "libs" / "belenios", TERRITORY)
    return digest([own, *shared], ending=(".py", ".toml", ".html", ".po", ".txt", ".geojson"))


def _first(name: str, command: Command, stop_signal: str = "TERM") -> Program:
    return Program(
        name,
        command.argv,
        command.environment,
        command.directory,
        command.user,
        first=True,
        stop_signal=stop_signal,
    )
