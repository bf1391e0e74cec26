"""Fixtures of every test of the repository: a broker and databases, private unless others are named."""

pytest_plugins = ["chassis.testing.plugin"]
