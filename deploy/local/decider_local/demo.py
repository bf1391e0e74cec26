"""Demonstration accounts and content: the accounts by identity's own command, the rest through the public API.

Done once; a mark in ``var/`` says for which services. ``make clean`` removes it with everything else.
"""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from decider_demo import story
from decider_demo.api import Api
from decider_demo.inhabitants import Counter, Seed, Wallet

from decider_local import keys, suite
from decider_local.console import say
from decider_local.layout import PYTHON, ROOT, VAR
from decider_local.state import State
from decider_local.supervision import SuiteError

_MARK = VAR / "demo"


@dataclass(frozen=True, slots=True)
class Account:
    """One account to try the suite with."""

    what: str
    email: str
    name: str
    roles: tuple[str, ...] = ()


ACCOUNTS = (
    Account("citizen", "citoyenne@example.org", "Camille R."),
    Account("moderator", "moderation@example.org", "Modération (démo)", ("moderator",)),
    Account("examiner", "instruction@example.org", "Service instructeur (démo)", ("examiner",)),
    Account("administrator", "administration@example.org", "Administration (démo)", ("administrator",)),
)
_AGENT = Account(
    "everything",
    "demonstration@example.org",
    "Démonstration",
    ("administrator", "moderator", "examiner", "campaign_manager", "counter_officer", "territorial_actor"),
)
"""Tells the demonstration's stories; not announced."""
_CERTIFIED = {
    "attributes": {
        "given_name": "Camille",
        "family_name": "Rameau",
        "birth_date": "1985-03-12",
        "home_district": "75011",
    },
    "level": 400,
    "reason": "Compte de démonstration",
}
"""What an agent saw of the demonstration's citizen, who may therefore vote."""


def password() -> str:
    """The one password of the demonstration's accounts, made on this machine."""
    return keys.secret("demo-password")


def load() -> None:
    """Make the demonstration accounts and their content where they are missing."""
    state = State.load()
    wanted = " ".join(sorted(state.services))
    if "identity" not in state.services or (_MARK.exists() and _MARK.read_text() == wanted):
        return
    say("  Demonstration content (once)")
    made = {account.what: _create(account, state) for account in (*ACCOUNTS, _AGENT)}
    desk = counter(state)
    desk.api.post(f"/counter/{made['citizen']}/certifications", _CERTIFIED)
    story.tell(tuple(state.services), desk)
    if "ideas" in state.services:
        command("ideas", ["publish"], state)
    _MARK.write_text(wanted)


def agent(state: State) -> Api:
    """The API, spoken to as the agent who may do everything in the demonstration."""
    api = Api(suite.public_url(state), suite.LOADER)
    api.sign_in(_AGENT.email, password())
    return api


def counter(state: State) -> Counter:
    """Where the demonstration's inhabitants get their accounts."""
    return Counter(agent(state), Seed(keys.secret("demo-seed").encode()), Wallet(VAR / "demo-cards.txt"))


def announce() -> Sequence[str]:
    """Lines that tell which accounts there are."""
    if not _MARK.exists():
        return ()
    rows = [f"    {account.what:14} {account.email}" for account in ACCOUNTS]
    return ("  Demonstration accounts, all with the password " + password(), *rows)


def _create(account: Account, state: State) -> str:
    roles = [part for role in account.roles for part in ("--role", role)]
    named = ["create-account", "--email", account.email, "--display-name", account.name]
    return command("identity", [*named, *roles], state).splitlines()[-1]


def command(service: str, arguments: Sequence[str], state: State) -> str:
    """Run a command of a service as its operators would; what it printed. SuiteError if it fails."""
    done = subprocess.run(
        [str(PYTHON), "-m", service, *arguments],
        input=password() + "\n",
        env={"PATH": os.environ["PATH"], **suite.service_environment(service, state)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SuiteError(f"python -m {service} {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()
