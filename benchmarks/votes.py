"""Votes and supports per second, through HTTP to the durable commit, beside the plain path and the floor in one run."""

import random
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import orjson
import psycopg

from benchmarks.stage import CHOICES, Stage, open_election
from benchmarks.wrk import Measured, Request, send

CONNECTIONS = (64, 128)
UNASKED = "Décider, booth not opened"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. ``lost`` and ``double``: answered and not there; there more than once."""

    path: str
    connections: int
    measured: Measured
    lost: int
    double: int


def measure(stage: Stage, rivals: dict[str, str], folder: Path) -> list[Line]:
    """Each path with each number of connections, in turn."""
    lines: list[Line] = []
    for connections in CONNECTIONS:
        lines.append(replace(_ours(stage, open_election(stage.desk), connections, folder), path=UNASKED))
        election = open_election(stage.desk)
        lines.append(_booths_opened(stage, election, connections, folder))
        lines.append(_ours(stage, election, connections, folder))
        lines.append(replace(_ours(stage, election, connections, folder), path="Décider, ballots changed"))
        for name, address in rivals.items():
            lines.append(_rival(stage, name, address, connections, folder))
    lines.append(_half_load(stage, lines, folder))
    return lines


def _choices() -> list[str]:
    return [str(number) for number in random.sample(range(1, CHOICES + 1), 3)]


def ballots(stage: Stage, election: str) -> list[Request]:
    """One ballot of each person."""
    path = f"/api/v1/elections/{election}/ballots"

    def body() -> str:
        ballot = {"kind": "approval", "choices": _choices()}
        return orjson.dumps({"cast_id": str(uuid4()), "ballot": ballot}).decode()

    return [Request("POST", path, person.token, body()) for person in stage.people]


def _ours(stage: Stage, election: str, connections: int, folder: Path, pause: int = 0) -> Line:
    measured = send(stage.site, ballots(stage, election), connections=connections, folder=folder, pause=pause)
    query = "SELECT count(*), count(DISTINCT pseudonym) FROM box WHERE election_id = %s"
    rows, people = _count(stage.database("decider_voting"), query, election)
    return Line(
        "Décider" + (", half load" if pause else ""), connections, measured, measured.ok - people, rows - people
    )


def _booths_opened(stage: Stage, election: str, connections: int, folder: Path) -> Line:
    """Everybody asks whether they may vote, as the page of the ballot does before it shows one."""
    path = f"/api/v1/elections/{election}/participation"
    requests = [Request("GET", path, person.token, "") for person in stage.people]
    measured = send(stage.site, requests, connections=connections, folder=folder)
    query = "SELECT count(*), count(DISTINCT account_id) FROM roll WHERE election_id = %s"
    rows, people = _count(stage.database("decider_voting"), query, election)
    return Line("may I vote?", connections, measured, measured.ok - people, rows - people)


def _rival(stage: Stage, name: str, address: str, connections: int, folder: Path) -> Line:
    election, table = str(uuid4()), name.split(maxsplit=1)[0]

    def body(voter: object) -> str:
        own = {"voter": str(voter), "election": election, "choices": _choices()}
        plain = {"election_id": election, "choices": own["choices"]}
        return orjson.dumps(plain if table == "plain" else own).decode()

    requests = [Request("POST", "/ballots", person.token, body(person.id)) for person in stage.people]
    measured = send(address, requests, connections=connections, folder=folder)
    query = f"SELECT count(*), count(DISTINCT voter) FROM {table}_ballots WHERE election = %s"
    rows, people = _count(stage.database("decider_bench"), query, election)
    return Line(name, connections, measured, measured.ok - people, rows - people)


def _half_load(stage: Stage, lines: list[Line], folder: Path) -> Line:
    best = max(line.measured.rate for line in lines if line.path == "Décider")
    pause = int(1000 * CONNECTIONS[0] / (best / 2))
    election = open_election(stage.desk)
    _booths_opened(stage, election, CONNECTIONS[0], folder)
    return _ours(stage, election, CONNECTIONS[0], folder, pause)


def _count(url: str, query: str, election: str) -> tuple[int, int]:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode(), (election,)).fetchone()
        assert row is not None
        return row[0], row[1]


def supports(stage: Stage, petitions: list[str], folder: Path) -> list[Line]:
    """Everybody supports the same petition: the worst case, one that catches fire."""
    lines = []
    for connections, petition in zip(CONNECTIONS, petitions, strict=True):
        requests = [Request("PUT", f"/api/v1/ideas/{petition}/support", person.token, "{}") for person in stage.people]
        measured = send(stage.site, requests, connections=connections, folder=folder)
        query = "SELECT count(*), count(DISTINCT account) FROM supports WHERE idea_id = %s"
        rows, people = _count(stage.database("decider_ideas"), query, petition)
        lines.append(Line("supports", connections, measured, measured.ok - people, rows - people))
    return lines
