"""What voting listens to."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts.ideas import PROJECT_ON_BALLOT, ProjectOnBallot
from contracts.identity import CITIZEN_ERASED, CitizenErased

from voting.repository import Transaction
from voting.resources import Resources
from voting.use_cases import forgetting, listing


class VotingEvents:
    """The subscriptions of voting."""

    name = "voting_events"
    resources: Resources = Provided()

    @subscribe(CITIZEN_ERASED, name="voting.forget_citizen")
    def forget_citizen(self, tx: Transaction, payload: CitizenErased, _meta: Meta) -> None:
        """Forget the account."""
        forgetting.forget_citizen(self.resources, tx, payload.account_id)

    @subscribe(PROJECT_ON_BALLOT, name="voting.project_on_ballot")
    def project_on_ballot(self, tx: Transaction, payload: ProjectOnBallot, _meta: Meta) -> None:
        """A commission put a project to the vote."""
        listing.project_on_ballot(self.resources, tx, payload)
