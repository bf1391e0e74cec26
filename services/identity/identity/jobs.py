"""What identity does by the clock: publish its events, forget what is past."""

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from identity.resources import Office
from identity.use_cases import retention

PURGE_SECONDS = 600


class IdentityJobs:
    """The relay and the timers."""

    name = "identity_jobs"
    resources: Office = Provided()

    @relay
    def publish_events(self) -> None:
        """Publishes the event log."""

    @every(seconds=PURGE_SECONDS, name="identity.forget_past")
    def forget_past(self) -> None:
        """Expired links, registrations and sessions, old counters."""
        retention.forget_past(self.resources)
