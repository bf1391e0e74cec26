"""What the service listens to."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts.identity import CITIZEN_ERASED, CitizenErased

from ideas.repository import Transaction
from ideas.resources import Resources
from ideas.use_cases import erasure


class IdeasEvents:
    """Subscriptions of the service."""

    name = "ideas_events"
    resources: Resources = Provided()

    @subscribe(CITIZEN_ERASED, name="ideas.forget_citizen")
    def forget_citizen(self, tx: Transaction, payload: CitizenErased, _meta: Meta) -> None:
        """See :func:`erasure.forget_citizen`."""
        erasure.forget_citizen(tx, payload.account_id)
