"""Where things are: the repository, and the folder of everything that running it makes."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("DECIDER_VAR", ROOT / "var")).resolve()
LOGS = VAR / "log"
SECRETS = VAR / "secrets"
PYTHON = Path(sys.executable)

SERVICES = ("identity", "ideas", "voting", "consultations", "notifications")
WORKERS = {"voting-workers": "voting"}
"""Processes that run a service's workers alone, by what they are called and scaled as."""
GATEWAY = "gateway"
NEEDED_BY_ALL = "identity"


def make_folders() -> None:
    """Make the folders that everything else writes into; the one of the secrets is closed to others."""
    for folder in (VAR, LOGS):
        folder.mkdir(parents=True, exist_ok=True)
    SECRETS.mkdir(mode=0o700, exist_ok=True)


class ChoiceError(ValueError):
    """What was asked for cannot be; the message says what can."""


def chosen_services() -> tuple[str, ...]:
    """The services to run: those named in SERVICES, else all. ChoiceError names what is wrong."""
    given = os.environ.get("SERVICES", ",".join(SERVICES))
    names = {name.strip() for name in given.split(",") if name.strip()}
    if unknown := names - set(SERVICES):
        raise ChoiceError(f"SERVICES: {', '.join(sorted(unknown))}: no such service. There are: {', '.join(SERVICES)}")
    if NEEDED_BY_ALL not in names:
        raise ChoiceError(f"SERVICES: {NEEDED_BY_ALL} is missing, and the others cannot do without it")
    return tuple(name for name in SERVICES if name in names)
