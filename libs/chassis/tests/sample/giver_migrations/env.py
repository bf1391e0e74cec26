"""Alembic's environment of the sample service."""

from chassis.migrations import run_environment

from libs.chassis.tests.sample.giver import metadata

run_environment(metadata)
