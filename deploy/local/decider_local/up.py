"""`make up`: everything that is missing is made, everything that is down is started, in the order of who needs whom.

Harmless when all is there and runs: nothing is stopped but what changed.
"""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from chassis.testing.ports import LOOPBACK

from decider_local import assets, keys, servers, suite
from decider_local.console import say, step
from decider_local.layout import GATEWAY, PYTHON, ROOT, VAR, make_folders
from decider_local.state import State
from decider_local.supervision import Manager, SuiteError

_PATIENCE = 90.0


def up(services: Sequence[str]) -> None:
    """Bring these services up, and all that they need; those which run and are not named are stopped."""
    make_folders()
    state = State.load()
    state.services = list(services)
    state.save()
    if not Manager(state).running():
        state.forget_taken_ports()
    keys.make_identity_keys()
    build_assets()
    manager = Manager(state, suite.programs(services, state))
    start_servers(manager)
    migrate_all(services, state)
    start_suite(manager, services)


def build_assets() -> None:
    """Scripts and styles of the site."""
    with assets.alone():
        if not assets.up_to_date():
            with step("Building the site's scripts and styles"):
                assets.build()


def start_servers(manager: Manager) -> None:
    """Broker, PostgreSQL and mail catcher under the process manager; return when they answer."""
    state = manager.state
    servers.prepare(state)
    manager.write_configuration()
    if manager.running():
        manager.apply()
    else:
        manager.launch()
    with step("RabbitMQ"):
        wait(lambda: servers.broker_answers(state), "RabbitMQ", "rabbitmq")
    with step("PostgreSQL"):
        wait(lambda: servers.postgres_answers(state), "PostgreSQL", "postgres")


def migrate_all(services: Sequence[str], state: State) -> None:
    """Databases, roles and newest schema of each service; skipped for those whose migrations did not change."""
    for service in services:
        stamp = VAR / "migrated" / service
        wanted = assets.digest([ROOT / "services" / service / "migrations"], ending=(".py",))
        if not stamp.exists() or stamp.read_text() != wanted:
            with step(f"Database of {service}"):
                migrate(service, state)
            stamp.parent.mkdir(exist_ok=True)
            stamp.write_text(wanted)


def migrate(service: str, state: State) -> None:
    """One service's database: roles, schema, rights."""
    servers.make_database(service, state)
    done = subprocess.run(
        [PYTHON, "-m", service, "migrate"],
        env={"PATH": os.environ["PATH"], **suite.migration_environment(service, state)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SuiteError(f"python -m {service} migrate failed\n{done.stdout}{done.stderr}")


def start_suite(manager: Manager, services: Sequence[str]) -> None:
    """The services, then the gateway; return when each says that it is ready."""
    state = manager.state
    names = suite.names(services, state)
    with step("Services: " + ", ".join(services)):
        for name in names:
            manager.start(name)
        for name in names:
            wait(answers(f"http://{LOOPBACK}:{state.port(name)}/ready"), name, name)
    with step("Gateway"):
        manager.start(GATEWAY)
        wait(answers(f"{suite.public_url(state)}/readyz"), "The gateway", GATEWAY)


def answers(url: str) -> Callable[[], bool]:
    """Whether the address answers 200, to be asked again and again."""

    def ask() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310 - our own loopback addresses
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    return ask


def wait(holds: Callable[[], bool], what: str, log: str) -> None:
    """Return as soon as it holds; SuiteError, naming the log to read, after a while."""
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise SuiteError(f"{what} does not answer; see {VAR}/log/{log}.log")
        time.sleep(0.1)


def welcome(accounts: Sequence[str]) -> None:
    """Where to look, as whom, and what to try first."""
    state = State.load()
    say()
    say(f"  The site      {suite.public_url(state)}")
    say(f"  The API       {suite.public_url(state)}/api/v1")
    say(f"  The mails     {suite.mail_url(state)}")
    say()
    for line in accounts:
        say(line)
    tried = [text for service, text in _FIRST_STEPS.items() if service in state.services]
    say("  Try first:")
    for number, text in enumerate(tried, 1):
        say(f"    {number}. {text}")
    say("  Then: make status, make logs, make scale voting=3, make down")


_FIRST_STEPS = {
    "identity": "Sign in as the citizen, or make an account of your own: its mail is on the page of the mails.",
    "ideas": "Support an idea, or put one in; then sign in as the moderator and open it.",
    "voting": "Vote in the open vote, change your mind, and look for your receipt.",
    "consultations": "Answer a questionnaire, and look at its results.",
    "notifications": "Follow an idea; what happens to it comes to your inbox and by mail.",
}
