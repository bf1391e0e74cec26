"""A service's database and roles: made once by whoever may, then kept to the least that is needed.

The owner migrates; the run-time role reads and writes rows, changes no table, and cannot rewrite the event log. Names
and passwords are those of the addresses that the service is given.

    python -m chassis.provisioning <folder> <service>...

reads `<folder>/postgres-url` (a user who may create roles and databases), `<service>-database-url` and
`<service>-owner-url`, and makes what is missing.
"""

import sys
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

_RIGHTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
)
# The log is the record of what happened: rows are added and stamped when they are published, never changed or removed.
_EVENT_LOG_RIGHTS = (
    "REVOKE UPDATE, DELETE ON event_log FROM {role}",
    "GRANT UPDATE (published_at) ON event_log TO {role}",
)


def provision(server_url: str, runtime_url: str, owner_url: str) -> None:
    """Make the two roles and the database of a service where they are missing; passwords are set anew."""
    runtime, owner = make_url(runtime_url), make_url(owner_url)
    with psycopg.connect(plain(server_url), autocommit=True) as connection:
        _ensure_role(connection, runtime)
        _ensure_role(connection, owner)
        _ensure_database(connection, runtime, owner)


def grant(owner_url: str, runtime_url: str) -> None:
    """Give the run-time role what it needs of the tables that the migrations made, and no more."""
    role = sql.Identifier(str(make_url(runtime_url).username))
    with psycopg.connect(plain(owner_url)) as connection:
        for statement in _RIGHTS:
            connection.execute(sql.SQL(statement).format(role=role))
        if connection.execute("SELECT to_regclass('public.event_log')").fetchone() != (None,):
            for statement in _EVENT_LOG_RIGHTS:
                connection.execute(sql.SQL(statement).format(role=role))


def plain(url: str) -> str:
    """The address as libpq reads it, without the name of a driver."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _ensure_role(connection: "psycopg.Connection[tuple[object, ...]]", url: URL) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [url.username]).fetchone()
    statement = sql.SQL("{verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {password}").format(
        verb=sql.SQL("ALTER" if exists else "CREATE"),
        name=sql.Identifier(str(url.username)),
        password=sql.Literal(str(url.password)),
    )
    connection.execute(statement)


def _ensure_database(connection: "psycopg.Connection[tuple[object, ...]]", runtime: URL, owner: URL) -> None:
    name, own = sql.Identifier(str(owner.database)), sql.Identifier(str(owner.username))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [owner.database]).fetchone():
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(own))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(name, own))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    role = sql.Identifier(str(runtime.username))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))


def main() -> int:
    """Provision the services named on the command line."""
    folder, *services = Path(sys.argv[1]), *sys.argv[2:]
    for service in services:
        addresses = ("postgres-url", f"{service}-database-url", f"{service}-owner-url")
        provision(*((folder / name).read_text(encoding="utf-8").strip() for name in addresses))
        sys.stdout.write(f"{service}: roles and database are there\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
