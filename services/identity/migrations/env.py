"""Alembic's environment: the connection comes from `python -m identity migrate`."""

from chassis.migrations import run_environment
from identity.tables import metadata

run_environment(metadata)
