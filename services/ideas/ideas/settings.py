"""Settings of the ideas service: those of every service, and no more."""

from chassis.settings import Settings


class IdeasSettings(Settings):
    """See :class:`chassis.settings.Settings`."""
