"""The voting service, as data."""

from pathlib import Path

from chassis.manifest import Manifest
from contracts.voting import CONTRACT

from voting.jobs import VotingJobs
from voting.resources import Resources, bootstrap
from voting.rpc import VotingRpc
from voting.settings import Settings
from voting.subscriptions import VotingEvents
from voting.tables import metadata
from voting.workers import VotingWorkers


def _green(settings: Settings) -> Resources:
    from chassis.runtime import in_thread  # noqa: PLC0415 -- turns the process green: only for who runs the service

    return bootstrap(settings, apart=in_thread)


MANIFEST = Manifest(
    name="voting",
    contract=CONTRACT,
    settings=Settings,
    bootstrap=_green,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=VotingRpc,
    events=VotingEvents,
    jobs=VotingJobs,
    workers=VotingWorkers,
)
