"""Databases for tests: one template per service, migrated once, copied in some 50 ms whenever a test wants its own."""

import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from chassis import migrations


class TestDatabases:
    """Makes databases on one server and drops them all when left.

    `databases("ideas")` is the address of a new database at the newest schema of that service;
    `databases("ideas", migrated=False)` of an empty one.
    """

    __test__ = False  # a factory, not a test class

    def __init__(self, server_url: str) -> None:
        self._server = make_url(server_url).set(drivername="postgresql")
        self._templates: dict[str, str] = {}
        self._made: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._made:
            self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.clear()
        self._templates.clear()

    def __call__(self, service_name: str, *, migrated: bool = True) -> str:
        """The address of a database that nobody else uses."""
        if not migrated:
            return self._url(self._create(service_name, "template0"))
        if service_name not in self._templates:
            self._templates[service_name] = self._migrated(service_name)
        return self._url(self._create(service_name, self._templates[service_name]))

    def _migrated(self, service_name: str) -> str:
        name = self._create(service_name, "template0")
        migrate(service_name, self._url(name))
        return name

    def _create(self, service_name: str, template: str) -> str:
        name = f"test_{service_name}_{secrets.token_hex(4)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        self._made.append(name)
        return name

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._render(), autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def _render(self) -> str:
        return self._server.render_as_string(hide_password=False)


def migrate(service_name: str, url: str) -> None:
    """Bring a database to the newest schema of a service, without loading more of it than its tables."""
    package = find_spec(service_name)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(service_name)
    migrations.migrate(Path(package.origin).parents[1] / "migrations", url)
