"""What the service does by itself: publish its events, close what has expired, publish each night."""

from chassis.doors import Provided
from chassis.relay import relay
from chassis.schedule import every

from ideas.resources import Resources
from ideas.use_cases import alerting, clock, learning, merging, publishing, scoring, showing_files


class IdeasJobs:
    """Jobs of the service."""

    name = "ideas_jobs"
    resources: Resources = Provided()

    @relay
    def publish_events(self) -> None:
        """Publishes the event log."""

    @every(seconds=60, name="ideas.clock")
    def expire_ideas(self) -> None:
        """See :func:`clock.expire_ideas`."""
        clock.expire_ideas(self.resources.uow)

    @every(seconds=60, name="ideas.merging")
    def carry_supporters(self) -> None:
        """See :func:`merging.carry_due`."""
        merging.carry_due(self.resources.uow)

    @every(seconds=600, name="ideas.scoring")
    def score_supports(self) -> None:
        """See :func:`scoring.score_recent`."""
        scoring.score_recent(self.resources.uow)

    @every(seconds=300, name="ideas.publishing")
    def publish_each_night(self) -> None:
        """See :func:`publishing.publish_due`."""
        publishing.publish_due(self.resources.uow, self.resources.signer)

    @every(seconds=3600, name="ideas.files")
    def sweep_files(self) -> None:
        """See :func:`showing_files.sweep`."""
        showing_files.sweep(self.resources.uow, self.resources.store)

    @every(seconds=600, name="ideas.spelling")
    def learn_words(self) -> None:
        """See :func:`learning.learn_words`."""
        learning.learn_words(self.resources.uow)

    @every(seconds=600, name="ideas.alerts")
    def alert_overdue(self) -> None:
        """See :func:`alerting.alert_overdue`."""
        alerting.alert_overdue(self.resources.uow)
