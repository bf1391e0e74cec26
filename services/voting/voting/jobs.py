"""What voting does by the clock."""

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from voting.resources import Resources
from voting.sealed import board, checking, opening
from voting.use_cases import closing

CALENDAR_SECONDS = 2
TURNOUT_SECONDS = 30
REQUEUE_SECONDS = 10
HEAD_SECONDS = 60
OPENING_SECONDS = 2


class VotingJobs:
    """The relay and the timers of voting."""

    name = "voting_jobs"
    resources: Resources = Provided()

    @relay
    def publish_events(self) -> None:
        """Tell what was written into the event log."""

    @every(seconds=CALENDAR_SECONDS, name="voting.calendar")
    def follow_calendar(self) -> None:
        """Open, close, count and publish what is due."""
        closing.follow_calendar(self.resources)

    @every(seconds=TURNOUT_SECONDS, name="voting.turnout")
    def note_turnout(self) -> None:
        """Count the open boxes."""
        closing.note_turnout(self.resources)

    @every(seconds=REQUEUE_SECONDS, name="voting.requeue")
    def requeue_sealed_ballots(self) -> None:
        """Name sealed ballots again whose message was lost."""
        checking.requeue(self.resources)

    @every(seconds=HEAD_SECONDS, name="voting.board")
    def publish_heads(self) -> None:
        """Close the batches of the boards of sealed votes, and sign their heads."""
        board.publish_heads(self.resources)

    @every(seconds=OPENING_SECONDS, name="voting.sealed_count")
    def follow_closed_sealed_votes(self) -> None:
        """Tally closed sealed votes, and publish those that enough trustees have opened."""
        opening.follow_closed(self.resources)
