"""Alembic's environment: the connection comes from `python -m notifications migrate`."""

from chassis.migrations import run_environment
from notifications.tables import metadata

run_environment(metadata)
