"""The service as data."""

from pathlib import Path

from chassis.manifest import Command, Manifest
from contracts.ideas import CONTRACT

from ideas import commands
from ideas.jobs import IdeasJobs
from ideas.resources import Resources, bootstrap
from ideas.rpc import IdeasRpc
from ideas.settings import IdeasSettings
from ideas.subscriptions import IdeasEvents
from ideas.tables import metadata


def _green(settings: IdeasSettings) -> Resources:
    from chassis.runtime import in_thread  # noqa: PLC0415 -- turns the process green: only for who runs the service

    return bootstrap(settings, apart=in_thread)


MANIFEST = Manifest(
    name="ideas",
    contract=CONTRACT,
    settings=IdeasSettings,
    bootstrap=_green,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=IdeasRpc,
    events=IdeasEvents,
    jobs=IdeasJobs,
    commands=(
        Command("record", "recompute the hashes of all records", commands.record, commands.record_arguments),
        Command("publish", "sign the heads that are due and make the files of open data anew", commands.publish),
        Command("score", "look at the supports of the last day now", commands.score),
    ),
)
