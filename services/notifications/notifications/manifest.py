"""What the notifications service is."""

from pathlib import Path

from chassis.manifest import Manifest
from contracts.notifications import CONTRACT

from notifications.bootstrap import bootstrap
from notifications.jobs import NotificationsJobs
from notifications.rpc import NotificationsRpc
from notifications.settings import Settings
from notifications.subscriptions import NotificationsEvents
from notifications.tables import metadata

MANIFEST = Manifest(
    name="notifications",
    contract=CONTRACT,
    settings=Settings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=NotificationsRpc,
    events=NotificationsEvents,
    jobs=NotificationsJobs,
)
