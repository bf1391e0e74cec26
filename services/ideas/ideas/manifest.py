"""The service as data."""

from pathlib import Path

from chassis.manifest import Command, Manifest
from contracts.ideas import CONTRACT

from ideas import commands
from ideas.jobs import IdeasJobs
from ideas.resources import bootstrap
from ideas.rpc import IdeasRpc
from ideas.settings import IdeasSettings
from ideas.subscriptions import IdeasEvents
from ideas.tables import metadata

MANIFEST = Manifest(
    name="ideas",
    contract=CONTRACT,
    settings=IdeasSettings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=IdeasRpc,
    events=IdeasEvents,
    jobs=IdeasJobs,
    commands=(
        Command("record", "recompute the hashes of all records", commands.record, commands.record_arguments),
        Command("publish", "sign the heads that are due and make the files of open data anew", commands.publish),
    ),
)
