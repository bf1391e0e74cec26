"""What holds for every test of the repository: a broker and databases, private unless others are named."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

import gateway  # noqa: F401 -- before pytest takes the folder of the same name for the package

pytest_plugins = ["chassis.testing.plugin"]
# A busy machine makes examples slowly; that says nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def package_of(nodeid: str) -> str:
    """Where a test belongs: the tests of a package share servers and databases."""
    parts = Path(nodeid.partition("::")[0]).parts
    return "/".join(parts[: 3 if parts[0] in {"libs", "services"} else 2])


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With several processes (``-n 2``), the tests of a package stay in one."""
    made = LoadScopeScheduling(config, log)
    made._split_scope = package_of
    return made
