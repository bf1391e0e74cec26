"""Alembic's environment: everything is in the chassis."""

from chassis.migrations import run_environment
from voting.tables import metadata

run_environment(metadata)
