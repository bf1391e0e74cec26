"""A real mail server on a loopback port, which can be told to refuse, to postpone, or to hang up."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from chassis.testing.ports import LOOPBACK, free_ports
from notifications.mailer import SmtpServer


@dataclass
class PostOffice:
    """What came in, and what is to be answered."""

    mails: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    answer_to_sender: str = "250 OK"
    answer_to_recipient: dict[str, str] = field(default_factory=dict)
    """By address; ``hang up`` closes the connection."""
    answer_to_text: str = "250 2.0.0 OK"
    """``keep and hang up``: the mail is kept, the connection closed before the answer."""
    connections: int = 0

    @property
    def server(self) -> SmtpServer:
        return SmtpServer(LOOPBACK, self.port, tls="none", timeout=5)

    port: int = 0

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        return self.answer_to_sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.answer_to_recipient.get(address, "250 OK")
        if answer == "hang up":
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        if self.answer_to_text == "keep and hang up":
            self.mails.append((str(envelope.mail_from), envelope.rcpt_tos[0], message))
            server.transport.abort()
        elif self.answer_to_text.startswith("250"):
            self.mails.append((str(envelope.mail_from), envelope.rcpt_tos[0], message))
        return self.answer_to_text

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that this address got."""
        return [message for _, recipient, message in self.mails if recipient == address]


def only_camille(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    """The password of the tests' mail account."""
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"decider", b"right")
    return AuthResult(success=good, handled=good)


@contextmanager
def open_post_office(context: ssl.SSLContext | None = None, **options: Any) -> Iterator[PostOffice]:
    """Open one; with a context, it speaks TLS after STARTTLS."""
    office = PostOffice()
    (office.port,) = free_ports(1)
    options = {"enable_SMTPUTF8": True} | options
    controller = Controller(office, LOOPBACK, office.port, tls_context=context, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
