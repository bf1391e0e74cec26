"""What notifications needs to run, beside what every service needs."""

from datetime import timedelta
from typing import Annotated, Literal

from chassis.settings import Settings as CommonSettings
from pydantic import Field, SecretStr, field_validator

from notifications.mailer import SmtpServer

SHORTEST_KEY = 32


class Settings(CommonSettings):
    """The mail server, the addresses of links, and how patient the service is."""

    public_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+$")]
    """The address of the site, without a slash at the end: links in mails begin with it."""
    service_token: SecretStr
    """The token with which this service asks identity for addresses."""
    link_keys: SecretStr
    """Keys of links in mails, one per line, each of at least 32 characters: the first signs, all are valid."""
    smtp_host: str = "127.0.0.1"
    """The city's mail server, which takes our mails (and signs them with DKIM, List-Unsubscribe headers included)."""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 25
    """Its port: 25, 587 (STARTTLS) or 465 (TLS from the first byte)."""
    smtp_tls: Literal["none", "starttls", "implicit"] = "starttls"
    """How the connection is protected; ``none`` only on the same machine."""
    smtp_ca_file: str = ""
    """Certificates that vouch for the mail server; empty: the system's."""
    smtp_user: str = ""
    """Account at the mail server; empty: none needed."""
    smtp_password: SecretStr = SecretStr("")
    """Its password."""
    smtp_timeout: Annotated[float, Field(gt=0)] = 20.0
    """Seconds to wait for each answer of the mail server."""
    bounce_domain: str = ""
    """Domain at which the mail server receives returned mails (``bounce-…@domain``) and reports them; empty: none."""
    digest_hour: Annotated[int, Field(ge=0, le=23)] = 8
    """The hour of the daily digest, on the territory's clock."""
    stale_after_hours: Annotated[int, Field(ge=1)] = 72
    """Events older than this are learnt but told to nobody: a service deployed late does not mail the past."""
    kept_days: Annotated[int, Field(ge=1)] = 395
    """How long messages and the rows of mails are kept."""

    @field_validator("link_keys")
    @classmethod
    def _long_keys(cls, value: SecretStr) -> SecretStr:
        keys = value.get_secret_value().split()
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise ValueError(f"needs keys of at least {SHORTEST_KEY} characters")
        return value

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The keys of links: the first signs."""
        return tuple(key.encode() for key in self.link_keys.get_secret_value().split())

    @property
    def server(self) -> SmtpServer:
        """The mail server."""
        return SmtpServer(
            host=self.smtp_host,
            port=self.smtp_port,
            tls=self.smtp_tls,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            timeout=self.smtp_timeout,
            ca_file=self.smtp_ca_file,
        )

    @property
    def stale_after(self) -> timedelta:
        """Events older than this are told to nobody."""
        return timedelta(hours=self.stale_after_hours)

    @property
    def kept(self) -> timedelta:
        """How long messages are kept."""
        return timedelta(days=self.kept_days)
