"""The process is green before anything else, and a query blocks nobody."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]


def run(script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


FOUR_SLEEPS = """
import chassis.runtime
import os, time, eventlet, psycopg, psycopg.waiting
assert psycopg.waiting.wait is psycopg.waiting.wait_select
ticks = 0
def hub():
    global ticks
    while True:
        ticks += 1
        eventlet.sleep(0.01)
eventlet.spawn(hub)
connections = [psycopg.connect(os.environ["URL"]) for _ in range(4)]
started = time.monotonic()
pool = eventlet.GreenPool()
list(pool.imap(lambda c: c.execute("SELECT pg_sleep(0.5)"), connections))
seconds = time.monotonic() - started
assert seconds < 1.5, f"the queries stood in line: {seconds:.2f} s"
assert ticks > 10, f"nobody else could work: {ticks} ticks"
"""


def test_four_queries_wait_together_and_the_others_go_on(postgres_url: str) -> None:
    done = run(FOUR_SLEEPS, URL=postgres_url)
    assert done.returncode == 0, done.stderr


def test_the_wrong_order_is_refused_at_the_start() -> None:
    done = run("import psycopg\nimport chassis.runtime")
    assert done.returncode != 0
    assert "psycopg was imported before chassis.runtime" in done.stderr


def test_the_client_of_the_gateway_needs_neither_nameko_nor_eventlet() -> None:
    done = run("import sys, chassis.client\nassert not {'nameko', 'eventlet'} & set(sys.modules)")
    assert done.returncode == 0, done.stderr
