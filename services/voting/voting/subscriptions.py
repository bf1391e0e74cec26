"""What voting listens to."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts.identity import CITIZEN_ERASED, CitizenErased

from voting.repository import Transaction
from voting.resources import Resources
from voting.use_cases import forgetting


class VotingEvents:
    """The subscriptions of voting."""

    name = "voting_events"
    resources: Resources = Provided()

    @subscribe(CITIZEN_ERASED, name="voting.forget_citizen")
    def forget_citizen(self, tx: Transaction, payload: CitizenErased, _meta: Meta) -> None:
        """Forget the account."""
        forgetting.forget_citizen(self.resources, tx, payload.account_id)
