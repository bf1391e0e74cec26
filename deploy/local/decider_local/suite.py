"""The processes of the local suite and what each is told: the one place that knows them all."""

from collections.abc import Mapping, Sequence

from chassis.testing import private_postgres, private_rabbitmq
from chassis.testing.ports import LOOPBACK
from chassis.testing.processes import Command

from decider_local import broker, databases, keys
from decider_local.assets import STATIC, digest
from decider_local.layout import PYTHON, ROOT, VAR
from decider_local.state import State
from decider_local.supervision import Program

TERRITORY = ROOT / "territories" / "paris"
MAILS = VAR / "mails"
GATEWAY = "gateway"


def programs(services: Sequence[str], state: State) -> list[Program]:
    """Every process of the suite, in the order in which they start."""
    workers = [service_program(service, number, state) for service in services for number in replicas(service, state)]
    return [
        *broker_programs(state),
        *postgres_programs(state),
        mail_program(state),
        *workers,
        gateway_program(services, state),
    ]


def replicas(service: str, state: State) -> range:
    """The numbers of a service's processes."""
    return range(1, state.replicas(service) + 1)


def broker_programs(state: State) -> list[Program]:
    """RabbitMQ and its port mapper; nothing when the operator named a broker."""
    if broker.given_url():
        return []
    mapper, server = private_rabbitmq.commands(broker.directory(), broker.ports(state))
    return [_first("epmd", mapper), _first("rabbitmq", server)]


def postgres_programs(state: State) -> list[Program]:
    """PostgreSQL; nothing when the operator named a server."""
    if databases.given_url():
        return []
    command = private_postgres.command(databases.directory(), state.port("postgres"), databases.DURABLE)
    return [_first("postgres", command, stop_signal="INT")]


def mail_program(state: State) -> Program:
    """The mail catcher."""
    ports = ("--smtp", str(state.port("smtp")), "--page", str(state.port("mail_page")))
    argv = (str(PYTHON), "-m", "decider_local.mail", *ports, "--folder", str(MAILS))
    return Program("mail", argv, {}, first=True)


def service_program(service: str, number: int, state: State) -> Program:
    """One process of a service."""
    name = f"{service}-{number}"
    health = {"HEALTH_PORT": str(state.port(name))}
    argv = (str(PYTHON), "-m", service, "run")
    return Program(name, argv, service_environment(service, state) | health, code=code_of(service))


def service_environment(service: str, state: State) -> dict[str, str]:
    """The settings of a service; secrets by the path of their file."""
    files = {"DATABASE_URL": databases.runtime_url(service, state), "AMQP_URL": broker.url(service, state)}
    return {
        **_as_files(service, files),
        "JWKS_FILE": str(keys.JWKS),
        "TERRITORY_DIR": str(TERRITORY),
        "PUBLIC_URL": public_url(state),
        "LOG_LEVEL": "INFO",
        **_OWN.get(service, {}),
        **(_mail_settings(state) if service == "notifications" else {}),
    }


def migration_environment(service: str, state: State) -> dict[str, str]:
    """The settings of a migration: those of the service, and its database as its owner."""
    owner = {"MIGRATION_DATABASE_URL": databases.owner_url(service, state)}
    return service_environment(service, state) | _as_files(service, owner)


_OWN: Mapping[str, Mapping[str, str]] = {"identity": {"SIGNING_KEY_FILE": str(keys.SIGNING_KEY)}}


def _mail_settings(state: State) -> dict[str, str]:
    return {"SMTP_HOST": LOOPBACK, "SMTP_PORT": str(state.port("smtp"))}


def gateway_program(services: Sequence[str], state: State) -> Program:
    """The gateway: API and site."""
    files = {"AMQP_URL": broker.url(GATEWAY, state), "COOKIE_SECRET": keys.secret("gateway-cookies")}
    environment = {
        **_as_files(GATEWAY, files),
        "SERVICES": ",".join(services),
        "TERRITORY_DIR": str(TERRITORY),
        "PUBLIC_URL": public_url(state),
        "JWKS_FILE": str(keys.JWKS),
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
    return digest([own, *shared], ending=(".py", ".toml", ".html", ".po", ".txt"))


def _as_files(owner: str, values: Mapping[str, str]) -> dict[str, str]:
    named = (
        (name, keys.secret_file(f"{owner}-{name.lower().replace('_', '-')}", text)) for name, text in values.items()
    )
    return {f"{name}_FILE": str(path) for name, path in named}


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
