"""Mails that come back after having been accepted."""

from collections.abc import Sequence
from uuid import UUID

from contracts.base import AccountId
from contracts.notifications import (
    DELIVERY_FAILED,
    BounceOutcome,
    BounceView,
    DeliveryFailed,
    DeliveryId,
    FailureReason,
    ReportBounce,
)

from notifications.domain.bounces import Bounce, read_bounce
from notifications.domain.delivery import State
from notifications.domain.links import Forged, Link, read, sign
from notifications.repository import Transaction, UnitOfWork
from notifications.repository.deliveries import Delivery

PURPOSE = "bounce"


def bounce_token(delivery: UUID, keys: Sequence[bytes]) -> str:
    """What a mail carries so that its return can be recognised."""
    return sign(Link(delivery, 0), PURPOSE, keys)


def report_bounce(uow: UnitOfWork, keys: Sequence[bytes], request: ReportBounce) -> BounceView:
    """Note that a mail came back; a mailbox that is gone for good gets no more."""
    bounce = read_bounce(request.report)
    id_ = None if bounce is None else _delivery_of(bounce.token, keys)
    if bounce is None or id_ is None:
        return BounceView(outcome=BounceOutcome.IGNORED)
    with uow() as tx:
        delivery = tx.deliveries.get(id_)
        if delivery is None:
            return BounceView(outcome=BounceOutcome.IGNORED)
        return BounceView(outcome=_noted(tx, delivery, bounce))


def _delivery_of(token: str, keys: Sequence[bytes]) -> UUID | None:
    try:
        return read(token, PURPOSE, keys).handle
    except Forged:
        return None


def _noted(tx: Transaction, delivery: Delivery, bounce: Bounce) -> BounceOutcome:
    if not bounce.permanent or delivery.state is State.FAILED:
        return BounceOutcome.NOTED
    tx.deliveries.change(delivery.id, State.FAILED, status=bounce.status, finished_at=tx.now)
    kind = tx.stories.by_ids([delivery.story_id])[delivery.story_id].kind
    failed = DeliveryFailed(
        delivery_id=DeliveryId(delivery.id),
        account_id=AccountId(delivery.account),
        kind=kind,
        reason=FailureReason.BOUNCED,
        status=bounce.status,
    )
    tx.events.append(DELIVERY_FAILED, failed, subject=str(delivery.id))
    sent_at = delivery.finished_at or tx.now
    if bounce.bad_mailbox and tx.people.suspend(delivery.account, sent_at, tx.now):
        return BounceOutcome.SUSPENDED
    return BounceOutcome.NOTED
