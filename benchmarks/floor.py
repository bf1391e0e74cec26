"""The floor: a bare Falcon view that inserts straight into PostgreSQL through a pool. No bus, no token, no rules.

What anybody would write first; a durable bus must beat it. Run by gunicorn as the gateway is, and once more on 32
threads a process, which is how most would run it.
"""

import os

import falcon
from psycopg_pool import ConnectionPool

_pool: dict[int, ConnectionPool] = {}

INSERT = """INSERT INTO floor_ballots (voter, election, choices) VALUES (%s, %s, %s)
            ON CONFLICT (voter, election) DO UPDATE SET choices = EXCLUDED.choices"""


def pool() -> ConnectionPool:
    """This process's connections, made after the fork: enough of them that no thread waits for one for long."""
    if os.getpid() not in _pool:
        _pool[os.getpid()] = ConnectionPool(os.environ["FLOOR_URL"], min_size=8, max_size=16, open=True)
    return _pool[os.getpid()]


class Ballots:
    """``POST /ballots`` with ``{"voter", "election", "choices"}``."""

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Write one ballot, durably."""
        media = request.get_media()
        with pool().connection() as connection:
            connection.execute(INSERT, (media["voter"], media["election"], media["choices"]))
        response.media = {"outcome": "recorded"}


app = falcon.App()
app.add_route("/ballots", Ballots())
