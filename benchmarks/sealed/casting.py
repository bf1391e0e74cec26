"""Sealed ballots through voting and its workers, on a broker and a database of their own: receipts per second.

    .venv/bin/python -m benchmarks.sealed.casting [--casts 400] [--backlog 10000]

Ballots are sealed beforehand. Then clients cast them through the bus and ask until each has its receipt, with one
worker and with two; and a backlog that was cast while no worker ran is drained by two. Writes the table between the
marks of docs/performance-sealed.md.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

from belenios.credentials import derive, new_credential, public_credential
from belenios.election import read_election
from belenios.sealing import seal
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.voting.sealed_ballots import CAST_SEALED_BALLOT, CastSealedBallot

from services.voting.tests.integration.sealed_suite import Suite, Vote, running
from services.voting.tests.sealed_world import token_for

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance-sealed.md"
BEGIN, END = "<!-- casting -->\n", "<!-- end of casting -->\n"
CLIENTS = 24
CHUNK = 50


@dataclass(frozen=True, slots=True)
class Shape:
    """A vote by approval."""

    name: str
    projects: int
    choices: int

    def content(self) -> dict[str, object]:
        """What a campaign manager asks for."""
        projects = [{"id": f"p{n}", "title": {"fr": f"Projet {n}"}, "cost": 1} for n in range(self.projects)]
        return {"method": {"kind": "approval", "max_choices": self.choices}, "candidates": projects}


LARGE, SMALL = Shape("40 answers, at most 5", 40, 5), Shape("4 answers, at most 2", 4, 2)


def sealed(task: tuple[str, str, Shape, int]) -> list[str]:
    """Requests for some ballots, as JSON: each from a new credential with its token."""
    election_id, election_json, shape, many = task
    election = read_election(election_json.encode())
    bits = [1] * shape.choices + [0] * (shape.projects - shape.choices)
    made = []
    for _ in range(many):
        secret = derive(election.group, election.uuid, new_credential())
        credential = election.group.text(public_credential(election.group, secret))
        token = token_for(UUID(election_id), credential)
        ballot = seal(election, secret, [bits]).decode()
        made.append(CastSealedBallot(election_id=UUID(election_id), ballot=ballot, token=token).model_dump_json())
    return made


def prepare(vote: Vote, shape: Shape, many: int) -> list[CastSealedBallot]:
    """Seal ballots in as many processes as there are cores."""
    text = vote.election.data.decode()
    tasks = [(str(vote.drafted.id), text, shape, min(CHUNK, many - start)) for start in range(0, many, CHUNK)]
    with ProcessPoolExecutor() as pool:
        return [CastSealedBallot.model_validate_json(one) for some in pool.map(sealed, tasks) for one in some]


@contextmanager
def town(workers: int) -> Iterator[Suite]:
    """Voting and its workers, on servers of their own."""
    broker, postgres = PrivateRabbitMQ(), PrivatePostgres()
    try:
        broker.start()
        postgres.start()
        with (
            TestDatabases(postgres.url) as databases,
            tempfile.TemporaryDirectory() as folder,
            running(broker.url, databases("voting"), Path(folder), workers=workers) as suite,
        ):
            yield suite
    finally:
        broker.close()
        postgres.close()


def receipts_per_second(suite: Suite, shape: Shape, casts: int) -> float:
    """From the first request to the last receipt."""
    vote = suite.open_vote(trustees=2, threshold=1, **shape.content())
    requests = prepare(vote, shape, casts)
    began = monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(vote.until_receipt, requests))
    return casts / (monotonic() - began)


def drained(suite: Suite, shape: Shape, backlog: int, workers: int) -> tuple[float, float]:
    """Ballots received per second while no worker runs; then the seconds until the last of them is recorded."""
    vote = suite.open_vote(trustees=2, threshold=1, **shape.content())
    requests = prepare(vote, shape, backlog)
    began = monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda one: suite.client.call(CAST_SEALED_BALLOT, one, deadline=60), requests))
    received = backlog / (monotonic() - began)
    began = monotonic()
    for number in range(workers):
        suite.runner.start(f"workers-{number}", "--only", "workers")
    while suite.scalar("SELECT count(*) FROM sealed_ballots WHERE state = 'received'"):
        sleep(0.5)
    return received, monotonic() - began


def table(casts: int, backlog: int) -> str:
    """The measurements, as a table."""
    rows = []
    for workers in (1, 2):
        with town(workers) as suite:
            rows.append((workers, receipts_per_second(suite, LARGE, casts)))
    with town(0) as suite:
        received, seconds = drained(suite, SMALL, backlog, 2)
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [f"Measured {when} on {machine}, clients, broker, database and workers on the same cores.", ""]
    lines += ["| what | workers | result |", "|---|---|---|"]
    lines += [f"| receipts, {casts:,} ballots of {LARGE.name} | {n} | **{rate:.0f}/s** |" for n, rate in rows]
    lines.append(f"| ballots of {SMALL.name} received while no worker runs | 0 | {received:.0f}/s |")
    lines.append(
        f"| a backlog of {backlog:,} of them is drained | 2 | **{seconds:.0f} s** ({backlog / seconds:.0f}/s) |"
    )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--casts", type=int, default=400)
    parser.add_argument("--backlog", type=int, default=10_000)
    options = parser.parse_args(arguments)
    measured = table(options.casts, options.backlog)
    sys.stdout.write(measured)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + measured + END + rest.partition(END)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
