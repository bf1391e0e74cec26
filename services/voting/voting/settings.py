"""What voting needs beside what every service needs."""

from typing import Annotated

from chassis.settings import Settings as CommonSettings
from pydantic import Field


class Settings(CommonSettings):
    """Settings of the voting service."""

    ballot_box_secret: Annotated[str, Field(min_length=32, repr=False)]
    """At least 32 random characters. With a salt in the database it makes the key of each open ballot box: keep it out
    of the database and its backups, the same for all replicas, and unchanged while a vote is open."""
    service_token: Annotated[str, Field(min_length=1, repr=False)]
    """The token with which voting asks identity who may vote."""
    count_ballots_every: Annotated[float, Field(gt=0)] = 30
    """Seconds between two counts of the ballots in an open box, for the figure that is shown."""
    watch_calendar_every: Annotated[float, Field(gt=0)] = 2
    """Seconds between two looks at the calendar: what is due opens, closes, is counted."""
