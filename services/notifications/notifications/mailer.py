"""Hands mails to the city's mail server over SMTP, and says what came of each in the words of the domain.

One connection serves a batch of mails. ``handing`` is called just before the text of a mail is given: from there to
the server's answer, a broken connection leaves in doubt whether it arrived. If it raises, nothing is given.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import Literal

import structlog

from notifications.domain.bounces import is_bad_mailbox
from notifications.domain.delivery import Answer, Verdict

log = structlog.get_logger()
_ENHANCED = re.compile(rb"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
Tls = Literal["none", "starttls", "implicit"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server that takes our mails."""

    host: str
    port: int
    tls: Tls = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20.0
    ca_file: str = ""
    """Who vouches for the server's certificate; empty: the system's authorities."""

    def connect(self) -> smtplib.SMTP:
        """A connection that is ready for mails. Raises ``OSError`` or ``SMTPException``."""
        if self.tls == "implicit":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=self._context())
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            self._prepare(client)
        except BaseException:
            client.close()
            raise
        return client

    def _prepare(self, client: smtplib.SMTP) -> None:
        if self.tls == "starttls":
            client.starttls(context=self._context())
        client.ehlo_or_helo_if_needed()
        if self.user:
            client.login(self.user, self.password)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file or None)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail ready to leave, and between which addresses."""

    sender: str
    recipient: str
    message: EmailMessage


class MailSession:
    """A connection that is made when first needed and made again after it broke."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def send(self, envelope: Envelope, handing: Callable[[], None]) -> Answer:
        """Hand one mail over. Never raises for what the server says or does."""
        try:
            client = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            log.warning("mail_server_unreachable", error=type(error).__name__)
            return Answer(Verdict.UNREACHABLE)
        return self._handed_over(client, envelope, handing)

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            self._client = self._server.connect()
        return self._client

    def _handed_over(self, client: smtplib.SMTP, envelope: Envelope, handing: Callable[[], None]) -> Answer:
        try:
            refusal = _announce(client, envelope)
            if refusal is not None:
                self._reset(client)
                return refusal
        except (OSError, smtplib.SMTPException):
            self.close()
            return Answer(Verdict.POSTPONED, "4.4.2")
        try:
            handing()
        except BaseException:
            self._reset(client)
            raise
        return self._give_text(client, envelope)

    def _give_text(self, client: smtplib.SMTP, envelope: Envelope) -> Answer:
        policy = SMTPUTF8 if _needs_utf8(envelope) else SMTP
        try:
            code, text = client.data(envelope.message.as_bytes(policy=policy))
        except smtplib.SMTPDataError as error:
            self._reset(client)
            return _negative(error.smtp_code, _bytes(error.smtp_error))
        except (OSError, smtplib.SMTPException):
            self.close()
            return Answer(Verdict.CUT_OFF, "4.4.2")
        if code == 250:
            return Answer(Verdict.ACCEPTED)
        self._reset(client)
        return _negative(code, text)

    def _reset(self, client: smtplib.SMTP) -> None:
        try:
            client.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._client.quit()
            self._client.close()
            self._client = None


@contextmanager
def mail_session(server: SmtpServer) -> Iterator[MailSession]:
    """A session with the server, closed on leaving."""
    session = MailSession(server)
    try:
        yield session
    finally:
        session.close()


def _announce(client: smtplib.SMTP, envelope: Envelope) -> Answer | None:
    """Give the addresses; ``None`` if the server takes them."""
    options = []
    if _needs_utf8(envelope):
        if not client.has_extn("smtputf8"):
            return Answer(Verdict.REFUSED, "5.6.7")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    code, text = client.mail(envelope.sender, options)
    if code != 250:
        # Ours is the fault: somebody may mend the settings before the mail is given up.
        return Answer(Verdict.POSTPONED, _status(code, text))
    code, text = client.rcpt(envelope.recipient)
    return None if code in {250, 251} else _negative(code, text)


def _negative(code: int, text: bytes) -> Answer:
    status = _status(code, text)
    if 500 <= code < 600:
        return Answer(Verdict.REFUSED, status, bad_mailbox=is_bad_mailbox(status))
    return Answer(Verdict.POSTPONED, status)


def _status(code: int, text: bytes) -> str:
    found = _ENHANCED.match(text)
    return found.group(1).decode() if found else str(code)


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _needs_utf8(envelope: Envelope) -> bool:
    return not (envelope.recipient.isascii() and envelope.sender.isascii())
