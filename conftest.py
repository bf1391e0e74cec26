"""Fixtures of every test of the repository: a broker and databases, private unless others are named."""

import gateway  # noqa: F401 -- before pytest takes the folder of the same name for the package

pytest_plugins = ["chassis.testing.plugin"]
