"""What voting does by the clock."""

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from voting.resources import Resources
from voting.sealed import checking
from voting.use_cases import closing

CALENDAR_SECONDS = 2
TURNOUT_SECONDS = 30
REQUEUE_SECONDS = 10


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
