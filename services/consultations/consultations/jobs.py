"""What the service does by itself: publish its events, open and close by the clock."""

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from consultations.resources import Resources
from consultations.use_cases import clock


class ConsultationsJobs:
    """Jobs of the service."""

    name = "consultations_jobs"
    resources: Resources = Provided()

    @relay
    def publish_events(self) -> None:
        """Publishes the event log."""

    @every(seconds=5, name="consultations.clock")
    def open_and_close(self) -> None:
        """See :func:`clock.open_and_close`."""
        clock.open_and_close(self.resources.uow)
