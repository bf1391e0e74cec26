"""What the service listens to."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts.identity import CITIZEN_ERASED, CitizenErased

from consultations.repository import Transaction
from consultations.resources import Resources
from consultations.use_cases import erasure


class ConsultationsEvents:
    """Subscriptions of the service."""

    name = "consultations_events"
    resources: Resources = Provided()

    @subscribe(CITIZEN_ERASED, name="consultations.forget_citizen")
    def forget_citizen(self, tx: Transaction, payload: CitizenErased, _meta: Meta) -> None:
        """See :func:`erasure.forget_citizen`."""
        erasure.forget_citizen(tx, payload.account_id)
