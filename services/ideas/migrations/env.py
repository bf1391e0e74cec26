"""Alembic's environment: the connection comes from `python -m ideas migrate`."""

from chassis.migrations import run_environment
from ideas.tables import metadata

run_environment(metadata)
