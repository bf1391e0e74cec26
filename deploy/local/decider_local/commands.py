"""What the other targets of `make` do to a suite that runs: status, logs, scale, down, clean."""

import os
import shutil
from collections.abc import Sequence

from chassis.testing.ports import LOOPBACK

from decider_local import servers, suite
from decider_local.console import say, step
from decider_local.layout import GATEWAY, LOGS, SERVICES, VAR, WORKERS, ChoiceError, chosen_services
from decider_local.state import State
from decider_local.supervision import Manager
from decider_local.up import answers, up

KEPT = "compose"
_MOST = 16


def down() -> None:
    """Stop everything; data and settings stay."""
    manager = Manager(State.load())
    if not manager.running():
        say("Nothing is running.")
        return
    with step("Stopping the suite"):
        manager.shut_down()


def status() -> None:
    """One line a process: its state, and whether it says that it is ready."""
    state = State.load()
    manager = Manager(state)
    if not manager.running():
        say("Nothing is running: make up")
        return
    for name, is_now in manager.status().items():
        say(f"  {name:20} {is_now:10} {_readiness(name, state)}")


def _readiness(name: str, state: State) -> str:
    if name == GATEWAY:
        address = f"{suite.public_url(state)}/readyz"
    elif name.rpartition("-")[0] in (*SERVICES, *WORKERS):
        address = f"http://{LOOPBACK}:{state.port(name)}/ready"
    else:
        return ""
    return "ready" if answers(address)() else "not ready"


def logs(names: Sequence[str]) -> None:
    """Follow the logs of the named programs, of all if none is named; until interrupted."""
    chosen = [path for path in sorted(LOGS.glob("*.log")) if not names or path.stem.startswith(tuple(names))]
    if not chosen:
        raise ChoiceError(f"no log of {' '.join(names) or 'anything'} in {LOGS}")
    tail = shutil.which("tail") or "/usr/bin/tail"
    os.execv(tail, [tail, "-n", "20", "-F", *map(str, chosen)])  # noqa: S606 - it becomes tail


def scale(wishes: Sequence[str]) -> None:
    """Run as many processes of each service as wished (`voting=3`), from now on; the same services as before."""
    if not wishes:
        raise ChoiceError("scale: say how many of what, for example: make scale voting=3")
    state = State.load()
    state.scale.update(_wish(text) for text in wishes)
    state.save()
    up(state.services or chosen_services())


def _wish(text: str) -> tuple[str, int]:
    service, _, number = text.partition("=")
    known = (*SERVICES, *WORKERS)
    if service not in known or not number.isdigit() or not 1 <= int(number) <= _MOST:
        raise ChoiceError(f"scale: {text}: say <service>=<1…{_MOST}>, with one of {', '.join(known)}")
    return service, int(number)


def clean() -> None:
    """Stop everything and remove what it made: databases, queues, mails, secrets, logs; not the secrets of compose."""
    down()
    with step("Removing what the suite made"):
        shutil.rmtree(servers.postgres_directory(), ignore_errors=True)
        for path in VAR.iterdir():
            if path.is_dir() and path.name != KEPT:
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
