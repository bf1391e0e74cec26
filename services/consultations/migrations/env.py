"""Alembic's environment: the connection comes from `python -m consultations migrate`."""

from chassis.migrations import run_environment
from consultations.tables import metadata

run_environment(metadata)
