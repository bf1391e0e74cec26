"""What holds for every test of the repository: a broker and databases, private unless others are named."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import gateway  # noqa: F401 -- before pytest takes the folder of the same name for the package

pytest_plugins = ["chassis.testing.plugin"]
ROOT = Path(__file__).parent
# A busy machine makes examples slowly; that says nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Tests that share servers stay in one process when several run (``-n 2 --dist loadgroup``): those of a package."""
    for item in items:
        parts = item.path.relative_to(ROOT).parts
        item.add_marker(pytest.mark.xdist_group("/".join(parts[: 3 if parts[0] in {"libs", "services"} else 2])))
