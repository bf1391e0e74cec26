"""The service as data."""

from pathlib import Path

from chassis.manifest import Manifest
from contracts.identity import CONTRACT

from identity.commands import COMMANDS
from identity.jobs import IdentityJobs
from identity.resources import Office, bootstrap
from identity.rpc import IdentityRpc
from identity.settings import IdentitySettings
from identity.tables import metadata


def _green(settings: IdentitySettings) -> Office:
    from chassis.runtime import in_thread  # noqa: PLC0415 -- turns the process green: only for who runs the service

    return bootstrap(settings, run=in_thread)


MANIFEST = Manifest(
    name="identity",
    contract=CONTRACT,
    settings=IdentitySettings,
    bootstrap=_green,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=IdentityRpc,
    jobs=IdentityJobs,
    commands=COMMANDS,
)
