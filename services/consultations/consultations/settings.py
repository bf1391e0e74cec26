"""Settings of the consultations service: those of every service, and no more."""

from chassis.settings import Settings


class ConsultationsSettings(Settings):
    """See :class:`chassis.settings.Settings`."""
