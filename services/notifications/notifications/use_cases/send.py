"""Sends what is due. Every step that must not be lost is committed before the next begins; no transaction is open while
identity or the mail server is asked.

claim (leased) → still wanted? → address asked → mail written → "handing over" stamped → text given → outcome stamped.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from contracts.base import AccountId
from contracts.notifications import DELIVERY_FAILED, DeliveryFailed, DeliveryId, FailureReason

from notifications.contacts import Contacts, ContactUnknown, IdentityUnreachable
from notifications.domain.delivery import UNREACHABLE_PAUSE, Answer, Next, State, Verdict, after, cut_off
from notifications.domain.sending import CAPPED, SEND_NOW, Candidate, Decision, decide
from notifications.domain.words import EmailMode, Preferences
from notifications.mailer import Envelope, MailSession, SmtpServer, mail_session
from notifications.post import Letter, LetterWriter
from notifications.repository import Transaction, UnitOfWork
from notifications.repository.deliveries import Delivery

log = structlog.get_logger()
MAILS_PER_STEP = 50
LEASE = timedelta(minutes=10)


class LeaseLost(Exception):
    """The mail was cancelled or taken by another sender in the meantime: leave it alone."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mail that is due, and what its person wants."""

    letter: Letter
    preferences: Preferences

    @property
    def delivery(self) -> Delivery:
        """The mail's row."""
        return self.letter.delivery


@dataclass(frozen=True, slots=True)
class Sender:
    """Everything that sending needs."""

    uow: UnitOfWork
    contacts: Contacts
    server: SmtpServer
    writer: LetterWriter
    zone: ZoneInfo
    clock: Callable[[], datetime]

    def send_some(self) -> bool:
        """Send the mails that are due; ``False`` when there was none, or none can leave now."""
        self._settle_abandoned()
        with self.uow() as tx:
            items = [_load(tx, one) for one in tx.deliveries.claim(MAILS_PER_STEP, tx.now, LEASE)]
            sent = tx.deliveries.sent_this_week([item.delivery.account for item in items], tx.now)
        with mail_session(self.server) as session:
            for position, item in enumerate(items):
                if not self._attempt(session, item, sent):
                    self._put_back([later.delivery for later in items[position:]])
                    return False
        return bool(items)

    def _attempt(self, session: MailSession, item: Item, sent: Counter[UUID]) -> bool:
        """Deal with one mail; ``False`` if nobody's mail can leave now."""
        try:
            answer = self._answer(session, item, sent)
        except LeaseLost:
            return True
        except IdentityUnreachable as error:
            log.warning("identity_unreachable", code=str(error))
            return False
        except Exception:
            log.exception("mail_not_written", kind=item.letter.story.kind, delivery=str(item.delivery.id))
            answer = Answer(Verdict.POSTPONED, "4.3.0")
        if answer is None:
            return True
        if answer.verdict is Verdict.UNREACHABLE:
            return False
        self._stamp(item, answer)
        return True

    def _answer(self, session: MailSession, item: Item, sent: Counter[UUID]) -> Answer | None:
        """What the mail server said; ``None``: the mail is not for now, and that is written down."""
        decision = self._decide(item, sent)
        envelope = self._envelope(item.letter) if decision is SEND_NOW else None
        if envelope is None:
            self._put_off(item.delivery, Decision(State.CANCELLED) if decision is SEND_NOW else decision)
            return None
        answer = session.send(envelope, partial(self._handing, item.delivery))
        if answer.verdict is Verdict.ACCEPTED and _counts(item.letter):
            sent[item.delivery.account] += 1
        return answer

    def _decide(self, item: Item, sent: Counter[UUID]) -> Decision:
        delivery = item.delivery
        mail = Candidate(delivery.topic, delivery.priority, item.letter.is_digest, sent[delivery.account])
        return decide(mail, item.preferences, self.clock(), self.zone)

    def _envelope(self, letter: Letter) -> Envelope | None:
        """The mail ready to leave; ``None``: there is nothing to tell, or nobody to tell it to."""
        if letter.is_digest and not letter.told:
            return None
        request_id = letter.story.parameters.get("request_id")
        try:
            contact = self.contacts.contact(letter.delivery.account, UUID(str(request_id)) if request_id else None)
        except ContactUnknown:
            return None
        return self.writer.write(letter, contact)

    def _handing(self, delivery: Delivery) -> None:
        with self.uow() as tx:
            if not tx.deliveries.hand_over(delivery, tx.now + LEASE):
                raise LeaseLost

    def _put_off(self, delivery: Delivery, decision: Decision) -> None:
        with self.uow() as tx:
            if decision.state is State.CANCELLED:
                tx.deliveries.change(delivery.id, State.CANCELLED, finished_at=tx.now)
            else:
                tx.deliveries.change(delivery.id, decision.state, not_before=decision.not_before or tx.now)

    def _put_back(self, deliveries: Sequence[Delivery]) -> None:
        with self.uow() as tx:
            for delivery in deliveries:
                tx.deliveries.change(delivery.id, State.PENDING, not_before=tx.now + UNREACHABLE_PAUSE)

    def _stamp(self, item: Item, answer: Answer) -> None:
        delivery = item.delivery
        with self.uow() as tx:
            next_ = after(answer, delivery.priority, delivery.attempts + 1, tx.now)
            _finish(tx, delivery, item.letter.story.kind, next_, answer.status)
            if answer.bad_mailbox:
                tx.people.suspend(delivery.account, tx.now, tx.now)

    def _settle_abandoned(self) -> None:
        """Decide about mails whose sender died between giving the text and stamping the outcome."""
        with self.uow() as tx:
            for delivery in tx.deliveries.abandoned(MAILS_PER_STEP, tx.now, LEASE):
                kind = tx.stories.by_ids([delivery.story_id])[delivery.story_id].kind
                next_ = cut_off(delivery.priority, delivery.attempts + 1, tx.now)
                _finish(tx, delivery, kind, next_, "4.4.2")


def _finish(tx: Transaction, delivery: Delivery, kind: str, next_: Next, status: str) -> None:
    ended = None if next_.state is State.PENDING else tx.now
    counted = {"attempts": delivery.attempts + 1, "not_before": next_.not_before}
    tx.deliveries.change(delivery.id, next_.state, finished_at=ended, status=status, **counted)
    if next_.failure is not None:
        failed = DeliveryFailed(
            delivery_id=DeliveryId(delivery.id),
            account_id=AccountId(delivery.account),
            kind=kind,
            reason=FailureReason(next_.failure),
            status=status,
        )
        tx.events.append(DELIVERY_FAILED, failed, subject=str(delivery.id))


def _load(tx: Transaction, delivery: Delivery) -> Item:
    preferences = tx.people.preferences(delivery.account)
    digested = [one for one in tx.deliveries.in_digest(delivery.id) if _still_wanted(one, preferences)]
    stories = tx.stories.by_ids([delivery.story_id, *(one.story_id for one in digested)])
    letter = Letter(
        delivery=delivery,
        story=stories[delivery.story_id],
        handle=tx.people.handles([delivery.account])[delivery.account],
        told=tuple((stories[one.story_id], one.topic) for one in digested),
        subjects=tx.subjects.named(story.subject for story in stories.values() if story.subject),
    )
    return Item(letter, preferences)


def _still_wanted(delivery: Delivery, preferences: Preferences) -> bool:
    return preferences.of(delivery.topic).email is not EmailMode.NEVER


def _counts(letter: Letter) -> bool:
    return letter.delivery.priority in CAPPED and not letter.is_digest
