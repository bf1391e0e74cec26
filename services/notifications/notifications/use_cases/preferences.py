"""What a person wants to hear of, and how."""

from dataclasses import replace
from uuid import UUID

from contracts.errors import Fault, FieldError
from contracts.notifications import PreferencesView, SavePreferences

from notifications import translate
from notifications.domain.words import LOCKED, Preferences
from notifications.repository import UnitOfWork


def get_preferences(uow: UnitOfWork, citizen: UUID) -> PreferencesView:
    """One's preferences, defaults filled in."""
    with uow() as tx:
        return translate.preferences_view(tx.people.preferences(citizen))


def save_preferences(uow: UnitOfWork, citizen: UUID, request: SavePreferences) -> PreferencesView:
    """Change what is given. Raises *invalid* for every topic given twice or that cannot be changed."""
    _check(request)
    with uow() as tx:
        tx.people.know([citizen])
        saved = _changed(tx.people.preferences(citizen), request)
        tx.people.save(citizen, saved)
        if request.retry_email:
            tx.people.lift_suspension(citizen)
        return translate.preferences_view(tx.people.preferences(citizen))


def _changed(known: Preferences, request: SavePreferences) -> Preferences:
    for wanted in request.topics:
        known = known.choosing(*translate.choice(wanted))
    given = {name: getattr(request, name) for name in ("quiet_from", "quiet_until", "weekly_cap")}
    return replace(known, **{name: value for name, value in given.items() if value is not None})


def _check(request: SavePreferences) -> None:
    seen = set()
    errors = []
    for position, wanted in enumerate(request.topics):
        place = f"/topics/{position}/topic"
        if wanted.topic.value == LOCKED.value:
            errors.append(FieldError(place, "locked", "Messages that protect the account are always sent."))
        if wanted.topic in seen:
            errors.append(FieldError(place, "duplicate", "The same topic is given twice."))
        seen.add(wanted.topic)
    if errors:
        raise Fault.invalid(*errors)
