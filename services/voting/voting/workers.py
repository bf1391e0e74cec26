"""The door of the workers: ballots to check, in processes of their own (``run --only workers``)."""

from collections.abc import Sequence

from chassis.batch import serves_batch
from chassis.batching import BatchItem
from chassis.doors import Provided
from contracts.base import Reply
from contracts.errors import Fault

from voting.resources import Resources
from voting.sealed import checking
from voting.sealed.checks import CHECK_SEALED_BALLOT, CheckSealedBallot

AT_ONCE = 16
"""Ballots of a batch: enough to test their membership together, few enough for a receipt within a second."""


class VotingWorkers:
    """Checks the proofs of sealed ballots."""

    name = "voting_workers"
    resources: Resources = Provided()

    @serves_batch(CHECK_SEALED_BALLOT, size=AT_ONCE)
    def check_sealed_ballot(self, items: Sequence[BatchItem[CheckSealedBallot]]) -> Sequence[Reply | Fault]:
        """Check, record and receipt."""
        return checking.check_received(self.resources, items)
