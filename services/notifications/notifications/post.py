"""Writes mails: subject, plain text and HTML in the person's language, and the headers that make a mail behave.

News carry one-click unsubscribing (RFC 8058). The return address and the Message-ID hold a signed token, so that a
mail that comes back is recognised; the same mail sent twice has the same Message-ID, so that it is seen once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any
from uuid import UUID

from contracts.identity import Contact
from contracts.territory import Territory

from notifications import links
from notifications.domain.stories import DIGEST, Story
from notifications.domain.words import LOCKED, Topic
from notifications.mailer import Envelope
from notifications.repository.deliveries import Delivery
from notifications.repository.subjects import Subject
from notifications.texts import Texts, Words
from notifications.use_cases.bounces import bounce_token
from notifications.use_cases.unsubscribe import unsubscribe_token


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail is to tell."""

    delivery: Delivery
    story: Story
    handle: UUID
    """Stands for the person in links."""
    told: tuple[tuple[Story, Topic], ...]
    """What a digest tells; empty for other mails."""
    subjects: Mapping[tuple[str, str], Subject]

    @property
    def is_digest(self) -> bool:
        """Whether it is a daily digest."""
        return self.story.kind == DIGEST

    @property
    def topic(self) -> Topic | None:
        """What unsubscribing from it stops; ``None``: the digest."""
        return None if self.is_digest else self.delivery.topic


@dataclass(frozen=True, slots=True)
class Post:
    """From where mails are sent and where their links lead."""

    public_url: str
    keys: Sequence[bytes]
    bounce_domain: str = ""
    """Where returned mails are received; empty: at the sender's address."""


class LetterWriter:
    """Turns what is to be told into a mail in its envelope."""

    def __init__(self, texts: Texts, territory: Territory, post: Post) -> None:
        self._texts = texts
        self._mail = territory.mail
        self._post = post

    def write(self, letter: Letter, contact: Contact) -> Envelope:
        """The mail to this contact. Raises ``ValueError`` for an address that cannot be written into a header."""
        kind = contact.purpose.value if contact.purpose else letter.story.kind
        words = self._texts.words(kind, letter.story, letter.delivery.topic, letter.subjects, contact.language)
        parts = self._parts(letter, contact, words)
        message = self._headed(letter, contact, words.title)
        message.set_content(self._texts.frame("mail.txt", contact.language, parts))
        message.add_alternative(self._texts.frame("mail.html", contact.language, parts), subtype="html")
        message["Content-Language"] = self._texts.language(contact.language)
        return Envelope(self._return_path(letter), str(contact.address), message)

    def _headed(self, letter: Letter, contact: Contact, title: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = formataddr((self._mail.sender_name, self._mail.sender))
        message["To"] = str(contact.address)
        message["Reply-To"] = self._mail.reply_to
        message["Subject"] = title
        message["Date"] = format_datetime(letter.delivery.created_at)
        message["Message-ID"] = f"<{self._bounce_name(letter)}@{self._mail.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        if letter.topic is not LOCKED:
            message["List-Unsubscribe"] = f"<{self._unsubscribe(letter)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return message

    def _parts(self, letter: Letter, contact: Contact, words: Words) -> dict[str, Any]:
        listed = [self._told(story, topic, letter, contact.language) for story, topic in letter.told]
        return {
            "words": words,
            "name": contact.display_name,
            "link": self._link(letter, contact),
            "expires_at": contact.secret_expires_at.isoformat() if contact.secret_expires_at else "",
            "listed": listed,
            "home": self._post.public_url,
            "preferences": self._post.public_url + links.PREFERENCES,
            "unsubscribe": self._unsubscribe(letter) if letter.topic is not LOCKED else "",
        }

    def _told(self, story: Story, topic: Topic, letter: Letter, language: str) -> tuple[Words, str]:
        words = self._texts.words(story.kind, story, topic, letter.subjects, language)
        return words, self._post.public_url + links.story_path(story, letter.subjects)

    def _link(self, letter: Letter, contact: Contact) -> str:
        if contact.purpose and contact.secret:
            return self._post.public_url + links.secret_path(contact.purpose, contact.secret)
        path = links.INBOX if letter.is_digest else links.story_path(letter.story, letter.subjects)
        return self._post.public_url + path

    def _unsubscribe(self, letter: Letter) -> str:
        token = unsubscribe_token(letter.handle, letter.topic, self._post.keys)
        return self._post.public_url + links.unsubscribe_path(token)

    def _bounce_name(self, letter: Letter) -> str:
        return f"bounce-{bounce_token(letter.delivery.id, self._post.keys)}"

    def _return_path(self, letter: Letter) -> str:
        if not self._post.bounce_domain:
            return self._mail.sender
        return f"{self._bounce_name(letter)}@{self._post.bounce_domain}"
