"""What consultations tells: consultations opened and closed. Who answered hears of the results."""

from contracts.consultations import AnswerReceived, ConsultationClosed, ConsultationOpened

from notifications.domain.stories import Audience
from notifications.domain.words import WHOLE_CITY, Interest, Priority, Topic
from notifications.stories.reporter import News, Reporter

CONSULTATION = "consultation"


def opened(report: Reporter, fact: ConsultationOpened) -> None:
    """One can answer."""
    key = str(fact.consultation_id)
    report.tx.subjects.learn(CONSULTATION, key, fact.title, fact.slug)
    places = (Audience(Interest.DISTRICT, place, Topic.CONSULTATIONS) for place in fact.places or (WHOLE_CITY,))
    audiences = (Audience(Interest.CONSULTATION, key), *places)
    report.tell(News("consultation-opened", Priority.ACTION, (CONSULTATION, key), audiences))


def closed(report: Reporter, fact: ConsultationClosed) -> None:
    """Its results can be read."""
    key = str(fact.consultation_id)
    audiences = (Audience(Interest.CONSULTATION, key),)
    counts = {"answers": fact.answers}
    report.tell(News("consultation-closed", Priority.FOLLOW_UP, (CONSULTATION, key), audiences, counts))


def answered(report: Reporter, fact: AnswerReceived) -> None:
    """Whoever answers follows the consultation, until they say otherwise."""
    if not fact.revised:
        report.interested(fact.account_id, Interest.CONSULTATION, str(fact.consultation_id))
