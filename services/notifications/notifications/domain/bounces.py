"""Reads a returned mail (RFC 3464): which of our mails it is about, and whether the mailbox is gone for good.

Only the token that we put into the return address and the Message-ID counts: a report that does not bring it back is
not about a mail of ours, whatever it claims.
"""

import re
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage, Message

_TOKEN = re.compile(r"bounce-([A-Za-z0-9_-]{20,120})@", re.ASCII)
_STATUS = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})", re.ASCII)
_BAD_MAILBOX = re.compile(r"^5\.(1\.[1236]|1\.10|2\.1)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says."""

    token: str
    status: str
    """The enhanced status code; empty when the report gives none."""

    @property
    def permanent(self) -> bool:
        """Whether this mail will never arrive."""
        return self.status.startswith("5")

    @property
    def bad_mailbox(self) -> bool:
        """Whether no mail will: the mailbox or its domain does not exist, has moved, or is closed."""
        return is_bad_mailbox(self.status)


def is_bad_mailbox(status: str) -> bool:
    """Whether a status code condemns the mailbox, not only one mail."""
    return _BAD_MAILBOX.match(status) is not None


def read_bounce(report: str) -> Bounce | None:
    """What the report says; ``None``: it is not about a mail of ours. Never raises, whatever the text is."""
    token = _TOKEN.search(report)
    if token is None:
        return None
    message: Message = message_from_string(report, EmailMessage, policy=policy.compat32)
    return Bounce(token.group(1), _status(message))


def _status(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload() if part.is_multipart() else ():
                found = _STATUS.match(str(block.get("Status", ""))) if isinstance(block, Message) else None
                if found:
                    return found.group(1)
    return ""
