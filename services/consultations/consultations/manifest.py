"""The service as data."""

from pathlib import Path

from chassis.manifest import Manifest
from contracts.consultations import CONTRACT

from consultations.jobs import ConsultationsJobs
from consultations.resources import bootstrap
from consultations.rpc import ConsultationsRpc
from consultations.settings import ConsultationsSettings
from consultations.subscriptions import ConsultationsEvents
from consultations.tables import metadata

MANIFEST = Manifest(
    name="consultations",
    contract=CONTRACT,
    settings=ConsultationsSettings,
    bootstrap=bootstrap,
    metadata=metadata,
    migrations=Path(__file__).parents[1] / "migrations",
    rpc=ConsultationsRpc,
    events=ConsultationsEvents,
    jobs=ConsultationsJobs,
)
