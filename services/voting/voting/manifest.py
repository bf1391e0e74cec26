"""The voting service, as data."""

from pathlib import Path

from chassis.manifest import Manifest
from contracts.voting import CONTRACT

from voting.jobs import VotingJobs
from voting.resources import bootstrap
from voting.rpc import VotingRpc
from voting.settings import Settings
from voting.subscriptions import VotingEvents
from voting.tables import metadata

MANIFEST = Manifest(
    name="voting",
    contract=CONTRACT,
    settings=Settings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=VotingRpc,
    events=VotingEvents,
    jobs=VotingJobs,
)
