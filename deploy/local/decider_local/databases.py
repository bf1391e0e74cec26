"""The databases of the local suite, on the server named in POSTGRES_URL, else on a private one.

A database, an owner and a run-time role for each service. The owner migrates; the run-time role reads and writes rows,
changes no table, and cannot rewrite the event log.
"""

import os
import pwd
from hashlib import sha256
from pathlib import Path

import psycopg
from chassis.testing import private_postgres
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from decider_local.keys import secret
from decider_local.layout import VAR
from decider_local.state import State

# PostgreSQL's own defaults: what was acknowledged survives a power cut, here too.
DURABLE = {"fsync": "on", "synchronous_commit": "on"}


def given_url() -> str | None:
    """The address of the server that the operator named, as a user who may create roles and databases."""
    return os.environ.get("POSTGRES_URL")


def directory() -> Path:
    """Where the private server's data lie: under var/, unless PostgreSQL's user cannot get there."""
    inside = VAR / "postgres"
    if private_postgres.reachable(inside):
        return inside
    home = Path(pwd.getpwnam(private_postgres.account() or "postgres").pw_dir)
    return home / f"decider-{sha256(str(VAR).encode()).hexdigest()[:12]}"


def server_url(state: State) -> URL:
    """The address of the server, as a user who may create roles and databases."""
    url = given_url() or private_postgres.server_url(secret("postgres-superuser"), state.port("postgres"))
    return make_url(url).set(drivername="postgresql")


def runtime_url(service: str, state: State) -> str:
    """The address with which a service works."""
    return _url(role(service), f"postgres-{service}", service, state)


def owner_url(service: str, state: State) -> str:
    """The address with which its schema is changed."""
    return _url(owner(service), f"postgres-{service}-owner", service, state)


def role(service: str) -> str:
    """The run-time role of a service."""
    return f"decider_{service}"


def owner(service: str) -> str:
    """The role that owns a service's tables."""
    return f"decider_{service}_owner"


def database(service: str) -> str:
    """The name of a service's database."""
    return f"decider_{service}"


def prepare(service: str, state: State) -> None:
    """Make the service's roles and database where they are missing; harmless where they are not."""
    with psycopg.connect(_text(server_url(state)), autocommit=True) as connection:
        _ensure_role(connection, role(service), secret(f"postgres-{service}"))
        _ensure_role(connection, owner(service), secret(f"postgres-{service}-owner"))
        _ensure_database(connection, service)


def grant(service: str, state: State) -> None:
    """Give the run-time role what it needs of the tables that the migrations made, and no more."""
    with psycopg.connect(owner_url(service, state), autocommit=True) as connection:
        for statement in _GRANTS:
            connection.execute(sql.SQL(statement).format(role=sql.Identifier(role(service))))
        if connection.execute("SELECT to_regclass('public.event_log')").fetchone() != (None,):
            for statement in _EVENT_LOG_GRANTS:
                connection.execute(sql.SQL(statement).format(role=sql.Identifier(role(service))))


_GRANTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
)
# The log is the record of what happened: rows are added and stamped when they are published, never changed or removed.
_EVENT_LOG_GRANTS = (
    "REVOKE UPDATE, DELETE ON event_log FROM {role}",
    "GRANT UPDATE (published_at) ON event_log TO {role}",
)


def _ensure_role(connection: "psycopg.Connection[tuple[object, ...]]", name: str, password: str) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    statement = sql.SQL(verb + " ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {password}")
    connection.execute(statement.format(name=sql.Identifier(name), password=sql.Literal(password)))


def _ensure_database(connection: "psycopg.Connection[tuple[object, ...]]", service: str) -> None:
    name, own, run = sql.Identifier(database(service)), sql.Identifier(owner(service)), sql.Identifier(role(service))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database(service)]).fetchone():
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(own))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(name, own))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, run))


def _url(user: str, password_name: str, service: str, state: State) -> str:
    own = server_url(state).set(username=user, password=secret(password_name), database=database(service))
    return _text(own)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
