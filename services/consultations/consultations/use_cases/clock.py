"""What the clock does: consultations open and close at their time, and everybody is told."""

from contracts.consultations import CONSULTATION_CLOSED, CONSULTATION_OPENED, ConsultationClosed, ConsultationOpened

from consultations.domain.consultation import Consultation, close_on_time, open_now
from consultations.repository import Transaction, UnitOfWork


def open_and_close(uow: UnitOfWork) -> None:
    """Tell every opening and closing whose time has come, each once."""
    with uow() as tx:
        for consultation in tx.consultations.due_to_open(tx.now):
            open_one(tx, consultation)
        for consultation in tx.consultations.due_to_close(tx.now):
            close_one(tx, close_on_time(consultation, tx.now))


def open_one(tx: Transaction, consultation: Consultation) -> Consultation:
    """Note and tell that a consultation is open."""
    following = open_now(consultation, tx.now)
    tx.consultations.save(following)
    details = following.details
    fact = ConsultationOpened(
        consultation_id=following.id, places=details.places, slug=following.slug, title=dict(details.title)
    )
    tx.events.append(CONSULTATION_OPENED, fact, subject=str(following.id))
    return following


def close_one(tx: Transaction, closed: Consultation) -> Consultation:
    """Keep and tell that a consultation is closed."""
    tx.consultations.save(closed)
    fact = ConsultationClosed(consultation_id=closed.id, answers=tx.answers.count(closed.id))
    tx.events.append(CONSULTATION_CLOSED, fact, subject=str(closed.id))
    return closed
