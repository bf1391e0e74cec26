"""What voting needs beside what every service needs."""

from typing import Annotated

from chassis.settings import Settings as CommonSettings
from pydantic import Field, SecretStr


class Settings(CommonSettings):
    """Settings of the voting service."""

    ballot_box_secret: Annotated[SecretStr, Field(min_length=32)]
    """At least 32 random characters. With a salt in the database it makes the key of each open ballot box: keep it out
    of the database and its backups, the same for all replicas, and unchanged while a vote is open."""
    service_token: SecretStr
    """The token with which voting asks identity who may vote."""
