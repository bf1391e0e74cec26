"""What happens by the clock: telling stories, sending mails, making digests, dropping what is old."""

import time

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from notifications.bootstrap import Resources
from notifications.use_cases import digest, forget, tell

BUSY_SECONDS = 20.0
"""A job that has more to do goes on for so long, then lets the next tick go on."""


class NotificationsJobs:
    """The relay and the timers."""

    name = "notifications_jobs"
    resources: Resources = Provided()

    @relay
    def publish(self) -> None:
        """Publish what the event log holds."""

    @every(seconds=1, name="notifications.tell")
    def tell(self) -> None:
        """Tell stories to the people concerned."""
        until = time.monotonic() + BUSY_SECONDS
        while tell.tell_some(self.resources.uow) and time.monotonic() < until:
            pass

    @every(seconds=5, name="notifications.crowds")
    def tell_crowds(self) -> None:
        """Tell stories to the supporters of what they are about."""
        until = time.monotonic() + BUSY_SECONDS
        while tell.tell_some_of_a_crowd(self.resources.uow, self.resources.crowds) and time.monotonic() < until:
            pass

    @every(seconds=1, name="notifications.send")
    def send(self) -> None:
        """Send the mails that are due."""
        until = time.monotonic() + BUSY_SECONDS
        while self.resources.sender.send_some() and time.monotonic() < until:
            pass

    @every(seconds=30, name="notifications.digest")
    def gather(self) -> None:
        """Make the daily digests when their hour has come."""
        until = time.monotonic() + BUSY_SECONDS
        hour, zone = self.resources.settings.digest_hour, self.resources.territory.zone
        while digest.gather_some(self.resources.uow, hour, zone) and time.monotonic() < until:
            pass

    @every(seconds=3600, name="notifications.drop_old")
    def drop_old(self) -> None:
        """Drop what is older than it is kept."""
        forget.drop_old(self.resources.uow, self.resources.settings.kept)
