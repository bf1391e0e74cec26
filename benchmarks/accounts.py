"""How many accounts a second: registrations, activations and sign-ins through the bus, at several costs of a hash.

``python -m benchmarks.accounts [seconds]``, on servers of its own or those in ``POSTGRES_URL`` and ``AMQP_URL``. Client
and service share the processors; one process of identity. Beside the rate: the processor time identity spent on each,
which does not depend on what else runs on the machine.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from chassis.client import Context, RpcClient
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts import identity as contract
from contracts.errors import Fault
from identity import keys
from identity.security.access_tokens import RoleClaim, TokenMint
from uuid_utils.compat import uuid7

ROOT = Path(__file__).parents[1]
PASSWORD = "Neuf pigeons roux 9"
COSTS = {
    "default: 64 MiB, 3 passes": (65_536, 3),
    "OWASP minimum: 19 MiB, 2": (19_456, 2),
    "demonstration: 64 KiB, 1": (64, 1),
}
THREADS = 16


@contextmanager
def identity(folder: Path, database_url: str, amqp_url: str, cost: tuple[int, int]) -> Iterator[int]:
    """A process of the service whose password hashes cost ``cost`` (KiB, passes); its number."""
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(folder / keys.PUBLIC),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "SIGNING_KEYS_FILE": str(folder / keys.SIGNING),
        "INDEX_KEY_FILE": str(folder / keys.INDEX),
        "SEALING_KEYS_FILE": str(folder / keys.SEALING),
        "ARGON2_MEMORY_KIB": str(cost[0]),
        "ARGON2_PASSES": str(cost[1]),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    process = subprocess.Popen([sys.executable, "-m", "identity", "run"], env=environment, cwd=ROOT)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def busy(process: int) -> float:
    """The processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rate(process: int, seconds: float, act: Callable[[], object]) -> str:
    """How often a second something is done by all threads together, and what each costs the service."""
    until = time.monotonic() + seconds

    def repeat(_thread: int) -> int:
        count = 0
        while time.monotonic() < until:
            act()
            count += 1
        return count

    started, used = time.monotonic(), busy(process)
    with ThreadPoolExecutor(THREADS) as pool:
        done = sum(pool.map(repeat, range(THREADS)))
    took, used = time.monotonic() - started, busy(process) - used
    return f"{done / took:.0f} ({1000 * used / done:.0f} ms)"


def measure(client: RpcClient, officer: Context, process: int, seconds: float) -> list[str]:
    """Registrations, accounts opened at a counter and activated, sign-ins: each per second and what it costs."""

    def register() -> None:
        form = {"email": f"{secrets.token_hex(8)}@example.org", "password": PASSWORD, "display_name": "Camille"}
        request = contract.Register.model_validate(form | {"language": "fr", "accepts_terms": True})
        client.call(contract.REGISTER, request, deadline=60)

    def open_account() -> contract.Session:
        seen = {"given_name": secrets.token_hex(6)}
        opened = {"account_id": uuid7(), "display_name": "Camille", "language": "fr", "attributes": seen, "level": 400}
        request = contract.OpenCounterAccount.model_validate(opened | {"reason": "Measured."})
        card = client.call(contract.OPEN_COUNTER_ACCOUNT, request, context=officer, deadline=60)
        logins.append(card.login)
        first = contract.Activate(login=card.login, code=card.code, password=PASSWORD)
        return client.call(contract.ACTIVATE, first, deadline=60)

    def sign_in() -> None:
        login = logins[secrets.randbelow(len(logins))]
        with suppress(Fault):  # two sign-ins of one person at the same moment may meet in the lock-out
            client.call(contract.SIGN_IN, contract.SignIn(login=login, password=PASSWORD), deadline=60)

    logins: list[str] = []
    return [rate(process, seconds, act) for act in (register, open_account, sign_in)]


def main() -> int:
    """Print one row for each cost."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with ExitStack() as stack:
        postgres, amqp = _servers(stack)
        _print_rows(postgres, amqp, seconds)
    return 0


def _servers(stack: ExitStack) -> tuple[str, str]:
    """The addresses of PostgreSQL and RabbitMQ: those that the environment names, else private ones."""
    if "POSTGRES_URL" in os.environ:
        return os.environ["POSTGRES_URL"], os.environ["AMQP_URL"]
    postgres, broker = PrivatePostgres().start(), PrivateRabbitMQ().start()
    stack.callback(postgres.close)
    stack.callback(broker.close)
    return postgres.url, broker.url


def _print_rows(postgres: str, amqp: str, seconds: float) -> None:
    print("| cost of a hash | registrations/s | opened and activated/s | sign-ins/s |\n|---|---|---|---|")
    with TemporaryDirectory() as name, TestDatabases(postgres) as databases:
        folder = Path(name)
        keys.init(folder)
        officer = Context(token=_officer(folder))
        for title, cost in COSTS.items():
            client = RpcClient(amqp, name="bench")
            with identity(folder, databases("identity"), amqp, cost) as process:
                client.call(contract.JWKS, contract.Nothing(), deadline=60)
                print(f"| {title} | " + " | ".join(measure(client, officer, process, seconds)) + " |")
            client.close()


def _officer(folder: Path) -> str:
    mint = TokenMint(folder / keys.SIGNING, keys.ISSUER, timedelta(hours=1))
    return mint.sign(uuid7(), "", 400, [RoleClaim("counter_officer", ("*",), None)], datetime.now(UTC))[0]


if __name__ == "__main__":
    sys.exit(main())
