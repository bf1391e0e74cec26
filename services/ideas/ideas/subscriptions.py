"""What the service listens to."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts.identity import CITIZEN_ERASED, CitizenErased
from contracts.voting import PROJECT_DECIDED, RESULT_PUBLISHED, ProjectDecided, ResultPublished

from ideas.repository import Transaction
from ideas.resources import Resources
from ideas.use_cases import erasure, outcomes


class IdeasEvents:
    """Subscriptions of the service."""

    name = "ideas_events"
    resources: Resources = Provided()

    @subscribe(CITIZEN_ERASED, name="ideas.forget_citizen")
    def forget_citizen(self, tx: Transaction, payload: CitizenErased, _meta: Meta) -> None:
        """See :func:`erasure.forget_citizen`."""
        erasure.forget_citizen(tx, payload.account_id)

    @subscribe(RESULT_PUBLISHED, name="ideas.result_published")
    def result_published(self, tx: Transaction, payload: ResultPublished, _meta: Meta) -> None:
        """See :func:`outcomes.result_published`."""
        outcomes.result_published(tx, payload)

    @subscribe(PROJECT_DECIDED, name="ideas.project_decided")
    def project_decided(self, tx: Transaction, payload: ProjectDecided, _meta: Meta) -> None:
        """See :func:`outcomes.project_decided`."""
        outcomes.project_decided(tx, payload, self.resources.territory.languages)
